"""The digits of a class as arrays, wherever they were kept."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digits_app.dataset import IMAGE_SHAPE


@dataclass(frozen=True)
class ClassDigits:
    """All digits of a class that are neither held back nor hidden.

    Attributes
    ----------
    images : ndarray of shape (n_digits, 8, 8)
        0..16.
    copies : ndarray of shape (n_digits, n_copies, 8, 8)
        Their tilted copies, 0..16.
    labels : ndarray of shape (n_digits,)
        What they show.
    pupils : ndarray of shape (n_digits,)
        Numbers of the animals.
    drawings : tuple of dict
        Their strokes as the canvas' JSON.
    """

    images: NDArray[np.float64]
    copies: NDArray[np.float64]
    labels: NDArray[np.int64]
    pupils: NDArray[np.int64]
    drawings: tuple[dict[str, Any], ...] = ()

    @property
    def data(self) -> NDArray[np.float64]:
        """The 64 numbers of each: shape (n_digits, 64)."""
        return self.images.reshape(-1, int(np.prod(IMAGE_SHAPE)))
