import numpy as np
import pytest

from benchmarks.teaching import gains
from digits_app.dataset import load_split
from digits_app.my_hand.digits import labels_of, samples_of
from digits_app.my_hand.teaching import teach
from digits_app.network.classifiers import load_classifier
from digits_app.network.forward import mean_probabilities


@pytest.fixture(params=["lesson", "augmented"])
def classifier(request):
    return load_classifier(10, request.param)


def test_it_reads_what_it_was_taught(classifier, my_digits):
    taught = teach(classifier, *samples_of(my_digits))
    proba = mean_probabilities(taught, [digit.copies for digit in my_digits])
    assert (proba.argmax(axis=1) == labels_of(my_digits)).all()


def test_nobody_elses_network_changes(classifier, my_digits):
    split = load_split(10)
    before = classifier.predict_proba(split.X_test)
    taught = teach(classifier, *samples_of(my_digits))
    assert (classifier.predict_proba(split.X_test) == before).all()
    assert (taught.predict_proba(split.X_test) != before).any()


def test_rehearsal_keeps_what_would_be_forgotten(classifier, my_digits):
    split = load_split(10)
    X, y = samples_of(my_digits)
    alone = teach(classifier, X, y, rehearse=False).score(split.X_test, split.y_test)
    rehearsed = teach(classifier, X, y).score(split.X_test, split.y_test)
    known = classifier.score(split.X_test, split.y_test)
    assert alone < rehearsed
    assert rehearsed > known - 0.015


@pytest.mark.parametrize("n_new", [1, 2])
def test_one_new_digit_does_not_make_it_forget_the_old(n_new, my_digits):
    split = load_split(10)
    classifier = load_classifier(10, "lesson")
    X, y = samples_of(my_digits)
    taught = teach(classifier, X[:n_new], y[:n_new])
    assert (taught.predict(X[:n_new]) == y[:n_new]).all()
    known = classifier.score(split.X_test, split.y_test)
    assert taught.score(split.X_test, split.y_test) > known - 0.015


def test_the_same_seed_teaches_the_same(classifier, my_digits):
    X, y = samples_of(my_digits)
    split = load_split(10)
    first, second, other = (
        teach(classifier, X, y, random_state=seed).predict_proba(split.X_test)
        for seed in (1, 1, 2)
    )
    assert (first == second).all()
    assert (first != other).any()


def test_progress_is_told_until_the_end(my_digits):
    told: list[float] = []
    teach(load_classifier(10, "augmented"), *samples_of(my_digits), on_pass=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.zeros((0, 64)), np.zeros(0, dtype=int)),
        (np.zeros((2, 63)), np.array([0, 1])),
        (np.zeros((2, 64)), np.array([0])),
        (np.zeros((1, 64)), np.array([2])),
    ],
)
def test_what_cannot_be_taught_gets_a_sentence(X, y):
    with pytest.raises(ValueError, match=r"nothing to learn|knows only"):
        teach(load_classifier(2, "lesson"), X, y)


@pytest.mark.parametrize("training", ["lesson", "augmented"])
def test_most_writers_gain(training):
    """In quick mode; `python -m benchmarks.teaching` measures all writers."""
    result = gains(training, max_writers=12)
    assert result.after > result.before
    assert result.test_after > result.test_before - 0.01
