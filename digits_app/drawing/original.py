"""Bring a picture back to how it was made, so that its size and polarity do not matter.

The same drawing comes as 28 pixels, enlarged to 280 by another program, or as a negative.
Here a picture with hard edges gets the size back that it was drawn at
(`without_enlargement`), any mode becomes grey or red, green and blue of 8 bits
(`flattened`), and a drawing and its negative become one and the same (`as_positive`). What
is the same from there on is read the same. A photograph stays positive, for light that
falls on paper takes a share of its brightness, and not of its darkness.
"""

from math import gcd
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from digits_app.drawing.ink import MIN_CONTRAST, away_from, rim_median

STRIP: Final = 64
"""Rows or columns that are compared in one go."""

MOST_COUNTED: Final = 16
"""Levels of 0 to no more are counts, as in `load_digits`; levels of 0 and 1, a mask."""

FEW_PIXELS: Final = 64
"""A picture of counts of this side, in pixels, or less is taken as it is."""

BESIDE_EACH_OTHER: Final = 0.18
"""How much more often than by chance a neighbour of ink is ink; of a thin line, 0.25."""

SHEET_FILLS: Final = 0.45
"""A sheet that was cut out fills more of its box; what a pen draws, less."""

CUT_OUT_INK: Final = 0.003
"""Least share of a sheet that was cut out which differs from the rest of it."""


def without_enlargement(picture: Image.Image) -> Image.Image:
    """Undo an enlargement with hard edges by a whole number, whatever the number.

    Where all pixels change only at multiples of a number, from left to right and from the
    top down, one pixel of each block says everything.

    Parameters
    ----------
    picture : PIL.Image.Image
        Any mode.

    Returns
    -------
    PIL.Image.Image
        The picture itself where there is nothing to undo.

    Examples
    --------
    >>> drawing = Image.radial_gradient("L").resize((28, 28))
    >>> large = drawing.resize((280, 280), Image.Resampling.NEAREST)
    >>> without_enlargement(large) == drawing
    True
    """
    width, height = picture.size
    block = 0  # until the first change
    for top in range(0, height - 1, STRIP):
        if block == 1:
            return picture
        strip = np.asarray(picture.crop((0, top, width, min(height, top + STRIP + 1))))
        changed = (strip[1:] != strip[:-1]).reshape(len(strip) - 1, -1).any(axis=1)
        block = gcd(block, *_places(changed, top))
    rows = gcd(block, height)  # so many are alike, and one of them says everything
    for left in range(0, width - 1, STRIP):
        if block == 1:
            return picture
        strip = np.asarray(picture.crop((left, 0, min(width, left + STRIP + 1), height)))
        changed = (strip[::rows, 1:] != strip[::rows, :-1]).any(axis=0)
        block = gcd(block, *_places(changed.reshape(len(changed), -1).any(axis=1), left))
    if block == 0:
        return picture
    block = gcd(block, width, height)
    size = (width // block, height // block)
    return picture.resize(size, Image.Resampling.NEAREST) if block > 1 else picture


def _places(changed: NDArray[np.bool_], start: int) -> list[int]:
    """Where a strip that begins at `start` changes, from the told steps within it."""
    places: list[int] = (start + 1 + np.flatnonzero(changed)).tolist()
    return places


def flattened(picture: Image.Image) -> Image.Image:
    """Make any picture one of 8 bits, without transparency.

    Where the rim is transparent, opacity is ink, unless a whole sheet was cut out.

    Returns
    -------
    PIL.Image.Image
        Mode "L" or "RGB".
    """
    if picture.mode.startswith(("I", "F")):
        return _eight_bits(picture)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        opacity = picture.getchannel("A")
        # Nothing of what Matplotlib saves is transparent, though it might be.
        if opacity.getextrema() != (255, 255):
            sheet = _on_its_ground(picture)
            if sheet is None and rim_median(opacity) < 128:
                return opacity
            picture = sheet or picture
    grey = picture.mode in ("1", "L", "LA")
    return _counts_spread(picture.convert("L" if grey else "RGB"))


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scale the modes of more than 8 bits, in which Pillow would clip, to 0..255."""
    pixels = np.nan_to_num(np.asarray(picture, dtype=np.float64), posinf=0, neginf=0)
    low, high = pixels.min(), pixels.max()
    if high == low:
        return Image.new("L", picture.size)
    scaled = (pixels - low) * (255 / (high - low))
    # A half is rounded away from the middle, in the picture and in its negative alike.
    rounded = np.where(scaled < 127.5, np.ceil(scaled - 0.5), np.floor(scaled + 0.5))
    return Image.fromarray(rounded.astype(np.uint8))


def _counts_spread(picture: Image.Image) -> Image.Image:
    """Spread levels of 0 to 16 at the most, or those of its negative, over 0..255.

    They are counts only where the strong ones hang together: on a sheet that is white, or
    a photograph that is black, all but noise, they are noise.
    """
    levels = np.asarray(picture)
    low, high = int(levels.min()), int(levels.max())
    if 0 < high <= MOST_COUNTED and low == 0:
        if not _hangs_together(np.atleast_3d(levels).max(axis=2) > high / 2):
            return picture
        spread = [min(255, round(level * 255 / high)) for level in range(256)]
        return picture.point(spread * len(picture.getbands()))
    if 255 - MOST_COUNTED <= low < 255 and high == 255:
        return ImageOps.invert(_counts_spread(ImageOps.invert(picture)))
    return picture


def _hangs_together(strong: NDArray[np.bool_]) -> bool:
    """Whether what is strong has strong neighbours more often than by chance, as ink."""
    if max(strong.shape) <= FEW_PIXELS:
        return True
    by_chance = float(strong.mean())
    beside = float(_neighbours(strong)[strong].mean()) / 8
    return beside - by_chance > BESIDE_EACH_OTHER * (1 - by_chance)


def _neighbours(strong: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """How many of the eight pixels around each are strong."""
    # `ndimage.convolve` says the same, but the empty canvas does not wait for scipy.
    padded = np.pad(strong.astype(np.uint8), 1)
    height, width = strong.shape
    shifts = [(dy, dx) for dy in range(3) for dx in range(3) if (dy, dx) != (1, 1)]
    count = np.zeros(strong.shape, dtype=np.uint8)
    for dy, dx in shifts:
        count += padded[dy : dy + height, dx : dx + width]
    return count


def _on_its_ground(picture: Image.Image) -> Image.Image | None:
    """Put a sheet that was cut out, all around transparent, on a ground of its colour.

    Returns
    -------
    PIL.Image.Image or None
        None where what is opaque is one colour or no sheet: its shape is the ink.
    """
    pixels = np.asarray(picture)
    is_opaque = pixels[..., 3] >= 128
    opaque = pixels[is_opaque, :3]
    height, width = (np.count_nonzero(is_opaque.any(axis=side)) for side in (1, 0))
    if len(opaque) <= SHEET_FILLS * height * width:
        return None
    ground = np.median(opaque, axis=0)
    if np.mean(away_from(opaque, ground) > MIN_CONTRAST) < CUT_OUT_INK:
        return None
    sheet = Image.new("RGBA", picture.size, tuple(int(level) for level in ground))
    sheet.alpha_composite(picture)
    return sheet


def as_positive(picture: Image.Image) -> Image.Image:
    """Choose between a picture and its negative, and choose the same one for both.

    It is the brighter one, for most of a picture is its ground.

    Parameters
    ----------
    picture : PIL.Image.Image
        Mode "L" or "RGB".
    """
    levels = np.asarray(picture)
    brighter = 2 * int(levels.sum(dtype=np.int64)) - 255 * levels.size
    if brighter > 0:
        return picture
    negative = ImageOps.invert(picture)
    if brighter == 0 and picture.tobytes() < negative.tobytes():
        return picture
    return negative
