"""Counts and orders on answers small enough to check by hand, and the lesson's figures."""

import numpy as np
import pytest

from digits_app.dataset import load_split
from digits_app.mistakes.evaluation import Evaluation, evaluate
from digits_app.network.classifiers import load_classifier


@pytest.fixture
def four_answers() -> Evaluation:
    """Right and sure; wrong; right by a hair; right in a tie of the other two."""
    return Evaluation(
        images=np.zeros((4, 8, 8)),
        y_true=np.array([0, 1, 2, 2]),
        y_pred=np.array([0, 2, 2, 2]),
        proba=np.array(
            [[0.90, 0.06, 0.04], [0.0, 0.3, 0.7], [0.3, 0.34, 0.36], [0.2, 0.2, 0.6]]
        ),
    )


def test_what_was_read_wrong(four_answers):
    assert four_answers.is_wrong.tolist() == [False, True, False, False]
    assert four_answers.misclassified.tolist() == [1]
    assert four_answers.accuracy == 0.75


def test_confusions_are_counted_by_true_and_predicted_digit(four_answers):
    assert four_answers.confusion.tolist() == [[1, 0, 0], [0, 0, 1], [0, 0, 2]]


def test_confidence_is_the_probability_of_what_was_read(four_answers):
    assert four_answers.confidence.tolist() == [0.90, 0.7, 0.36, 0.6]


def test_margin_is_the_true_digits_lead(four_answers):
    assert four_answers.margin == pytest.approx([0.84, -0.4, 0.02, 0.4])


def test_closest_calls_are_right_and_the_closest_comes_first(four_answers):
    assert four_answers.closest_calls.tolist() == [2, 3, 0]


def test_measuring_changes_no_probability(four_answers):
    before = four_answers.proba.copy()
    _ = four_answers.margin, four_answers.confusion, four_answers.closest_calls
    assert np.array_equal(four_answers.proba, before)


@pytest.mark.parametrize(("n_classes", "n_test"), [(2, 90), (10, 450)])
def test_the_test_split_is_read_in_its_order(n_classes, n_test):
    split = load_split(n_classes)
    classifier = load_classifier(n_classes, "lesson")
    result = evaluate(classifier, n_classes)
    assert result.images.shape == (n_test, 8, 8)
    assert np.array_equal(result.images.reshape(n_test, 64), split.X_test)
    assert np.array_equal(result.y_true, split.y_test)
    assert np.array_equal(result.y_pred, classifier.predict(split.X_test))
    assert result.accuracy == classifier.score(split.X_test, split.y_test)
    assert result.confusion.sum() == n_test
    assert np.trace(result.confusion) == n_test - len(result.misclassified)
