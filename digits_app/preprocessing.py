"""From a drawing to the 8x8 pixels of `load_digits`, by the steps that made them.

The digits of `load_digits` were cut from forms and normalised by NIST's public-domain
form-based handprint recognition system [1]_ [2]_ before they were counted into 8x8
blocks [3]_. A model trained on them reads a drawing only if the drawing goes the same
way. The steps, each a function below:

1. crop to the ink and stretch to 20 wide x 32 high (`crop_to_ink`, `fit_to_frame`);
2. centre in a 32x32 bilevel bitmap (`fit_to_frame`);
3. even out the thickness of the stroke (`even_out_stroke`);
4. take out the slant (`deslant`);
5. count the ink of each 4x4 block (`block_counts`).

References
----------
.. [1] M. D. Garris et al., *NIST Form-Based Handprint Recognition System*,
   NISTIR 5469, 1994.
.. [2] M. D. Garris et al., *Design of a handprint recognition system*,
   Journal of Electronic Imaging 6(2), 1997.
.. [3] E. Alpaydin, C. Kaynak, *Optical Recognition of Handwritten Digits*,
   UCI Machine Learning Repository, 1998.
"""

from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from digits_app.dataset import MAX_INTENSITY

Bitmap = NDArray[np.bool_]

FRAME_SIDE: Final = 32
"""Side of the bilevel bitmap, in pixels."""

DIGIT_WIDTH: Final = 20
"""Width to which the ink is stretched inside the frame, whatever its own shape."""

BLOCK_SIDE: Final = 4
"""A pixel of the 8x8 image is a block of 4x4 pixels of the bitmap."""

THICK_STROKE: Final = (560, 412)
"""More ink pixels than the first: erode twice; than the second: once (NISTIR 5469)."""

THIN_STROKE: Final = (108, 256)
"""Fewer ink pixels than the first: dilate twice; than the second: once (NISTIR 5469)."""

SLANT_ROWS_INSET: Final = 2
"""The slant is read this many rows inside the top and the bottom of the ink."""

WORKING_SIDE: Final = 96
"""The ink is first shrunk, with anti-aliasing, to at most this many pixels a side."""

MIN_CONTRAST: Final = 40
"""Least difference between ink and background, of 255, that counts as ink."""

MIN_INK_SHARE: Final = 0.1
"""Least longer side of the ink, as a share of the picture's longer side."""

MIN_INK_PIXELS: Final = 4
"""Least longer side of the ink, in pixels."""


class UnreadableDrawingError(ValueError):
    """The picture holds no digit to read; the message tells a person what to do."""


class BlankDrawingError(UnreadableDrawingError):
    """The picture is one colour: there is no ink in it."""


class TooSmallDrawingError(UnreadableDrawingError):
    """The ink is a dot, or too small a mark to be a digit."""


@dataclass(frozen=True)
class PreparationStages:
    """What each step made of a drawing, for showing how it came to its 8x8 pixels.

    Attributes
    ----------
    crop : PIL.Image.Image
        The ink alone, mode "L", 0 (background) to 255 (ink).
    framed : ndarray of shape (32, 32), bool
        Stretched to 20x32 and centred; True is ink.
    evened : ndarray of shape (32, 32), bool
        The stroke brought to the dataset's thickness.
    upright : ndarray of shape (32, 32), bool
        The slant taken out.
    image : ndarray of shape (8, 8)
        Ink counted in 4x4 blocks, floats 0..16.
    """

    crop: Image.Image
    framed: Bitmap
    evened: Bitmap
    upright: Bitmap
    image: NDArray[np.float64]


def prepare_image(image: Image.Image) -> NDArray[np.float64]:
    """Prepare a picture of one digit as the digits of `load_digits` were prepared.

    Parameters
    ----------
    image : PIL.Image.Image
        One digit, of any size and mode: dark ink on light, light ink on dark, or ink
        on a transparent background.

    Returns
    -------
    ndarray of shape (8, 8)
        Floats 0 (no ink) to 16 (all ink), as in `load_digits().images`.

    Raises
    ------
    BlankDrawingError
        The picture is one colour.
    TooSmallDrawingError
        The ink is a dot.
    """
    return prepare_stages(image).image


def prepare_stages(image: Image.Image) -> PreparationStages:
    """Prepare a picture and keep every stage; see `prepare_image` for input and errors."""
    return stages_of_ink(ink_intensity(image))


def stages_of_ink(ink: Image.Image) -> PreparationStages:
    """Take ink, as `ink_intensity` finds it, through the five steps."""
    crop = crop_to_ink(ink)
    framed = fit_to_frame(crop)
    evened = even_out_stroke(framed)
    upright = deslant(evened)
    return PreparationStages(crop, framed, evened, upright, block_counts(upright))


def prepare_bitmaps(bitmaps: Bitmap) -> NDArray[np.float64]:
    """Take bitmaps already in their frame through steps 3 to 5.

    Parameters
    ----------
    bitmaps : ndarray of shape (..., 32, 32), bool
        True is ink.

    Returns
    -------
    ndarray of shape (..., 8, 8)
        Floats 0..16.
    """
    return block_counts(deslant(even_out_stroke(bitmaps)))


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
        raise BlankDrawingError("The picture has no pixels. Draw a digit first.")
    image = _to_eight_bits(image)
    if image.has_transparency_data:
        alpha = image.convert("RGBA").getchannel("A")
        if _rim_median(alpha) < 128:
            return _stretch_contrast(alpha)
    bands = (image if image.mode == "L" else image.convert("RGB")).split()
    return _stretch_contrast(reduce(ImageChops.lighter, map(_distance_from_rim, bands)))


def crop_to_ink(ink: Image.Image, side: int = WORKING_SIDE) -> Image.Image:
    """Cut a picture down to the bounding box of its ink (step 1, first half).

    Parameters
    ----------
    ink : PIL.Image.Image
        Mode "L", 0 background to 255 ink; at least half counts as ink.
    side : int
        Longest side of the result, in pixels.

    Returns
    -------
    PIL.Image.Image
        Mode "L", the ink alone, shrunk to at most `side` pixels a side.

    Raises
    ------
    TooSmallDrawingError
        The ink is shorter than a tenth of the picture.
    """
    box = ink.point(_IS_INK).getbbox()
    longer = 0 if box is None else max(box[2] - box[0], box[3] - box[1])
    if box is None or longer < max(MIN_INK_PIXELS, MIN_INK_SHARE * max(ink.size)):
        raise TooSmallDrawingError(
            "That mark is too small to be a digit. Draw one that fills the box."
        )
    crop = ink.crop(box)
    scale = side / longer
    if scale < 1:
        size = (max(1, round(crop.width * scale)), max(1, round(crop.height * scale)))
        crop = crop.resize(size, Image.Resampling.BOX)
    return crop


def fit_to_frame(crop: Image.Image) -> Bitmap:
    """Stretch the ink to 20x32 and centre it in a 32x32 bitmap (steps 1 and 2).

    The aspect ratio is not kept: a plain 1 becomes a fat bar, as in the dataset.

    Parameters
    ----------
    crop : PIL.Image.Image
        Mode "L", the ink's bounding box, 0 background to 255 ink.

    Returns
    -------
    ndarray of shape (32, 32), bool
        True is ink; 6 columns on each side are empty.
    """
    digit = crop.resize((DIGIT_WIDTH, FRAME_SIDE), Image.Resampling.BOX)
    frame = Image.new("L", (FRAME_SIDE, FRAME_SIDE))
    frame.paste(digit, ((FRAME_SIDE - DIGIT_WIDTH) // 2, 0))
    return np.asarray(frame) >= 128


def even_out_stroke(bitmaps: Bitmap) -> Bitmap:
    """Bring the stroke to the dataset's thickness (step 3).

    Too much ink is eroded, too little dilated, once or twice, with the 4-neighbour
    element; `THICK_STROKE` and `THIN_STROKE` hold the limits.

    Parameters
    ----------
    bitmaps : ndarray of shape (..., 32, 32), bool

    Returns
    -------
    ndarray of the same shape, bool
    """
    shape = bitmaps.shape
    flat = np.array(bitmaps, dtype=bool).reshape(-1, FRAME_SIDE, FRAME_SIDE)
    ink = flat.sum(axis=(1, 2))
    for chosen, change, times in (
        (ink > THICK_STROKE[0], erode, 2),
        ((ink > THICK_STROKE[1]) & (ink <= THICK_STROKE[0]), erode, 1),
        (ink < THIN_STROKE[0], dilate, 2),
        ((ink < THIN_STROKE[1]) & (ink >= THIN_STROKE[0]), dilate, 1),
    ):
        if chosen.any():
            for _ in range(times):
                flat[chosen] = change(flat[chosen])
    return flat.reshape(shape)


def erode(bitmaps: Bitmap) -> Bitmap:
    """Take away the ink that has a neighbour without ink; outside there is none.

    The four neighbours count. Written with shifted slices, which on a stack of small
    bitmaps is much faster than `scipy.ndimage`.

    Parameters
    ----------
    bitmaps : ndarray of shape (n_bitmaps, height, width), bool

    Returns
    -------
    ndarray of the same shape, bool
    """
    up, down, left, right = _neighbours(bitmaps)
    eroded: Bitmap = bitmaps & up & down & left & right
    return eroded


def dilate(bitmaps: Bitmap) -> Bitmap:
    """Add ink wherever one of the four neighbours has ink; see `erode`."""
    up, down, left, right = _neighbours(bitmaps)
    dilated: Bitmap = bitmaps | up | down | left | right
    return dilated


def deslant(bitmaps: Bitmap) -> Bitmap:
    """Take out the slant by shearing rows sideways about the middle row (step 4).

    The leftmost ink two rows below the top of the ink and two rows above its bottom
    are brought to one column.

    Parameters
    ----------
    bitmaps : ndarray of shape (..., 32, 32), bool

    Returns
    -------
    ndarray of the same shape, bool
    """
    flat = bitmaps.reshape(-1, FRAME_SIDE, FRAME_SIDE)
    return shear_rows(flat, leftmost_slope(flat)).reshape(bitmaps.shape)


def leftmost_slope(bitmaps: Bitmap) -> NDArray[np.float64]:
    """Slant by the leftmost ink near the top and near the bottom, as NIST took it.

    Parameters
    ----------
    bitmaps : ndarray of shape (n_bitmaps, 32, 32), bool

    Returns
    -------
    ndarray of shape (n_bitmaps,)
        Columns to the right per row down; 0 where a row of the two is empty.
    """
    sample = np.arange(len(bitmaps))
    has_ink = bitmaps.max(axis=2)
    top = has_ink.argmax(axis=1) + SLANT_ROWS_INSET
    bottom = FRAME_SIDE - 1 - has_ink[:, ::-1].argmax(axis=1) - SLANT_ROWS_INSET
    top, bottom = np.minimum(top, FRAME_SIDE - 1), np.maximum(bottom, 0)
    readable = (bottom > top) & has_ink[sample, top] & has_ink[sample, bottom]
    lean = bitmaps[sample, top].argmax(axis=1) - bitmaps[sample, bottom].argmax(axis=1)
    slope: NDArray[np.float64] = np.where(
        readable, lean / np.where(readable, top - bottom, 1), 0.0
    )
    return slope


def moment_slope(bitmaps: Bitmap) -> NDArray[np.float64]:
    """Slant by moments: covariance of column and row over the variance of the row.

    Not NIST's rule, but one that a hook or a foot fools less.

    Parameters
    ----------
    bitmaps : ndarray of shape (n_bitmaps, 32, 32), bool

    Returns
    -------
    ndarray of shape (n_bitmaps,)
        Columns to the right per row down; 0 where all ink is in one row.
    """
    position = np.arange(FRAME_SIDE)
    row_ink = bitmaps.sum(axis=2)
    ink = row_ink.sum(axis=1).clip(1)
    middle = (row_ink * position).sum(axis=1) / ink
    from_middle = position - middle[:, None]
    covariance = ((bitmaps * position).sum(axis=2) * from_middle).sum(axis=1)
    variance = (row_ink * from_middle**2).sum(axis=1)
    slope: NDArray[np.float64] = covariance / variance.clip(1)
    return slope


def shear_rows(bitmaps: Bitmap, slope: NDArray[np.float64]) -> Bitmap:
    """Move each row sideways, so that a stroke of that slope becomes upright.

    Parameters
    ----------
    bitmaps : ndarray of shape (n_bitmaps, 32, 32), bool
    slope : ndarray of shape (n_bitmaps,)
        Columns to the right per row down. The middle row stays where it is.

    Returns
    -------
    ndarray of the same shape, bool
    """
    rows = np.arange(FRAME_SIDE)
    shift = np.rint(slope[:, None] * (rows - FRAME_SIDE // 2)).astype(int)
    # Empty columns on both sides, as many as a row can move.
    padded = np.zeros((*bitmaps.shape[:2], 3 * FRAME_SIDE), dtype=bool)
    padded[:, :, FRAME_SIDE:-FRAME_SIDE] = bitmaps
    first = np.arange(FRAME_SIDE, padded.size, 3 * FRAME_SIDE).reshape(shift.shape)
    first = first + shift.clip(-FRAME_SIDE, FRAME_SIDE)
    sheared: Bitmap = padded.ravel()[first[:, :, None] + rows]
    return sheared


def block_counts(bitmaps: Bitmap) -> NDArray[np.float64]:
    """Count the ink of each 4x4 block (step 5).

    Pillow's `reduce(4)` averages blocks exactly; with ink as 16 the average is the
    count. Bitmaps are stacked into one tall image, as no block spans two of them.

    Parameters
    ----------
    bitmaps : ndarray of shape (..., 32, 32), bool

    Returns
    -------
    ndarray of shape (..., 8, 8)
        Floats 0..16.
    """
    column = bitmaps.reshape(-1, FRAME_SIDE).astype(np.uint8) * MAX_INTENSITY
    counts = np.asarray(Image.fromarray(column).reduce(BLOCK_SIDE), dtype=np.float64)
    side = FRAME_SIDE // BLOCK_SIDE
    return counts.reshape(*bitmaps.shape[:-2], side, side)


_IS_INK = [0] * 128 + [255] * 128


def _neighbours(bitmaps: Bitmap) -> tuple[Bitmap, Bitmap, Bitmap, Bitmap]:
    """Each pixel's neighbour above, below, left and right; no ink outside."""
    n_bitmaps, height, width = bitmaps.shape
    # `np.pad` takes ten times as long for a few small bitmaps.
    padded = np.zeros((n_bitmaps, height + 2, width + 2), dtype=bool)
    padded[:, 1:-1, 1:-1] = bitmaps
    return (
        padded[:, :-2, 1:-1],
        padded[:, 2:, 1:-1],
        padded[:, 1:-1, :-2],
        padded[:, 1:-1, 2:],
    )


def _to_eight_bits(image: Image.Image) -> Image.Image:
    """Scale the modes of more than 8 bits, in which Pillow would clip, to 0..255."""
    if not image.mode.startswith(("I", "F")):
        return image
    pixels = np.nan_to_num(np.asarray(image, dtype=np.float64), posinf=0, neginf=0)
    low, high = pixels.min(), pixels.max()
    scaled = (pixels - low) * (255 / (high - low)) if high > low else pixels * 0
    return Image.fromarray(scaled.astype(np.uint8))


def _rim_median(band: Image.Image) -> int:
    """Median of the outermost pixels of a one-band image."""
    pixels = np.asarray(band)
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    return int(np.median(rim))


def _distance_from_rim(band: Image.Image) -> Image.Image:
    """How far each pixel of a one-band image is from the median of its rim."""
    background = _rim_median(band)
    if background == 0:
        return band
    return band.point([abs(level - background) for level in range(256)])


def _stretch_contrast(distance: Image.Image) -> Image.Image:
    """Scale distances from the background so that the strongest ink is 255."""
    _, strongest = distance.getextrema()
    if not isinstance(strongest, int | float) or strongest < MIN_CONTRAST:
        raise BlankDrawingError("There is nothing drawn yet. Draw a digit in the box.")
    if strongest == 255:
        return distance
    return distance.point([min(255, round(v * 255 / strongest)) for v in range(256)])
