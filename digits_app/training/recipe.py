"""How the augmented classifiers are fitted: the recipe behind the shipped weights.

A classifier is a committee of small `MLPClassifier`s that differ in their seed and so in
the augmented digits they saw. The mean of their logits is again the output of one network
(`merge_networks`), so what is shipped and handed out is one plain pipeline.
"""

import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from digits_app.dataset import load_split
from digits_app.network.features import stroke_directions
from digits_app.training.augmentation import augment, jumble


@dataclass(frozen=True)
class Recipe:
    """All numbers of a fit.

    Attributes
    ----------
    random_states : tuple of int
        One network each.
    copies : int
        Augmented copies of every training digit, beside the digit itself.
    hidden_layer_sizes : tuple of int
        Of each network.
    stages : tuple of (int, float)
        Epochs and learning rate, one after the other.
    alpha : float
        L2 penalty.
    """

    random_states: tuple[int, ...]
    copies: int = 80
    hidden_layer_sizes: tuple[int, ...] = (200, 100)
    stages: tuple[tuple[int, float], ...] = ((12, 1e-3), (4, 2e-4), (4, 4e-5))
    alpha: float = 1e-3


RECIPES: Final = {2: Recipe(random_states=(1,)), 10: Recipe(random_states=(1, 2, 3, 4, 5))}
"""The recipe of each class count."""

GUARD_RECIPE: Final = Recipe(
    random_states=(1, 2),
    copies=20,
    hidden_layer_sizes=(150,),
    stages=((6, 1e-3), (2, 2e-4)),
    alpha=1e-2,
)
"""The recipe of the network that tells digits from jumbled digits."""

KNOWN_COPIES: Final = 10
"""Augmented copies of each training digit with which unfamiliarity is measured."""

KNOWN_RANDOM_STATE: Final = 0


def fit_networks(n_classes: int) -> list[MLPClassifier]:
    """Fit the networks of a committee on augmented training digits.

    Parameters
    ----------
    n_classes : {2, 10}

    Returns
    -------
    list of MLPClassifier
        They take `stroke_directions` of digits.
    """
    recipe = RECIPES[n_classes]
    return [fit_network(n_classes, recipe, seed) for seed in recipe.random_states]


def fit_network(n_classes: int, recipe: Recipe, random_state: int) -> MLPClassifier:
    """Fit one network of a committee; the lesson's test split stays out."""
    X, y = augmented_digits(n_classes, recipe.copies, random_state)
    return _fit(X, y, recipe, random_state)


def fit_guards(n_classes: int) -> list[MLPClassifier]:
    """Fit networks that tell digits (0) from jumbled digits (1).

    Nothing but training digits goes in; of what people may draw instead of a digit they
    have seen nothing.

    Parameters
    ----------
    n_classes : {2, 10}

    Returns
    -------
    list of MLPClassifier
        They take `stroke_directions` of digits.
    """
    return [_fit_guard(n_classes, seed) for seed in GUARD_RECIPE.random_states]


def _fit_guard(n_classes: int, random_state: int) -> MLPClassifier:
    copies = GUARD_RECIPE.copies
    digits, _ = augmented_digits(n_classes, copies, random_state)
    X_train = load_split(n_classes).X_train
    rng = np.random.default_rng(random_state)
    X = np.concatenate([digits, *(jumble(X_train, rng) for _ in range(1 + copies))])
    return _fit(X, np.repeat([0, 1], len(digits)), GUARD_RECIPE, random_state)


def _fit(
    X: NDArray[np.float64], y: NDArray[np.int64], recipe: Recipe, random_state: int
) -> MLPClassifier:
    features = stroke_directions(X)
    network = MLPClassifier(
        recipe.hidden_layer_sizes,
        alpha=recipe.alpha,
        warm_start=True,
        random_state=random_state,
    )
    with threadpool_limits(limits=1, user_api="blas"), warnings.catch_warnings():
        # Each stage ends after its epochs, by intention.
        warnings.simplefilter("ignore", ConvergenceWarning)
        for epochs, rate in recipe.stages:
            network.set_params(max_iter=epochs, learning_rate_init=rate).fit(features, y)
    return network


def augmented_digits(
    n_classes: int, copies: int, random_state: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The lesson's training digits, followed by augmented copies of all of them.

    Returns
    -------
    X : ndarray of shape ((1 + copies) * n_training, 64)
        0..16.
    y : ndarray of shape ((1 + copies) * n_training,)
    """
    split = load_split(n_classes)
    rng = np.random.default_rng(random_state)
    written = [augment(split.X_train, split.y_train, rng) for _ in range(copies)]
    return np.concatenate([split.X_train, *written]), np.tile(split.y_train, 1 + copies)
