"""Several networks as one: the mean of their logits is again a network's output."""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer

from digits_app.network.features import stroke_directions


def as_pipeline(network: MLPClassifier) -> Pipeline:
    """Put the features before a network: it then takes rows of 64 pixels, 0..16."""
    return make_pipeline(FunctionTransformer(stroke_directions), network)


def merge_networks(networks: list[MLPClassifier]) -> MLPClassifier:
    """Put a committee into one network whose logits are the mean of theirs.

    The hidden layers stand side by side and do not mix; the last layer adds them up.

    Parameters
    ----------
    networks : list of MLPClassifier
        Fitted, of the same shape and classes.

    Returns
    -------
    MLPClassifier
        Its `n_members_` says how many there were: between hidden layers only so many
        blocks along the diagonal are not 0.
    """
    layers = list(zip(*(n.coefs_ for n in networks), strict=True))
    biases = list(zip(*(n.intercepts_ for n in networks), strict=True))
    first, *between = layers[:-1]
    coefs = [
        np.hstack(first),
        *(block_diag(*weights) for weights in between),
        np.vstack(layers[-1]) / len(networks),
    ]
    intercepts = [*(np.concatenate(b) for b in biases[:-1]), np.mean(biases[-1], axis=0)]
    merged = network_of(coefs, intercepts)
    merged.n_members_ = len(networks)
    return merged


def diagonal_blocks(weights: NDArray[np.floating], n_blocks: int) -> NDArray[np.floating]:
    """Blocks of one shape along a matrix' diagonal: shape (n_blocks, height, width)."""
    height, width = weights.shape[0] // n_blocks, weights.shape[1] // n_blocks
    square = weights.reshape(n_blocks, height, n_blocks, width)
    return square.diagonal(axis1=0, axis2=2).transpose(2, 0, 1)


def network_of(
    coefs: list[NDArray[np.float32]],
    intercepts: list[NDArray[np.float32]],
    learning_rate_init: float = 1e-3,
) -> MLPClassifier:
    """Make a fitted `MLPClassifier` of given weights; its classes count from 0.

    Parameters
    ----------
    coefs, intercepts : list of ndarray
        As `MLPClassifier.coefs_` and `intercepts_`.
    learning_rate_init : float, default=1e-3
        For what it may learn later.
    """
    n_outputs = len(intercepts[-1])
    # Two classes share one logistic output.
    classes = np.arange(max(n_outputs, 2))
    network = MLPClassifier(
        [len(b) for b in intercepts[:-1]],
        learning_rate_init=learning_rate_init,
        random_state=0,
    )
    # One step on blank pictures sets up all that `fit` would, then its weights go.
    blank = np.zeros((len(classes), len(coefs[0])), dtype=np.float32)
    network.partial_fit(blank, classes, classes=classes)
    network.coefs_, network.intercepts_ = list(coefs), list(intercepts)
    return network
