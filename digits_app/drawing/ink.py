"""Find the ink in any picture, and cut the picture down to it."""

from functools import reduce
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from digits_app.drawing.errors import BlankDrawingError, TooSmallDrawingError
from digits_app.drawing.five_steps import Bitmap, cut_to_ink, median_level

MIN_CONTRAST: Final = 40
"""Least difference between ink and background, of 255, that counts as ink."""

BETWEEN: Final = 0.8
"""A rim whose median is in this middle part of its levels is neither ink nor ground."""

MIN_INK_SHARE: Final = 0.1
"""Least longer side of the ink, as a share of the picture's longer side."""

MIN_INK_PIXELS: Final = 4
"""Least longer side of the ink, in pixels."""


def ink_intensity(image: Image.Image) -> Image.Image:
    """Find the ink, whatever its colour: how far each pixel is from the background.

    The background is the median colour of the picture's rim, so either polarity works.
    Where the rim is transparent, opacity is ink.

    Parameters
    ----------
    image : PIL.Image.Image
        Any size and mode.

    Returns
    -------
    PIL.Image.Image
        Mode "L": 0 background, 255 the strongest ink.

    Raises
    ------
    BlankDrawingError
        Nothing stands out from the background.
    """
    if not isinstance(image, Image.Image):
        raise TypeError(f"expected a PIL.Image.Image, got {type(image).__name__}")
    if 0 in image.size:
        raise BlankDrawingError("This picture has no pixels. Choose another one.")
    image = _to_eight_bits(image)
    if image.has_transparency_data:
        alpha = image.convert("RGBA").getchannel("A")
        if rim_median(alpha) < 128:
            return _stretch_contrast(alpha)
    bands = (image if image.mode == "L" else image.convert("RGB")).split()
    return _stretch_contrast(reduce(ImageChops.lighter, map(_distance_from_rim, bands)))


def cut_out_digit(ink: Image.Image) -> Image.Image:
    """Cut a picture down to its ink, and turn a mark away that is too small for a digit.

    Parameters
    ----------
    ink : PIL.Image.Image
        Of `ink_intensity`.

    Returns
    -------
    PIL.Image.Image
        Mode "L", the ink's bounding box at the size it has in the picture.

    Raises
    ------
    TooSmallDrawingError
        The ink is shorter than a tenth of the picture.
    """
    crop = cut_to_ink(ink)
    if max(crop.size) < max(MIN_INK_PIXELS, MIN_INK_SHARE * max(ink.size)):
        raise TooSmallDrawingError(
            "That mark is too small to be a digit. Draw one that fills the picture."
        )
    return crop


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Scale the modes of more than 8 bits, in which Pillow would clip, to 0..255."""
    if not image.mode.startswith(("I", "F")):
        return image
    pixels = np.nan_to_num(np.asarray(image, dtype=np.float64), posinf=0, neginf=0)
    low, high = pixels.min(), pixels.max()
    scaled = (pixels - low) * (255 / (high - low)) if high > low else pixels * 0
    return Image.fromarray(scaled.astype(np.uint8))


def rim_median(band: Image.Image) -> int:
    """Median of the outermost pixels of a one-band image.

    Where ink touches about half of the rim, the median is one of the greys between ink and
    ground; then it is that of the pixels that are nearer to the ground.
    """
    pixels = np.asarray(band)
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    median = median_level(rim)
    low, high = int(rim.min()), int(rim.max())
    if high - low >= MIN_CONTRAST and abs(2 * median - low - high) < BETWEEN * (high - low):
        darker = 2 * rim.astype(int) < low + high
        median = median_level(rim[darker == (2 * darker.sum() > len(rim))])
    return int(median)


def _distance_from_rim(band: Image.Image) -> Image.Image:
    """How far each pixel of a one-band image is from the median of its rim."""
    background = rim_median(band)
    if background == 0:
        return band
    return band.point([abs(level - background) for level in range(256)])


def _stretch_contrast(distance: Image.Image) -> Image.Image:
    """Scale distances from the background so that the strongest ink is 255."""
    _, strongest = distance.getextrema()
    if not isinstance(strongest, int | float) or strongest < MIN_CONTRAST:
        raise BlankDrawingError(
            "There is nothing in this picture but one colour. Draw a digit in it."
        )
    if strongest == 255:
        return distance
    return distance.point([min(255, round(v * 255 / strongest)) for v in range(256)])


def away_from(levels: NDArray[Any], colour: NDArray[Any]) -> NDArray[Any]:
    """How far pixels are from a colour: the largest difference of their bands.

    Parameters
    ----------
    levels : ndarray of shape (..., n_bands)
        Signed, or of another kind than the colour's.
    colour : ndarray of shape (n_bands,)

    Returns
    -------
    ndarray of shape (...)

    Examples
    --------
    >>> away_from(np.array([[250, 255, 200], [255, 255, 255]]), np.full(3, 255)).tolist()
    [55, 0]
    """
    # NumPy's own `max` along so short an axis takes several times as long.
    most: NDArray[Any] = reduce(np.maximum, np.moveaxis(np.abs(levels - colour), -1, 0))
    return most


def near(mask: Bitmap, reach: int) -> Bitmap:
    """Mark what lies in a mask, or at most so many pixels beside, above or below it.

    It is `scipy.ndimage.maximum_filter` with a square of 2 * reach + 1 pixels, which looks
    at each number as one with a fraction; bits take a tenth of the time.

    Parameters
    ----------
    mask : ndarray of shape (height, width), bool
    reach : int
        Pixels.

    Returns
    -------
    ndarray of shape (height, width), bool

    Examples
    --------
    >>> near(np.array([[True, False, False, False]]), 2).tolist()
    [[True, True, True, False]]
    """
    return _near_above_or_below(_near_above_or_below(mask, reach).T, reach).T


def _near_above_or_below(mask: Bitmap, reach: int) -> Bitmap:
    reached, wide = 0, mask
    while reached < reach:
        # Shifted by more, it would leave out what is next to the rim.
        step = min(reach - reached, reached + 1)
        wider = wide.copy(order="K")  # of a picture on its side, too
        wider[step:] |= wide[:-step]
        wider[:-step] |= wide[step:]
        reached, wide = reached + step, wider
    return wide
