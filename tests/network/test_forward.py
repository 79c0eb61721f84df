import itertools

import numpy as np
import pytest

from digits_app.dataset import CLASS_COUNTS, load_split
from digits_app.network.classifiers import load_classifier
from digits_app.network.features import stroke_directions
from digits_app.network.forward import class_probabilities
from digits_app.reading.unfamiliarity import load_guard


@pytest.mark.parametrize(
    ("n_classes", "training"),
    list(itertools.product(CLASS_COUNTS, ("lesson", "augmented"))),
)
def test_it_is_what_predict_proba_returns(n_classes, training):
    X = load_split(n_classes).X_test
    classifier = load_classifier(n_classes, training)
    np.testing.assert_allclose(
        class_probabilities(classifier, X), classifier.predict_proba(X), atol=1e-5
    )


def test_features_that_are_known_already_change_nothing():
    X = load_split(10).X_test
    classifier = load_classifier(10, "augmented")
    known = class_probabilities(classifier, X, stroke_directions(X))
    np.testing.assert_array_equal(known, class_probabilities(classifier, X))


def test_the_guard_too():
    X = load_split(10).X_test
    guard = load_guard()
    np.testing.assert_allclose(
        class_probabilities(guard, X), guard.predict_proba(X), atol=1e-5
    )


def test_reading_changes_no_shared_model():
    X = load_split(10).X_test
    classifier = load_classifier(10, "lesson")
    before = [weights.copy() for weights in (*classifier.coefs_, *classifier.intercepts_)]
    pixels = X.copy()
    class_probabilities(classifier, pixels)
    after = [*classifier.coefs_, *classifier.intercepts_]
    assert all(map(np.array_equal, before, after))
    assert np.array_equal(pixels, X)
