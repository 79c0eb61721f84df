"""The Draw page: draw a digit and see it read."""

import streamlit as st

from digits_app import resources
from digits_app.model import Training
from digits_app.pages.answer import show_answer
from digits_app.pages.controls import CLASSES_NAMES, show_header
from digits_app.pages.drawing_canvas import keep_over_reload, show_canvas
from digits_app.preprocessing import UnreadableDrawingError
from digits_app.strokes import CANVAS_SIDE


@st.fragment
def show_drawing(n_classes: int, training: Training) -> None:
    """Show the canvas and what is read on it; after a stroke, only this runs again."""
    with resources.turn():
        canvas_column, answer_column = st.columns(
            [CANVAS_SIDE, 2.4 * CANVAS_SIDE], gap="medium"
        )
        try:
            with canvas_column:
                drawing = show_canvas()
            with answer_column:
                if drawing is not None:
                    show_answer(drawing, n_classes, training)
                else:
                    _invite(n_classes)
        except UnreadableDrawingError as error:
            with answer_column:
                st.warning(str(error), icon=":material/gesture:")
        keep_over_reload()


def _invite(n_classes: int) -> None:
    st.info(
        f"Draw a digit, {CLASSES_NAMES[n_classes]}, in the black box: with the mouse, a "
        "finger or a pen. Lift the pen and it is read.",
        icon=":material/draw:",
    )


n_classes, training = show_header("Draw", default_training="augmented")
show_drawing(n_classes, training)
