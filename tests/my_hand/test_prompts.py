import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digits_app.my_hand.prompts import learning_half, prompts


@given(st.integers(0, 1000))
def test_every_digit_is_asked_for_twice_and_never_twice_in_a_row(random_state):
    order = prompts(random_state)
    assert sorted(order) == sorted([*range(10), *range(10)])
    assert all(first != second for first, second in itertools.pairwise(order))


def test_another_test_asks_in_another_order():
    assert prompts(1) != prompts(2)
    assert prompts(1) == prompts(1)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=60), st.integers(0, 20))
def test_both_halves_hold_the_same_digits(labels, random_state):
    y = np.array(labels)
    learns = learning_half(y, random_state)
    for digit in set(labels):
        assert abs((y[learns] == digit).sum() - (y[~learns] == digit).sum()) <= 1
    assert abs(learns.sum() - (~learns).sum()) <= 1


def test_a_test_of_twenty_teaches_one_of_each_digit():
    y = np.array(prompts(3))
    assert sorted(y[learning_half(y)]) == list(range(10))


@pytest.mark.parametrize("random_state", range(3))
def test_chance_decides_which_of_two_is_learned(random_state):
    y = np.repeat(np.arange(10), 2)
    assert (learning_half(y, random_state) == learning_half(y, random_state)).all()
    assert (learning_half(y, random_state) != learning_half(y, random_state + 1)).any()
