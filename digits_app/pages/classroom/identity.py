"""Who a visitor is in a class: its teacher, one of its pupils, or nobody yet.

The browser keeps the keys (`browser/classroom/keeper.js`) and tells them to each new
session, so a locked phone, another tab and a restart of the server change nothing.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import streamlit as st

from digits_app.classroom.joining import (
    Classroom,
    ClassroomError,
    NoClassError,
    Pupil,
    class_of_teacher,
    join_by_link,
    pupil_of,
)
from digits_app.classroom.store import the_store
from digits_app.pages.shared.components import declare_component
from digits_app.server.browser_files import browser_files

GOING_ON: Final = "class_going_on"
"""Key of the session: a pupil goes on in My hand, even from a class that has ended."""

LESSON_OF_CLASS: Final = "lesson_of_class"
"""Key of the session: what the Lesson knows of the class that the visitor leads."""

_KEEPER: Final = "unseen_class_keeper"
_KEEP: Final = "class_keep"
_COMPLAINT: Final = "class_complaint"
_SPENT: Final = "class_spent_link"
_DECIDED: Final = "class_decided"

Role = Literal["teacher", "pupil"]

_keeper = declare_component("class_keeper", __file__, "../shared/served.js")


@dataclass(frozen=True)
class Teacher:
    """The visitor leads a class.

    Attributes
    ----------
    classroom : Classroom
    key : str
        Never shown, for the page is on a projector.
    """

    classroom: Classroom
    key: str


def ask_browser() -> None:
    """Let the browser tell who this is, and keep what it is to keep.

    Call it at the end of the page, which decides what is to be kept.
    """
    _keeper(
        data=[
            {
                "script": browser_files().address("classroom/keeper.js"),
                "keep": st.session_state.get(_KEEP),
                "known": _from_browser(),
            }
        ],
        key=_KEEPER,
        on_me_change=_nothing_more,
    )


def visitor() -> Teacher | Pupil | None:
    """Who the visitor is; None for nobody yet.

    A link that was opened leads into its class. Where it leads nowhere, the visitor is told
    so and stays who they were.
    """
    told = _told()
    is_refused = False
    if _is_opened(told):
        try:
            return _follow_link(told)
        except ClassroomError as error:
            complain(str(error))
            is_refused = True
    role: Role | None = told.get("role")
    try:
        if role == "teacher":
            return _teacher(_text(told, "teacher"))
        if role == "pupil":
            return pupil_of(the_store(), _text(told, "pupil"))
    except NoClassError as error:
        if not is_refused:
            complain(str(error))
        if role is not None:
            keep(role, None)
    return None


def still_led(teacher: Teacher) -> Classroom:
    """The class as it is now, for what runs without the rest of the page.

    Where the class has ended, on another device or by itself, the page begins again and
    says so.
    """
    try:
        return class_of_teacher(the_store(), teacher.key)
    except NoClassError:
        st.rerun()


def is_known() -> bool:
    """Whether the browser has told already who this is."""
    return bool(_told())


def own_secret() -> str:
    """The phone's own, with which it joins."""
    return _text(_told(), "secret")


def keep(role: Role, key: str | None) -> None:
    """Let the browser keep a key, and be what it opens; None lets it forget the key."""
    st.session_state[_KEEP] = {
        "number": secrets.token_hex(8),
        "role": role,
        "key": key,
    }
    st.session_state.pop(LESSON_OF_CLASS, None)
    if key is not None:
        forget_complaint()
    # Until the browser has taken it over.
    decided = {"role": None if key is None else role, role: key}
    st.session_state[_DECIDED] = (_from_browser(), decided)


def complain(sentence: str) -> None:
    """Say what went wrong, until the visitor goes on.

    The page runs again by itself, as when the browser has taken over a key: a sentence that
    was shown once would be gone before anybody has read it.
    """
    st.session_state[_COMPLAINT] = sentence


def forget_complaint() -> None:
    """Say no more of what went wrong: the visitor has gone on."""
    st.session_state.pop(_COMPLAINT, None)


def show_complaint() -> None:
    """Show what went wrong, if anything has."""
    if sentence := st.session_state.get(_COMPLAINT):
        st.warning(sentence, icon=":material/info:")


def show_complaint_inside() -> None:
    """Show the same inside a class, with a button: nothing else says that they go on."""
    show_complaint()
    if _COMPLAINT in st.session_state:
        st.button("All right", on_click=forget_complaint, key="class_complaint_read")


def _is_opened(told: Mapping[str, Any]) -> bool:
    """Whether a link was opened that has not been followed yet."""
    opened = told.get("opened")
    return bool(told.get("link")) and opened != st.session_state.get(_SPENT)


def _follow_link(told: Mapping[str, Any]) -> Teacher | Pupil:
    st.session_state[_SPENT] = told.get("opened")
    link = _text(told, "link")
    if told.get("leads") is True:
        teacher = _teacher(link)
        keep("teacher", link)
        return teacher
    pupil, key = join_by_link(the_store(), link, own_secret())
    keep("pupil", key)
    return pupil


def _teacher(key: str) -> Teacher:
    return Teacher(class_of_teacher(the_store(), key), key)


def _from_browser() -> dict[str, Any]:
    value = getattr(st.session_state.get(_KEEPER), "me", None)
    return dict(value) if isinstance(value, Mapping) else {}


def _told() -> dict[str, Any]:
    """What the browser told last, with what was decided here since."""
    told = _from_browser()
    before, decided = st.session_state.get(_DECIDED, ({}, {}))
    return {**told, **decided} if told and told == before else told


def _nothing_more() -> None:
    """Without a callback Streamlit does not keep a component's value."""


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
