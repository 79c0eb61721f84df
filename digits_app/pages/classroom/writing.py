"""A pupil's phone: the prompts, and when all are answered the result."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from digits_app.classroom.joining import (
    ClassroomError,
    NoClassError,
    Pupil,
    class_of_pupil,
)
from digits_app.classroom.place import kept_on
from digits_app.classroom.store import MAX_DIGITS, NO_STORE, the_store
from digits_app.classroom.wall import N_PROMPTS, places_of_pupil, write_digit
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.prompts import prompts
from digits_app.pages.classroom.identity import complain, keep
from digits_app.pages.classroom.kept import until
from digits_app.pages.classroom.pictures import animal_address
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.scrolling import open_page_at_top
from digits_app.server.browser_files import browser_files

_KEY: Final = "class_pupil"
_FATES: Final = "class_fates"
_TOLD: Final = "class_told"

_pupil = declare_component(
    "class_pupil", __file__, "pupil.html", "../shared/served.js", isolate_styles=False
)


def show_pupil(pupil: Pupil) -> None:
    """Show what a pupil has to do next."""
    is_done = len(places_of_pupil(the_store(), pupil)) >= N_PROMPTS
    open_page_at_top(is_done)
    if not is_done:
        _write(pupil)
        return
    from digits_app.pages.classroom.own_result import show_own_result

    show_own_result(pupil)


@st.fragment
def _write(pupil: Pupil) -> None:
    """Take what the phone sends, and tell it what has become of it."""
    told: dict[str, Any]
    try:
        told = st.session_state[_TOLD] = _tell(pupil, _take(pupil))
    except NoClassError as error:
        complain(str(error))
        keep("pupil", None)
        st.rerun()
    except NO_STORE:
        if _TOLD not in st.session_state:
            raise
        # The phone keeps what is not confirmed, and sends it again every few seconds.
        told = st.session_state[_TOLD]
    if len(told["written"]) >= N_PROMPTS:
        st.rerun()
    # Streamlit would look through a dict for tables.
    _pupil(data=[told], key=_KEY, on_outbox_change=_nothing_more)


def _tell(pupil: Pupil, fates: dict[str, dict[str, str]]) -> dict[str, Any]:
    """What the phone shows."""
    classroom = class_of_pupil(the_store(), pupil)
    return {
        "script": browser_files().address("classroom/pupil.js"),
        "pupil": pupil.id,
        "code": classroom.code,
        "name": pupil.animal.name,
        "kind": pupil.animal.kind,
        "picture": animal_address(pupil.animal.number),
        "where": kept_on(),
        "until": until(classroom),
        "prompts": prompts(pupil.id % 10_000),
        "written": places_of_pupil(the_store(), pupil),
        "fates": fates,
    }


def _take(pupil: Pupil) -> dict[str, dict[str, str]]:
    """Write the digits that the phone sent last; what has become of each, by its token."""
    fates: dict[str, dict[str, str]] = st.session_state.setdefault(_FATES, {})
    value = getattr(st.session_state.get(_KEY), "outbox", None)
    sent = value.get("digits") if isinstance(value, Mapping) else None
    for digit in sent[:MAX_DIGITS] if isinstance(sent, list) else []:
        token = digit.get("token") if isinstance(digit, Mapping) else None
        if isinstance(token, str) and token not in fates:
            fates[token] = _fate(pupil, digit)
    while len(fates) > 2 * MAX_DIGITS:
        del fates[next(iter(fates))]
    return fates


def _fate(pupil: Pupil, digit: Mapping[str, Any]) -> dict[str, str]:
    sent: list[Any] = [digit.get(name) for name in ("token", "place", "label", "strokes")]
    try:
        state = write_digit(the_store(), pupil, *sent)
    except NoClassError:
        raise
    except (ClassroomError, UnreadableDrawingError) as error:
        return {"error": str(error)}
    return {"state": state}


def _nothing_more() -> None:
    """Without a callback Streamlit does not keep a component's value."""
