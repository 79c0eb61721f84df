"""Find the picture in a plot: Matplotlib draws it with a frame, ticks and a colour bar.

`plt.matshow` and `plt.imshow`, saved by `savefig`, show an image in a panel: a rectangle on
one ground that is filled, or bounded by four straight lines. Only what is inside it was
drawn; the numbers at the ticks, a title and a colour bar are no writing. An image of few
pixels gets its own size back, which the plot enlarged by any factor.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.drawing.bare_images import CellImage, bare_images
from digits_app.drawing.cells import LINE
from digits_app.drawing.five_steps import Bitmap
from digits_app.drawing.ink import MIN_CONTRAST, away_from, near
from digits_app.drawing.marks import Box, reading_order

LEAST_SIDE: Final = 64
"""Shorter side of a picture of a plot, in pixels, at least."""

ONE_GROUND: Final = 16
"""Of 255. Along the rim of a plot the ground differs from one colour by no more."""

OPENED: Final = 0.015
"""What is thinner than this share of the picture goes: ticks, letters."""

LEAST_AREA: Final = 0.08
"""Least share of the picture that a single panel takes."""

LEAST_OF_SEVERAL: Final = 0.005
"""Each of several."""

ALIKE: Final = 0.1
"""The sides of several panels differ by no more."""

BAR_ASPECT: Final = 0.2
"""A colour bar's shorter side is at most such a share of the longer one."""

RAMP: Final = 60
"""Of 255. How much a colour changes from one end of a colour bar to the other."""

ASPECT: Final = 0.4
"""Its shorter side is at least such a share of the longer one; a colour bar's is not."""

RECTANGULAR: Final = 0.985
"""Least share of its box that a panel fills."""

THICKEST: Final = 0.1
"""A line around a panel is thinner than this share of its side."""

LEVEL: Final = 0.97
"""Least share of each side of a panel that is in one line; of one drawn by hand, less."""

OWN: Final = 0.8
"""Least share of a row that a panel fills, and of what hangs together with its numerals."""

NOTCHED: Final = 0.4
"""Least share of each side that is there where light ink reaches the rim of a panel."""

SEVERAL_GREYS: Final = 0.03
"""Least share of such a panel that is of another grey; what a pen draws is of one."""


@dataclass(frozen=True)
class Plot:
    """Where something was plotted on a page.

    Attributes
    ----------
    panels : list of tuple of int
        The pictures within their frames, in reading order; several where they are equally
        large. Empty where the page is no plot.
    beside_bar : tuple of int
        What is left of the page beside a colour bar, whose numbers are on its far side.
    images : list of CellImage
        In place of panels: images of few pixels where most have no frame.
    """

    panels: list[Box]
    beside_bar: Box
    images: Sequence[CellImage] = ()


def plot_on(page: Image.Image) -> Plot:
    """Find the panels and the colour bar of a plot.

    Parameters
    ----------
    page : PIL.Image.Image
        Mode "L" or "RGB".

    Examples
    --------
    >>> plot_on(Image.new("L", (640, 480), 255))
    Plot(panels=[], beside_bar=(0, 0, 640, 480), images=())
    """
    rest = (0, 0, page.width, page.height)
    if min(page.size) < LEAST_SIDE:
        return Plot([], rest)
    levels = np.atleast_3d(np.asarray(page)).astype(np.int16)
    ground = _one_ground(levels)
    if ground is None:
        return Plot([], rest)
    away = away_from(levels, ground)
    panels = []
    for box in _rectangles(levels, away):
        inside = _within_lines(box, away[_slices(box)] > MIN_CONTRAST)
        shape = _aspect(box)
        if shape <= BAR_ASPECT and _is_ramp(levels[_slices(box)]):
            rest = _beside(box, rest)
        elif shape >= ASPECT and _shows_something(levels, away, inside):
            panels.append(inside)
    panels = _belonging(panels, LEAST_AREA * page.width * page.height)
    images = bare_images(levels, ground, away)
    return Plot([], rest, images) if len(images) > len(panels) else Plot(panels, rest)


def _belonging(panels: list[Box], least_area: float) -> list[Box]:
    """The one large panel, or those that are as large as the largest."""
    large = [box for box in panels if _area(box) >= least_area]
    if len(large) == 1 or not panels:
        return large
    largest = max(panels, key=_area)
    alike = [box for box in panels if _is_as_large(box, largest)]
    return [alike[i] for i in reading_order(alike)] if len(alike) > 1 else []


def _beside(bar: Box, rest: Box) -> Box:
    """Cut a page off at a colour bar; the larger part stays."""
    left, top, right, bottom = rest
    if bar[3] - bar[1] > bar[2] - bar[0]:
        is_right = bar[0] + bar[2] > left + right
        return (left, top, bar[0], bottom) if is_right else (bar[2], top, right, bottom)
    is_below = bar[1] + bar[3] > top + bottom
    return (left, top, right, bar[1]) if is_below else (left, bar[3], right, bottom)


def _one_ground(levels: NDArray[np.int16]) -> NDArray[np.int16] | None:
    """The colour of a page's rim; None where it has several."""
    rim = np.concatenate([levels[0], levels[-1], levels[:, 0], levels[:, -1]])
    ground = np.median(rim, axis=0).astype(np.int16)
    return ground if np.abs(rim - ground).max() <= ONE_GROUND else None


def _is_ramp(levels: NDArray[np.int16]) -> bool:
    """Whether a strip goes from one colour to another, bit by bit, all along."""
    if levels.shape[1] > levels.shape[0]:
        levels = levels.swapaxes(0, 1)
    n_rows, n_columns = levels.shape[:2]
    line = max(2, n_rows // 50)  # around it
    side = max(2, n_columns // 4)
    inside = levels[line : n_rows - line, side : n_columns - side]
    if not inside.size or np.ptp(inside, axis=1).max() > ONE_GROUND:
        return False
    way = np.median(inside, axis=1)
    steps = np.diff(way, axis=0)
    goes_one_way = (steps.min(axis=0) >= -2) | (steps.max(axis=0) <= 2)
    is_gradual = np.abs(steps).max(axis=0) <= np.ptp(way, axis=0) / 4
    return bool((goes_one_way & is_gradual & (np.ptp(way, axis=0) >= RAMP)).any())


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _aspect(box: Box) -> float:
    sides = box[2] - box[0], box[3] - box[1]
    return min(sides) / max(sides)


def _slices(box: Box) -> tuple[slice, slice]:
    return slice(box[1], box[3]), slice(box[0], box[2])


def _is_as_large(box: Box, other: Box) -> bool:
    """Whether two rectangles have the same sides, nearly."""
    sides = (box[2] - box[0], other[2] - other[0]), (box[3] - box[1], other[3] - other[1])
    return all(abs(a - b) <= ALIKE * b for a, b in sides)


def _rectangles(levels: NDArray[np.int16], away: NDArray[np.int16]) -> Iterator[Box]:
    """Find rectangles, filled or closed, of what is away from the ground."""
    mask = away > MIN_CONTRAST
    outside, _ = ndimage.label(~mask)
    filled = outside != outside[0, 0]
    thin = max(3, int(OPENED * max(mask.shape)) | 1) // 2
    labels, _ = ndimage.label(near(~near(~filled, thin), thin))
    for number, (rows, columns) in enumerate(ndimage.find_objects(labels), 1):
        region = labels[rows, columns] == number
        if region.size < LEAST_OF_SEVERAL * mask.size:
            continue
        down, across = _most_covered(region), _most_covered(region.T)
        kept = region[down, across]
        if not kept.size:
            continue
        left, top = columns.start + across.start, rows.start + down.start
        box = left, top, left + kept.shape[1], top + kept.shape[0]
        # A numeral beside it may hang on, but is no part of a panel.
        sides = kept[0], kept[-1], kept[:, 0], kept[:, -1]
        is_rectangle = np.mean(kept) >= RECTANGULAR and min(map(np.mean, sides)) >= LEVEL
        if kept.size >= OWN * region.size and is_rectangle:
            yield box
        elif _is_notched(region, levels[rows, columns]):
            yield columns.start, rows.start, columns.stop, rows.stop


def _most_covered(region: Bitmap) -> slice:
    """From the first to the last row that a region fills, nearly."""
    rows = np.flatnonzero(region.mean(axis=1) >= OWN)
    return slice(rows[0], rows[-1] + 1) if len(rows) else slice(0, 0)


def _is_notched(region: Bitmap, levels: NDArray[np.int16]) -> bool:
    """Whether a region is a panel in which light ink reaches the rim, on a light page.

    All its corners are there and most of its rim, and it holds more than one grey.
    """
    height, width = region.shape
    y, x = max(2, height // 12), max(2, width // 12)
    corners = region[:y, :x], region[:y, -x:], region[-y:, :x], region[-y:, -x:]
    sides = region[1], region[-2], region[:, 1], region[:, -2]
    if not all(c.all() for c in corners) or min(map(np.mean, sides)) < NOTCHED:
        return False
    deep = levels[~near(~region, min(y, x) // 2)]
    if not len(deep):
        return False
    others = away_from(deep, np.median(deep, axis=0)) > MIN_CONTRAST
    return bool(np.mean(others) >= SEVERAL_GREYS)


def _within_lines(box: Box, ink: Bitmap) -> Box:
    """What is inside of the lines around a panel, however thick they are."""
    left, top, right, bottom = box
    least = max(2, round(LINE * max(right - left, bottom - top)))
    sides = ink.T, ink, ink.T[::-1], ink[::-1]
    lines = [max(least, _line_thickness(side)) for side in sides]
    return left + lines[0], top + lines[1], right - lines[2], bottom - lines[3]


def _line_thickness(ink: Bitmap) -> int:
    """How thick the line is that a panel begins with; 0 where its ground is no page's."""
    n_rows = int(np.argmin(ink.mean(axis=1) >= LEVEL))
    inside = ink[n_rows + 1 : n_rows + 2]
    is_line = n_rows < THICKEST * len(ink) and inside.size and inside.mean() < 0.5
    return n_rows + 2 if n_rows and is_line else 0


def _shows_something(levels: NDArray[np.int16], away: NDArray[np.int16], box: Box) -> bool:
    """Whether what is inside a rectangle is more than one colour, and no 0's hole."""
    left, top, right, bottom = box
    inside = levels[top:bottom, left:right]
    other = away_from(inside, inside[0, 0]) >= MIN_CONTRAST
    if not other.any():
        return False
    hole = away[top:bottom, left:right] <= MIN_CONTRAST
    rows, columns = np.flatnonzero(other.any(axis=1)), np.flatnonzero(other.any(axis=0))
    within = hole[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return bool(hole[0, 0] or within.mean() < RECTANGULAR)
