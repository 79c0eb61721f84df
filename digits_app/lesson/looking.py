"""The pictures that a step of the lesson can look at."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from digits_app.lesson.running import Namespace


@dataclass(frozen=True)
class Pictures:
    """Pictures with their right answers.

    Attributes
    ----------
    X : ndarray of shape (n_samples, 64)
        Pixels row by row, 0..16.
    y : ndarray of shape (n_samples,)
        The digit that each shows.
    """

    X: NDArray[np.float64]
    y: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.X)


@dataclass(frozen=True)
class Mistakes(Pictures):
    """Test digits that the network reads wrong, in the order of the test set.

    Attributes
    ----------
    read_as : ndarray of shape (n_samples,)
        What the network says instead.
    n_test : int
        Of how many test digits.
    """

    read_as: NDArray[np.int64]
    n_test: int


def pictures(
    kind: Literal["datapoint", "test digit", "mistake"], namespace: Namespace
) -> Pictures:
    """Hand out all pictures of a kind.

    Parameters
    ----------
    kind : {"datapoint", "test digit", "mistake"}
        Which; all but the first need a trained network.
    namespace : dict
        The lesson's variables.

    Returns
    -------
    Pictures
    """
    if kind == "mistake":
        return mistakes(namespace)
    suffix = "" if kind == "datapoint" else "_test"
    return Pictures(namespace[f"X{suffix}"], namespace[f"y{suffix}"])


def mistakes(namespace: Namespace) -> Mistakes:
    """Find the test digits that the network reads wrong."""
    X, y = namespace["X_test"], namespace["y_test"]
    read_as = namespace["mlp"].predict(X)
    wrong = read_as != y
    return Mistakes(X[wrong], y[wrong], read_as[wrong], len(y))
