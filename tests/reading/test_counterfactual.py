"""The smallest change that turns an answer really turns it."""

import numpy as np
import pytest

from digits_app import load_classifier, smallest_change
from digits_app.dataset import load_split


def other_digit(proba, place):
    return int(np.argsort(-proba, kind="stable")[place])


@pytest.mark.parametrize("n_classes", [2, 10])
def test_every_test_digit_turns_into_the_next_best(n_classes):
    classifier = load_classifier(n_classes)
    X = load_split(n_classes).X_test
    for digit, proba in zip(X, classifier.predict_proba(X), strict=True):
        target = other_digit(proba, 1)
        change = smallest_change(digit, classifier, target)
        assert classifier.predict(change.image.reshape(1, -1)) == [target]
        assert np.array_equal(change.changed, change.image != digit.reshape(8, 8))
        assert np.array_equal(change.image[change.changed], change.donor[change.changed])
        assert change.proba.argmax() == target


def test_any_digit_turns_into_any_other():
    classifier = load_classifier()
    X = load_split().X_test[:20]
    for digit, read in zip(X, classifier.predict(X), strict=True):
        for target in set(range(10)) - {read}:
            change = smallest_change(digit, classifier, target)
            assert classifier.predict(change.image.reshape(1, -1)) == [target]


@pytest.mark.parametrize("n_classes", [2, 10])
def test_the_augmented_network_is_turned_too(n_classes):
    classifier = load_classifier(n_classes, "augmented")
    X = load_split(n_classes).X_test[:10]
    for digit, proba in zip(X, classifier.predict_proba(X), strict=True):
        change = smallest_change(digit, classifier, other_digit(proba, 1))
        assert classifier.predict(change.image.reshape(1, -1)) == [change.target]


def test_no_changed_pixel_can_be_given_back():
    classifier = load_classifier()
    X = load_split().X_test[:60]
    for digit, proba in zip(X, classifier.predict_proba(X), strict=True):
        change = smallest_change(digit, classifier, other_digit(proba, 1))
        for row, column in np.argwhere(change.changed):
            less = change.image.copy()
            less[row, column] = digit.reshape(8, 8)[row, column]
            assert classifier.predict(less.reshape(1, -1)) != [change.target]


def test_the_donor_is_a_training_digit_of_the_target():
    split = load_split()
    change = smallest_change(split.X_test[4], load_classifier(), target=4)
    same = (split.X_train == change.donor.ravel()).all(axis=1)
    assert split.y_train[same].tolist() == [4]


@pytest.mark.parametrize(("target", "complaint"), [(9, "already"), (10, "knows 0 to 9")])
def test_no_change_to_what_it_is_already_or_cannot_be(target, complaint):
    misread_four = load_split().X_test[4]
    with pytest.raises(ValueError, match=complaint):
        smallest_change(misread_four, load_classifier(), target)
