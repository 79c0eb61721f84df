"""The Draw page: draw a digit and see it read.

After a stroke only the fragment runs again, and of the page it touches only what changes:
the canvas, and the place of the answer. Where a stroke and a switch outside the fragment
arrive in one message, Streamlit runs only the fragment, too; hence the switches' call of
`st.rerun`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitInvalidLayoutContextError

from digits_app.drawing.canvas_json import CANVAS_SIDE
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.network.classifiers import Training
from digits_app.pages.draw.canvas import (
    TURN,
    Pen,
    choose_pen,
    keep_over_reload,
    show_canvas,
)
from digits_app.pages.shared.controls import CLASSES_NAMES, show_header


@st.fragment
def answer_strokes(
    pen: Pen,
    answer_place: DeltaGenerator,
    n_classes: int,
    training: Training,
    averaged: bool,
) -> None:
    """Show the canvas, and in the answer's place what is read on it."""
    with TURN, _page_run_again_if_broken_off():
        try:
            drawing = show_canvas(pen)
            with answer_place:
                if drawing is not None:
                    # It needs scikit-learn, for which the empty canvas does not wait.
                    from digits_app.pages.draw.answer import show_answer

                    show_answer(drawing, n_classes, training, averaged)
                else:
                    _invite(n_classes)
        except UnreadableDrawingError as error:
            answer_place.warning(str(error), icon=":material/gesture:")
        keep_over_reload()


@contextmanager
def _page_run_again_if_broken_off() -> Iterator[None]:
    """Run the whole page where its last run ended before the answer had its place."""
    try:
        yield
    except StreamlitInvalidLayoutContextError:
        st.rerun()


def _invite(n_classes: int) -> None:
    st.info(
        f"Draw a digit, {CLASSES_NAMES[n_classes]}, in the black box: with the mouse, a "
        "finger or a pen. Lift the pen and it is read.",
        icon=":material/draw:",
    )


def _choose_averaging() -> bool:
    """Show the switch; return whether to average over tilted copies."""
    averaged: bool = st.toggle(
        "Average over small tilts",
        True,
        key="draw_average",
        persist_state="session",
        on_change=st.rerun,
        help="Reads nine copies of the drawing, each turned and sheared a little, and "
        "averages the probabilities: one unlucky slant then does not decide.",
    )
    return averaged


n_classes, training = show_header("Draw", default_training="augmented")
canvas_column, answer_column = st.columns([CANVAS_SIDE, 2.4 * CANVAS_SIDE], gap="medium")
with canvas_column:
    canvas_place = st.container()
    pen = choose_pen()
with answer_column:
    answer_place = st.container()
    averaged = _choose_averaging()
with canvas_place:
    answer_strokes(pen, answer_place, n_classes, training, averaged)
