import itertools
import re

import numpy as np
import pytest

from digits_app.dataset import CLASS_COUNTS, load_split
from digits_app.network.classifiers import load_classifier
from digits_app.network.features import stroke_directions
from digits_app.network.forward import (
    as_probabilities,
    by_class,
    class_probabilities,
    forward,
    mean_probabilities,
    network_of_classifier,
)
from digits_app.reading.unfamiliarity import load_guard
from tests.support.serving import ROOT


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


def test_digits_are_read_by_the_mean_over_their_copies_however_many():
    X = load_split(10).X_test[:6]
    classifier = load_classifier(10, "augmented")
    one, two = (
        class_probabilities(classifier, rows).mean(axis=0, dtype=np.float64)
        for rows in (X[:1], X[1:])
    )
    copies = [rows.reshape(-1, 8, 8) for rows in (X[:1], X[1:])]
    # Single precision adds up in another order where there are more rows.
    np.testing.assert_allclose(
        mean_probabilities(classifier, copies), [one, two], atol=1e-5
    )


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


def test_two_layers_by_hand():
    inputs = np.array([[1.0, 2.0], [0.0, -1.0]])
    coefs = [np.array([[1.0, -1.0], [1.0, 1.0]]), np.array([[2.0], [4.0]])]
    intercepts = [np.array([0.0, 1.0]), np.array([-1.0])]
    given, hidden, outputs = forward(inputs, coefs, intercepts)
    assert given is inputs
    assert hidden.tolist() == [[3, 2], [0, 0]]
    assert outputs.tolist() == [[13], [-1]]
    assert by_class(outputs).tolist() == [[0, 13], [0, -1]]
    odds = np.exp(by_class(outputs))
    expected = odds / odds.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(as_probabilities(outputs), expected)


def test_the_blocks_of_several_networks_are_the_whole_matrix():
    network = network_of_classifier(load_classifier(10, "augmented"))
    inputs = stroke_directions(load_split(10).X_test[:9])
    apart, whole = (
        forward(inputs, network.coefs_, network.intercepts_, n_members)
        for n_members in (network.n_members_, 1)
    )
    assert network.n_members_ > 1
    for ours, theirs in zip(apart, whole, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


def test_there_is_no_other_forward_pass():
    """But for the lesson's code, which shows it."""
    relu = re.compile(r"np\.maximum\([^)]*@")
    softmax = re.compile(r"special\.(softmax|expit)")
    found = {
        file.name
        for file in (ROOT / "digits_app").rglob("*.py")
        if relu.search(text := file.read_text(encoding="utf-8")) or softmax.search(text)
    }
    # A slope of the log-odds is made of a softmax of logits, of no network.
    assert found == {"forward.py", "explanation.py"}
