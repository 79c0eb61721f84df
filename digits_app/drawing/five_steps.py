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

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

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

WORKING_SIDE: Final = 96
"""The ink is first shrunk, with anti-aliasing, to at most this many pixels a side."""

INK_FROM: Final = 128
"""Levels of 0 to 255 from which a pixel is ink: from where Pillow counts it as 1."""

SLANT_ROWS_INSET: Final = 2
"""The slant is read this many rows inside the top and the bottom of the ink."""


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


def crop_to_ink(ink: Image.Image, side: int = WORKING_SIDE) -> Image.Image:
    """Cut a picture down to the bounding box of its ink (step 1, first half).

    Parameters
    ----------
    ink : PIL.Image.Image
        Mode "L", 0 background to 255 ink; at least half counts as ink, and there is some.
    side : int, default=96
        Longest side of the result, in pixels.

    Returns
    -------
    PIL.Image.Image
        Mode "L", the ink alone, shrunk to at most `side` pixels a side.

    Examples
    --------
    >>> ink = Image.new("L", (280, 280))
    >>> ink.paste(255, (40, 20, 140, 260))
    >>> crop_to_ink(ink).size
    (40, 96)
    """
    return shrink(cut_to_ink(ink), side)


def cut_to_ink(ink: Image.Image) -> Image.Image:
    """Cut a picture down to the bounding box of its ink, at the size it has."""
    return ink.crop(ink_box(ink))


def ink_box(ink: Image.Image) -> tuple[int, int, int, int] | None:
    """Bounding box of the ink, left, top, right, bottom; None where there is none."""
    return ink.convert("1", dither=Image.Dither.NONE).getbbox()


def shrink(crop: Image.Image, side: int) -> Image.Image:
    """Shrink ink to at most `side` pixels a side, with anti-aliasing."""
    while max(crop.size) > 64 * side:
        # In one go the finest line would be rounded away.
        crop = strengthen(crop.reduce(32))
    scale = side / max(crop.size)
    if scale >= 1:
        return crop
    width, height = (max(1, round(pixels * scale)) for pixels in crop.size)
    # Rows after columns. In one call, Pillow chooses the order, which decides the last bit.
    narrow = crop.resize((width, crop.height), Image.Resampling.BOX)
    return strengthen(narrow.resize((width, height), Image.Resampling.BOX))


def strengthen(ink: Image.Image) -> Image.Image:
    """Make the ink full again that shrinking has spread over whole pixels.

    A thin line only greys the pixels that it is shrunk into, and grey is no ink. The
    median of what is at least half as strong as the strongest becomes 255: where lines
    cross they are stronger, and must not decide. Of a thick pen's ink most is full
    already, and nothing changes.
    """
    levels = np.asarray(ink)
    median = median_level(levels[levels >= levels.max() / 2])
    if median in (0, 255):
        return ink
    return Image.fromarray(np.minimum(255, levels * (255 / median)).astype(np.uint8))


def median_level(levels: NDArray[np.uint8]) -> float:
    """Return `np.median(levels)`, in a third of the time."""
    ordered = np.sort(levels, axis=None)
    middle = len(ordered) // 2
    return (float(ordered[middle]) + float(ordered[~middle])) / 2


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

    Examples
    --------
    >>> fit_to_frame(Image.new("L", (10, 96), 255)).sum()  # all of 20x32
    np.int64(640)
    """
    digit = crop.resize((DIGIT_WIDTH, FRAME_SIDE), Image.Resampling.BOX)
    return centre(np.asarray(strengthen(digit)) >= INK_FROM)


def centre(digits: Bitmap) -> Bitmap:
    """Put digits of shape (..., 32, 20) into the middle of frames of (..., 32, 32)."""
    margin = (FRAME_SIDE - DIGIT_WIDTH) // 2
    frames = np.zeros((*digits.shape[:-1], FRAME_SIDE), dtype=bool)
    frames[..., margin:-margin] = digits
    return frames


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
    bitmaps : ndarray of shape (n_bitmaps, height, width), bool

    Returns
    -------
    ndarray of shape (n_bitmaps,)
        Columns to the right per row down; 0 where all ink is in one row.

    Examples
    --------
    >>> moment_slope(np.eye(32, dtype=bool)[None])  # one column a row
    array([1.])
    """
    _, height, width = bitmaps.shape
    row = np.arange(height)
    row_ink = bitmaps.sum(axis=2)
    ink = row_ink.sum(axis=1).clip(1)
    from_middle = row - ((row_ink * row).sum(axis=1) / ink)[:, None]
    columns = bitmaps @ np.arange(width, dtype=np.float64)
    covariance = (columns * from_middle).sum(axis=1)
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
    columns = np.arange(FRAME_SIDE)
    shift = np.rint(slope[:, None] * (columns - FRAME_SIDE // 2)).astype(int)
    # Empty columns on both sides, as many as a row can move.
    padded = pad(bitmaps, 0, FRAME_SIDE)
    first = np.arange(FRAME_SIDE, padded.size, 3 * FRAME_SIDE).reshape(shift.shape)
    first = first + shift.clip(-FRAME_SIDE, FRAME_SIDE)
    sheared: Bitmap = padded.ravel()[first[:, :, None] + columns]
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
    column = bitmaps.reshape(-1, FRAME_SIDE).astype(np.uint8) * BLOCK_SIDE**2
    counts = np.asarray(Image.fromarray(column).reduce(BLOCK_SIDE), dtype=np.float64)
    side = FRAME_SIDE // BLOCK_SIDE
    return counts.reshape(*bitmaps.shape[:-2], side, side)


def pad(stack: NDArray[Any], n_rows: int, n_columns: int) -> NDArray[Any]:
    """Put zeros around pictures of shape (..., height, width).

    `np.pad` takes ten times as long for a few small ones.
    """
    *n, height, width = stack.shape
    padded = np.zeros((*n, height + 2 * n_rows, width + 2 * n_columns), stack.dtype)
    padded[..., n_rows : n_rows + height, n_columns : n_columns + width] = stack
    return padded


def _neighbours(bitmaps: Bitmap) -> tuple[Bitmap, Bitmap, Bitmap, Bitmap]:
    """Each pixel's neighbour above, below, left and right; no ink outside."""
    padded = pad(bitmaps, 1, 1)
    return (
        padded[:, :-2, 1:-1],
        padded[:, 2:, 1:-1],
        padded[:, 1:-1, :-2],
        padded[:, 1:-1, 2:],
    )
