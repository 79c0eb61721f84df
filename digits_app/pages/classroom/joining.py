"""Before the door of a class: start one, or join one by its code."""

from collections.abc import Callable

import streamlit as st

from digits_app.classroom.joining import (
    CODE_LENGTH,
    ClassroomError,
    join_by_code,
    start_class,
)
from digits_app.classroom.place import hours
from digits_app.classroom.store import NO_STORE, the_store
from digits_app.pages.classroom.identity import (
    Role,
    complain,
    forget_complaint,
    keep,
    own_secret,
    show_complaint,
)
from digits_app.pages.classroom.kept import whose
from digits_app.pages.shared.scrolling import open_page_at_top
from digits_app.server.logs import logger


def show_door() -> None:
    """Show both ways in."""
    st.title("Our class", anchor=False)
    st.markdown(
        "A whole class writes digits on its phones, and sees them on one wall. Then the "
        "networks read them: what do they make of you, and does it help when they have "
        "seen your hand?"
    )
    show_complaint()
    open_page_at_top("door")
    with st.container(key="class_door"):
        with st.container(key="class_join", border=True):
            _show_code()
        with st.container(key="class_start", border=True):
            _show_start()


def show_no_store() -> None:
    """Say that this server cannot keep a class; to be called where `NO_STORE` is caught."""
    st.title("Our class", anchor=False)
    st.warning(_no_store(), icon=":material/info:")


def _no_store() -> str:
    """Write into the log why classes cannot be kept; the sentence for the page."""
    logger.exception("classes cannot be kept")
    return (
        "This server has no place to keep a class just now. Try again in a minute. The "
        "person who runs it finds the reason in the log, and the setting DIGITS_STORE in "
        "docs/deploy.md."
    )


def _show_code() -> None:
    st.header("Join a class", anchor=False)
    st.markdown("Scan the square that your teacher shows, or type the code beside it.")
    with st.form("class_code", border=False, enter_to_submit=True):
        st.text_input(
            f"The code: {CODE_LENGTH} letters",
            max_chars=CODE_LENGTH + 4,
            key="class_typed",
            autocomplete="off",
        )
        st.form_submit_button(
            "Join", icon=":material/login:", on_click=_join, key="class_join_button"
        )
    st.caption("No account and no name: everybody is an animal.")


def _show_start() -> None:
    st.header("Start a class", anchor=False)
    lasts = "a day" if hours() == 24 else f"{hours():g} hours"
    st.markdown(
        "You get a square and a code to show. What the pupils write is kept on "
        f"**{whose()}** until you end the class, for {lasts} at most."
    )
    st.button(
        "Start a class",
        type="primary",
        icon=":material/groups:",
        on_click=_start,
        key="class_start_button",
    )
    st.caption("It takes twenty minutes, and everybody needs a phone.")


def _join() -> None:
    forget_complaint()
    code = st.session_state.get("class_typed") or ""
    if not code.strip():
        complain(f"Type the {CODE_LENGTH} letters of the code first.")
        return
    _enter("pupil", lambda: join_by_code(the_store(), code, own_secret()))


def _start() -> None:
    forget_complaint()
    _enter("teacher", lambda: start_class(the_store(), hours()))


def _enter(role: Role, come_in: Callable[[], tuple[object, str]]) -> None:
    """Come into a class, and keep the key to it; or say why not."""
    try:
        _, key = come_in()
    except ClassroomError as error:
        complain(str(error))
    except NO_STORE:
        complain(_no_store())
    else:
        keep(role, key)
