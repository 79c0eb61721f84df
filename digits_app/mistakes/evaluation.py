"""How a classifier does on the lesson's test split, digit by digit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.base import ClassifierMixin
from sklearn.metrics import confusion_matrix

from digits_app.dataset import load_split


@dataclass(frozen=True)
class Evaluation:
    """A classifier's answers to the test split, in the order of the split.

    Attributes
    ----------
    images : ndarray of shape (n_samples, 8, 8)
        The test digits, floats 0..16.
    y_true, y_pred : ndarray of shape (n_samples,)
        The digit that each image shows, and the one that was read.
    proba : ndarray of shape (n_samples, n_classes)
        Probability of each digit.
    """

    images: NDArray[np.float64]
    y_true: NDArray[np.int64]
    y_pred: NDArray[np.int64]
    proba: NDArray[np.float64]

    @property
    def is_wrong(self) -> NDArray[np.bool_]:
        """Whether each digit was read wrong."""
        is_wrong: NDArray[np.bool_] = self.y_pred != self.y_true
        return is_wrong

    @property
    def misclassified(self) -> NDArray[np.int64]:
        """Test-set indices of the digits read wrong, in the lesson's order."""
        return np.flatnonzero(self.is_wrong)

    @property
    def confusion(self) -> NDArray[np.int64]:
        """Counts of shape (n_classes, n_classes): true digit by predicted digit."""
        classes = np.arange(self.proba.shape[1])
        counts: NDArray[np.int64] = confusion_matrix(
            self.y_true, self.y_pred, labels=classes
        )
        return counts

    @property
    def accuracy(self) -> float:
        """Share read right, 0..1: what `classifier.score` gives."""
        return float(np.mean(self.y_pred == self.y_true))

    @property
    def margin(self) -> NDArray[np.float64]:
        """Probability of the true digit less that of the best other one, -1..1.

        Below 0 the digit was read wrong; near 0 it was a close call.
        """
        samples = np.arange(len(self.y_true))
        others = self.proba.copy()
        others[samples, self.y_true] = -1
        margin: NDArray[np.float64] = self.proba[samples, self.y_true] - others.max(axis=1)
        return margin

    @property
    def confidence(self) -> NDArray[np.float64]:
        """Probability of the digit that was read, 0..1."""
        confidence: NDArray[np.float64] = self.proba.max(axis=1)
        return confidence

    @property
    def closest_calls(self) -> NDArray[np.int64]:
        """Test-set indices of the digits read right, the smallest margin first."""
        by_margin: NDArray[np.int64] = np.argsort(self.margin, kind="stable")
        return by_margin[~self.is_wrong[by_margin]]


def evaluate(classifier: ClassifierMixin, n_classes: int) -> Evaluation:
    """Let a classifier read the test split of the first `n_classes` digits."""
    split = load_split(n_classes)
    proba = classifier.predict_proba(split.X_test)
    return Evaluation(
        images=split.test_images,
        y_true=split.y_test,
        y_pred=classifier.classes_[proba.argmax(axis=1)],
        proba=proba,
    )
