"""From ink to digits: what hangs together is a mark, and marks may belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.sparse.csgraph import connected_components

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.five_steps import Bitmap
from digits_app.drawing.ink import near

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels; right and bottom are the first outside."""

MIN_MARK_SHARE: Final = 0.02
"""Least longer side of a digit, as a share of the picture's longer side."""

DIGIT_HEIGHT: Final = 0.45
"""What is as tall as this share of the tallest mark is a digit, not a piece of one."""

SMALL_DIGIT: Final = 0.2
"""What is lower is a digit where it stands by itself, down to this share."""

FLAT: Final = 0.4
"""A mark whose height is a smaller share of its width is a bar: a minus, an underline."""

PIECE_SIDE: Final = 0.1
"""Least longer side of a piece of a digit, as a share of the tallest mark."""

NEAR: Final = 0.12
"""Pieces this near each other belong together, as a share of the tallest mark."""

STRONG: Final = 0.6
"""A mark is as dark as this somewhere, as a share of the strong ink's contrast."""

STACKED: Final = 0.04
"""The rings of an 8 are this near; digits of a column are further apart, or join up."""

NARROWEST: Final = 1.8
"""An 8 is at most so many times as tall as wide; two digits, one below the other, more."""

OVERLAP: Final = 0.5
"""Marks one above the other that share this much of the narrower one's width."""

TOUCH: Final = 0.06
"""An open 4's two strokes are this near side by side, as a share of the tallest mark."""

LOWER: Final = 0.2
"""The second one ends so much lower, as a share of both together; a next digit does not."""

TALLER: Final = 1.45
"""The two together are at most so tall, as a share of the tallest mark."""

STEEPEST: Final = 0.27
"""A row on a crooked page falls by so much of its length: 15 degrees."""

BAR_NEAR: Final = 0.3
"""The bar of a 5 may float so far above it, as a share of the tallest mark."""

ALONG: Final = 0.9
"""What covers so much of a side of the picture lies along its rim."""

THIN: Final = 0.1
"""A line's thickness is at most such a share of its length."""

LOWER_THAN_LINE: Final = 0.7
"""A margin's line is longer than all that is written: by this share at least."""

SPECK: Final = 0.05
"""A mark whose longer side is a smaller share of the tallest one's height is dirt."""

DOT: Final = 0.8
"""On paper a dot is as wide as the pen, but for so much; what is smaller is dirt."""

MAX_DIGITS: Final = 40
"""Most digits that are looked for in one picture."""

MAX_PIECES: Final = 200
"""Most marks of which it is asked, two by two, whether they belong together."""


class TooManyMarksError(UnreadableDrawingError):
    """The picture holds far more marks than a page of digits: print, noise, a pattern."""

    def __init__(self) -> None:
        super().__init__(
            "There are too many marks in this picture to find digits among them. Write on "
            "plain paper, or cut the picture down to the digits."
        )


class TooManyDigitsError(UnreadableDrawingError):
    """The picture holds more digits than are read at a time."""

    def __init__(self) -> None:
        super().__init__(
            f"There are more than {MAX_DIGITS} digits in this picture. Cut it into parts, "
            "and choose one after the other."
        )


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


@dataclass(frozen=True)
class Marks:
    """What is written on a sheet.

    Attributes
    ----------
    digits : list of Mark
        In reading order.
    doubtful : list of Mark
        What is hardly a digit and may yet be writing: dots, bars, underlines, very small
        marks, and strokes that poke in at the picture's rim.
    """

    digits: list[Mark]
    doubtful: list[Mark]


def group_marks(mask: Bitmap, contrast: NDArray[np.uint8], is_clean: bool = False) -> Marks:
    """Find the marks that can be digits, and the doubtful ones.

    Parameters
    ----------
    mask : ndarray of shape (height, width), bool
        Ink.
    contrast : ndarray of shape (height, width), uint8
        0 paper to 255 strong ink.
    is_clean : bool, default=False
        There is no dirt on the sheet, so that dots are writing.

    Raises
    ------
    TooManyMarksError
        There are more than `MAX_PIECES` to put together.
    TooManyDigitsError
        There are more than `MAX_DIGITS`.
    """
    labels, n_labels = ndimage.label(near(mask, 1))
    if n_labels == 0:
        return Marks([], [])
    boxes = _boxes(labels)
    strong = np.bincount(labels[contrast >= 255 * STRONG], minlength=n_labels + 1)[1:] > 0
    pixels = np.bincount((labels * mask).ravel(), minlength=n_labels + 1)[1:]
    kept = _plausible(boxes, strong, pixels, labels)
    if not kept.any():
        return Marks([], [])
    tallest = int((boxes[kept, 3] - boxes[kept, 1]).max())
    longer = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    large = boxes[:, 3] - boxes[:, 1] >= DIGIT_HEIGHT * tallest
    at_rim = _at_rim(boxes, mask.shape)
    if not (at_rim & large & kept).any():
        kept &= large | ~at_rim  # a neighbour's stroke pokes in
    pieces = np.flatnonzero(kept & (longer >= PIECE_SIDE * tallest))
    if len(pieces) > MAX_PIECES:
        raise TooManyMarksError()
    groups = _joined(boxes[pieces], tallest)
    if len(groups) > MAX_DIGITS:
        raise TooManyDigitsError()
    found = [pieces[group] for group in groups]
    dirt = 0.0 if is_clean else DOT * _pen_width(boxes, found, labels, mask)
    doubtful = _doubtful(boxes, found, labels, strong, tallest, dirt)
    digits, others = (
        [_mark(_around(boxes[group]), labels, mask, group + 1) for group in each]
        for each in (found, doubtful)
    )
    order = reading_order([mark.box for mark in digits])
    return Marks([digits[i] for i in order], others)


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
    labels: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Leave out specks, faint marks, and what lies along the picture's rim."""
    longer = (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    large = longer >= max(4, MIN_MARK_SHARE * max(labels.shape))
    alone = large & strong
    no_writing = _along_rim(labels, len(boxes)) | _margins(boxes, alone, labels.shape)
    kept: NDArray[np.bool_] = alone & ~no_writing
    return kept if kept.any() else alone & (pixels > 0)


def _along_rim(labels: NDArray[np.int32], n_labels: int) -> NDArray[np.bool_]:
    """Which marks cover a whole side of the rim, as the edge of a table does.

    A digit in a picture that was cropped to its ink only touches it.
    """
    sides = (labels[:, :2].T, labels[:, -2:].T, labels[:2], labels[-2:])
    covered = [
        np.bincount(side.max(axis=0), minlength=n_labels + 1)[1:] >= ALONG * side.shape[1]
        for side in sides
    ]
    return np.asarray(np.any(covered, axis=0))


def _margins(
    boxes: NDArray[np.int64], alone: NDArray[np.bool_], shape: tuple[int, ...]
) -> NDArray[np.bool_]:
    """Which marks are the line of a margin: as tall as the sheet, and all else is not.

    A 1 in a row that was cropped to its ink stands among digits that are as tall.
    """
    sides = boxes[:, 2:] - boxes[:, :2]
    lines = (sides[:, 1] >= shape[0] - 2) & (sides[:, 0] <= THIN * sides[:, 1])
    others = sides[alone & ~lines, 1]
    is_margin: NDArray[np.bool_] = lines & bool(
        len(others) and others.max() < LOWER_THAN_LINE * shape[0]
    )
    return is_margin


def _at_rim(boxes: NDArray[np.int64], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which boxes touch the picture's rim."""
    height, width = shape
    touches = np.hstack([boxes[:, :2] <= 1, boxes[:, 2:] >= (width - 1, height - 1)])
    return np.asarray(touches.any(axis=1))


def _joined(boxes: NDArray[np.int64], tallest: int) -> list[list[int]]:
    """Put pieces together that make one digit, the first two first, until none is left."""
    groups = [[i] for i in range(len(boxes))]
    arounds = [_around(boxes[group]) for group in groups]
    belong = np.zeros((len(boxes), len(boxes)), dtype=bool)
    for i in range(len(boxes)):
        for j in range(i + 1, len(boxes)):
            belong[i, j] = _belong_together(arounds[i], arounds[j], tallest)
    while belong.any():
        i, j = divmod(int(belong.argmax()), len(groups))
        groups[i] += groups.pop(j)
        arounds.pop(j)
        arounds[i] = _around(boxes[groups[i]])
        belong = np.delete(np.delete(belong, j, axis=0), j, axis=1)
        # Only what the two make together has to be asked again.
        for k in range(len(groups)):
            first, second = sorted((i, k))
            belong[first, second] = first < second and _belong_together(
                arounds[first], arounds[second], tallest
            )
    return _with_bars(groups, boxes, tallest)


def _with_bars(
    groups: list[list[int]], boxes: NDArray[np.int64], tallest: int
) -> list[list[int]]:
    """Put a bar that floats above a digit to the nearest one; leave out other scraps."""
    arounds = [_around(boxes[group]) for group in groups]
    tall = [
        group
        for group, around in zip(groups, arounds, strict=True)
        if _is_tall(around, tallest)
    ]
    small = []
    for group, around in zip(groups, arounds, strict=True):
        if _is_tall(around, tallest):
            continue
        if _is_small_digit(around, tallest):
            small.append(group)
            continue
        gaps = [_gap_below(around, _around(boxes[other])) for other in tall]
        nearest = int(np.argmin(gaps)) if gaps else -1
        if gaps and gaps[nearest] < BAR_NEAR * tallest:
            tall[nearest] = tall[nearest] + group
    return tall + small


def _is_tall(box: Box, tallest: int) -> bool:
    """Whether a mark is so tall that it is a digit for sure, or most of one."""
    return box[3] - box[1] >= DIGIT_HEIGHT * tallest


def _is_small_digit(box: Box, tallest: int) -> bool:
    """Whether a mark that belongs to no other can be a digit, and is no bar or dot."""
    height, width = box[3] - box[1], box[2] - box[0]
    return height >= SMALL_DIGIT * tallest and height >= FLAT * width


def _gap_below(bar: Box, digit: Box) -> float:
    """How far a digit lies from a bar above it; infinitely far where it is not above."""
    if bar[3] > digit[1] + 0.05 * (digit[3] - digit[1]):
        return np.inf
    gap_x = max(bar[0], digit[0]) - min(bar[2], digit[2])
    gap_y = digit[1] - bar[3]
    # A bar may float higher than it strays to the side.
    return float(np.hypot(3 * max(gap_x, 0), max(gap_y, 0)))


def _doubtful(
    boxes: NDArray[np.int64],
    digits: list[NDArray[np.intp]],
    labels: NDArray[np.int32],
    strong: NDArray[np.bool_],
    tallest: int,
    dirt: float,
) -> list[NDArray[np.intp]]:
    """Put together what is left beside the digits, but for what is surely no writing.

    That is: dirt, low marks that are faint, what lies along the rim or runs from rim to
    rim, and crumbs of a digit's own strokes.
    """
    sides = boxes[:, 2:] - boxes[:, :2]
    longer = sides.max(axis=1)
    seen = strong | (sides[:, 1] >= SMALL_DIGIT * tallest)
    left = seen & (longer >= max(4, SPECK * tallest)) & ~_along_rim(labels, len(boxes))
    # A pixel around a mark is its own, so that what nearly touches hangs together.
    left &= sides.min(axis=1) - 2 >= dirt
    left &= ~(sides >= np.array(labels.shape[::-1]) - 2).any(axis=1)
    left[np.concatenate(digits)] = False
    arounds = np.array([_around(boxes[group]) for group in digits])
    beside = (_gaps(boxes, arounds) < TOUCH * tallest).any(axis=1)
    left &= ~beside | (longer >= PIECE_SIDE * tallest)
    rest = np.flatnonzero(left)
    rest = rest[np.argsort(-longer[rest], kind="stable")][:MAX_PIECES]
    _, group = connected_components(_gaps(boxes[rest], boxes[rest]) < NEAR * tallest)
    return [rest[group == number] for number in range(max(group, default=-1) + 1)]


def _pen_width(
    boxes: NDArray[np.int64],
    digits: list[NDArray[np.intp]],
    labels: NDArray[np.int32],
    mask: Bitmap,
) -> float:
    """How wide the pen is that wrote the tallest digit, in pixels."""
    arounds = [_around(boxes[group]) for group in digits]
    k = max(range(len(digits)), key=lambda i: _height(arounds[i]))
    return stroke_width(np.pad(_mark(arounds[k], labels, mask, digits[k] + 1).ink, 1))


def stroke_width(ink: Bitmap) -> float:
    """How wide strokes are, in pixels; there is an empty border around them."""
    inside = ndimage.distance_transform_edt(ink)
    # A stroke of width w has distances from 1/2 to w/2: their mean is about w/4 + 1/4.
    return 4 * float(inside[ink].mean()) - 1


def _gaps(a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.int64]:
    """How far each of some boxes is from each of others: shape (len(a), len(b))."""
    apart = np.maximum(a[:, None, :2], b[:, :2]) - np.minimum(a[:, None, 2:], b[:, 2:])
    gaps: NDArray[np.int64] = apart.max(axis=2)
    return gaps


def _belong_together(a: Box, b: Box, tallest: int) -> bool:
    """Whether two marks are pieces of one digit."""
    gap_x = max(a[0], b[0]) - min(a[2], b[2])
    gap_y = max(a[1], b[1]) - min(a[3], b[3])
    narrower = min(a[2] - a[0], b[2] - b[0])
    if not (_is_tall(a, tallest) and _is_tall(b, tallest)):
        low, high = sorted((a, b), key=_height)
        beside = gap_x > 0 and _stands_beside(low, high, tallest)
        if max(gap_x, gap_y) < (TOUCH if beside else NEAR) * tallest:
            return True
    elif -gap_x >= OVERLAP * narrower:
        around = _around(np.array([a, b]))
        most = max(TALLER * tallest, NARROWEST * (around[2] - around[0]))
        if gap_y < (NEAR if _height(around) <= most else STACKED) * tallest:
            return True
    left, right = sorted((a, b))
    return gap_x < TOUCH * tallest and _is_open_four(left, right, tallest)


def _height(box: Box) -> int:
    return box[3] - box[1]


def _stands_beside(low: Box, high: Box, tallest: int) -> bool:
    """Whether a small digit stands where a taller one stands; a bar hangs at its top."""
    return _is_small_digit(low, tallest) and low[1] + low[3] > high[1] + high[3]


def _is_open_four(left: Box, right: Box, tallest: int) -> bool:
    """Whether two marks side by side can be an open 4, whose second stroke hangs down."""
    left_height, right_height = left[3] - left[1], right[3] - right[1]
    both = max(left[3], right[3]) - min(left[1], right[1])
    shared = min(left[3], right[3]) - max(left[1], right[1])
    apart = (right[0] + right[2] - left[0] - left[2]) / 2
    hangs = right[3] - left[3] >= LOWER * both + STEEPEST * apart
    is_short = right_height <= 0.6 * left_height and (
        right[1] >= (left[1] + left[3]) / 2 and right[3] > left[3]
    )
    return (
        (is_short or (hangs and left_height <= (1 - LOWER) * both))
        and both <= TALLER * tallest
        and shared >= 0.25 * min(left_height, right_height)
    )


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


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """In which order boxes are read: row by row, each from left to right.

    Examples
    --------
    >>> reading_order([(50, 0, 60, 20), (0, 2, 10, 22), (0, 40, 10, 60)])
    [1, 0, 2]
    """
    return [i for row in rows_of(boxes) for i in row]


def rows_of(boxes: Sequence[Box]) -> list[list[int]]:
    """Which boxes are in one row, from top to bottom, and each row from left to right.

    Examples
    --------
    >>> rows_of([(50, 0, 60, 20), (0, 2, 10, 22), (0, 40, 10, 60)])
    [[1, 0], [2]]
    """
    rows: list[list[int]] = []
    for i in sorted(range(len(boxes)), key=lambda i: boxes[i][1] + boxes[i][3]):
        for row in rows:
            nearest = min(row, key=lambda j: _between(boxes[i], boxes[j]))
            if _is_level(boxes[i], boxes[nearest]):
                row.append(i)
                break
        else:
            rows.append([i])
    return [sorted(row, key=lambda i: boxes[i][0]) for row in rows]


def _between(a: Box, b: Box) -> int:
    """How far two boxes are apart from left to right, in half pixels."""
    return abs(a[0] + a[2] - b[0] - b[2])


def _is_level(a: Box, b: Box) -> bool:
    """Whether two marks are in one row: they share a third of the shorter one's height."""
    shared = min(a[3], b[3]) - max(a[1], b[1])
    return 3 * shared >= min(a[3] - a[1], b[3] - b[1])
