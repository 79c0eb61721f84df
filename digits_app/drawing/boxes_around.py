"""Take out boxes and tables that digits are written into, drawn by hand or printed.

A line of a box parts two places from each other: one cell from the next, or a cell from
what is outside. A stroke that a digit has in a cell, and be it joined to the line, has the
same cell on both sides, so it stays.
"""

from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from digits_app.drawing.five_steps import Bitmap
from digits_app.drawing.ink import near
from digits_app.drawing.marks import MAX_DIGITS
from digits_app.drawing.sheet_on_table import is_rectangle

LEAST_SIDE: Final = 64
"""Shorter side of a picture, in pixels, that has room for a box around a digit."""

LEAST_CELL: Final = 0.003
"""Least share of the picture that a cell takes."""

WRITTEN_IN: Final = 0.3
"""What is written in a cell is as tall as this share of it; the dot in a 0 is not."""

AS_LARGE: Final = 0.25
"""The cells of a box have at least this share of the largest one's pixels."""

IN_MOST: Final = 0.5
"""Least share of the cells that something is written in; squared paper has more."""

COARSE: Final = 64
"""Pixels along the longer side in which the shape of a box is looked at."""

EIGHT: Final = np.ones((3, 3), dtype=bool)
"""Ink hangs together at its corners, too."""


def lines_of_boxes(mask: Bitmap, is_framed: bool = False) -> Bitmap:
    """Find the lines of boxes and tables in which something is written.

    Parameters
    ----------
    mask : ndarray of shape (height, width), bool
        Ink.
    is_framed : bool, default=False
        The outermost lines of a table were around it, and were cut off.

    Returns
    -------
    ndarray of the same shape, bool
        The lines, and the pixels next to them.

    Examples
    --------
    >>> page = np.zeros((100, 200), dtype=bool)
    >>> page[10:90, 10:190] = True
    >>> page[14:86, 14:98] = page[14:86, 102:186] = False  # two cells beside each other
    >>> page[30:70, 50:54] = page[30:70, 140:144] = True  # a 1 in each
    >>> rest = page & ~lines_of_boxes(page)
    >>> int(rest.sum()) == 2 * 40 * 4
    True
    """
    lines = np.zeros(mask.shape, dtype=bool)
    if min(mask.shape) < LEAST_SIDE:
        return lines
    # A rim of ground: what is outside is one region, also around a box at the edge.
    ink = np.pad(near(mask, 1), 1, constant_values=is_framed)
    ink = np.pad(ink, 1)
    regions, _ = ndimage.label(~ink)
    sizes = np.bincount(regions.ravel())
    is_cell = sizes >= LEAST_CELL * mask.size
    is_cell[[0, regions[0, 0]]] = False
    if not is_cell.any():
        return lines
    marks, _ = ndimage.label(ink, EIGHT)
    boxes, sides = _boxes(regions, marks, sizes, is_cell)
    if not boxes:
        return lines
    lines = _parting(regions, np.isin(marks, boxes), sides)[2:-2, 2:-2]
    return near(lines, 1)


def _boxes(
    regions: NDArray[np.int32],
    marks: NDArray[np.int32],
    sizes: NDArray[np.int64],
    is_cell: NDArray[np.bool_],
) -> tuple[list[int], list[int]]:
    """Find marks that are boxes, and the regions on both sides of their lines."""
    cells = [int(cell) for cell in np.flatnonzero(is_cell)]
    region_places, mark_places = ndimage.find_objects(regions), ndimage.find_objects(marks)
    around = {c: _above(regions, marks, c, region_places[c - 1]) for c in cells}
    written_in = set()
    for mark, place in enumerate(mark_places, 1):
        cell = _above(marks, regions, mark, place)
        if cell not in around:
            continue
        if _height(place) >= WRITTEN_IN * _height(region_places[cell - 1]):
            written_in.add(cell)
    boxes: list[int] = []
    sides: list[int] = []
    for box in sorted({around[cell] for cell in written_in})[:MAX_DIGITS]:
        its = [cell for cell in cells if around[cell] == box]
        least = AS_LARGE * max(sizes[cell] for cell in its)
        large = [cell for cell in its if sizes[cell] >= least]
        n_written_in = sum(cell in written_in for cell in large)
        place = mark_places[box - 1]
        if n_written_in >= IN_MOST * len(large) and _is_box(marks[place] == box):
            boxes.append(box)
            sides += [*large, _above(marks, regions, box, place)]
    return boxes, sides


def _height(place: tuple[slice, ...]) -> int:
    return int(place[0].stop - place[0].start)


def _above(
    parts: NDArray[np.int32], others: NDArray[np.int32], part: int, place: tuple[slice, ...]
) -> int:
    """Which of the others is right above a part's topmost pixel: it lies around it."""
    top = place[0].start
    if top == 0:
        return 0
    column = place[1].start + int(np.argmax(parts[top, place[1]] == part))
    return int(others[top - 1, column])


def _is_box(mark: Bitmap) -> bool:
    """Whether a mark's outline is a rectangle; a 0 that is crossed out has none."""
    every = -(-max(mark.shape) // COARSE)
    height, width = (-(-side // every) for side in mark.shape)
    whole = np.zeros((height * every, width * every), dtype=bool)
    whole[: mark.shape[0], : mark.shape[1]] = mark
    blocks = whole.reshape(height, every, width, every).any(axis=(1, 3))
    return is_rectangle(np.pad(ndimage.binary_fill_holes(blocks), COARSE // 2))


def _parting(regions: NDArray[np.int32], box: Bitmap, sides: list[int]) -> Bitmap:
    """Which pixels of boxes have one side near them, and another one, too."""
    inner = box[2:-2, 2:-2]  # what stands for a frame that was cut off is thinner
    rim = np.count_nonzero(inner & near(~inner, 1))
    thickness = 2 * int(np.count_nonzero(inner)) / max(int(rim), 1)
    reach = 2 * ceil(thickness) + 5
    beside = np.where(np.isin(regions, sides), regions, 0)
    highest = ndimage.maximum_filter(beside, reach)
    none = np.iinfo(np.int32).max
    lowest = ndimage.minimum_filter(np.where(beside > 0, beside, none), reach)
    parting: Bitmap = box & (highest > lowest)
    return parting
