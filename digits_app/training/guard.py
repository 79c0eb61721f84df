"""How the guard is fitted: the network that knows what is no digit.

It learns the ten digits as the classifiers do, and an eleventh class beside them: all that
is no digit. That are jumbles made of parts of the training digits (`augmentation.jumble`)
and letters, marks, pictures and scribbles written out as strokes (`non_digits`). One guard
serves all class counts: to a reader of 0 and 1, the other digits are strange as well.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from digits_app.dataset import load_split
from digits_app.training.augmentation import jumble
from digits_app.training.non_digits import write_non_digits
from digits_app.training.recipe import Recipe, fit_stages, training_digits

GUARD_RECIPE: Final = Recipe(
    random_states=(1, 2),
    copies=20,
    drawings=12_000,
    hidden_layer_sizes=(300, 100),
)
"""The recipe of the guard's networks."""

NON_DIGITS_A_DIGIT: Final = 5 / 3
"""Drawings of what is no digit, for each drawing of a digit: there is more of it."""

JUMBLES_A_COPY: Final = 0.5
"""Jumbles made of the training digits, for each augmented copy of them."""

NO_DIGIT: Final = 10
"""The class of what is no digit."""


def fit_guards(recipe: Recipe = GUARD_RECIPE) -> list[MLPClassifier]:
    """Fit networks that tell the digits and what is none apart.

    Returns
    -------
    list of MLPClassifier
        They take `stroke_directions` of digits; their class 10 is no digit.
    """
    return [_fit_guard(recipe, seed) for seed in recipe.random_states]


def _fit_guard(recipe: Recipe, random_state: int) -> MLPClassifier:
    digits, labels = training_digits(10, recipe, random_state)
    strangers = write_strangers(recipe, random_state)
    X = np.concatenate([digits, strangers])
    y = np.concatenate([labels, np.full(len(strangers), NO_DIGIT)])
    return fit_stages(X, y, recipe, random_state)


def write_strangers(recipe: Recipe, random_state: int) -> NDArray[np.float64]:
    """Make all that a network of the guard learns as no digit.

    Returns
    -------
    ndarray of shape (n_samples, 64)
        0..16: jumbles first, then what is written out.
    """
    rng = np.random.default_rng(random_state)
    X_train = load_split(10).X_train
    jumbles = [jumble(X_train, rng) for _ in range(round(JUMBLES_A_COPY * recipe.copies))]
    n_drawings = round(NON_DIGITS_A_DIGIT * recipe.drawings)
    return np.concatenate([*jumbles, write_non_digits(n_drawings, rng)])
