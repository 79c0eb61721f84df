"""The map of the digits, and the visitor's own drawing on it."""

from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.preparation import prepare_image
from digits_app.mistakes.digit_map import hidden_layer
from digits_app.mistakes.evaluation import Evaluation
from digits_app.pages import caches
from digits_app.pages.mistakes.digit import open_digit
from digits_app.pages.shared.chosen_sign import current_drawing
from digits_app.pages.shared.components import declare_component

KEY: Final = "mistakes_map"
_map = declare_component(
    "digit_map", __file__, "digit_map.html", "digit_map.css", "digit_map.js"
)


def show_map(result: Evaluation, indices: NDArray[np.int64], n_classes: int) -> None:
    """Show test digits where they lie among their like; a press opens one.

    Parameters
    ----------
    result : Evaluation
        What the chosen network made of the test split.
    indices : ndarray of shape (n_shown,)
        Test-set indices.
    n_classes : {2, 10}
    """
    digit_map = caches.digit_map(n_classes)
    places = digit_map.positions[indices].round(4)

    def take_press() -> None:
        pressed = getattr(st.session_state.get(KEY), "pressed", None)
        if type(pressed) is int and 0 <= pressed < len(result.y_true):
            open_digit(pressed)

    st.markdown(
        "Digits that look alike to the network lie close together. **Those in a ring were "
        "read wrong**: most lie at the edge of another crowd."
    )
    _map(
        data={
            "digits": [
                [index, x, y, int(result.y_true[index]), int(result.y_pred[index])]
                for index, (x, y) in zip(indices.tolist(), places.tolist(), strict=True)
            ],
            "mine": _own_place(n_classes),
        },
        key=KEY,
        on_pressed_change=take_press,
    )


def _own_place(n_classes: int) -> list[Any] | None:
    """Column and row of the visitor's drawing, and what the lesson's network reads."""
    drawing = current_drawing()
    if drawing is None:
        return None
    try:
        pixels = prepare_image(drawing).reshape(1, -1)
    except UnreadableDrawingError:
        return None
    classifier = caches.classifier(n_classes, "lesson")
    place = caches.digit_map(n_classes).place(hidden_layer(classifier, pixels)[0])
    return [*place.round(4).tolist(), int(classifier.predict(pixels)[0])]
