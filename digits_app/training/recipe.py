"""How the augmented classifiers are fitted: the recipe behind the shipped weights.

A classifier is a committee of small `MLPClassifier`s that differ in their seed and so in
the digits they saw: the lesson's training digits, copies of them written anew by other
hands (`augmentation`), and digits written out as strokes (`handwriting`). The mean of
their logits is again the output of one network (`merge_networks`), so what is shipped and
handed out is one plain pipeline.
"""

import warnings
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from digits_app.dataset import load_split
from digits_app.network.features import stroke_directions
from digits_app.network.threads import use_one_blas_thread
from digits_app.training.allographs import DIGITS
from digits_app.training.augmentation import augment
from digits_app.training.handwriting import write_digits


@dataclass(frozen=True)
class Recipe:
    """All numbers of a fit.

    Attributes
    ----------
    random_states : tuple of int
        One network each.
    copies : int
        Augmented copies of every training digit, beside the digit itself.
    drawings : int, default=0
        Digits written out as strokes.
    temperature : float, default=1
        The logits are divided by it after the fit; below 1 makes a network surer.
    hidden_layer_sizes : tuple of int
        Of each network.
    stages : tuple of (int, float)
        Epochs and learning rate, one after the other.
    alpha : float
        L2 penalty.
    """

    random_states: tuple[int, ...]
    copies: int = 40
    drawings: int = 0
    hidden_layer_sizes: tuple[int, ...] = (200, 100)
    stages: tuple[tuple[int, float], ...] = ((8, 1e-3), (3, 2e-4), (2, 4e-5))
    alpha: float = 1e-3
    temperature: float = 1.0


RECIPES: Final = {
    2: Recipe(random_states=(1,), drawings=8_000),
    10: Recipe(
        random_states=(1, 2, 3, 4, 5),
        drawings=40_000,
        hidden_layer_sizes=(400, 150),
        temperature=0.8,
    ),
}
"""The recipe of each class count. The temperature is chosen on drawings that no network
was fitted to (the reliability table of `benchmarks/accuracy`)."""


def fit_networks(n_classes: int) -> list[MLPClassifier]:
    """Fit the networks of a committee; the lesson's test split stays out.

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
    """Fit one network of a committee, and set its temperature."""
    network = fit_stages(
        *training_digits(n_classes, recipe, random_state), recipe, random_state
    )
    network.coefs_[-1] = network.coefs_[-1] / np.float32(recipe.temperature)
    network.intercepts_[-1] = network.intercepts_[-1] / np.float32(recipe.temperature)
    return network


def training_digits(
    n_classes: int, recipe: Recipe, random_state: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """All that one network is fitted to: augmented digits, then written ones.

    Returns
    -------
    X : ndarray of shape (n_samples, 64)
        0..16.
    y : ndarray of shape (n_samples,)
    """
    X, y = augmented_digits(n_classes, recipe.copies, random_state)
    if not recipe.drawings:
        return X, y
    known = [allograph for allograph in DIGITS if int(allograph.label) < n_classes]
    rng = np.random.default_rng(random_state)
    X_written, y_written = write_digits(known, recipe.drawings, rng)
    return np.concatenate([X, X_written]), np.concatenate([y, y_written])


def fit_stages(
    X: NDArray[np.float64], y: NDArray[np.int64], recipe: Recipe, random_state: int
) -> MLPClassifier:
    """Fit one network in the stages of a recipe.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 64)
        0..16.
    y : ndarray of shape (n_samples,)
    recipe : Recipe
    random_state : int
    """
    features = stroke_directions(X)
    network = MLPClassifier(
        recipe.hidden_layer_sizes,
        alpha=recipe.alpha,
        warm_start=True,
        random_state=random_state,
    )
    use_one_blas_thread()
    with warnings.catch_warnings():
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
    written = [augment(split.X_train, rng) for _ in range(copies)]
    return np.concatenate([split.X_train, *written]), np.tile(split.y_train, 1 + copies)
