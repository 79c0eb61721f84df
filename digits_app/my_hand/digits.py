"""One's own digits: what was asked for, how it was drawn, and what a network sees of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digits_app.dataset import IMAGE_SHAPE
from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.errors import BlankDrawingError
from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.preparation import stages_of_ink
from digits_app.drawing.tilted_copies import copies_of_ink


@dataclass(frozen=True)
class MyDigit:
    """A digit that somebody wrote, with the label that they gave it.

    Attributes
    ----------
    label : int
        What it shows, 0..9.
    image : ndarray of shape (8, 8)
        As `prepare_image` prepares it, 0..16.
    copies : ndarray of shape (n_copies, 8, 8)
        Its tilted copies, 0..16; of a digit without strokes `image` alone.
    drawing : dict or None
        Its strokes as the canvas' JSON; None where only the pixels are known.
    """

    label: int
    image: NDArray[np.float64]
    copies: NDArray[np.float64]
    drawing: dict[str, Any] | None = None


def my_digit(label: int, drawing: dict[str, Any]) -> MyDigit:
    """Prepare a drawing as one of one's own digits.

    Parameters
    ----------
    label : int
        What the writer says it shows, 0..9.
    drawing : dict
        The canvas' JSON.

    Raises
    ------
    UnreadableDrawingError
        There is nothing to read in it.
    """
    picture = render_drawing(drawing)
    if picture is None:
        raise BlankDrawingError("There is nothing drawn yet. Draw a digit in the box.")
    ink = ink_intensity(picture)
    return MyDigit(label, stages_of_ink(ink).image, copies_of_ink(ink), drawing)


def labels_of(digits: Sequence[MyDigit]) -> NDArray[np.int64]:
    """What digits show: shape (n_digits,)."""
    return np.array([digit.label for digit in digits], dtype=np.int64)


def samples_of(
    digits: Sequence[MyDigit],
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Every copy of every digit, to learn from.

    Returns
    -------
    X : ndarray of shape (n_samples, 64)
        0..16.
    y : ndarray of shape (n_samples,)
    """
    X = np.concatenate([digit.copies for digit in digits]).reshape(-1, np.prod(IMAGE_SHAPE))
    return X, np.repeat(labels_of(digits), [len(digit.copies) for digit in digits])
