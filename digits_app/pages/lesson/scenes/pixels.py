"""Pictures of 8x8 numbers as small PNG files, to be enlarged by the browser."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.drawing.colours import CHALK, SLATE, rgb
from digits_app.pages.shared.pictures import picture_url

_SLATE: Final = rgb(SLATE)
_CHALK: Final = rgb(CHALK)
_ORANGE: Final = np.array([255, 122, 77])
_BLUE: Final = np.array([111, 177, 224])


def digit_url(image: NDArray[np.float64]) -> str:
    """Draw pixels from 0, slate, to 16, chalk.

    Parameters
    ----------
    image : ndarray of shape (height, width)
        0..16.

    Returns
    -------
    str
        A data URL.
    """
    share = np.asarray(image, dtype=np.float64)[..., None].clip(0, 16) / 16
    return _url(_SLATE + share * (_CHALK - _SLATE))


def weights_url(weights: NDArray[np.float64], most: float) -> str:
    """Draw weights: above 0 orange, below 0 blue, on slate.

    Parameters
    ----------
    weights : ndarray of shape (height, width)
    most : float
        The weight with the full colour; beyond it no colour is stronger.

    Returns
    -------
    str
        A data URL.
    """
    share = (np.asarray(weights)[..., None] / most).clip(-1, 1)
    colour = np.where(share > 0, _ORANGE, _BLUE)
    return _url(_SLATE + np.abs(share) * (colour - _SLATE))


def level(value: float) -> str:
    """Colour of one pixel, 0..16, for CSS."""
    red, green, blue = np.rint(_SLATE + value / 16 * (_CHALK - _SLATE)).astype(int)
    return f"rgb({red} {green} {blue})"


def _url(colours: NDArray[np.float64]) -> str:
    return picture_url(Image.fromarray(np.rint(colours).astype(np.uint8)))
