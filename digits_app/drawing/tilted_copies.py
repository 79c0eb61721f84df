"""One drawing seen several ways: with an even pen, slightly turned and sheared.

People hold the pen, the paper and the hand a little differently each time, and a
wrong estimate of the slant spoils the whole picture. So the drawing is prepared several
times, tilted a little more each time, and what a classifier says of the copies is averaged.

In five of the nine copies the stroke is first brought to one width relative to the
drawing, as on the forms that the dataset came from, where everyone had the same pen: a
distance map of the drawing is raised or lowered and cut at zero, which thins a thick pen
(and opens the loops that it filled) and thickens a thin one. The other four keep the pen
of the drawing. Each copy then goes through the five steps of `five_steps`.
"""

from dataclasses import dataclass
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.drawing.five_steps import (
    DIGIT_WIDTH,
    FRAME_SIDE,
    INK_FROM,
    Bitmap,
    centre,
    moment_slope,
    pad,
    prepare_bitmaps,
    shrink,
)
from digits_app.drawing.ink import cut_out_digit

TURNS: Final = (-8.0, 0.0, 8.0)
"""Degrees, clockwise on the screen."""

SHEARS: Final = (-0.2, 0.0, 0.2)
"""Columns per row, once the slant by moments is taken out."""

WITH_EVEN_PEN: Final = (1, 3, 4, 5, 7)
"""The copies that are brought to `PEN_SHARE`: those tilted in one way at most."""

PEN_SHARE: Final = 0.14
"""Stroke width that these are brought to, as a share of its longer side."""

FIELD_SIDE: Final = 64
"""Longer side of the ink in the distance map, in pixels."""

UNTILTED: Final = 4
"""The copy that is neither turned nor sheared, only set upright."""

MARGIN: Final = FIELD_SIDE // 8
"""Around the ink in the distance map, in pixels. Wider than any pen grows, at most
`PEN_SHARE` of half the side: the rim is never ink."""

PEN_PERCENTILE: Final = 0.3
"""Which of the depths along the middle of the stroke is the pen's radius, as a share."""

LEAST_PEN_RADIUS: Final = 0.5
"""In pixels."""

RIM: Final = 1.001
"""In pixels. The map is read no nearer to its right and lower end: there it has no next."""

LEAST_SIDE: Final = 4.0
"""Of the drawing from middle to middle of the stroke, in pixels."""

_HAS_EVEN_PEN = np.isin(np.arange(len(TURNS) * len(SHEARS)), WITH_EVEN_PEN)
TURN_MATRICES: Final = np.array(
    [
        [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
        for turn in np.deg2rad(TURNS)
    ]
)


@dataclass(frozen=True)
class StrokeField:
    """A drawing as a map of distances to the edge of its ink.

    Attributes
    ----------
    distance : ndarray of shape (height, width), float32
        Pixels to the edge of the ink: positive inside, negative outside.
    pen_radius : float
        Half the stroke's width, in pixels.
    side : float
        Longer side of the drawing from middle to middle of the stroke, in pixels.
    """

    distance: NDArray[np.float32]
    pen_radius: float
    side: float

    @property
    def lift(self) -> float:
        """How far the map is raised for a pen of `PEN_SHARE`: its ink is above `-lift`."""
        change = PEN_SHARE * self.side / 2 - self.pen_radius
        # Never thin all the ink away.
        return max(change, 1 - float(self.distance.max()))


def map_strokes(digit: Image.Image) -> StrokeField:
    """Map a drawing's distances to the edge of its ink, and measure the pen.

    Parameters
    ----------
    digit : PIL.Image.Image
        Mode "L", 0 background to 255 ink, of `ink.cut_out_digit`.
    """
    crop = np.asarray(shrink(digit, FIELD_SIDE)) >= INK_FROM
    # From ink, the nearest place without is at most one pixel outside the crop.
    inside = ndimage.distance_transform_edt(pad(crop, 1, 1))
    inside = pad(inside, MARGIN - 1, MARGIN - 1)
    outside = ndimage.distance_transform_edt(inside == 0)
    distance = np.where(inside > 0, inside - 0.5, 0.5 - outside).astype(np.float32)
    pen_radius = max(_pen_radius(distance), LEAST_PEN_RADIUS)
    side = max(max(crop.shape) - 2 * pen_radius, LEAST_SIDE)
    return StrokeField(distance, pen_radius, side)


def copies_of_ink(ink: Image.Image) -> NDArray[np.float64]:
    """Prepare tilted copies of a drawing, each by the five steps.

    Parameters
    ----------
    ink : PIL.Image.Image
        Mode "L", 0 background to 255 ink, of `ink.ink_intensity`.

    Returns
    -------
    ndarray of shape (n_copies, 8, 8)
        Floats 0..16; `UNTILTED` is the one that is not tilted.

    Raises
    ------
    TooSmallDrawingError
        The ink is a dot.

    Examples
    --------
    >>> ink = Image.new("L", (280, 280))
    >>> ink.paste(255, (130, 40, 150, 240))
    >>> copies_of_ink(ink).shape
    (9, 8, 8)
    """
    return prepare_bitmaps(frame_copies(map_strokes(cut_out_digit(ink))))


def frame_copies(field: StrokeField) -> Bitmap:
    """Tilt a drawing nine ways, stretch each to 20x32 and centre it: steps 1 and 2.

    Parameters
    ----------
    field : StrokeField

    Returns
    -------
    ndarray of shape (n_copies, 32, 32), bool
        True is ink.
    """
    even = field.distance > -field.lift
    matrices = tilts(float(moment_slope(even[None])[0]))
    low, high = np.where(
        _HAS_EVEN_PEN[:, None],
        _bounds(even, matrices),
        _bounds(field.distance > 0, matrices),
    )
    step = (high - low) / (DIGIT_WIDTH, FRAME_SIDE)
    # The middles of 20x32 pixels that share the box around the tilted ink.
    column, row = np.arange(DIGIT_WIDTH) + 0.5, np.arange(FRAME_SIDE)[:, None] + 0.5
    x = low[:, 0, None, None] + step[:, 0, None, None] * column
    y = low[:, 1, None, None] + step[:, 1, None, None] * row
    back = np.linalg.inv(matrices)[:, :, :, None, None]
    sampled = _interpolate(
        field.distance,
        back[:, 0, 0] * x + back[:, 0, 1] * y,
        back[:, 1, 0] * x + back[:, 1, 1] * y,
    )
    lift = np.where(_HAS_EVEN_PEN, field.lift, 0.0)
    return centre(sampled > -lift[:, None, None])


def tilts(slope: float) -> NDArray[np.float64]:
    """Matrices that take the slant out, shear, and turn, for every combination.

    Parameters
    ----------
    slope : float
        Columns to the right per row down.

    Returns
    -------
    ndarray of shape (n_copies, 2, 2)
        Map (column, row) of the drawing to (column, row) of the copy.
    """
    shears = np.array([[[1, shear - slope], [0, 1]] for shear in SHEARS])
    matrices: NDArray[np.float64] = TURN_MATRICES[:, None] @ shears
    return matrices.reshape(-1, 2, 2)


def _bounds(has_ink: Bitmap, matrices: NDArray[np.float64]) -> NDArray[np.float64]:
    """Outer edges of the ink as each matrix tilts it; a pixel's middle is a whole number.

    Returns
    -------
    ndarray of shape (2, n_copies, 2)
        Least and greatest (column, row).
    """
    # A tilted bounding box touches only the outermost ink of a row.
    rows = np.flatnonzero(has_ink.any(axis=1))
    first = has_ink[rows].argmax(axis=1)
    last = has_ink.shape[1] - 1 - has_ink[rows, ::-1].argmax(axis=1)
    outline = np.array([np.concatenate([first, last]), np.concatenate([rows, rows])])
    moved = matrices @ outline
    return np.array([moved.min(axis=2) - 0.5, moved.max(axis=2) + 0.5])


def _interpolate(
    distance: NDArray[np.float32], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Read a distance map between its pixels, bilinear; outside of it, as at its rim."""
    height, width = distance.shape
    x, y = x.clip(0, width - RIM), y.clip(0, height - RIM)
    column, row = x.astype(np.intp), y.astype(np.intp)
    x -= column
    y -= row
    corner = row * width + column
    flat = distance.ravel()
    above = flat[corner] * (1 - x) + flat[corner + 1] * x
    below = flat[corner + width] * (1 - x) + flat[corner + width + 1] * x
    sampled: NDArray[np.float64] = above * (1 - y) + below * y
    return sampled


def _pen_radius(distance: NDArray[np.float32]) -> float:
    """Half the stroke's width: a low percentile of the distance along its middle.

    A round pen leaves its own radius there; where strokes merge it is more.
    """
    inner = distance[1:-1, 1:-1]  # the rim is no ink
    columns = np.maximum(np.maximum(distance[:-2], distance[1:-1]), distance[2:])
    around = np.maximum(np.maximum(columns[:, :-2], columns[:, 1:-1]), columns[:, 2:])
    depths = np.sort(inner[(inner > 0) & (inner >= around)])
    # `np.percentile(depths, 30)`, in a tenth of the time.
    place = PEN_PERCENTILE * (len(depths) - 1)
    low, high = depths[int(place)], depths[ceil(place)]
    return float(low + (high - low) * (place % 1))
