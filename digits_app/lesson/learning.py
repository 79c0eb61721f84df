"""Watch `MLPClassifier.fit` while it runs: the weights as they were on the way.

`fit` with `max_iter=k` retraces the first `k` iterations exactly, so the weights kept
here are those of a training that stopped there (`partial_fit`, epoch by epoch, is another
training: it shuffles anew).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from digits_app.helper_process.reporting import report
from digits_app.network.forward import as_probabilities, forward


@dataclass(frozen=True)
class Snapshot:
    """A network as it was after some iteration.

    Attributes
    ----------
    iteration : int
        1, 2, ...
    loss : float
        Of this iteration.
    coefs, intercepts : tuple of ndarray
        As `MLPClassifier.coefs_` and `intercepts_`, in single precision.
    """

    iteration: int
    loss: float
    coefs: tuple[NDArray[np.float32], ...]
    intercepts: tuple[NDArray[np.float32], ...]

    def class_probabilities(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """Compute what this network answers.

        Parameters
        ----------
        X : ndarray of shape (n_samples, 64)
            Pixels, 0..16.

        Returns
        -------
        ndarray of shape (n_samples, n_classes)
            As `predict_proba`.
        """
        return as_probabilities(forward(X, self.coefs, self.intercepts)[-1])


def is_kept(iteration: int) -> bool:
    """Say whether the weights after this iteration are kept: fewer and fewer."""
    if iteration <= 10:
        return True
    return iteration % (5 if iteration <= 40 else 10) == 0


class WatchedClassifier(MLPClassifier):  # type: ignore[misc]
    """An `MLPClassifier` that keeps its weights at some iterations of `fit`.

    After each iteration `fit` notes the loss in the attribute `loss_`. At that moment the
    loss is reported and the weights are copied; nothing of the training is touched.

    Attributes
    ----------
    snapshots_ : list of Snapshot
        Those kept, in order, the last iteration always among them.
    """

    snapshots_: list[Snapshot]

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "loss_":
            report(float(value))
            self._keep_snapshot()

    def fit(self, X: NDArray[np.float64], y: NDArray[np.int64]) -> "WatchedClassifier":
        """Fit as `MLPClassifier` does; see there."""
        self.snapshots_ = []
        super().fit(X, y)
        if self.snapshots_[-1].iteration != self.n_iter_:
            self.snapshots_.append(self._snapshot(self.n_iter_))
        return self

    def _keep_snapshot(self) -> None:
        iteration = len(self.loss_curve_) + 1
        if is_kept(iteration):
            self.snapshots_.append(self._snapshot(iteration))

    def _snapshot(self, iteration: int) -> Snapshot:
        return Snapshot(
            iteration,
            float(self.loss_),
            tuple(weights.astype(np.float32) for weights in self.coefs_),
            tuple(bias.astype(np.float32) for bias in self.intercepts_),
        )
