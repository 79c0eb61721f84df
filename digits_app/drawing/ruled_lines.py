"""Take ruled lines, squares and frames out of a page, and turn the page until it is level.

A ruled line is thin, straight, and runs through the page; what a digit has in common with
it is cut out with it, except where a stroke crosses the line or is much darker.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.drawing.five_steps import Bitmap

Contrast = NDArray[np.float32]

MAX_TURN: Final = 18.0
"""Degrees to either side by which a page may be crooked."""

TURN_STEP: Final = 0.25
"""Degrees between the turns that are tried."""

POINTS: Final = 12_000
"""Most pixels of ink that the search for the turn looks at."""

LINE_COVERAGE: Final = 0.35
"""Least share of the page's width that one of several parallel lines covers."""

SEVERAL: Final = 3

LONE_LINE_COVERAGE: Final = 0.85
"""Least share that a line by itself, a frame's side say, covers."""

RUNS_PAST: Final = 0.03
"""A lone line runs past what is written on both sides, as a share of the page."""

AT_RIMS: Final = 0.98
"""Or it covers this much of the page from rim to rim."""

THIN_LINE: Final = 0.008
"""Greatest thickness of one of several lines, as a share of the page's longer side."""

LINE_THICKNESS: Final = 0.025
"""A lone line's greatest thickness, as a share of the page's longer side."""

RIM: Final = 0.12
"""Within this share of a side from the rim, a thicker line is the side of a frame."""

RIM_THICKNESS: Final = 0.1
"""The greatest thickness there, as a share of the side."""

DARKER: Final = 1.6
"""What is darker than the line by this factor is ink on the line."""


@dataclass(frozen=True)
class Levelled:
    """A page turned until its lines are level, and without them.

    Attributes
    ----------
    contrast : ndarray of shape (height, width), float32
    mask : ndarray of shape (height, width), bool
        What stands out and is no line.
    to_page : ndarray of shape (2, 3)
        Maps (column, row, 1) to column and row of the page as it was.
    """

    contrast: Contrast
    mask: Bitmap
    to_page: NDArray[np.float64]


def level_and_take_out_lines(contrast: Contrast, mask: Bitmap) -> Levelled:
    """Find the page's lines, level them and take them out.

    Parameters
    ----------
    contrast : ndarray of shape (height, width), float32
        0 paper, more is ink.
    mask : ndarray of shape (height, width), bool
        What stands out from the paper.
    """
    least = float(contrast[mask].min()) if mask.any() else 1.0
    identity = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    as_it_is = Levelled(contrast, mask, identity)
    turn = turn_of_lines(mask)
    if abs(turn) >= TURN_STEP:
        turned = _turned(contrast, least, turn)
        height, width = mask.shape
        across = lines_across(turned.mask, turned.mask.shape[1] / width)
        down = lines_across(turned.mask.T, turned.mask.shape[0] / height)
        if len(across) + len(down) > 1:
            return _cleared(turned, across, down)
    cleared = _cleared(as_it_is, lines_across(mask), lines_across(mask.T))
    # What looked like lines may be all there is: a 1.
    return cleared if cleared.mask.sum() > 0.02 * mask.sum() else as_it_is


def turn_of_lines(mask: Bitmap) -> float:
    """By how many degrees long straight lines climb or fall across a page.

    For every turn that is tried, the ink is summed along lines of that turn: the sums are
    most uneven where the lines are the page's own.

    Returns
    -------
    float
        Degrees, positive where lines fall to the right.
    """
    rows, columns = np.nonzero(mask)
    every = max(1, len(rows) // POINTS)
    rows, columns = rows[::every].astype(np.float32), columns[::every].astype(np.float32)
    if len(rows) < 2:
        return 0.0
    turns = np.arange(-MAX_TURN, MAX_TURN + TURN_STEP / 2, TURN_STEP)
    columns -= mask.shape[1] / 2
    unevenness = []
    for turn in turns:
        heights = rows - np.float32(np.tan(np.deg2rad(turn))) * columns
        counts = np.bincount((heights - heights.min()).astype(np.int32) // 2)
        unevenness.append(float(np.sum(counts.astype(np.float64) ** 2)))
    return float(turns[int(np.argmax(unevenness))])


def lines_across(mask: Bitmap, growth: float = 1.0) -> list[tuple[int, int]]:
    """Find level lines: first row and the row after the last of each.

    A line by itself crosses the whole page, one of three or more much of it. Near the
    rim it may be thick: the side of a frame. What ends with the writing on either side is
    a stroke of it, however long: the stem of a 9.

    Parameters
    ----------
    mask : ndarray of shape (height, width), bool
    growth : float
        How much wider the turned page is than its own lines.
    """
    height, width = mask.shape
    covered = growth * ndimage.maximum_filter1d(mask, 3, axis=0).mean(axis=1)
    lone, thin = [], []
    for first, last in _runs(covered >= LINE_COVERAGE):
        # The widened rows reach one row beyond the line on either side.
        thickness = max(1, last - first - 2)
        at_rim = last < RIM * height or first > (1 - RIM) * height
        most = RIM_THICKNESS * height if at_rim else LINE_THICKNESS * max(height, width)
        if thickness > max(2.0, most):
            continue
        if covered[first:last].max() >= LONE_LINE_COVERAGE:
            lone.append((first, last))
        elif thickness <= max(2.0, THIN_LINE * max(height, width)):
            thin.append((first, last))
    if len(lone + thin) >= SEVERAL:
        return sorted(lone + thin)
    if len(lone) == 1 and _ends_with_writing(mask, *lone[0], growth):
        return []
    return lone


def _ends_with_writing(mask: Bitmap, first: int, last: int, growth: float) -> bool:
    """Whether a level line ends where the other ink does, on one side at least."""
    width = mask.shape[1]
    line = np.flatnonzero(mask[first:last].any(axis=0))
    near = max(2, last - first)  # a line is bent, or soft at its sides
    others = np.concatenate([mask[: max(0, first - near)], mask[last + near :]])
    written = np.flatnonzero(others.any(axis=0))
    if not len(written) or growth * (line[-1] + 1 - line[0]) >= AT_RIMS * width:
        return False
    least = RUNS_PAST * width
    return bool(line[0] > written[0] - least or line[-1] < written[-1] + least)


def _runs(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and one-after-last index of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(int)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def _cleared(
    page: Levelled, across: list[tuple[int, int]], down: list[tuple[int, int]]
) -> Levelled:
    """Take lines out, those across and those down."""
    without = _without_lines(page.contrast, page.mask, across)
    without = _without_lines(page.contrast.T, without.T, down).T
    return Levelled(page.contrast, without, page.to_page)


def _without_lines(
    contrast: Contrast, mask: Bitmap, lines: list[tuple[int, int]]
) -> Bitmap:
    """Clear lines, except where a stroke crosses or touches them, or is much darker."""
    cleared = mask.copy()
    height = len(mask)
    for first, last in lines:
        band = mask[first:last]
        levels = contrast[first:last][band]
        if not len(levels):
            continue
        darker = contrast[first:last] > DARKER * float(np.median(levels))
        above = mask[max(0, first - 3) : max(0, first - 1)]
        below = mask[min(height, last + 1) : min(height, last + 3)]
        crossed = np.concatenate([above, below]).any(axis=0, keepdims=True)
        cleared[first:last] = band & (crossed | darker)
    return cleared


def _turned(contrast: Contrast, least: float, turn: float) -> Levelled:
    """Turn a page back by some degrees about its middle, and let it grow to hold all."""
    height, width = contrast.shape
    c, s = np.cos(np.deg2rad(turn)), np.sin(np.deg2rad(turn))
    size = (
        int(np.ceil(width * c + height * abs(s))),
        int(np.ceil(height * c + width * abs(s))),
    )
    turning = np.array([[c, -s], [s, c]])
    middle = (np.array([width, height]) - 1) / 2
    to_page = np.column_stack([turning, middle - turning @ (np.array(size) - 1) / 2])
    picture = Image.fromarray(contrast).transform(
        size, Image.Transform.AFFINE, tuple(to_page.ravel()), Image.Resampling.BILINEAR
    )
    turned = np.asarray(picture)
    return Levelled(turned, turned > least, to_page)
