"""What a stroke does at each place: the directions in which the ink rises.

A picture's 64 pixels do not say by themselves that an edge moved by a pixel is still the
same edge. Counting the edges of each direction, coarsely by place, does: these are the
classical features of handwritten digit recognition [1]_, here from 8x8 pixels.

References
----------
.. [1] C.-L. Liu et al., *Handwritten digit recognition: benchmarking of state-of-the-art
   techniques*, Pattern Recognition 36(10), 2003.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY

DIRECTIONS: Final = 8
"""How many directions, 45 degrees apart."""

N_FEATURES: Final = 64 + 16 * DIRECTIONS

_ANGLES = np.arange(DIRECTIONS, dtype=np.float32) * np.float32(2 * np.pi / DIRECTIONS)

COSINES_AND_SINES: Final = np.array([np.cos(_ANGLES), np.sin(_ANGLES)])
"""Of each direction: shape (2, n_directions)."""


def stroke_directions(X: NDArray[np.float64]) -> NDArray[np.float32]:
    """Add to the pixels how steeply, and where, the ink rises in each of eight directions.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 64)
        Digits, 0..16.

    Returns
    -------
    ndarray of shape (n_samples, 192), float32
        The 64 pixels, 0..1, then for each direction the mean slope in each of 4x4 blocks
        of 2x2 pixels, counted as 0 where the ink falls.
    """
    ink = np.asarray(X, dtype=np.float32).reshape(-1, *IMAGE_SHAPE) / MAX_INTENSITY
    padded = np.zeros((len(ink), IMAGE_SHAPE[0] + 2, IMAGE_SHAPE[1] + 2), ink.dtype)
    padded[:, 1:-1, 1:-1] = ink
    across = padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]
    down = padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]
    cosines, sines = COSINES_AND_SINES[:, :, None, None]
    slopes = across[:, None] * cosines + down[:, None] * sines
    rises = np.maximum(0, slopes)
    # Mean of 2x2 pixels: (n_samples, 8, 8, 8) to (n_samples, 8, 4, 4).
    pairs = rises[..., ::2] + rises[..., 1::2]
    by_place = (pairs[:, :, ::2] + pairs[:, :, 1::2]) / 4
    return np.concatenate(
        [ink.reshape(len(ink), -1), by_place.reshape(len(ink), -1)], axis=1
    )
