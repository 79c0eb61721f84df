"""One drawing seen several ways: with an even pen, slightly turned and sheared.

Whoever writes holds the pen, the paper and the hand a little differently each time, and a
wrong estimate of the slant spoils the whole picture. So the drawing is prepared several
times, tilted a little more each time, and what a classifier says of the copies is averaged.

In five of the nine copies the stroke is first brought to one width relative to the
drawing, as on the forms that the dataset came from, where everyone had the same pen: a
distance map of the drawing is raised or lowered and cut at zero, which thins a thick pen
(and opens the loops that it filled) and thickens a thin one. The other four keep the pen
of the drawing. Each copy then goes through the five steps of `preprocessing`.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.drawing.five_steps import (
    DIGIT_WIDTH,
    FRAME_SIDE,
    Bitmap,
    crop_to_ink,
    prepare_bitmaps,
)
from digits_app.drawing.ink import require_digit_size

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

# Wider than any pen grows: at most `PEN_SHARE` of half the side.
_MARGIN = FIELD_SIDE // 8
_OUTSIDE = -float(FIELD_SIDE)
_HAS_EVEN_PEN = np.isin(np.arange(len(TURNS) * len(SHEARS)), WITH_EVEN_PEN)
_TURN_MATRICES = np.array(
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
    def even_pen(self) -> NDArray[np.float32]:
        """The map for a pen of `PEN_SHARE`: ink where it is positive."""
        change = PEN_SHARE * self.side / 2 - self.pen_radius
        # Never thin all the ink away.
        return self.distance + np.float32(max(change, 1 - float(self.distance.max())))

    @property
    def stroke_length(self) -> float:
        """Length of the strokes, in units of the drawing's longer side."""
        ink = int((self.distance > 0).sum())
        return ink / (2 * self.pen_radius * self.side)


def stroke_field(ink: Image.Image) -> StrokeField:
    """Map a drawing's distances to the edge of its ink, and measure the pen.

    Parameters
    ----------
    ink : PIL.Image.Image
        Mode "L", 0 background to 255 ink, of `preprocessing.ink_intensity`.

    Raises
    ------
    TooSmallDrawingError
        The ink is a dot.
    """
    require_digit_size(ink)
    crop = crop_to_ink(ink, side=FIELD_SIDE)
    ink_of_crop = np.asarray(crop) >= 128
    has_ink = _padded(ink_of_crop, _MARGIN)
    # From ink, the nearest place without is at most one pixel outside the crop.
    inside = _padded(ndimage.distance_transform_edt(_padded(ink_of_crop, 1)), _MARGIN - 1)
    outside = ndimage.distance_transform_edt(~has_ink)
    distance = np.where(has_ink, inside - 0.5, 0.5 - outside).astype(np.float32)
    pen_radius = max(_pen_radius(distance), 0.5)
    side = max(max(crop.size) - 2 * pen_radius, 4.0)
    return StrokeField(distance, pen_radius, side)


def prepare_views(field: StrokeField) -> NDArray[np.float64]:
    """Prepare tilted copies of a drawing, each by the five steps.

    Parameters
    ----------
    field : StrokeField

    Returns
    -------
    ndarray of shape (n_views, 8, 8)
        Floats 0..16; the middle one is not tilted.
    """
    even = field.even_pen
    matrices = tilts(_slope(_ink_points(even)))
    frames = np.zeros((len(matrices), FRAME_SIDE, FRAME_SIDE), dtype=bool)
    margin = (FRAME_SIDE - DIGIT_WIDTH) // 2
    for distance, views in ((even, _HAS_EVEN_PEN), (field.distance, ~_HAS_EVEN_PEN)):
        frames[views, :, margin:-margin] = _stretched(distance, matrices[views])
    return prepare_bitmaps(frames)


def tilts(slope: float) -> NDArray[np.float64]:
    """Matrices that take the slant out, shear, and turn, for every combination.

    Parameters
    ----------
    slope : float
        Columns to the right per row down.

    Returns
    -------
    ndarray of shape (n_views, 2, 2)
        Map (column, row) of the drawing to (column, row) of the view.
    """
    shears = np.array([[[1, shear - slope], [0, 1]] for shear in SHEARS])
    matrices: NDArray[np.float64] = _TURN_MATRICES[:, None] @ shears
    return matrices.reshape(-1, 2, 2)


def _padded(array: NDArray[Any], margin: int) -> NDArray[Any]:
    """Put zeros around a small array; `np.pad` takes ten times as long."""
    height, width = array.shape
    padded = np.zeros((height + 2 * margin, width + 2 * margin), dtype=array.dtype)
    padded[margin:-margin, margin:-margin] = array
    return padded


def _ink_points(distance: NDArray[np.float32]) -> NDArray[np.float64]:
    """Columns and rows of the ink, of shape (2, n_points), row by row."""
    rows, columns = np.nonzero(distance > 0)
    return np.stack([columns, rows]).astype(np.float64)


def _outline(distance: NDArray[np.float32]) -> NDArray[np.float64]:
    """Outermost ink of each row: all that a bounding box, however tilted, can touch."""
    has_ink = distance > 0
    rows = np.flatnonzero(has_ink.any(axis=1))
    first = has_ink[rows].argmax(axis=1)
    last = distance.shape[1] - 1 - has_ink[rows, ::-1].argmax(axis=1)
    columns = np.concatenate([first, last])
    return np.stack([columns, np.tile(rows, 2)]).astype(np.float64)


def _stretched(distance: NDArray[np.float32], matrices: NDArray[np.float64]) -> Bitmap:
    """Tilt by each matrix, crop to the ink and stretch to 20x32, all in one transform."""
    moved = matrices @ _outline(distance)
    low, high = moved.min(axis=2) - 0.5, moved.max(axis=2) + 0.5
    step = (high - low) / (DIGIT_WIDTH, FRAME_SIDE)
    back = np.linalg.inv(matrices)
    # Pillow counts from the corner of a pixel, `_outline` from its middle.
    corner = back @ low[:, :, None] + 0.5
    # Rows (a, b, c) and (d, e, f) of each: (a x + b y + c, d x + e y + f).
    affine = np.concatenate([back * step[:, None, :], corner], axis=2).reshape(-1, 6)
    picture = Image.fromarray(distance)
    sampled = [
        picture.transform(
            (DIGIT_WIDTH, FRAME_SIDE),
            Image.Transform.AFFINE,
            numbers,
            Image.Resampling.BILINEAR,
            fillcolor=_OUTSIDE,
        )
        for numbers in affine.tolist()
    ]
    return np.array([np.asarray(copy) for copy in sampled]) > 0


def _pen_radius(distance: NDArray[np.float32]) -> float:
    """Half the stroke's width: a low percentile of the distance along its middle.

    A round pen leaves its own radius there; where strokes merge it is more.
    """
    ridge = (distance > 0) & (distance >= ndimage.maximum_filter(distance, 3))
    return float(np.percentile(distance[ridge], 30))


def _slope(points: NDArray[np.float64]) -> float:
    """Slant of the ink by moments, in columns to the right per row down."""
    x, y = points - points.mean(axis=1, keepdims=True)
    return float((x * y).sum() / max((y * y).sum(), 1.0))
