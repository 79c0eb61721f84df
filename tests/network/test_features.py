"""Features of pictures whose slopes can be told by looking."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digits_app.network.features import DIRECTIONS, N_FEATURES, stroke_directions
from tests.support.fuzzing import examples

RIGHT, DOWN, LEFT, UP = 0, 2, 4, 6
"""Directions, 45 degrees apart, clockwise on the screen."""


def features_of(image):
    pixels, slopes = np.split(stroke_directions(image.reshape(1, 64))[0], [64])
    return pixels.reshape(8, 8), slopes.reshape(DIRECTIONS, 4, 4)


def edge(direction):
    """Ink in the half towards which it rises."""
    image = np.zeros((8, 8))
    if direction in (RIGHT, LEFT):
        image[:, 4:] = 16
    else:
        image[4:] = 16
    return image if direction in (RIGHT, DOWN) else np.flip(image)


def test_the_pixels_come_first_from_0_to_1():
    image = np.arange(64).reshape(8, 8) % 17.0
    pixels, _ = features_of(image)
    assert pixels == pytest.approx(image / 16)


def test_there_are_64_pixels_and_16_places_in_8_directions():
    features = stroke_directions(np.zeros((3, 64)))
    assert features.shape == (3, N_FEATURES) == (3, 64 + 8 * 16)
    assert features.dtype == np.float32


@pytest.mark.parametrize("direction", [RIGHT, DOWN, LEFT, UP])
def test_ink_rises_across_an_edge_and_nowhere_else_inside(direction):
    _, slopes = features_of(edge(direction))
    inside = slopes[direction][1:3, 1:3]
    # One of two pixels on either side of the edge rises by all the ink.
    assert inside == pytest.approx(np.full((2, 2), 0.5))
    assert slopes[(direction + 4) % 8][1:3, 1:3] == pytest.approx(0)
    # Diagonally it rises by the cosine of 45 degrees of that, and sideways not at all.
    for diagonal in (direction + 1, direction - 1):
        assert slopes[diagonal % 8][1:3, 1:3] == pytest.approx(inside * np.sqrt(0.5))
    for sideways in (direction + 2, direction - 2):
        assert slopes[sideways % 8][1:3, 1:3] == pytest.approx(0, abs=1e-6)


def test_ink_at_the_rim_rises_from_nothing_outside():
    _, slopes = features_of(np.full((8, 8), 16.0))
    # Into the picture the ink rises by one at its first pixel of two, and of two rows.
    assert slopes[RIGHT][:, 0] == pytest.approx(0.5)
    assert slopes[LEFT][:, 3] == pytest.approx(0.5)
    assert slopes[DOWN][0] == pytest.approx(0.5)
    assert slopes[UP][3] == pytest.approx(0.5)
    assert slopes[:, 1:3, 1:3] == pytest.approx(0)


def test_each_place_tells_of_its_own_four_pixels():
    image = np.zeros((8, 8))
    image[4, 5] = 16  # in block (2, 2)
    _, slopes = features_of(image)
    assert slopes[RIGHT][2, 2] == pytest.approx(0.25)  # its left neighbour, in the block
    assert slopes[LEFT][2, 3] == pytest.approx(0.25)  # its right neighbour, in the next
    assert slopes[DOWN][1, 2] == pytest.approx(0.25)
    assert slopes[UP][2, 2] == pytest.approx(0.25)
    assert np.count_nonzero(slopes[RIGHT]) == 1


@given(arrays(np.float64, (4, 64), elements=st.integers(0, 16).map(float)))
@examples(30)
def test_a_digit_has_the_same_features_alone_and_among_others(X):
    together = stroke_directions(X)
    alone = np.concatenate([stroke_directions(row[None]) for row in X])
    assert np.array_equal(together, alone)
    assert together.min() >= 0
    assert together[:, :64].max() <= 1
