"""Which marks belong together, and in which order they are read."""

import numpy as np
import pytest

from digits_app.drawing.marks import (
    MAX_DIGITS,
    MAX_PIECES,
    Box,
    TooManyDigitsError,
    TooManyMarksError,
    group_marks,
)

Line = tuple[int, int, int, int]
"""From x, y to x, y."""


def boxes_of(*marks: tuple[Line, ...]) -> list[Box]:
    """Draw marks of lines with a pen of three pixels; where digits were found."""
    return found_in(*marks)[0]


def found_in(*marks: tuple[Line, ...]) -> tuple[list[Box], list[Box]]:
    """Draw marks; where digits were found, and where something doubtful."""
    mask = np.zeros((400, 1000), dtype=bool)
    for x0, y0, x1, y1 in (line for mark in marks for line in mark):
        n = max(abs(x1 - x0), abs(y1 - y0)) + 1
        x, y = np.linspace(x0, x1, n).astype(int), np.linspace(y0, y1, n).astype(int)
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                mask[(y + dy).clip(0, 399), (x + dx).clip(0, 999)] = True
    found = group_marks(mask, 255 * mask.astype(np.uint8), is_clean=True)
    return [mark.box for mark in found.digits], [mark.box for mark in found.doubtful]


def one_at(x: int, y: int = 100, height: int = 160) -> tuple[Line, ...]:
    return ((x, y, x, y + height),)


def zero_at(x: int, y: int = 100, height: int = 160) -> tuple[Line, ...]:
    right, bottom = x + 100, y + height
    return (
        (x, y, right, y),
        (right, y, right, bottom),
        (right, bottom, x, bottom),
        (x, bottom, x, y),
    )


# An open 4: an L, and a stroke that hangs down to its right.
L_SHAPE = ((300, 100, 300, 200), (300, 200, 370, 200))


@pytest.mark.parametrize(("top", "bottom"), [(130, 260), (170, 225)], ids=["long", "short"])
def test_the_two_strokes_of_an_open_4_are_one_digit(top, bottom):
    stroke = (376, top, 376, bottom)
    found = boxes_of(zero_at(100), L_SHAPE, (stroke,), zero_at(600))
    assert len(found) == 3


@pytest.mark.parametrize("drop", [0, 20, 40])
def test_digits_close_together_on_a_crooked_page_stay_two(drop):
    found = boxes_of(zero_at(100), zero_at(206, 100 + drop), zero_at(600))
    assert len(found) == 3


def test_a_small_digit_beside_a_large_one_stays_a_digit():
    assert len(boxes_of(zero_at(100), zero_at(206, 160, 100), zero_at(600))) == 3


@pytest.mark.parametrize("gap", [15, 40])
@pytest.mark.parametrize("height", [40, 60, 80])
def test_a_digit_a_quarter_as_tall_is_not_left_out(height, gap):
    left = 200 + gap
    small = tuple(
        (left + (x > 0) * height // 2, y, left + (z > 0) * height // 2, w)
        for x, y, z, w in zero_at(0, 260 - height, height)
    )
    found = boxes_of(zero_at(100), small, zero_at(600))
    assert len(found) == 3
    assert found[1][3] - found[1][1] == height + 3


@pytest.mark.parametrize("gap", [10, 14, 40])
def test_two_digits_one_below_the_other_stay_two(gap):
    found = boxes_of(zero_at(100, 10), one_at(150, 170 + gap + 3))
    assert [box[1] for box in found] == [9, 172 + gap]


def test_the_two_rings_of_an_8_are_one_digit():
    assert len(boxes_of(zero_at(100, 100, 76), zero_at(100, 180, 80), zero_at(300))) == 2


def test_the_rings_of_two_8s_are_two_digits():
    rings = [zero_at(x, y, 75) for x in (100, 400) for y in (50, 133)]
    assert len(boxes_of(*rings)) == 2


def test_more_digits_than_are_read_get_a_sentence():
    digits = [one_at(10 + 20 * i, 10 + 60 * (i % 2), 40) for i in range(MAX_DIGITS + 1)]
    assert len(boxes_of(*digits[1:])) == MAX_DIGITS
    with pytest.raises(TooManyDigitsError, match=r"more than 40 digits.* Cut it"):
        boxes_of(*digits)


def test_the_bar_that_floats_above_a_5_is_its_own():
    body = ((300, 140, 300, 200), (300, 200, 380, 200), (380, 200, 380, 260))
    bar = ((320, 100, 390, 96),)
    found = boxes_of(zero_at(100), body, bar, zero_at(460))
    assert len(found) == 3
    assert found[1][1] < 100
    assert found[2][0] > 450


@pytest.mark.parametrize(
    "mark",
    [
        ((100, 300, 170, 300),),
        ((100, 300, 900, 300),),
        ((320, 180, 400, 180),),
        ((420, 235, 436, 235), (436, 235, 436, 261), (436, 261, 420, 261)),
        ((420, 252, 425, 252), (420, 256, 425, 256), (420, 260, 425, 260)),
        ((985, 40, 999, 60),),
        ((300, 399, 330, 385),),
    ],
    ids=["bar", "underline", "minus", "tiny", "point", "right rim", "lower rim"],
)
def test_what_is_hardly_a_digit_is_doubtful_and_never_gone(mark):
    digits, [doubtful] = found_in(zero_at(100), mark, zero_at(600))
    assert [box[0] for box in digits] == [99, 599]
    points = np.array(mark).reshape(-1, 2)
    assert (doubtful[:2] <= points.min(axis=0)).all()
    assert (doubtful[2:] > points.max(axis=0)).all()


@pytest.mark.parametrize(
    "mark",
    [
        ((0, 330, 999, 330),),
        ((0, 320, 999, 340),),
        ((500, 0, 500, 399),),
        ((998, 0, 998, 399),),
        ((2, 0, 2, 399), (4, 0, 4, 399)),
        ((420, 260, 421, 260),),
        ((203, 180, 208, 180),),
    ],
    ids=["line", "crooked line", "margin", "edge", "thick edge", "speck", "crumb"],
)
def test_what_is_surely_no_writing_is_not_doubted(mark):
    digits, doubtful = found_in(zero_at(100), mark, zero_at(600))
    assert 99 in [box[0] for box in digits]
    assert doubtful == []


def test_a_dashed_line_is_one_doubt():
    dashes = [((100 + 40 * i, 300, 125 + 40 * i, 300),) for i in range(10)]
    digits, [doubtful] = found_in(zero_at(100), zero_at(600), *dashes)
    assert len(digits) == 2
    assert doubtful[2] - doubtful[0] > 380


@pytest.mark.parametrize("rise", [-40, 0, 40])
def test_a_row_on_a_crooked_page_is_read_from_left_to_right(rise):
    found = boxes_of(*(one_at(100 + 150 * i, 120 + i * rise, 120) for i in range(4)))
    assert [box[0] for box in found] == sorted(box[0] for box in found)


def test_two_rows_are_read_one_after_the_other():
    found = boxes_of(one_at(100), one_at(500), one_at(120, 280, 110), one_at(480, 280, 110))
    assert [round(box[0], -1) for box in found] == [100, 500, 120, 480]


def test_so_many_marks_are_no_page_of_digits():
    assert MAX_PIECES < (600 // 30) ** 2
    contrast = np.zeros((600, 600), dtype=np.uint8)
    for top in range(5, 600, 30):
        for left in range(5, 600, 30):
            contrast[top : top + 20, left : left + 12] = 255
    with pytest.raises(TooManyMarksError, match="too many marks"):
        group_marks(contrast > 0, contrast)
