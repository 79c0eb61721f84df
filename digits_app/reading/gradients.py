"""A network's logits, and how a score of them changes with each pixel.

Logits are taken before the last softmax: unlike probabilities they never saturate, so they
can still be compared where a network is sure.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from digits_app.network.classifiers import Classifier
from digits_app.network.forward import (
    Rows,
    by_class,
    classifier_layers,
    network_inputs,
    network_of_classifier,
)

SlopesInLogits = Callable[[Rows], Rows]
"""From logits, of shape (n_samples, n_classes), to the slope of a score in each of them."""

_PIXEL_STEP = 0.01


def class_logits(classifier: Classifier, X: NDArray[np.float64]) -> Rows:
    """Compute the logit of each class.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        Fitted, with hidden layers of `relu`.
    X : ndarray of shape (n_samples, 64)
        Pixels, 0..16.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)
        Their softmax is `predict_proba`. Where two classes share one output, class 0 has 0.
    """
    return by_class(classifier_layers(classifier, X)[-1])


def pixel_slopes(
    classifier: Classifier, X: NDArray[np.float64], slopes_in_logits: SlopesInLogits
) -> Rows:
    """Differentiate a score of the logits with respect to each pixel.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        Fitted, with hidden layers of `relu`.
    X : ndarray of shape (n_samples, 64)
        Pixels, 0..16.
    slopes_in_logits : callable
        The score: from logits to its slope in each, both of shape (n_samples, n_classes).

    Returns
    -------
    ndarray of shape (n_samples, 64)
        Change of the score per unit of ink.
    """
    network = network_of_classifier(classifier)
    layers = classifier_layers(classifier, X)
    logits = by_class(layers[-1])
    # back through the layers: a unit that is silent passes nothing on
    slopes: Rows = slopes_in_logits(logits)[:, -layers[-1].shape[1] :]
    for weights, values in zip(network.coefs_[::-1], layers[-2::-1], strict=True):
        slopes = slopes @ weights.T
        if values is not layers[0]:
            slopes = slopes * (values > 0)
    if not isinstance(classifier, Pipeline):
        return slopes
    by_pixel: Rows = np.einsum("npf,nf->np", _feature_slopes(classifier, X), slopes)
    return by_pixel


def _feature_slopes(classifier: Pipeline, X: NDArray[np.float64]) -> Rows:
    """Slopes of the features in each pixel, of shape (n_samples, 64, n_features).

    They are straight lines with bends, so that a difference is their slope.
    """
    steps = np.eye(X.shape[1]) * _PIXEL_STEP
    moved = np.concatenate([X[:, None] + steps, X[:, None] - steps])
    above, below = np.split(network_inputs(classifier, moved.reshape(-1, X.shape[1])), 2)
    slopes: Rows = (above - below) / (2 * _PIXEL_STEP)
    return slopes.reshape(len(X), X.shape[1], -1)
