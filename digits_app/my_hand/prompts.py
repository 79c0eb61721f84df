"""Which digits the test asks for, and which half of them is for learning."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

N_CLASSES: Final = 10
EACH: Final = 2
"""How often each digit is asked for."""

NUMBER: Final = (2, 0, 2, 6)
"""What can be written side by side after that; its digits count as any other."""


def prompts(random_state: int) -> tuple[int, ...]:
    """Put two of each digit in a random order, never the same digit twice in a row.

    Parameters
    ----------
    random_state : int
        The same number gives the same order.

    Returns
    -------
    tuple of int
        Twenty digits, 0..9.

    Examples
    --------
    >>> order = prompts(random_state=1)
    >>> len(order), sorted(order)[:4]
    (20, [0, 0, 1, 1])
    """
    rng = np.random.default_rng(random_state)
    while True:
        order = rng.permutation(np.repeat(np.arange(N_CLASSES), EACH))
        if (np.diff(order) != 0).all():
            return tuple(order.tolist())


def learning_half(y: NDArray[np.int64], random_state: int = 0) -> NDArray[np.bool_]:
    """Choose half of one's digits to learn from; the other half is for the test.

    Of each digit as many go into one half as into the other; where a digit was written an
    odd number of times, chance decides.

    Parameters
    ----------
    y : ndarray of shape (n_samples,)
        What each sample shows.
    random_state : int, default=0
        The same number gives the same halves.

    Returns
    -------
    ndarray of shape (n_samples,), bool
        True for the half to learn from.

    Examples
    --------
    >>> import numpy as np
    >>> int(learning_half(np.array([7, 7, 3, 3])).sum())
    2
    """
    rng = np.random.default_rng(random_state)
    learns = np.zeros(len(y), dtype=bool)
    extra = bool(rng.integers(2))
    for digit in np.unique(y):
        here = rng.permutation(np.flatnonzero(y == digit))
        n_learning = len(here) // 2
        if len(here) % 2:
            n_learning += extra
            extra = not extra
        learns[here[:n_learning]] = True
    return learns
