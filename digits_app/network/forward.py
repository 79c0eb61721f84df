"""How a network computes: its layers and its answer, without the checks around them.

`predict_proba` checks its input and its state at each call, and so does every step of a
pipeline. For the nine copies of a drawing the lesson's network takes 0.02 ms, and with the
checks 0.09 ms, even where scikit-learn is told to leave most of them out
(`config_context`). A stroke on the Draw page asks five networks, and an explanation many
more.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline

from digits_app.dataset import IMAGE_SHAPE
from digits_app.network.committee import diagonal_blocks

Rows = NDArray[np.floating[Any]]
"""One sample a row."""


def forward(
    inputs: Rows, coefs: Sequence[Rows], intercepts: Sequence[Rows], n_members: int = 1
) -> list[Rows]:
    """Compute the values of every layer of a network with hidden layers of `relu`.

    This is the one forward pass there is, but for that in the lesson's own code.

    Parameters
    ----------
    inputs : ndarray of shape (n_samples, n_inputs)
    coefs, intercepts : sequence of ndarray
        As `MLPClassifier.coefs_` and `intercepts_`.
    n_members : int, default=1
        Of how many networks it is made, which do not touch between the first layer and
        the last (`network.committee`).

    Returns
    -------
    list of ndarray
        The inputs, what each hidden layer passes on, and the outputs before the last
        function (`by_class`, `as_probabilities`).
    """
    layers = [inputs]
    n_hidden = len(coefs) - 1
    for number, (weights, bias) in enumerate(zip(coefs, intercepts, strict=True)):
        is_between = 0 < number < n_hidden
        values = _times_blocks(layers[-1], weights, n_members if is_between else 1) + bias
        if number < n_hidden:
            np.maximum(values, 0, out=values)
        layers.append(values)
    return layers


def network_of_classifier(classifier: MLPClassifier | Pipeline) -> MLPClassifier:
    """Return the network itself, without the features before it."""
    return classifier.steps[-1][1] if isinstance(classifier, Pipeline) else classifier


def network_inputs(
    classifier: MLPClassifier | Pipeline, X: NDArray[np.floating[Any]]
) -> Rows:
    """Make what the network of a classifier is given: the pixels, or their features.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        In a pipeline the network stands behind functions.
    X : ndarray of shape (n_samples, 64)
        Pixels, 0..16.
    """
    values: Rows = X
    if isinstance(classifier, Pipeline):
        for _, step in classifier.steps[:-1]:
            values = step.func(values)
    return values


def classifier_layers(
    classifier: MLPClassifier | Pipeline,
    X: NDArray[np.floating[Any]],
    features: NDArray[np.float32] | None = None,
) -> list[Rows]:
    """Compute the values of every layer of a classifier's network; see `forward`.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        Fitted.
    X : ndarray of shape (n_samples, 64)
        Pixels, 0..16.
    features : ndarray of shape (n_samples, n_features), optional
        What the functions of a pipeline make of `X`, if that is known already.
    """
    network = network_of_classifier(classifier)
    if features is not None and isinstance(classifier, Pipeline):
        inputs: Rows = features
    else:
        inputs = network_inputs(classifier, X)
    n_members = getattr(network, "n_members_", 1)
    return forward(inputs, network.coefs_, network.intercepts_, n_members)


def by_class(outputs: Rows) -> Rows:
    """Give each of two classes that share one output its own logit: the first has 0."""
    if outputs.shape[1] > 1:
        return outputs
    return np.hstack([np.zeros_like(outputs), outputs])


def as_probabilities(outputs: Rows) -> NDArray[np.float64]:
    """Turn outputs into probabilities, of shape (n_samples, n_classes); rows sum to 1."""
    if outputs.shape[1] == 1:  # two classes share one unit
        second = special.expit(outputs)
        proba: NDArray[np.float64] = np.hstack([1 - second, second])
    else:
        # `scipy.special.softmax`, in a third of the time.
        powers = np.exp(outputs - outputs.max(axis=1, keepdims=True))
        proba = powers / powers.sum(axis=1, keepdims=True)
    return proba


def class_probabilities(
    classifier: MLPClassifier | Pipeline,
    X: NDArray[np.floating[Any]],
    features: NDArray[np.float32] | None = None,
) -> NDArray[np.float64]:
    """Compute what `classifier.predict_proba(X)` returns; see `classifier_layers`."""
    return as_probabilities(classifier_layers(classifier, X, features)[-1])


def mean_probabilities(
    classifier: MLPClassifier | Pipeline,
    copies: Sequence[NDArray[np.floating[Any]]] | NDArray[np.floating[Any]],
    features: NDArray[np.float32] | None = None,
) -> NDArray[np.float64]:
    """Read digits by their copies: the mean of what the classifier says of each copy.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        Fitted.
    copies : sequence of ndarray of shape (n_copies, 8, 8)
        For each digit its copies, 0..16; one digit at least.
    features : ndarray of shape (n_copies of all digits, n_features), optional
        See `classifier_layers`.

    Returns
    -------
    ndarray of shape (n_digits, n_classes)
        Rows sum to 1.
    """
    n_copies = np.array([len(each) for each in copies])
    rows = np.concatenate(list(copies)).reshape(-1, np.prod(IMAGE_SHAPE))
    proba = class_probabilities(classifier, rows, features).astype(np.float64)
    first = np.concatenate([[0], n_copies.cumsum()[:-1]])
    mean: NDArray[np.float64] = np.add.reduceat(proba, first) / n_copies[:, None]
    return mean


def _times_blocks(
    values: NDArray[np.floating], weights: NDArray[np.floating], n_blocks: int
) -> NDArray[np.floating]:
    """Multiply with weights that are 0 but for blocks of one shape along the diagonal.

    With the five networks of the augmented classifier that takes 0.07 ms, with all of the
    weights 0.53 ms.
    """
    if n_blocks == 1:
        return values @ weights
    blocks = diagonal_blocks(weights, n_blocks)
    apart = values.reshape(len(values), n_blocks, -1).swapaxes(0, 1)
    return (apart @ blocks).swapaxes(0, 1).reshape(len(values), -1)
