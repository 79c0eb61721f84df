"""How many digits were read right, and what so few of them can tell."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CONFIDENCE_LEVEL = 0.95


@dataclass(frozen=True)
class Score:
    """A number of digits read right, with what it says of many more by the same hand.

    Attributes
    ----------
    n_right, n_digits : int
    low, high : float
        95 % interval of the share that would be read right of very many, 0..1.
    """

    n_right: int
    n_digits: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Share read right, 0..1."""
        return self.n_right / self.n_digits


def score(y_true: NDArray[np.int64], y_pred: NDArray[np.int64]) -> Score:
    """Count what was read right, with Wilson's interval.

    E. B. Wilson, *Probable inference, the law of succession, and statistical inference*,
    Journal of the American Statistical Association 22, 1927.

    Parameters
    ----------
    y_true, y_pred : ndarray of shape (n_digits,)
        What was asked for, and what was read.

    Raises
    ------
    ValueError
        There are no digits.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.arange(10).repeat(2)
    >>> sixteen = score(y, np.where(np.arange(20) < 4, 9, y))
    >>> sixteen.n_right, round(sixteen.low, 2), round(sixteen.high, 2)
    (16, 0.58, 0.92)
    """
    from scipy.stats import binomtest  # a third of scikit-learn's start; only here

    n_right = int((y_true == y_pred).sum())
    interval = binomtest(n_right, len(y_true)).proportion_ci(CONFIDENCE_LEVEL, "wilson")
    return Score(n_right, len(y_true), float(interval.low), float(interval.high))


def writer_shares(
    writers: NDArray[np.int64], is_right: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Share of each writer's digits that was read right.

    Parameters
    ----------
    writers : ndarray of shape (n_digits,)
        Who wrote each digit, by number.
    is_right : ndarray of shape (n_digits,), bool
        Whether it was read right.

    Returns
    -------
    ndarray of shape (n_writers,)
        0..1, in ascending order of the writers' numbers.

    Examples
    --------
    >>> import numpy as np
    >>> writer_shares(np.array([3, 3, 8]), np.array([True, False, True])).tolist()
    [0.5, 1.0]
    """
    _, number = np.unique(writers, return_inverse=True)
    shares: NDArray[np.float64] = np.bincount(number, is_right) / np.bincount(number)
    return shares
