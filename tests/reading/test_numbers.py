"""A row of digits is read as a number, whichever strokes they are made of."""

import numpy as np
import pytest

from benchmarks.numbers import read_row, single_digits
from digits_app import read_number
from digits_app.drawing.canvas_json import OverfullDrawingError, pen_path
from digits_app.drawing.errors import BlankDrawingError, TooSmallDrawingError
from digits_app.reading.numbers import split_drawing
from tests.support.number_rows import number_rows
from tests.support.rows import FIVE, FOUR, ONE, SEVEN, TWO, Way, moved, six, zero


def test_42_is_42_with_a_frame_around_each_digit():
    number = read_number([*FOUR, *TWO])
    assert number.text == "42"
    assert [sign.strokes for sign in number.signs] == [(0, 1), (2,)]
    (_, _, end, bottom), (left, _, right, _) = number.frames
    assert (end, bottom) == (120, 220)
    assert end < left < right <= 225
    assert min(number.confidences) > 0.5


def test_it_follows_the_pen():
    strokes = [*ONE, *zero(95), *moved(FOUR, 165)]
    assert read_number(strokes[:1]).text == "1"
    assert read_number(strokes[:2]).text == "10"
    assert read_number(strokes).text == "104"


def test_2026():
    row = [*moved(TWO, -130), *zero(95, 22), *moved(TWO, 5), *six(230)]
    assert read_number(row, pen_width=10).text == "2026"


def test_a_digit_may_be_added_in_front():
    strokes = [*TWO, *FOUR]
    number = read_number(strokes)
    assert number.text == "42"
    assert [sign.strokes for sign in number.signs] == [(1, 2), (0,)]


@pytest.mark.parametrize(
    ("strokes", "digit"),
    [(FOUR, "4"), (FIVE, "5"), (SEVEN, "7"), ([FOUR[0], moved(FOUR, 45)[1]], "4")],
    ids=["4", "5, its bar last", "7 with a bar", "a 4 wide open"],
)
def test_a_digit_of_two_strokes_is_one(strokes: list[Way], digit: str):
    assert read_number(strokes).text == digit
    assert read_number([*strokes, *moved(TWO, 35)]).text == digit + "2"


def test_what_is_no_digit_is_a_question_mark():
    star = [
        [(150.0, 80.0), (210.0, 200.0)],
        [(210.0, 80.0), (150.0, 200.0)],
        [(140.0, 140.0), (220.0, 140.0)],
    ]
    number = read_number([*ONE, *star])
    assert number.text == "1?"
    assert number.confidences[1] == 0


def test_a_row_of_any_size_and_place_is_read():
    strokes = [np.array(way) for way in (*FOUR, *TWO)]
    number = read_number([5 * way - 400 for way in strokes], pen_width=100)
    assert number.text == "42"
    assert number.frames[0][1:] == pytest.approx((-100, 200, 700))


def test_six_digits_on_the_wide_canvas():
    row = [*ONE, *zero(80), *moved(FIVE, 135), *moved(SEVEN, 245), *moved(FOUR, 335)]
    number = read_number([*row, *zero(470)])
    assert number.text == "105740"
    assert len(number.frames) == 6


@pytest.mark.parametrize(
    ("strokes", "error"),
    [
        ([], BlankDrawingError),
        ([[]], BlankDrawingError),
        ([[(140, 140), (142, 141)]], TooSmallDrawingError),
        ([[(0, 0), (280, 280)] * 40], OverfullDrawingError),
    ],
)
def test_what_cannot_be_read_is_said(strokes: list[Way], error: type[Exception]):
    with pytest.raises(error):
        read_number(strokes)


def test_an_erased_stroke_leaves_no_sign():
    ink = [pen_path(way, 20) for way in (*ONE, *zero(150))]
    eraser = pen_path(zero(150)[0], 40, "#000000")
    signs = split_drawing([*ink, eraser])
    assert [sign.strokes for sign in signs] == [(0,)]


def test_a_scribble_of_many_strokes_is_one_sign():
    rng = np.random.default_rng(0)
    ways = rng.uniform(20, 260, (60, 2, 2)).tolist()
    assert len(split_drawing([pen_path(way, 6) for way in ways])) == 1


def test_rows_of_many_hands():
    # The whole table is in docs/accuracy.md; these are the floors under its first rows.
    read = [read_row(row) for row in number_rows(40, (1, 3), seed=1)]
    assert sum(row.is_split_right for row in read) >= 38
    assert sum(row.is_right for row in read) >= 35


def test_single_digits_of_many_hands_stay_one_and_are_read_as_ever():
    singles = single_digits(every=20)
    assert singles.n >= 150
    assert singles.n_one >= singles.n - 1
    assert singles.n_same == singles.n_one
