from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digits_app.reading.recognition import read_digit
from digits_app.training.allographs import DIGITS, Allograph
from digits_app.training.handwriting import (
    COPIES_OF_EACH,
    choose,
    curve_matrix,
    draw_with_pen,
    parse_stroke,
    write_digits,
    write_strokes,
)


def as_described(allograph):
    """The allograph's own curves, not bent."""
    strokes = [parse_stroke(stroke) for stroke in allograph.strokes]
    return [curve_matrix(corners, len(points)) @ points for points, corners in strokes]


def test_every_digit_is_written_in_many_ways():
    ways = Counter(allograph.label for allograph in DIGITS)
    assert set(ways) == set("0123456789")
    assert min(ways.values()) >= 10
    assert len({(a.label, a.name) for a in DIGITS}) == len(DIGITS)


@pytest.mark.parametrize("allograph", DIGITS, ids=lambda a: f"{a.label} {a.name}")
def test_every_allograph_is_read_as_what_it_shows(allograph):
    picture = draw_with_pen(as_described(allograph), pen_share=0.1)
    assert read_digit(picture, training="augmented").label == int(allograph.label)


@pytest.mark.parametrize("allograph", DIGITS, ids=lambda a: f"{a.label} {a.name}")
def test_every_allograph_lies_in_its_box(allograph):
    points = np.concatenate(as_described(allograph))
    assert points.min() >= -0.1
    assert points.max() <= 1.1
    assert allograph.weight > 0


def test_a_curve_runs_through_its_points():
    points, corners = parse_stroke("0,0 .5,.2! 1,1 .3,.9")
    curve = curve_matrix(corners, len(points)) @ points
    for point in points:
        assert np.abs(curve - point).sum(axis=1).min() < 1e-12


def test_a_curve_turns_sharply_only_at_a_corner():
    def sharpest_turn(stroke):
        points, corners = parse_stroke(stroke)
        courses = np.diff(curve_matrix(corners, len(points)) @ points, axis=0)
        angles = np.unwrap(np.arctan2(courses[:, 1], courses[:, 0]))
        return np.rad2deg(np.abs(np.diff(angles)).max())

    assert sharpest_turn("0,0 1,0! 1,1") == pytest.approx(90)
    assert sharpest_turn("0,0 1,0 1,1") < 30


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**32 - 1))
def test_a_written_digit_has_the_shape_and_range_of_the_dataset(seed):
    X, y = write_digits(DIGITS, 10, np.random.default_rng(seed))
    assert X.shape == (10 * COPIES_OF_EACH, 64)
    assert y.shape == (10 * COPIES_OF_EACH,)
    assert X.min() >= 0
    assert X.max() <= 16
    assert (X.round() == X).all()
    assert (X.sum(axis=1) > 0).all()


def test_the_seed_alone_decides():
    def write(seed):
        return write_digits(DIGITS, 20, np.random.default_rng(seed))[0]

    assert np.array_equal(write(1), write(1))
    assert not np.array_equal(write(1), write(2))


def test_no_two_drawings_of_an_allograph_are_alike():
    rng = np.random.default_rng(0)
    seven = next(a for a in DIGITS if (a.label, a.name) == ("7", "crossed"))
    first, second = (write_strokes(seven, rng) for _ in range(2))
    assert len(first) == len(second) == 2
    ends = np.array([[strokes[0][0], strokes[0][-1]] for strokes in (first, second)])
    assert np.abs(ends[0] - ends[1]).max() > 0.01


def test_labels_are_drawn_evenly_and_allographs_by_weight():
    allographs = [
        Allograph("1", "often", ("0,0 0,1",), 3),
        Allograph("1", "seldom", ("0,0 .2,1",), 1),
        Allograph("7", "only", ("0,0 1,0! .5,1",), 9),
    ]
    written = choose(allographs, 4000, np.random.default_rng(0))
    counts = Counter(allograph.name for allograph in written)
    assert counts["only"] == pytest.approx(2000, abs=150)
    assert counts["often"] == pytest.approx(1500, abs=150)
    assert counts["seldom"] == pytest.approx(500, abs=100)


def test_a_drawing_fills_its_picture_with_the_pen_asked_for():
    bar = [np.array([[0.0, 0.0], [0.0, 1.0]])]
    picture = np.asarray(draw_with_pen(bar, pen_share=0.25)) > 0
    rows, columns = picture.any(axis=1).sum(), picture.any(axis=0).sum()
    assert columns / (rows - columns) == pytest.approx(0.25, abs=0.02)
