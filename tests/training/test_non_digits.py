import numpy as np
import pytest

from digits_app.drawing.tilted_copies import copies_of_ink
from digits_app.reading.unfamiliarity import guard_probabilities
from digits_app.training.allographs import DIGITS
from digits_app.training.handwriting import (
    COPIES_OF_EACH,
    curve_matrix,
    draw_with_pen,
    parse_stroke,
)
from digits_app.training.non_digits import KINDS, pair, scribble, write_non_digits
from digits_app.training.signs import SIGNS


def drawn_plainly(allograph):
    """The guard's probability that an allograph, not bent at all, is no digit."""
    strokes = []
    for stroke in allograph.strokes:
        points, corners = parse_stroke(stroke)
        strokes.append(curve_matrix(corners, len(points)) @ points)
    return guard_probabilities(copies_of_ink(draw_with_pen(strokes, 0.1)))[10]


def test_every_sign_has_its_own_name_and_fits_the_box():
    names = [(sign.label, sign.name) for sign in SIGNS]
    assert len(set(names)) == len(names)
    for sign in SIGNS:
        points = np.concatenate([parse_stroke(stroke)[0] for stroke in sign.strokes])
        assert points.min() >= -0.1
        assert points.max() <= 1.1
        assert np.ptp(points, axis=0).max() > 0.7


def test_no_sign_is_a_digit():
    assert not {sign.label for sign in SIGNS} & set("0123456789OIlZSgqBb")


def test_the_guard_tells_the_plain_signs_from_the_plain_digits():
    signs = np.array([drawn_plainly(sign) for sign in SIGNS])
    digits = np.array([drawn_plainly(digit) for digit in DIGITS])
    assert np.mean(signs > 0.5) >= 0.97
    assert np.mean(digits < 0.5) >= 0.97


def test_the_shares_of_the_kinds_add_up_to_one():
    assert sum(share for share, _ in KINDS) == pytest.approx(1)


def test_the_same_seed_writes_the_same():
    first, again = (write_non_digits(12, np.random.default_rng(5)) for _ in range(2))
    other = write_non_digits(12, np.random.default_rng(6))
    assert first.shape == (12 * COPIES_OF_EACH, 64)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert first.min() >= 0
    assert first.max() <= 16


def test_a_pair_is_two_signs_side_by_side_or_one_above_the_other():
    rng = np.random.default_rng(0)
    for _ in range(20):
        points = np.concatenate(pair(rng))
        # Each alone is 1 long.
        assert np.ptp(points, axis=0).max() > 1


def test_a_scribble_is_one_long_stroke():
    rng = np.random.default_rng(0)
    for _ in range(20):
        (stroke,) = scribble(rng)
        way = np.hypot(*np.diff(stroke, axis=0).T).sum()
        assert way > 1.5 * np.ptp(stroke, axis=0).max()
