"""From an 8x8 digit back to pen strokes, to be drawn on and changed by hand.

The way back of `digits_app.drawing.five_steps`:

1. find a 32x32 bitmap that has the picture's ink in every 4x4 block (`bitmap_of`);
2. enlarge it smoothly and thin it to its centre lines (`thin`, `centre_lines`);
3. follow the lines with a round pen, as wide as the ink was there;
4. lean them: a digit was made upright after it was stretched to the frame, so most
   fill the frame only when they lean again. A few slants and pens are tried, and the
   strokes kept whose picture, prepared like any drawing, comes closest to the digit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing.canvas_json import CANVAS_SIDE, WIDE, pen_path, render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.five_steps import (
    BLOCK_SIDE,
    FRAME_SIDE,
    Bitmap,
    cut_to_ink,
    pad,
)
from digits_app.drawing.preparation import prepare_image

FILLED_SHARE: Final = 0.75
"""Share of the canvas that the longer side of the traced digit takes."""

FABRIC_VERSION: Final = "6.7.1"
"""Version of the canvas JSON."""

SLANTS: Final = (0.0, -0.15, 0.15, -0.3, 0.3, -0.45, 0.45)
"""Slants tried, in columns a row."""

PENS: Final = (0.85, 1.0, 1.15)
"""Pens tried, in widths of the ink."""

Point = tuple[int, int]

_FINE = 4
_INK_SIDE = 160
_MARGIN = 4
_LEVEL = 0.45
_SMOOTHING = 3.0
_POINT_SPACING = 4
_SHORTEST_SPUR = 0.6
_STRAIGHT = ((-1, 0), (0, 1), (1, 0), (0, -1))
_DIAGONAL = ((-1, 1), (1, 1), (1, -1), (-1, -1))
_AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


@dataclass(frozen=True)
class Stroke:
    """A pen stroke.

    Attributes
    ----------
    points : ndarray of shape (n_points, 2)
        x to the right and y down.
    width : float
        Width of the round pen, in the same unit.
    """

    points: NDArray[np.float64]
    width: float


@dataclass(frozen=True)
class _Tracing:
    """Strokes, their picture, and how far it is from the digit once prepared."""

    strokes: list[Stroke]
    picture: Image.Image
    difference: float


def trace_digit(
    image: NDArray[np.float64],
    side: int = CANVAS_SIDE,
    accept: Callable[[Image.Image], bool] | None = None,
    max_offered: int | None = None,
) -> dict[str, Any]:
    """Draw a digit again with pen strokes.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        Floats 0 (no ink) to 16 (all ink).
    side : int, default=280
        Side of the canvas, in pixels.
    accept : callable, optional
        Takes the picture of a tracing, mode "L". The closest tracing it accepts is
        returned; the closest of all where it accepts none. Pass it to keep what a
        classifier reads.
    max_offered : int, optional
        How many tracings are offered to `accept`, if it is slow; default: all.

    Returns
    -------
    dict
        Canvas JSON: white round strokes as Fabric paths, centred, the longer side 75 %
        of the canvas. No paths for a picture without ink.

    Examples
    --------
    >>> bar = np.zeros((8, 8))
    >>> bar[:, 3:5] = 16
    >>> drawing = trace_digit(bar)
    >>> [path["stroke"] for path in drawing["objects"]]
    ['#ffffff']
    """
    strokes = centre_lines(_enlarge(bitmap_of(image)))
    several = [_lean(strokes, slant, pen) for slant in SLANTS for pen in PENS]
    tried = sorted(_try(several, image), key=lambda tracing: tracing.difference)
    for tracing in tried[:max_offered]:
        if accept is None or accept(tracing.picture):
            return canvas_json(tracing.strokes, side)
    return canvas_json(tried[0].strokes if tried else [], side)


def trace_ink(ink: Image.Image, side: int = CANVAS_SIDE) -> dict[str, Any]:
    """Draw ink that was lifted from paper again, with pen strokes along its middle.

    Parameters
    ----------
    ink : PIL.Image.Image
        Mode "L", 0 background to 255 ink; there is some.
    side : int, default=280
        Side of the canvas, in pixels.

    Returns
    -------
    dict
        Canvas JSON, see `trace_digit`.
    """
    crop = cut_to_ink(ink)
    scale = _INK_SIDE / max(crop.size)
    size = (max(1, round(scale * crop.width)), max(1, round(scale * crop.height)))
    is_ink = np.asarray(crop.resize(size, Image.Resampling.BICUBIC)) >= 128
    return canvas_json(centre_lines(pad(is_ink, 1, 1)), side)


def _try(tracings: list[list[Stroke]], image: NDArray[np.float64]) -> list[_Tracing]:
    """Prepare tracings like any drawing; those too small for a digit are left out."""
    tried = []
    for strokes in tracings:
        try:
            picture = render_drawing(canvas_json(strokes))
            if picture is not None:
                difference = float(np.abs(prepare_image(picture) - image).sum())
                tried.append(_Tracing(strokes, picture, difference))
        except UnreadableDrawingError:
            continue
    return tried


def _lean(strokes: list[Stroke], slant: float, pen: float) -> list[Stroke]:
    """Slant strokes, in columns to the right per row down, and change their pen."""
    shear = np.array([[1, 0], [slant, 1]])
    return [Stroke(stroke.points @ shear, pen * stroke.width) for stroke in strokes]


def bitmap_of(image: NDArray[np.float64]) -> Bitmap:
    """Find a smooth bitmap whose `block_counts` are the digit's pixels.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        Whole numbers 0..16.

    Returns
    -------
    ndarray of shape (32, 32), bool
        In every block, the ink is where the enlarged picture is brightest.
    """
    padded = np.pad(image, 1).astype(np.float32)
    shape = (len(padded) * BLOCK_SIDE, len(padded) * BLOCK_SIDE)
    enlarged = Image.fromarray(padded).resize(shape, Image.Resampling.BICUBIC)
    smooth = np.asarray(enlarged)[BLOCK_SIDE:-BLOCK_SIDE, BLOCK_SIDE:-BLOCK_SIDE]
    rows, columns = IMAGE_SHAPE
    blocks = smooth.reshape(rows, BLOCK_SIDE, columns, BLOCK_SIDE).swapaxes(1, 2)
    brightness = blocks.reshape(rows, columns, MAX_INTENSITY)
    rank = (-brightness).argsort(axis=2, kind="stable").argsort(axis=2)
    ink = (rank < image[..., None]).reshape(blocks.shape)
    return ink.swapaxes(1, 2).reshape(FRAME_SIDE, FRAME_SIDE)


def thin(bitmap: Bitmap) -> Bitmap:
    """Thin ink to lines one pixel wide.

    T. Y. Zhang, C. Y. Suen, *A fast parallel algorithm for thinning digital patterns*,
    Communications of the ACM 27(3), 1984.

    Parameters
    ----------
    bitmap : ndarray of shape (height, width), bool
        True is ink; the rim is empty.

    Returns
    -------
    ndarray of the same shape, bool
    """
    ink = bitmap.copy()
    while True:
        before = ink
        for first in (True, False):
            around = np.stack([np.roll(ink, (-dy, -dx), axis=(0, 1)) for dy, dx in _AROUND])
            n_around = around.sum(axis=0)
            n_turns = (~around & np.roll(around, -1, axis=0)).sum(axis=0)
            north, east, south, west = around[::2]
            if first:
                inner = (north & east & south) | (east & south & west)
            else:
                inner = (north & east & west) | (north & south & west)
            ink = ink & ~((n_around >= 2) & (n_around <= 6) & (n_turns == 1) & ~inner)
        if np.array_equal(ink, before):
            return ink


def centre_lines(bitmap: Bitmap) -> list[Stroke]:
    """Follow ink along its middle, from fork to fork.

    Parameters
    ----------
    bitmap : ndarray of shape (height, width), bool
        True is ink; the rim is empty.

    Returns
    -------
    list of Stroke
        In bitmap pixels, each as wide as the ink along it. Spurs shorter than the ink is
        wide are left out.
    """
    centre = {(int(y), int(x)) for y, x in np.argwhere(thin(bitmap))}
    beside = {point: _beside(point, centre) for point in centre}
    depth = ndimage.distance_transform_edt(bitmap)
    lines = _follow(beside)
    strokes = []
    for line in lines:
        y, x = np.array(line).T
        width = float(2 * np.median(depth[y, x]))
        is_spur = (len(beside[line[0]]) == 1) != (len(beside[line[-1]]) == 1)
        if is_spur and len(line) < _SHORTEST_SPUR * width and len(lines) > 1:
            continue
        strokes.append(Stroke(_smooth(np.stack([x, y], axis=1)), width))
    return strokes


def _beside(point: Point, centre: set[Point]) -> list[Point]:
    """Neighbours on the line; a diagonal one only where no straight one leads there."""
    y, x = point
    straight = [(y + dy, x + dx) for dy, dx in _STRAIGHT if (y + dy, x + dx) in centre]
    diagonal = [
        (y + dy, x + dx)
        for dy, dx in _DIAGONAL
        if (y + dy, x + dx) in centre
        and (y + dy, x) not in centre
        and (y, x + dx) not in centre
    ]
    return straight + diagonal


def _follow(beside: dict[Point, list[Point]]) -> list[list[Point]]:
    """Walk every link between points once: first from ends and forks, then the rings."""
    walked: set[frozenset[Point]] = set()
    lines = []
    points = sorted(beside)
    for start in sorted(points, key=lambda point: len(beside[point]) == 2):
        for step in beside[start]:
            if frozenset((start, step)) in walked:
                continue
            line = [start]
            ahead: list[Point] = [step]
            while ahead:
                walked.add(frozenset((line[-1], ahead[0])))
                line.append(ahead[0])
                here = line[-1]
                ahead = [
                    point
                    for point in beside[here]
                    if len(beside[here]) == 2 and frozenset((here, point)) not in walked
                ]
            lines.append(line)
        if not beside[start]:
            lines.append([start, start])
    return lines


def _enlarge(bitmap: Bitmap) -> Bitmap:
    """Enlarge a bitmap with round edges, and an empty rim."""
    fine = pad(bitmap, _MARGIN, _MARGIN).repeat(_FINE, axis=0).repeat(_FINE, axis=1)
    smooth = ndimage.gaussian_filter(fine.astype(np.float64), _FINE)
    enlarged: Bitmap = smooth >= _LEVEL
    return enlarged


def _smooth(points: NDArray[np.int64]) -> NDArray[np.float64]:
    """Take the pixel steps out of a line; its ends stay, a ring stays closed."""
    is_ring = np.array_equal(points[0], points[-1]) and len(points) > 2
    mode = "wrap" if is_ring else "nearest"
    line = points[:-1] if is_ring else points
    smooth = ndimage.gaussian_filter1d(line.astype(float), _SMOOTHING, axis=0, mode=mode)
    if is_ring:
        smooth = np.concatenate([smooth, smooth[:1]])
    else:
        smooth[0], smooth[-1] = points[0], points[-1]
    kept = np.unique(np.append(np.arange(0, len(smooth), _POINT_SPACING), len(smooth) - 1))
    spaced: NDArray[np.float64] = smooth[kept]
    return spaced


def canvas_json(strokes: list[Stroke], side: int = CANVAS_SIDE) -> dict[str, Any]:
    """Put strokes on the middle of the canvas, as its JSON.

    Parameters
    ----------
    strokes : list of Stroke
        In any unit.
    side : int
        Side of the canvas, in pixels; the longer side of the ink takes 75 % of it.

    Returns
    -------
    dict
        `{"version": ..., "objects": [...]}` with a Fabric path for each stroke.
    """
    if not strokes:
        return {"version": FABRIC_VERSION, "objects": []}
    low = np.min([s.points.min(axis=0) - s.width / 2 for s in strokes], axis=0)
    high = np.max([s.points.max(axis=0) + s.width / 2 for s in strokes], axis=0)
    scale = side * FILLED_SHARE / max(high - low)
    middle = (low + high) / 2
    return {
        "version": FABRIC_VERSION,
        "objects": [
            pen_path(
                ((stroke.points - middle) * scale + side / 2).round(1).tolist(),
                round(stroke.width * scale, 1),
            )
            for stroke in strokes
        ],
    }


def side_by_side(drawings: Sequence[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Put drawings of the square canvas beside each other on the wide one.

    Parameters
    ----------
    drawings : sequence of list of dict
        Of each its paths; at least two.

    Returns
    -------
    list of dict
        All paths, from left to right, each drawing as small as its share of the width asks.

    Examples
    --------
    >>> one = [pen_path([(140, 40), (140, 240)], width=20)]
    >>> paths = side_by_side([one, one, one, one])
    >>> [(path["path"][0], path["strokeWidth"]) for path in paths[::3]]
    [(['M', 70.0, 90.0], 10.0), (['M', 490.0, 90.0], 10.0)]
    """
    share = WIDE / len(drawings)
    scale = share / CANVAS_SIDE
    middles = [(share * (i + 0.5), CANVAS_SIDE / 2) for i in range(len(drawings))]

    def put(command: list[Any], middle: tuple[float, float]) -> list[Any]:
        name, *numbers = command
        return [
            name,
            *(
                round(middle[axis % 2] + (number - CANVAS_SIDE / 2) * scale, 2)
                for axis, number in enumerate(numbers)
            ),
        ]

    return [
        {
            **path,
            "path": [put(command, middle) for command in path["path"]],
            "strokeWidth": round(path["strokeWidth"] * scale, 2),
        }
        for drawing, middle in zip(drawings, middles, strict=True)
        for path in drawing
    ]
