"""Find images of few pixels that stand on a page without a frame.

After `axes.imshow(image, cmap="gray_r")` and `axes.set_axis_off()` the lightest pixels of
an image are as white as the figure, so it has no outline. What gives it away are its
pixels: squares of one size, of many greys, with sharp edges. On a dark ground, white ink
from rim to rim parts it in two, and the two are put together again.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.drawing.cells import cells_along, cells_of, is_made_of, middles, steps
from digits_app.drawing.ink import away_from
from digits_app.drawing.marks import Box, reading_order

FAINT: Final = 8
"""Of 255. What differs more from the ground is there; one count of sixteen makes 16."""

LEAST_ROWS: Final = 5
"""An image has at least so many rows that are not all ground."""

MOST_MARKS: Final = 1000
"""Most marks on a page, of which most are letters, that are looked at one by one."""

MOST_PARTS: Final = 200
"""Most parts of images of which it is asked, two by two, whether they belong together."""

MANY_GREYS: Final = 0.15
"""Least share of an image's ink that is between its ground and its strongest ink."""

NEAR: Final = 2.3
"""Parts of one image are at most so many of its pixels apart; two images more, mostly."""

ALIGNED: Final = 0.15
"""Parts of one image are whole pixels of it apart, but for this share of one."""

WIDEST: Final = 1.1
"""What is put together is at most so many times as wide as tall."""

ALIKE: Final = 16
"""Of 255. The corners of an image with a ground of its own differ by no more."""


@dataclass(frozen=True)
class CellImage:
    """An image that a page shows enlarged.

    Attributes
    ----------
    box : tuple of int
        Left, top, right and bottom on the page, in pixels.
    pixels : PIL.Image.Image
        Its own pixels, with ground around them.
    """

    box: Box
    pixels: Image.Image


def bare_images(
    levels: NDArray[np.int16], ground: NDArray[np.int16], away: NDArray[np.int16]
) -> list[CellImage]:
    """Find the images of few pixels on a page, in reading order.

    Parameters
    ----------
    levels : ndarray of shape (height, width, n_bands)
        0..255.
    ground : ndarray of shape (n_bands,)
        The colour of the page.
    away : ndarray of shape (height, width)
        How far each pixel is from it, in the band where it is farthest.
    """
    labels, n_labels = ndimage.label(away > FAINT, np.ones((3, 3)))
    if not 0 < n_labels <= MOST_MARKS:
        return []
    boxes = [(x.start, y.start, x.stop, y.stop) for y, x in ndimage.find_objects(labels)]
    cell = _cell_side(levels, boxes)
    if cell is None:
        return []
    parts = [box for box in boxes if _is_of_cells(levels, box, cell)]
    if len(parts) > MOST_PARTS:
        return []
    whole = [
        box for box in _joined(parts, cell) if _height(box) > (LEAST_ROWS - 0.5) * cell
    ]
    images = [_image(levels, ground, whole[i], cell) for i in reading_order(whole)]
    return [image for image in images if _has_greys(image)]


def _height(box: Box) -> int:
    return box[3] - box[1]


def _within(levels: NDArray[np.int16], box: Box) -> NDArray[np.int16]:
    left, top, right, bottom = box
    return levels[top:bottom, left:right]


def _cell_side(levels: NDArray[np.int16], boxes: list[Box]) -> float | None:
    """Side of the pixels that the tallest part is made of, in pixels of the page."""
    tallest = max(boxes, key=_height)
    cells = cells_of(_within(levels, tallest), LEAST_ROWS)
    return None if cells is None else _height(tallest) / cells[0]


def _is_of_cells(levels: NDArray[np.int16], box: Box, cell: float) -> bool:
    """Whether a part is made of whole pixels of this side, and more than one."""
    left, top, right, bottom = box
    n_rows, n_columns = cells_along(bottom - top, cell), cells_along(right - left, cell)
    if n_rows * n_columns < 2:
        return False
    crop = _within(levels, box)
    return _fits(steps(crop), n_rows, bottom - top) and _fits(
        steps(crop.swapaxes(0, 1)), n_columns, right - left
    )


def _fits(changes: NDArray[np.intp], n_cells: int, length: int) -> bool:
    return not len(changes) or is_made_of(changes, n_cells, length)


def _joined(parts: list[Box], cell: float) -> list[Box]:
    """Put parts of one image together, until none is left."""
    left, whole = list(parts), []
    while left:
        box = left.pop()
        for other in left:
            if _belong_together(box, other, cell):
                left.remove(other)
                left.append(_around(box, other))
                break
        else:
            whole.append(box)
    return whole


def _belong_together(a: Box, b: Box, cell: float) -> bool:
    """Whether two parts are pixels of one image: near, and whole pixels of it apart."""
    beside, below = (max(a[i], b[i]) - min(a[i + 2], b[i + 2]) for i in (0, 1))
    away = [(a[i] - b[i]) / cell for i in (0, 1)]
    around = _around(a, b)
    return (
        max(beside, below) <= NEAR * cell
        and all(abs(each - round(each)) <= ALIGNED for each in away)
        and around[2] - around[0] <= WIDEST * _height(around)
        # Of two whole images one is not a part that hangs above the other.
        and (below < 0 or min(_height(a), _height(b)) < LEAST_ROWS * cell)
    )


def _around(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _image(
    levels: NDArray[np.int16], ground: NDArray[np.int16], box: Box, cell: float
) -> CellImage:
    """Give an image its own pixels back, and the ground that is around it."""
    left, top, right, bottom = box
    n_rows, n_columns = round((bottom - top) / cell), max(1, round((right - left) / cell))
    pixels = middles(_within(levels, box), n_rows, n_columns)
    if not _has_own_ground(pixels, ground):
        pixels = np.pad(pixels, ((1, 1), (1, 1), (0, 0)))
        for rim in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]):
            rim[:] = ground
        around = round(cell)
        box = left - around, top - around, right + around, bottom + around
    flat = pixels.astype(np.uint8)
    return CellImage(box, Image.fromarray(flat[..., 0] if flat.shape[2] == 1 else flat))


def _has_own_ground(pixels: NDArray[np.int16], ground: NDArray[np.int16]) -> bool:
    """Whether an image's ground is another one than the page's: its corners show it."""
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1]]
    own = np.median(corners, axis=0)  # ink may cover one of them
    n_alike = np.count_nonzero(away_from(corners, own) <= ALIKE)
    is_square = pixels.shape[1] >= 0.8 * pixels.shape[0]
    return bool(is_square and n_alike >= 3 and np.abs(own - ground).max() > FAINT)


def _has_greys(image: CellImage) -> bool:
    """Whether an image is of several greys; what a pen or a printer draws is of one."""
    levels = np.atleast_3d(np.asarray(image.pixels)).astype(np.int16)
    away = away_from(levels, levels[0, 0])
    ink = away[away > FAINT]
    between = (ink > 0.15 * ink.max(initial=0)) & (ink < 0.85 * ink.max(initial=0))
    return bool(len(ink) and between.mean() >= MANY_GREYS)
