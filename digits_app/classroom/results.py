"""How a network reads a class: its score, the interval, and what it got wrong."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app.classroom.class_digits import ClassDigits
from digits_app.network.classifiers import Classifier
from digits_app.network.forward import mean_probabilities

N_RESAMPLES: Final = 2000
LEVEL: Final = 0.95


@dataclass(frozen=True)
class ClassReading:
    """What a network read in the digits of a class.

    Attributes
    ----------
    labels, read : ndarray of shape (n_digits,)
        What was written, and what was read.
    proba : ndarray of shape (n_digits,)
        How sure the network was of what it read, 0..1.
    low, high : float
        95 % interval of the share that it would read right of another class like this.
    """

    labels: NDArray[np.int64]
    read: NDArray[np.int64]
    proba: NDArray[np.float64]
    low: float
    high: float

    @property
    def n_right(self) -> int:
        """How many were read right."""
        return int((self.labels == self.read).sum())

    @property
    def share(self) -> float:
        """Share read right, 0..1."""
        return self.n_right / len(self.labels)

    @property
    def hardest(self) -> NDArray[np.int64]:
        """Digits read wrong, by number; the surest mistakes first."""
        wrong = np.flatnonzero(self.labels != self.read)
        return wrong[np.argsort(-self.proba[wrong], kind="stable")]


def read_class(classifier: Classifier, digits: ClassDigits) -> ClassReading:
    """Let a network read a class, looking nine times at each digit.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        It has seen none of them.
    digits : ClassDigits
        One at least.
    """
    proba = mean_probabilities(classifier, digits.copies)
    read = proba.argmax(axis=1)
    low, high = interval_over_pupils(digits.pupils, read == digits.labels)
    return ClassReading(digits.labels, read, proba.max(axis=1), low, high)


def interval_over_pupils(
    pupils: NDArray[np.int64], is_right: NDArray[np.bool_], random_state: int = 0
) -> tuple[float, float]:
    """Where the share read right of another class like this would probably lie.

    Digits of one hand are alike, so pupils are drawn again and again, not digits: the
    bootstrap over clusters (A. C. Davison, D. V. Hinkley, *Bootstrap Methods and their
    Application*, 1997, section 3.8).

    Parameters
    ----------
    pupils : ndarray of shape (n_digits,)
        Who wrote each.
    is_right : ndarray of shape (n_digits,), bool
        Whether it was read right.
    random_state : int, default=0
        The same number gives the same interval.

    Returns
    -------
    low, high : float
        95 % interval, 0..1.

    Examples
    --------
    >>> pupils = np.arange(30).repeat(20)
    >>> low, high = interval_over_pupils(pupils, np.arange(600) % 20 != 0)
    >>> round(low, 2), round(high, 2)  # all alike: nothing to doubt
    (0.95, 0.95)
    """
    _, number = np.unique(pupils, return_inverse=True)
    n_digits = np.bincount(number)
    n_right = np.bincount(number, is_right)
    rng = np.random.default_rng(random_state)
    drawn = rng.integers(len(n_digits), size=(N_RESAMPLES, len(n_digits)))
    shares = n_right[drawn].sum(axis=1) / n_digits[drawn].sum(axis=1)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(shares, [tail, 1 - tail])
    return float(low), float(high)
