"""Which picture a step of the lesson looks at: one of the dataset, or the visitor's."""

from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.preparation import prepare_image
from digits_app.lesson.running import Namespace
from digits_app.lesson.steps import FIRST, Choice
from digits_app.pages.shared.addresses import DRAW
from digits_app.pages.shared.drawing_state import current_drawing

_YOUR_DRAWING: Final = "Your drawing"


@dataclass(frozen=True)
class _Rows:
    """The pictures a step steps through.

    Attributes
    ----------
    variable : str
        Name of the array that holds them.
    label : str
        What one of them is called.
    key : str
        Widget key.
    """

    variable: str
    label: str
    key: str


_ROWS: Final = {
    2: _Rows("X", "Datapoint", "lesson_datapoint"),
    3: _Rows("X", "Datapoint", "lesson_datapoint"),
    7: _Rows("incorrect", "Mistake", "lesson_mistake"),
    8: _Rows("X_test", "Test digit", "lesson_test_digit"),
}
_BESIDE_YOURS: Final = {8: "A test digit", 9: "This 7"}


def choose(number: int, namespace: Namespace) -> Choice:
    """Show what there is to choose at a step, and return what is chosen.

    Parameters
    ----------
    number : int
        The step.
    namespace : dict
        The lesson's variables, which hold the pictures: at least one.
    """
    if number in _BESIDE_YOURS and _wants_own(number):
        return Choice(own_drawing=True)
    if number not in _ROWS:
        return FIRST
    rows = _ROWS[number]
    n_rows = len(namespace[rows.variable])
    # Other settings can leave fewer pictures than the one that was looked at.
    st.session_state[rows.key] = min(st.session_state.get(rows.key, 0), n_rows - 1)
    row = st.number_input(
        f"{rows.label}, 0 to {n_rows - 1}",
        0,
        n_rows - 1,
        key=rows.key,
        width=168,
        persist_state="session",
    )
    return Choice(row or 0)


def your_names() -> dict[str, Any]:
    """The visitor's drawing, under the names by which the lesson's code knows it."""
    drawing = current_drawing()
    if drawing is None:
        return {}
    try:
        return {"your_drawing": drawing, "your_digit": prepare_image(drawing).ravel()}
    except UnreadableDrawingError:
        return {}


def _wants_own(number: int) -> bool:
    """Ask whether to look at the visitor's drawing, if there is one."""
    if not your_names():
        st.page_link(
            DRAW,
            label="Draw a digit, come back, and look at yours here",
            icon=":material/draw:",
        )
        return False
    shown = st.segmented_control(
        "Look at",
        [_BESIDE_YOURS[number], _YOUR_DRAWING],
        default=_BESIDE_YOURS[number],
        required=True,
        key=f"lesson_look_at_{number}",
        persist_state="session",
    )
    return shown == _YOUR_DRAWING
