"""From the 8x8 training digits to many more, written as other hands might have.

Each digit is enlarged to 32x32, warped as by another hand (elastic distortions, [1]_),
written with another pen, and prepared again by the steps that every drawing goes through
(`drawing/five_steps`). So an augmented digit is again a row of 64 pixels, 0..16, and
nothing but the lesson's training digits goes in.

Everything works on stacks of digits at once, and every random number comes from the
generator that is handed in.

References
----------
.. [1] P. Y. Simard, D. Steinkraus, J. C. Platt, *Best Practices for Convolutional Neural
   Networks Applied to Visual Document Analysis*, ICDAR 2003.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing.five_steps import (
    DIGIT_WIDTH,
    FRAME_SIDE,
    Bitmap,
    block_counts,
    dilate,
    erode,
    even_out_stroke,
    leftmost_slope,
    moment_slope,
    shear_rows,
)

Ink = NDArray[np.float32]
"""Stack of pictures of shape (n_samples, height, width), 0 (none) to 1 (ink)."""

MAX_TURN: Final = 10.0
"""Degrees either way."""

MAX_SHEAR: Final = 0.45
"""Columns per row, either way; the slant rule takes most of it out again."""

MAX_SCALE: Final = 0.2
"""Either way and on each axis: the stretch undoes it, but the stroke has changed."""

MAX_BEND: Final = 0.2
"""How much one half of a digit grows at the cost of the other, on each axis."""

MAX_ELASTIC: Final = 2.4
"""Root mean square of the elastic displacement, in pixels of 32; each digit gets its own
strength, from none up to this."""

ELASTIC_KNOTS: Final = 4
"""Knots a side of the grid from which the elastic displacement is interpolated."""

INK_LEVEL: Final = (0.3, 0.6)
"""Range of the level from which the warped grey counts as ink: thicker or thinner."""

SHARE_WITH_FILLED_LOOPS: Final = 0.2
SHARE_WITH_OTHER_PEN: Final = 0.3
SHARE_BY_LEFTMOST_INK: Final = 0.6
"""Share whose slant is taken by the leftmost ink; for the rest by moments. Each rule is
fooled by other shapes, so a classifier should know what a wrong estimate looks like."""

_CANVAS = 48  # room for a 32x32 digit to be turned and stretched
_MIDDLE = (FRAME_SIDE - 1) / 2
_ROWS, _COLUMNS = np.mgrid[:FRAME_SIDE, :FRAME_SIDE].astype(np.float32)


def augment(X: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Write each digit once more, by another hand.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 64)
        Training digits, 0..16.
    rng : numpy.random.Generator
        Where all chance comes from.

    Returns
    -------
    ndarray of shape (n_samples, 64)
        Floats 0..16, in the order of `X`.
    """
    return _prepare(warp(enlarge(X), rng), rng)


def jumble(X: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Make of each digit something that is none, yet drawn with the same strokes.

    Its upper or its left part is joined to the rest of another digit, or it is laid on its
    side, laid over another, or squeezed beside or above another; then it is warped and
    prepared as `augment` does.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 64)
        Training digits, 0..16.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (n_samples, 64)
        Floats 0..16.
    """
    ink = enlarge(X)
    other = ink[rng.permutation(len(ink))]
    cut = rng.integers(11, 21, len(ink))[:, None, None]
    jumbles = [
        np.where(cut > _ROWS, ink, other),
        np.where(cut > _COLUMNS, ink, other),
        np.rot90(ink, axes=(1, 2)),
        np.maximum(ink, other),
        np.concatenate([ink[:, :, ::2], other[:, :, ::2]], axis=2),
        np.concatenate([ink[:, ::2], other[:, ::2]], axis=1),
    ]
    kind = rng.integers(len(jumbles), size=(len(ink), 1, 1))
    jumbled = np.select([kind == i for i in range(len(jumbles))], jumbles)
    return _prepare(warp(jumbled, rng), rng)


def enlarge(X: NDArray[np.float64], iterations: int = 3) -> Ink:
    """Enlarge 8x8 digits to 32x32 such that the ink of their 4x4 blocks is kept.

    Bicubic enlargement alone loses thin strokes. Iterative back-projection [1]_ adds,
    a few times, what the blocks lack.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 64)
        0..16.
    iterations : int
        Rounds of back-projection.

    Returns
    -------
    ndarray of shape (n_samples, 32, 32), float32
        About 0 to 1; from 0.5 on it is ink.

    References
    ----------
    .. [1] M. Irani, S. Peleg, *Improving resolution by image registration*,
       CVGIP: Graphical Models and Image Processing 53(3), 1991.
    """
    blocks = X.astype(np.float32).reshape(-1, *IMAGE_SHAPE) / np.float32(MAX_INTENSITY)
    bicubic = _interpolation(IMAGE_SHAPE[0], FRAME_SIDE)
    ink: Ink = bicubic @ blocks @ bicubic.T
    for _ in range(iterations):
        inked = np.clip(2 * ink - 0.5, 0, 1)
        missing = blocks - inked.reshape(-1, 8, 4, 8, 4).mean(axis=(2, 4))
        ink = ink + bicubic @ missing @ bicubic.T / 2
    return ink


def warp(ink: Ink, rng: np.random.Generator) -> Bitmap:
    """Turn, shear, scale, bend and distort digits elastically.

    Parameters
    ----------
    ink : ndarray of shape (n_samples, 32, 32), float32
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (n_samples, 48, 48), bool
        With room around; True is ink.
    """
    n = len(ink)

    def draw(low: float, high: float) -> Ink:
        return rng.uniform(low, high, (n, 1, 1)).astype(np.float32)

    rows, columns = np.mgrid[:_CANVAS, :_CANVAS].astype(np.float32) - (_CANVAS - 1) / 2
    turn = np.deg2rad(draw(-MAX_TURN, MAX_TURN))
    x = np.cos(turn) * columns - np.sin(turn) * rows
    y = np.sin(turn) * columns + np.cos(turn) * rows
    x += draw(-MAX_SHEAR, MAX_SHEAR) * y
    x *= draw(1 - MAX_SCALE, 1 + MAX_SCALE)
    y *= draw(1 - MAX_SCALE, 1 + MAX_SCALE)
    # A parabola that leaves both ends of the digit where they are.
    x += draw(-MAX_BEND, MAX_BEND) * (10 - x * x / 20) * (np.abs(x) < 16)
    y += draw(-MAX_BEND, MAX_BEND) * (16 - y * y / 16) * (np.abs(y) < 18)
    strength = draw(0, MAX_ELASTIC)
    x += strength * _smooth_noise(n, rng)
    y += strength * _smooth_noise(n, rng)
    warped: Bitmap = _sample(ink, x + _MIDDLE, y + _MIDDLE) > draw(*INK_LEVEL)
    return warped


def fill_loops(bitmaps: Bitmap, rng: np.random.Generator) -> Bitmap:
    """Close small loops and notches of some digits, as a thick pen does."""
    bitmaps = bitmaps.copy()
    chosen = rng.random(len(bitmaps)) < SHARE_WITH_FILLED_LOOPS
    times = np.where(chosen, rng.integers(1, 4, len(bitmaps)), 0)
    for change in (dilate, erode):
        for step in range(3):
            bitmaps[times > step] = change(bitmaps[times > step])
    return bitmaps


def change_pen(bitmaps: Bitmap, rng: np.random.Generator) -> Bitmap:
    """Thicken or thin the stroke of some digits by a pixel; none is thinned away."""
    bitmaps = bitmaps.copy()
    chosen = rng.random(len(bitmaps)) < SHARE_WITH_OTHER_PEN
    thicker = rng.random(len(bitmaps)) < 0.5
    bitmaps[chosen & thicker] = dilate(bitmaps[chosen & thicker])
    thinner = np.flatnonzero(chosen & ~thicker)
    thinned = erode(bitmaps[thinner])
    enough = thinned.sum(axis=(1, 2)) > 40
    bitmaps[thinner[enough]] = thinned[enough]
    return bitmaps


def stretch_to_frame(bitmaps: Bitmap) -> Bitmap:
    """Crop each digit to its ink and stretch it to 20x32 in a 32x32 bitmap.

    Steps 1 and 2 of `preprocessing`, for a whole stack.

    Parameters
    ----------
    bitmaps : ndarray of shape (n_samples, side, side), bool

    Returns
    -------
    ndarray of shape (n_samples, 32, 32), bool
    """
    left, right = _extent(bitmaps.max(axis=1))
    top, bottom = _extent(bitmaps.max(axis=2))
    across = (np.arange(DIGIT_WIDTH) + 0.5) / DIGIT_WIDTH
    down = (np.arange(FRAME_SIDE) + 0.5) / FRAME_SIDE
    x = left[:, None] + across * (right - left)[:, None]
    y = top[:, None] + down * (bottom - top)[:, None]
    shape = (len(bitmaps), FRAME_SIDE, DIGIT_WIDTH)
    ink = _sample(
        bitmaps.astype(np.float32),
        np.broadcast_to(x[:, None, :], shape).astype(np.float32),
        np.broadcast_to(y[:, :, None], shape).astype(np.float32),
    )
    margin = (FRAME_SIDE - DIGIT_WIDTH) // 2
    return np.pad(ink > 0.5, ((0, 0), (0, 0), (margin, margin)))


def _prepare(bitmaps: Bitmap, rng: np.random.Generator) -> NDArray[np.float64]:
    """Write with another pen, and take all five steps; rows of 64 pixels, 0..16."""
    bitmaps = change_pen(fill_loops(bitmaps, rng), rng)
    framed = even_out_stroke(stretch_to_frame(bitmaps))
    by_leftmost = rng.random(len(bitmaps)) < SHARE_BY_LEFTMOST_INK
    slope = np.where(by_leftmost, leftmost_slope(framed), moment_slope(framed))
    return block_counts(shear_rows(framed, slope)).reshape(len(bitmaps), -1)


def _interpolation(n_in: int, n_out: int) -> NDArray[np.float32]:
    """Matrix of shape (n_out, n_in) that enlarges one axis as Pillow does, bicubic."""
    unit = Image.fromarray(np.eye(n_in, dtype=np.float32))
    return np.asarray(unit.resize((n_in, n_out), Image.Resampling.BICUBIC))


def _smooth_noise(n_samples: int, rng: np.random.Generator) -> Ink:
    """Smooth random fields of shape (n_samples, 48, 48) of unit variance."""
    enlarge_axis = _interpolation(ELASTIC_KNOTS, _CANVAS)
    enlarge_axis = enlarge_axis / np.sqrt((enlarge_axis**2).sum(axis=1).mean())
    knots = rng.standard_normal((n_samples, ELASTIC_KNOTS, ELASTIC_KNOTS))
    noise: Ink = enlarge_axis @ knots.astype(np.float32) @ enlarge_axis.T
    return noise


def _sample(ink: Ink, x: NDArray[np.float32], y: NDArray[np.float32]) -> Ink:
    """Read pictures at fractional columns `x` and rows `y`, bilinear; outside is 0."""
    n, height, width = ink.shape
    padded = np.pad(ink, ((0, 0), (1, 1), (1, 1))).ravel()
    x = np.clip(x + 1, 0, width + 0.999).astype(np.float32)
    y = np.clip(y + 1, 0, height + 0.999).astype(np.float32)
    column, row = x.astype(np.int32), y.astype(np.int32)
    x, y = x - column, y - row
    first = (np.arange(n, dtype=np.int32) * ((height + 2) * (width + 2)))[:, None, None]
    corner = first + row * (width + 2) + column
    above = padded[corner] * (1 - x) + padded[corner + 1] * x
    corner += width + 2
    below = padded[corner] * (1 - x) + padded[corner + 1] * x
    sampled: Ink = above * (1 - y) + below * y
    return sampled


def _extent(has_ink: Bitmap) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Outer edges of the ink along one axis, in pixels; a pixel's centre is whole."""
    length = has_ink.shape[1]
    return has_ink.argmax(axis=1) - 0.5, length - 0.5 - has_ink[:, ::-1].argmax(axis=1)
