"""What the lesson's imports give it here does the same as the libraries' own."""

import numpy as np
import pytest
from sklearn import datasets

from digits_app.lesson import stand_ins
from digits_app.lesson.running import run_source


@pytest.mark.parametrize("n_class", [2, 5, 10])
def test_load_digits_hands_out_the_same_digits(n_class):
    ours = stand_ins.load_digits(n_class=n_class, return_X_y=True)
    theirs = datasets.load_digits(n_class=n_class, return_X_y=True)
    for mine, other in zip(ours, theirs, strict=True):
        assert np.array_equal(mine, other)
        assert mine.dtype == other.dtype


def test_nobody_can_change_the_digits_of_another():
    namespace = {}
    run_source(
        "from sklearn.datasets import load_digits\n"
        "X, y = load_digits(n_class=2, return_X_y=True)",
        namespace,
    )
    with pytest.raises(ValueError, match="read-only"):
        run_source("X[0] = 16", namespace)


def test_a_network_without_a_random_state_follows_the_learners_chance():
    seeds = []
    for chance in (5, 5, 6):
        namespace = {}
        run_source(
            "from sklearn.neural_network import MLPClassifier\n"
            "mlp = MLPClassifier()\n"
            "seeded = MLPClassifier(random_state=1)",
            namespace,
            chance,
        )
        assert namespace["seeded"].random_state == 1
        seeds.append(namespace["mlp"].random_state)
    assert seeds == [5, 5, 6]


def test_every_other_import_is_the_librarys_own():
    namespace = {}
    run_source("from sklearn.model_selection import train_test_split as split", namespace)
    from sklearn.model_selection import train_test_split

    assert namespace["split"] is train_test_split
