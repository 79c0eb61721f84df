"""Find the sheet of paper in a photo that shows the table around it, too.

Of a sheet on a dark table, the table is the ground and the sheet is what stands out. So
what lies around a sheet is painted over with the colour of the paper next to it. A sheet
is told from a thick stroke, and a table from a shadow, by what holds for no other:

- of the two heaps of brightness the sheet is one piece of one, with sharp edges;
- it is a rectangle, turned by any angle and cut off by the picture's rim or not;
- around it is the other heap alone, of another colour or far darker, and plain.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.drawing.five_steps import Bitmap
from digits_app.drawing.marks import Box
from digits_app.drawing.paper_light import valley

COARSE_SIDE: Final = 160
"""Longer side, in pixels, of the copy in which a sheet is looked for."""

LEAST_SIDE: Final = 64
"""Shorter side of a picture, in pixels, that may show a table around a sheet."""

LEAST_SHEET: Final = 0.15
"""Least share of the picture that a sheet takes."""

LEAST_TABLE: Final = 0.02
"""Least share of the picture that is around it."""

MOST_WRITING: Final = 0.3
"""Greatest share of a sheet that is written on."""

RECTANGULAR: Final = 0.88
"""Least share of its box that a sheet fills; an oval fills 0.79 of its own."""

MOST_WITHIN: Final = 0.5
"""Greatest share of the table that is within the sheet's box."""

CORNER: Final = 0.15
"""A corner is such a share of its sides; half of it is filled, of an oval's nothing."""

MOST_CUT_OFF: Final = 2
"""Of a sheet that has no corner in the picture, the table is in so many at most."""

TURN_STEP: Final = 3.0
"""Degrees between the turns that are tried."""

ALL_TABLE: Final = 0.9
"""Least share of what is around a sheet that belongs to the other heap."""

SHARP: Final = 0.5
"""The sheet's edge is so steep, as a share of the step from the table to the sheet."""

PLAIN: Final = 0.35
"""On the table no step is so high, as a share of that from the table to the sheet."""

DEEPEST_SHADOW: Final = 0.4
"""A shadow leaves more than this share of the light."""

SAME_COLOUR: Final = 0.12
"""The shares that it leaves of red, green and blue differ by less."""

EDGE: Final = 2
"""Pixels of the coarse copy that belong to the sheet's edge."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper without what lies around it.

    Attributes
    ----------
    page : PIL.Image.Image
        The picture, all around the sheet painted over with the colour of the paper.
    box : tuple of int
        Left, top, right and bottom of the sheet.
    """

    page: Image.Image
    box: Box


def sheet_on(page: Image.Image) -> Sheet | None:
    """Find the sheet in a photo of a table; None where all of it is paper.

    Parameters
    ----------
    page : PIL.Image.Image
        Mode "L" or "RGB".

    Examples
    --------
    >>> table = Image.new("L", (400, 300), 40)
    >>> table.paste(230, (100, 50, 300, 250))
    >>> sheet_on(table).box
    (100, 50, 300, 250)
    >>> sheet_on(Image.new("L", (400, 300), 230)) is None
    True
    """
    if min(page.size) < LEAST_SIDE:
        return None
    factor = max(1, max(page.size) // COARSE_SIDE)
    coarse = page.reduce(factor)
    levels, between = _best_parted(coarse)
    for heap in (levels > between, levels <= between):
        labels, _ = ndimage.label(heap)
        largest = labels == 1 + np.argmax(np.bincount(labels.ravel(), minlength=2)[1:])
        if _is_sheet(largest, heap, levels) and not _is_in_shadow(coarse, largest):
            return _without_table(page, coarse, largest, factor)
    return None


def _best_parted(coarse: Image.Image) -> tuple[NDArray[np.float32], float]:
    """The band that falls best into two heaps, and the level between them."""
    bands = [np.asarray(band, dtype=np.float32) for band in coarse.split()]
    valleys = [valley(levels) for levels in bands]
    best = max(range(len(bands)), key=lambda i: valleys[i][1])
    return bands[best], valleys[best][0]


def _is_sheet(piece: Bitmap, heap: Bitmap, levels: NDArray[np.float32]) -> bool:
    """Whether a piece of one heap of brightness is a sheet on a table."""
    whole = ndimage.binary_fill_holes(piece)
    around = ~whole
    if whole.mean() < LEAST_SHEET or around.mean() < LEAST_TABLE:
        return False
    is_empty_enough = piece.sum() >= (1 - MOST_WRITING) * whole.sum()
    if not is_empty_enough or (~heap)[around].mean() < ALL_TABLE:
        return False
    step = abs(float(np.median(levels[piece])) - float(np.median(levels[around])))
    slopes = ndimage.maximum_filter(levels, 3) - ndimage.minimum_filter(levels, 3)
    edge = whole & ndimage.binary_dilation(around)
    table = ndimage.binary_erosion(around, iterations=EDGE + 1, border_value=1)
    return (
        float(np.median(slopes[edge])) > SHARP * step
        and float(slopes[table].max(initial=0)) < PLAIN * step
        and is_rectangle(whole)
    )


def _is_in_shadow(coarse: Image.Image, piece: Bitmap) -> bool:
    """Whether the same paper goes on around a piece of it, in more light or in less.

    Light and shadow change all colours by the same share.
    """
    pixels = np.atleast_3d(np.asarray(coarse, dtype=np.float32))
    around = ~ndimage.binary_fill_holes(piece)
    shares = np.median(pixels[around], axis=0) / np.median(pixels[piece], axis=0).clip(1)
    if shares.mean() > 1:
        shares = 1 / shares
    return bool(shares.min() > DEEPEST_SHADOW and np.ptp(shares) < SAME_COLOUR)


def is_rectangle(whole: Bitmap) -> bool:
    """Whether a shape is a rectangle, turned by any angle and cut off by the rim or not."""
    rows, columns = np.indices(whole.shape)
    for degrees in np.arange(0, 90, TURN_STEP):
        c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
        across, width = _as_share(c * columns + s * rows, whole)
        down, height = _as_share(c * rows - s * columns, whole)
        inside = (across >= 0) & (across <= 1) & (down >= 0) & (down <= 1)
        if whole.sum() < RECTANGULAR * inside.sum():
            continue
        if (inside & ~whole).sum() > MOST_WITHIN * (~whole).sum():
            continue  # a stroke at the rim reaches into the sheet; a table is beside it
        corners = [
            whole[inside & (x < CORNER) & (y < CORNER)]
            for x in (across, 1 - across)
            for y in (down, 1 - down)
        ]
        in_view = [each for each in corners if 2 * len(each) > CORNER**2 * width * height]
        # An oval that was cropped to its ink has none, and ground at all four corners.
        if all(corner.mean() >= 0.5 for corner in in_view) and (
            in_view or ndimage.label(~whole)[1] <= MOST_CUT_OFF
        ):
            return True
    return False


def _as_share(way: NDArray[np.float64], whole: Bitmap) -> tuple[NDArray[np.float64], float]:
    """Where pixels' middles are along a way, 0 to 1 along a shape; and how long it is."""
    low, length = float(way[whole].min()) - 0.5, float(np.ptp(way[whole])) + 1
    return (way - low) / length, length


def _without_table(
    page: Image.Image, coarse: Image.Image, piece: Bitmap, factor: int
) -> Sheet:
    """Paint all around a sheet over with the colour of the paper that is nearest."""
    whole = ndimage.binary_fill_holes(piece)
    kept = ndimage.binary_erosion(whole, iterations=EDGE, border_value=1)
    paper = piece & kept if (piece & kept).any() else piece
    _, nearest = ndimage.distance_transform_edt(~paper, return_indices=True)
    colours = Image.fromarray(np.asarray(coarse)[tuple(nearest)])
    size = (factor * coarse.width, factor * coarse.height)
    ground = colours.resize(size, Image.Resampling.BILINEAR).crop((0, 0, *page.size))
    mask = Image.fromarray(kept).resize(size).crop((0, 0, *page.size))
    rows, columns = np.flatnonzero(kept.any(axis=1)), np.flatnonzero(kept.any(axis=0))
    box = (
        factor * max(0, int(columns[0]) - EDGE),
        factor * max(0, int(rows[0]) - EDGE),
        min(page.width, factor * (int(columns[-1]) + 1 + EDGE)),
        min(page.height, factor * (int(rows[-1]) + 1 + EDGE)),
    )
    return Sheet(Image.composite(page, ground, mask), box)
