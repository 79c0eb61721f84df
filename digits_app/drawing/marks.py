"""From ink to digits: what hangs together is a mark, and marks may belong together."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from digits_app.drawing.five_steps import Bitmap

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels; right and bottom are the first outside."""

MIN_MARK_SHARE: Final = 0.02
"""Least longer side of a digit, as a share of the picture's longer side."""

DIGIT_HEIGHT: Final = 0.45
"""Least height of a digit, as a share of the tallest in the picture."""

PIECE_SIDE: Final = 0.1
"""Least longer side of a piece of a digit, as a share of the tallest mark."""

NEAR: Final = 0.12
"""Pieces this near each other belong together, as a share of the tallest mark."""

STRONG: Final = 0.6
"""A mark is as dark as this somewhere, as a share of the strong ink's contrast."""

OVERLAP: Final = 0.5
"""Marks one above the other that share this much of the narrower one's width."""

MAX_DIGITS: Final = 40
"""Most digits that are looked for in one picture."""


@dataclass(frozen=True)
class Mark:
    """Ink that makes one digit.

    Attributes
    ----------
    box : tuple of int
        Left, top, right and bottom.
    ink : ndarray of the box's height and width, bool
        Which pixels in the box are its ink.
    """

    box: Box
    ink: Bitmap


def group_marks(mask: Bitmap, contrast: NDArray[np.float32]) -> list[Mark]:
    """Find the marks that can be digits, in reading order.

    Parameters
    ----------
    mask : ndarray of shape (height, width), bool
        Ink.
    contrast : ndarray of shape (height, width), float32
        0 paper to 1 strong ink.
    """
    labels, n_labels = ndimage.label(ndimage.maximum_filter(mask, 3))
    if n_labels == 0:
        return []
    boxes = _boxes(labels)
    strong = np.bincount(labels[contrast >= STRONG], minlength=n_labels + 1)[1:] > 0
    pixels = np.bincount((labels * mask).ravel(), minlength=n_labels + 1)[1:]
    kept = _plausible(boxes, strong, pixels, mask.shape)
    if not kept.any():
        return []
    tallest = int((boxes[kept, 3] - boxes[kept, 1]).max())
    longer = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    large = boxes[:, 3] - boxes[:, 1] >= DIGIT_HEIGHT * tallest
    at_rim = _at_rim(boxes, mask.shape)
    if not (at_rim & large & kept).any():
        kept &= large | ~at_rim  # a neighbour's stroke pokes in
    pieces = np.flatnonzero(kept & (longer >= PIECE_SIDE * tallest))
    groups = _joined(boxes[pieces], tallest)
    found = []
    for group in groups:
        box = _around(boxes[pieces[group]])
        if box[3] - box[1] >= DIGIT_HEIGHT * tallest:
            found.append(_mark(box, labels, mask, pieces[group] + 1))
    return _in_reading_order(found)[:MAX_DIGITS]


def _boxes(labels: NDArray[np.int32]) -> NDArray[np.int64]:
    """Boxes of all labels, of shape (n_labels, 4): left, top, right, bottom."""
    return np.array(
        [
            (columns.start, rows.start, columns.stop, rows.stop)
            for rows, columns in ndimage.find_objects(labels)
        ]
    )


def _plausible(
    boxes: NDArray[np.int64],
    strong: NDArray[np.bool_],
    pixels: NDArray[np.int64],
    shape: tuple[int, ...],
) -> NDArray[np.bool_]:
    """Leave out specks, faint marks, and what lies along the picture's rim."""
    height, width = shape
    sides = boxes[:, 2:] - boxes[:, :2]
    longer = sides.max(axis=1)
    large = longer >= max(4, MIN_MARK_SHARE * max(shape))
    spans_rim = ((boxes[:, 0] <= 1) | (boxes[:, 2] >= width - 1)) & (
        sides[:, 1] >= 0.9 * height
    ) | ((boxes[:, 1] <= 1) | (boxes[:, 3] >= height - 1)) & (sides[:, 0] >= 0.9 * width)
    alone = large & strong
    kept: NDArray[np.bool_] = alone & ~spans_rim
    return kept if kept.any() else alone & (pixels > 0)


def _at_rim(boxes: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which boxes touch the picture's rim."""
    height, width = shape
    touches = np.hstack([boxes[:, :2] <= 1, boxes[:, 2:] >= (width - 1, height - 1)])
    return np.asarray(touches.any(axis=1))


def _joined(boxes: NDArray[np.int64], tallest: int) -> list[list[int]]:
    """Put pieces together that make one digit, until none is left to join."""
    groups = [[i] for i in range(len(boxes))]
    merged = True
    while merged and len(groups) > 1:
        merged = False
        arounds = [_around(boxes[group]) for group in groups]
        for i in range(len(groups)):
            for j in range(i + 1, len(groups)):
                if _belong_together(arounds[i], arounds[j], tallest):
                    groups[i] += groups.pop(j)
                    merged = True
                    break
            if merged:
                break
    return groups


def _belong_together(a: Box, b: Box, tallest: int) -> bool:
    """Whether two marks are pieces of one digit."""
    gap_x = max(a[0], b[0]) - min(a[2], b[2])
    gap_y = max(a[1], b[1]) - min(a[3], b[3])
    small = min(a[3] - a[1], b[3] - b[1]) < DIGIT_HEIGHT * tallest
    narrower = min(a[2] - a[0], b[2] - b[0])
    if small and max(gap_x, gap_y) < NEAR * tallest:
        return True
    return gap_y < NEAR * tallest and -gap_x >= OVERLAP * narrower


def _around(boxes: NDArray[np.int64]) -> Box:
    left, top = boxes[:, :2].min(axis=0).tolist()
    right, bottom = boxes[:, 2:].max(axis=0).tolist()
    return left, top, right, bottom


def _mark(
    box: Box, labels: NDArray[np.int32], mask: Bitmap, own: NDArray[np.int64]
) -> Mark:
    left, top, right, bottom = box
    part = labels[top:bottom, left:right]
    ink = np.isin(part, own) & mask[top:bottom, left:right]
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    y0, y1, x0, x1 = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    tight = (left + int(x0), top + int(y0), left + int(x1), top + int(y1))
    return Mark(tight, ink[y0:y1, x0:x1])


def _in_reading_order(marks: list[Mark]) -> list[Mark]:
    """Row by row, each from left to right."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.box[1] + mark.box[3]):
        middle = (mark.box[1] + mark.box[3]) / 2
        for row in rows:
            if any(other.box[1] < middle < other.box[3] for other in row):
                row.append(mark)
                break
        else:
            rows.append([mark])
    return [m for row in rows for m in sorted(row, key=lambda mark: mark.box[0])]
