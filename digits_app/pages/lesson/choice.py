"""Which picture a step of the lesson looks at: one of the dataset, or the visitor's."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.preparation import prepare_image
from digits_app.lesson.looking import pictures
from digits_app.lesson.running import Namespace
from digits_app.lesson.step import FIRST, Choice, Rows, Step
from digits_app.pages.lesson.settings import is_empty
from digits_app.pages.shared.addresses import BACK_TO_STEP, DRAW, link
from digits_app.pages.shared.chosen_sign import current_drawing

_OWN_DRAWING: Final = "lesson_own_drawing"


@dataclass(frozen=True)
class OwnDrawing:
    """What the visitor drew on the Draw page.

    Attributes
    ----------
    picture : PIL.Image.Image
        Mode "L", 0 background to 255 ink.
    pixels : ndarray of shape (64,)
        What the five steps make of it, 0..16.
    """

    picture: Image.Image
    pixels: NDArray[np.float64]

    @property
    def names(self) -> Namespace:
        """The drawing under the names by which the lesson's code knows it."""
        return {"your_drawing": self.picture, "your_digit": self.pixels}


def own_drawing() -> OwnDrawing | None:
    """Find the visitor's drawing; None where there is none to read."""
    picture = current_drawing()
    if picture is None:
        return None
    try:
        return OwnDrawing(picture, prepare_image(picture).ravel())
    except UnreadableDrawingError:
        return None


def choose(this: Step, namespace: Namespace, own: OwnDrawing | None) -> Choice:
    """Show what there is to choose at a step, and return what is chosen.

    Parameters
    ----------
    this : Step
        The step.
    namespace : dict
        The lesson's variables, which hold the pictures.
    own : OwnDrawing or None
        The visitor's drawing.
    """
    if this.example is None:
        return _choose_row(this.rows, namespace)
    if own is None:
        choice = _choose_row(this.rows, namespace)
        link(
            DRAW,
            "Draw a digit, come back, and see yours here",
            ":material/draw:",
            **{BACK_TO_STEP: str(this.number)},
        )
        return choice
    if _prefers_own(this.example):
        return Choice(own_drawing=True)
    return _choose_row(this.rows, namespace)


def _choose_row(rows: Rows | None, namespace: Namespace) -> Choice:
    """Ask which of the dataset's pictures to look at, where there are several."""
    if rows is None:
        return FIRST
    n_rows = len(pictures(rows.kind, namespace))
    if n_rows <= 1:
        return FIRST
    key = f"lesson_{rows.kind.replace(' ', '_')}"
    # Other settings can leave fewer pictures than the one that was looked at.
    if not is_empty(key):
        st.session_state[key] = min(st.session_state.get(key, 0), n_rows - 1)
    label = f"{rows.label}, 0 to {n_rows - 1}"
    if rows.slider:
        row: int | None = st.slider(
            label, 0, n_rows - 1, key=key, width=420, persist_state="session"
        )
    else:
        row = st.number_input(
            label,
            0,
            n_rows - 1,
            value=None,
            key=key,
            placeholder="which one?",
            width=192,
            persist_state="session",
        )
    return Choice(int(row or 0))


def _prefers_own(example: str) -> bool:
    """Ask whether to look at the visitor's drawing."""
    shown = st.segmented_control(
        "Look at",
        [True, False],
        format_func=lambda own: "Your drawing" if own else example,
        default=True,
        required=True,
        key=_OWN_DRAWING,
        persist_state="session",
    )
    return bool(shown)
