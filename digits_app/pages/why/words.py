"""Words that the parts of Why share."""

import numpy as np
from numpy.typing import NDArray


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
