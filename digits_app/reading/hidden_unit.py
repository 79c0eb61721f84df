"""One hidden unit of the lesson's network, opened: the numbers from pixels to logits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.neural_network import MLPClassifier

from digits_app.dataset import IMAGE_SHAPE
from digits_app.network.classifiers import Classifier
from digits_app.network.forward import classifier_layers
from digits_app.reading.explanation import as_row


@dataclass(frozen=True)
class HiddenUnit:
    """What one hidden unit makes of a digit.

    Attributes
    ----------
    number : int
        Which unit, counted from 0.
    weights : ndarray of shape (8, 8)
        Its weight for each pixel.
    products : ndarray of shape (8, 8)
        Pixel times weight.
    bias : float
    total : float
        Sum of the products and the bias.
    activation : float
        The total, or 0 where that is negative: a silent unit.
    outgoing : ndarray of shape (n_outputs,)
        Its weight for each output.
    adds : ndarray of shape (n_outputs,)
        Activation times `outgoing`: what it adds to each logit.
    others_add : ndarray of shape (n_outputs,)
        What the other hidden units add, together.
    output_bias : ndarray of shape (n_outputs,)
    logits : ndarray of shape (n_outputs,)
        Sum of the three. Two classes share one output, which speaks for the second.
    """

    number: int
    weights: NDArray[np.float64]
    products: NDArray[np.float64]
    bias: float
    total: float
    activation: float
    outgoing: NDArray[np.float64]
    adds: NDArray[np.float64]
    others_add: NDArray[np.float64]
    output_bias: NDArray[np.float64]
    logits: NDArray[np.float64]


def open_neuron(pixels: ArrayLike, classifier: Classifier, number: int) -> HiddenUnit:
    """Show what one hidden unit does with a digit.

    Parameters
    ----------
    pixels : array-like of shape (8, 8) or (64,)
        The digit, 0 (no ink) to 16 (all ink).
    classifier : MLPClassifier
        Fitted on pixels, with one hidden layer of `relu`: the lesson's.
    number : int
        Which unit, counted from 0.

    Returns
    -------
    HiddenUnit

    Raises
    ------
    ValueError
        The classifier is of another form, or has no such unit.

    Examples
    --------
    >>> from digits_app import load_classifier, open_neuron
    >>> from digits_app.dataset import load_split
    >>> unit = open_neuron(load_split().X_test[0], load_classifier(), number=3)
    >>> bool(abs(unit.products.sum() + unit.bias - unit.total) < 1e-9)
    True
    """
    network = _with_one_hidden_layer(classifier)
    row = as_row(pixels)
    adds = unit_parts(row, network)
    if number not in range(len(adds)):
        raise ValueError(f"there are {len(adds)} hidden units, no unit {number!r}")
    weights = network.coefs_[0][:, number]
    bias = float(network.intercepts_[0][number])
    total = float(row @ weights) + bias
    output_bias = network.intercepts_[1]
    return HiddenUnit(
        number=number,
        weights=weights.reshape(IMAGE_SHAPE),
        products=(row * weights).reshape(IMAGE_SHAPE),
        bias=bias,
        total=total,
        activation=max(total, 0.0),
        outgoing=network.coefs_[1][number],
        adds=adds[number],
        others_add=adds.sum(axis=0) - adds[number],
        output_bias=output_bias,
        logits=adds.sum(axis=0) + output_bias,
    )


def unit_parts(pixels: ArrayLike, classifier: Classifier) -> NDArray[np.float64]:
    """Share the logits out over the hidden units.

    Parameters
    ----------
    pixels, classifier
        See `open_neuron`.

    Returns
    -------
    ndarray of shape (n_hidden, n_outputs)
        What each unit adds to each logit; the rest of a logit is its bias.
    """
    network = _with_one_hidden_layer(classifier)
    _, (activations,), _ = classifier_layers(network, as_row(pixels)[None])
    parts: NDArray[np.float64] = activations[:, None] * network.coefs_[1]
    return parts


def _with_one_hidden_layer(classifier: Classifier) -> MLPClassifier:
    if not isinstance(classifier, MLPClassifier) or len(classifier.coefs_) != 2:
        raise ValueError(
            "only a network that takes pixels and has one hidden layer can be opened"
        )
    return classifier
