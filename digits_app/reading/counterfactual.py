"""The smallest change that turns an answer: what would have made it another digit.

A nearest instance counterfactual [1]_: pixels are copied from a training digit of the other
class, one by one, always the one that helps most, until the classifier says that class.
Then those that turn out not to be needed are given back.

References
----------
.. [1] D. Brughmans, P. Leyman and D. Martens, *NICE: an algorithm for nearest instance
   counterfactual explanations*, Data Mining and Knowledge Discovery 38, 2024.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digits_app.dataset import IMAGE_SHAPE
from digits_app.network.classifiers import Classifier
from digits_app.network.forward import class_probabilities
from digits_app.reading.explanation import as_row
from digits_app.reading.gradients import class_logits
from digits_app.reading.unfamiliarity import load_split_once

N_DONORS: Final = 5
"""How many of the nearest training digits to copy from, each alone; the best is kept."""

Margin = Callable[[NDArray[np.float64]], NDArray[Any]]


@dataclass(frozen=True)
class Counterfactual:
    """A digit changed so that it is read as another.

    Attributes
    ----------
    image : ndarray of shape (8, 8)
        The changed digit, 0..16.
    changed : ndarray of shape (8, 8), bool
        The pixels that differ from the digit.
    target : int
        How it is read now.
    proba : ndarray of shape (n_classes,)
        Probability of each digit now, counted from 0.
    donor : ndarray of shape (8, 8)
        The training digit that the pixels were copied from, 0..16.
    """

    image: NDArray[np.float64]
    changed: NDArray[np.bool_]
    target: int
    proba: NDArray[np.float64]
    donor: NDArray[np.float64]


def smallest_change(
    pixels: ArrayLike, classifier: Classifier, target: int
) -> Counterfactual:
    """Find few pixels to change in a digit so that it is read as another.

    The search is greedy: there may be a smaller change that it does not find.

    Parameters
    ----------
    pixels : array-like of shape (8, 8) or (64,)
        The digit, 0 (no ink) to 16 (all ink).
    classifier : MLPClassifier or Pipeline
        Fitted; see `load_classifier`.
    target : int
        The digit to turn it into.

    Returns
    -------
    Counterfactual

    Raises
    ------
    ValueError
        The digit is read as `target` already, the classifier does not know `target`, or
        reads no training digit as one.

    Examples
    --------
    >>> from digits_app import load_classifier, smallest_change
    >>> from digits_app.dataset import load_split
    >>> misread_four = load_split().X_test[4]
    >>> change = smallest_change(misread_four, load_classifier(), target=4)
    >>> int(change.changed.sum())
    4
    """
    row = as_row(pixels)
    n_classes = len(classifier.classes_)
    if target not in range(n_classes):
        raise ValueError(f"the classifier knows 0 to {n_classes - 1}, not {target!r}")

    def margin(X: NDArray[np.float64]) -> NDArray[Any]:
        """How far the target's logit is above all others."""
        logits = class_logits(classifier, X)
        others = np.delete(logits, target, axis=1)
        lead: NDArray[Any] = logits[:, target] - others.max(axis=1)
        return lead

    if margin(row[None])[0] > 0:
        raise ValueError(f"it is read as a {target} already")
    donors = _donors(row, n_classes, target, margin)
    changes = [_copied_pixels(row, donor, margin) for donor in donors]
    fewest = int(np.argmin([len(pixels) for pixels in changes]))
    changed = np.isin(np.arange(len(row)), changes[fewest])
    image = np.where(changed, donors[fewest], row)
    proba = class_probabilities(classifier, image[None])[0].astype(np.float64)
    return Counterfactual(
        image=image.reshape(IMAGE_SHAPE),
        changed=changed.reshape(IMAGE_SHAPE),
        target=target,
        proba=proba,
        donor=donors[fewest].reshape(IMAGE_SHAPE),
    )


def _donors(
    row: NDArray[np.float64], n_classes: int, target: int, margin: Margin
) -> NDArray[np.float64]:
    """Nearest training digits that are read as the target, and rightly so."""
    split = load_split_once(n_classes)
    digits = split.X_train[split.y_train == target]
    nearest = digits[np.argsort(((digits - row) ** 2).sum(axis=1), kind="stable")]
    read_right = nearest[margin(nearest) > 0]
    if not len(read_right):
        raise ValueError(f"the classifier reads no training digit as a {target}")
    donors: NDArray[np.float64] = read_right[:N_DONORS]
    return donors


def _copied_pixels(
    row: NDArray[np.float64], donor: NDArray[np.float64], margin: Margin
) -> list[int]:
    """Which pixels to copy from another digit until the margin is positive."""
    left = np.flatnonzero(row != donor).tolist()
    now = row.copy()
    copied: list[int] = []
    while True:
        tries = np.tile(now, (len(left), 1))
        tries[np.arange(len(left)), left] = donor[left]
        margins = margin(tries)
        best = int(margins.argmax())
        now = tries[best]
        copied.append(left.pop(best))
        if margins[best] > 0:
            return _needed_pixels(row, now, copied, margin)


def _needed_pixels(
    row: NDArray[np.float64], turned: NDArray[np.float64], copied: list[int], margin: Margin
) -> list[int]:
    """Give back, one by one, the pixels without whose change it stays turned."""
    needed = list(copied)
    now = turned.copy()
    for pixel in copied:
        kept = now[pixel]
        now[pixel] = row[pixel]
        if margin(now[None])[0] > 0:
            needed.remove(pixel)
        else:
            now[pixel] = kept
    return needed
