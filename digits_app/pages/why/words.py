"""Words and small pictures that the parts of Why share."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from digits_app.dataset import MAX_INTENSITY

_DARK_TEXT_FROM = 7


def other_digits(proba: NDArray[np.float64], label: int) -> list[int]:
    """All digits but one, the most probable first."""
    ranking = np.argsort(-proba, kind="stable").tolist()
    return [digit for digit in ranking if digit != label]


def place(pixel: int, n_columns: int = 8) -> str:
    """Name a pixel, counted from 0, as people count.

    >>> place(5)
    'row 1, column 6'
    """
    row, column = divmod(pixel, n_columns)
    return f"row {row + 1}, column {column + 1}"


def number_grid(
    image: NDArray[np.float64], label: str, marked: NDArray[np.bool_] | None = None
) -> str:
    """Draw a digit as its 64 numbers, each on its shade.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        0..16.
    label : str
        What a screen reader says.
    marked : ndarray of shape (8, 8), bool, optional
        Pixels with a frame.
    """
    marks = np.zeros(image.shape, dtype=bool) if marked is None else marked
    cells = (
        _number(round(value), bool(mark))
        for value, mark in zip(image.flat, marks.flat, strict=True)
    )
    return grid(cells, label, "why-px")


def grid(cells: Iterable[str], label: str, kind: str) -> str:
    """Lay 64 cells out as one picture."""
    return (
        f'<div class="grid8 {kind}" role="img" aria-label="{label}">{"".join(cells)}</div>'
    )


def _number(value: int, is_marked: bool) -> str:
    look = (
        "why-none" if value == 0 else "why-faint" if value < _DARK_TEXT_FROM else "why-full"
    )
    mark = " why-mark" if is_marked else ""
    share = 100 * value / MAX_INTENSITY
    return f'<span class="{look}{mark}" style="--ink-share:{share:g}%">{value}</span>'
