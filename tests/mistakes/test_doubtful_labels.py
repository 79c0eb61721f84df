import numpy as np
import pytest
from sklearn.datasets import load_digits

from digits_app.mistakes.doubtful_labels import label_doubt, unseen_probabilities


@pytest.fixture(scope="module")
def wrongly_labelled():
    """300 digits of which ten got another label than they show."""
    X, y = load_digits(return_X_y=True)
    X, y = X[:300], y[:300].copy()
    changed = np.arange(0, 300, 30)
    y[changed] = (y[changed] + 3) % 10
    return X, y, changed


def test_wrong_labels_are_found(wrongly_labelled):
    X, y, changed = wrongly_labelled
    proba = unseen_probabilities(X, y)
    most_doubtful = np.argsort(-label_doubt(proba, y))[: len(changed)]
    assert len(set(most_doubtful) & set(changed)) >= 8
    assert (label_doubt(proba, y)[changed] > 0).sum() >= 8
    assert (label_doubt(proba, y) > 0).mean() < 0.2


def test_no_digit_is_read_by_a_network_that_saw_it(wrongly_labelled):
    X, y, changed = wrongly_labelled
    proba = unseen_probabilities(X, y)
    assert proba.shape == (300, 10)
    assert proba.sum(axis=1) == pytest.approx(1)
    # A network that saw these labels would have learned them by heart.
    assert (proba[changed].argmax(axis=1) != y[changed]).mean() > 0.7


def test_a_class_that_is_seldom_sure_is_not_doubtful_for_that():
    proba = np.array([[0.6, 0.4], [0.6, 0.4], [0.02, 0.98], [0.45, 0.55]])
    y = np.array([0, 0, 1, 1])
    assert (label_doubt(proba, y)[:3] < 0).all()
