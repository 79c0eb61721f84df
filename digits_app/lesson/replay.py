"""A training to watch again: its score, its units and a reading at each snapshot kept."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app.lesson.learning import Snapshot

MAX_UNITS: Final = 24
"""How many hidden units are watched."""

FULL_COLOUR: Final = 0.75
"""Share of the largest weight from which on no colour is stronger."""

LEAST: Final = 1e-10
"""The least likelihood that counts: no loss is infinite."""


@dataclass(frozen=True)
class Replay:
    """What can be shown of a training, snapshot by snapshot.

    Attributes
    ----------
    iterations : tuple of int
        The snapshots: after which iterations.
    n_right : tuple of int
        How many test digits the network then reads right.
    n_test : int
        Of how many.
    test_losses : tuple of float
        The loss of the test digits at each snapshot: the mean of -log of what the network
        then gives the right digit. `MLPClassifier` prints the same of the digits that it
        learns from, with the price of large weights on top.
    weights : ndarray of shape (n_snapshots, n_units, 64), int8
        Weights of the first hidden units, as shares of 127; `FULL_COLOUR` of the largest
        weight, and all beyond, is 127.
    """

    iterations: tuple[int, ...]
    n_right: tuple[int, ...]
    n_test: int
    test_losses: tuple[float, ...]
    weights: NDArray[np.int8]


def replay(
    snapshots: list[Snapshot],
    classes: NDArray[np.int64],
    X_test: NDArray[np.float64],
    y_test: NDArray[np.int64],
) -> Replay:
    """Look at a training again.

    Parameters
    ----------
    snapshots : list of Snapshot
        Those that were kept of it.
    classes : ndarray of shape (n_classes,)
        The digits that the network knows.
    X_test : ndarray of shape (n_samples, 64)
        Pixels, 0..16.
    y_test : ndarray of shape (n_samples,)
        The right answers.

    Returns
    -------
    Replay
    """
    units = np.stack([snapshot.coefs[0].T[:MAX_UNITS] for snapshot in snapshots])
    most = np.abs(units).max() * FULL_COLOUR
    is_right = classes == y_test[:, None]
    on_test = [snapshot.class_probabilities(X_test) for snapshot in snapshots]
    return Replay(
        iterations=tuple(snapshot.iteration for snapshot in snapshots),
        n_right=tuple(int((classes[p.argmax(axis=1)] == y_test).sum()) for p in on_test),
        n_test=len(y_test),
        test_losses=tuple(
            float(-np.log(np.maximum((p * is_right).sum(axis=1), LEAST)).mean())
            for p in on_test
        ),
        weights=np.rint((units / most).clip(-1, 1) * 127).astype(np.int8),
    )
