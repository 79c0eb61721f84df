"""How unlike the known digits a drawing is: `predict_proba` does not say.

A classifier must spread a probability of 1 over its digits, whatever it is shown, and is as
sure of a letter as of a digit. So another network is asked, the guard (`training.guard`):
beside the ten digits it learned an eleventh class, all that is none. Its probability that a
drawing is no digit, averaged over the tilted copies, is how unfamiliar the drawing is.
A network that knows only 0 and 1 finds the other digits unfamiliar as well.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY, load_split
from digits_app.network.forward import mean_probabilities
from digits_app.network.weight_files import GUARD_FILE, load_pipeline

UNFAMILIAR_FROM: Final = {2: 0.91, 10: 0.7}
"""Above this probability, a drawing is called unlike the digits that were learned; by how
many they are. Chosen so that at most 3 in 100 real digits are (`benchmarks.non_digits`)."""

N_NEAREST: Final = 4


@dataclass(frozen=True)
class NearestDigits:
    """The training digits most like a drawing, nearest first.

    Attributes
    ----------
    indices : ndarray of shape (n_nearest,)
        Their rows in the training split.
    images : ndarray of shape (n_nearest, 8, 8)
        Floats 0..16.
    labels : ndarray of shape (n_nearest,)
        What they show.
    """

    indices: NDArray[np.intp]
    images: NDArray[np.float64]
    labels: NDArray[np.int64]


def guard_probabilities(
    copies: NDArray[np.float64], features: NDArray[np.float32] | None = None
) -> NDArray[np.float64]:
    """Ask the guard what a drawing is.

    Parameters
    ----------
    copies : ndarray of shape (n_copies, 8, 8)
        The drawing's tilted copies, 0..16.
    features : ndarray of shape (n_copies, 192), optional
        `stroke_directions` of the copies, if they are known already.

    Returns
    -------
    ndarray of shape (11,)
        Mean probability of each digit, and last of no digit; sums to 1.
    """
    mean: NDArray[np.float64] = mean_probabilities(load_guard(), [copies], features)[0]
    return mean


def unfamiliarity(guard_proba: NDArray[np.float64], n_classes: int) -> float:
    """Score how unlike the known digits a drawing is; higher is stranger.

    Parameters
    ----------
    guard_proba : ndarray of shape (11,)
        See `guard_probabilities`.
    n_classes : {2, 10}
        How many digits are known, counted from 0.

    Returns
    -------
    float
        Probability that it is none of them, 0..1; above `UNFAMILIAR_FROM`, it counts as
        none.

    Examples
    --------
    >>> a_seven = np.eye(11)[7]
    >>> unfamiliarity(a_seven, 10), unfamiliarity(a_seven, 2)
    (0.0, 1.0)
    """
    return float(guard_proba[n_classes:].sum())


def nearest_digits(
    copies: NDArray[np.float64], n_classes: int, n_nearest: int = N_NEAREST
) -> NearestDigits:
    """Find the training digits that are most like any copy of a drawing.

    Parameters
    ----------
    copies : ndarray of shape (n_copies, 8, 8)
        0..16.
    n_classes : int
        Only training digits of these classes are looked at.
    n_nearest : int
        How many to find.
    """
    split = load_split_once(n_classes)
    columns, squares = _training_columns(n_classes)
    rows = (copies.reshape(len(copies), -1) / MAX_INTENSITY).astype(np.float32)
    # |a - b|^2 = |a|^2 + |b|^2 - 2ab, for each copy (axis 0) and digit (axis 1).
    squared = squares + (rows**2).sum(axis=1)[:, None] - 2 * rows @ columns
    nearest = squared.min(axis=0).argsort(kind="stable")[:n_nearest]
    images = split.X_train[nearest].reshape(-1, *IMAGE_SHAPE)
    return NearestDigits(nearest, images, split.y_train[nearest])


load_split_once = cache(load_split)


@cache
def load_guard() -> Pipeline:
    """Read the network that tells the ten digits and what is none (its class 10) apart."""
    return load_pipeline(GUARD_FILE)


@cache
def _training_columns(n_classes: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Training digits, 0..1, and their squared lengths.

    Returns
    -------
    columns : ndarray of shape (64, n_samples)
        A digit a column: multiplied so in a third of the time.
    squares : ndarray of shape (n_samples,)
    """
    rows = (load_split_once(n_classes).X_train / MAX_INTENSITY).astype(np.float32)
    return np.ascontiguousarray(rows.T), (rows**2).sum(axis=1)
