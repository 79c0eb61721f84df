"""Find the picture in a plot: Matplotlib draws it with a frame, ticks and a colour bar.

`plt.matshow` and `plt.imshow`, saved by `savefig`, show an image in a panel: a rectangle on
one ground that is filled, or bounded by four straight lines. Only what is inside it was
drawn; the numbers at the ticks, a title and a colour bar are no writing. An image of few
pixels gets its own size back, which the plot enlarged by any factor.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.drawing.five_steps import Bitmap
from digits_app.drawing.ink import MIN_CONTRAST

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels; right and bottom are the first outside."""

LEAST_SIDE: Final = 64
"""Shorter side of a picture of a plot, in pixels, at least."""

ONE_GROUND: Final = 16
"""Of 255. Along the rim of a plot the ground differs from one colour by no more."""

OPENED: Final = 0.015
"""What is thinner than this share of the picture goes: ticks, letters."""

LEAST_AREA: Final = 0.08
"""A panel takes at least so much of the picture."""

ASPECT: Final = 0.4
"""Its shorter side is at least such a share of the longer one; a colour bar's is not."""

RECTANGULAR: Final = 0.985
"""Least share of its bounding box that a panel fills."""

LINE: Final = 0.008
"""The lines around a panel are within this share of its side."""

MOST_CELLS: Final = 64
"""Most pixels, along a side, of an image whose own size is looked for."""

LEAST_CELL: Final = 6
"""Least side of such a pixel in the plot."""

SHARP: Final = 0.35
"""A row begins new pixels where it differs by this share of the greatest difference."""


def panel_in(page: Image.Image) -> Box | None:
    """Where the picture of a plot is, within its frame.

    Parameters
    ----------
    page : PIL.Image.Image
        Mode "L" or "RGB".

    Returns
    -------
    tuple of int or None
        None where the page is no plot, or has several pictures.
    """
    if min(page.size) < LEAST_SIDE:
        return None
    levels = np.atleast_3d(np.asarray(page)).astype(np.int16)
    rim = np.concatenate([levels[0], levels[-1], levels[:, 0], levels[:, -1]])
    ground = np.median(rim, axis=0).astype(np.int16)
    if np.abs(rim - ground).max() > ONE_GROUND:
        return None
    away = np.abs(levels - ground).max(axis=2)
    panels = [
        inside
        for box in _rectangles(away > MIN_CONTRAST)
        if _shows_something(levels, ground, inside := _within_lines(box))
    ]
    return panels[0] if len(panels) == 1 else None


def _rectangles(mask: Bitmap) -> Iterator[Box]:
    """Find rectangles that are filled or closed, and of the shape of a picture."""
    height, width = mask.shape
    outside, _ = ndimage.label(~mask)
    filled = outside != outside[0, 0]
    thin = max(3, int(OPENED * max(mask.shape)) | 1)
    eroded = ndimage.minimum_filter(filled, thin)
    labels, _ = ndimage.label(ndimage.maximum_filter(eroded, thin))
    for number, (rows, columns) in enumerate(ndimage.find_objects(labels), 1):
        sides = sorted([rows.stop - rows.start, columns.stop - columns.start])
        area = sides[0] * sides[1]
        if area < LEAST_AREA * height * width or sides[0] < ASPECT * sides[1]:
            continue
        if np.mean(labels[rows, columns] == number) >= RECTANGULAR:
            yield columns.start, rows.start, columns.stop, rows.stop


def _within_lines(box: Box) -> Box:
    left, top, right, bottom = box
    line = max(2, round(LINE * max(right - left, bottom - top)))
    return left + line, top + line, right - line, bottom - line


def _shows_something(
    levels: NDArray[np.int16], ground: NDArray[np.int16], box: Box
) -> bool:
    """Whether what is inside a rectangle is more than one colour, and no 0's hole."""
    left, top, right, bottom = box
    inside = levels[top:bottom, left:right]
    away = np.abs(inside - inside[0, 0]).max(axis=2) >= MIN_CONTRAST
    if not away.any():
        return False
    hole = np.abs(inside - ground).max(axis=2) <= MIN_CONTRAST
    rows, columns = np.flatnonzero(away.any(axis=1)), np.flatnonzero(away.any(axis=0))
    within = hole[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return bool(hole[0, 0] or within.mean() < RECTANGULAR)


def own_pixels(panel: Image.Image) -> Image.Image:
    """Give an image of few pixels that was enlarged with hard edges its own size back.

    Unlike `digits_app.drawing.original.without_enlargement`, whatever the factor: its
    pixels may be 46.2 wide, and what is next to its rim may be cut off.

    Parameters
    ----------
    panel : PIL.Image.Image
        Mode "L" or "RGB".

    Returns
    -------
    PIL.Image.Image
        The panel itself where there is nothing to undo.

    Examples
    --------
    >>> drawing = Image.radial_gradient("L").resize((8, 8))
    >>> panel = drawing.resize((370, 370), Image.Resampling.NEAREST)
    >>> own_pixels(panel) == drawing
    True
    """
    levels = np.atleast_3d(np.asarray(panel)).astype(np.int16)
    down, across = _steps(levels), _steps(levels.swapaxes(0, 1))
    for n_rows in range(2, min(MOST_CELLS, panel.height // LEAST_CELL) + 1):
        n_columns = max(1, round(n_rows * panel.width / panel.height))
        if _is_made_of(down, n_rows, panel.height) and _is_made_of(
            across, n_columns, panel.width
        ):
            break
    else:
        return panel
    rows = ((np.arange(n_rows) + 0.5) * panel.height / n_rows).astype(int)
    columns = ((np.arange(n_columns) + 0.5) * panel.width / n_columns).astype(int)
    return Image.fromarray(np.asarray(panel)[np.ix_(rows, columns)])


def _steps(levels: NDArray[np.int16]) -> NDArray[np.intp]:
    """Rows at which a picture changes sharply, but for those next to its rim."""
    differences = np.abs(np.diff(levels, axis=0)).max(axis=(1, 2))
    least = max(MIN_CONTRAST, SHARP * int(differences.max()))
    rows = 1 + np.flatnonzero(differences >= least)
    rim = _tolerance(len(levels))
    return rows[(rows > rim) & (rows < len(levels) - rim)]


def _tolerance(height: int) -> float:
    """How far a row may be from where it begins, for the lines around were cut off."""
    return max(2.0, 1.5 * LINE * height)


def _is_made_of(steps: NDArray[np.intp], n_cells: int, height: int) -> bool:
    """Whether so many rows of an image's own, enlarged, make these steps."""
    cell = height / n_cells
    off = np.abs(steps - cell * np.rint(steps / cell))
    return len(steps) > 0 and bool(off.max() <= min(_tolerance(height), 0.2 * cell))
