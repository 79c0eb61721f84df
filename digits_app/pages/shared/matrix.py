"""The confusion matrix; what was read of what can be pressed where a page wants that."""

from collections.abc import Callable

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.pages.shared.components import declare_component

_matrix = declare_component(
    "confusion_matrix", __file__, "matrix.html", "matrix.css", "matrix.js"
)


def show_matrix(
    counts: NDArray[np.int64],
    key: str,
    chosen: tuple[int | None, int | None] = (None, None),
    on_press: Callable[[int, int], None] | None = None,
    who: str = "somebody",
) -> None:
    """Show the matrix.

    Parameters
    ----------
    counts : ndarray of shape (n_classes, n_classes)
        Digits by true digit (rows) and predicted digit (columns).
    key : str
        Of the component.
    chosen : tuple of int or None
        True and predicted digit that are looked at; None for any.
    on_press : callable or None
        Told the true and the predicted digit of a cell that was pressed. None: the numbers
        are no buttons.
    who : str, default="somebody"
        Who wrote the digits.
    """

    def take_press() -> None:
        # The page may have been left before the press arrived.
        pressed = getattr(st.session_state.get(key), "pressed", None)
        cell = as_cell(pressed, len(counts))
        if cell is not None and on_press is not None:
            on_press(*cell)

    _matrix(
        data={
            "counts": counts.tolist(),
            "chosen": list(chosen),
            "who": who,
            "isPressable": on_press is not None,
        },
        key=key,
        on_pressed_change=take_press,
    )


def as_cell(pressed: object, n_classes: int) -> tuple[int, int] | None:
    """Two digits of the matrix, if that is what the browser sent; None for nonsense."""
    if not isinstance(pressed, list) or len(pressed) != 2:
        return None
    true, predicted = pressed
    if all(type(digit) is int and 0 <= digit < n_classes for digit in pressed):
        return true, predicted
    return None
