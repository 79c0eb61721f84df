"""How unlike the known digits a drawing is: `predict_proba` does not say.

A network must spread a probability of 1 over its digits, whatever it is shown, and is as
sure of a letter as of a digit. Four things tell more, and are added up:

- the distance from the drawing's copies to the nearest known digit of the class that it
  was read as (known are the training digits and ten augmented copies of each);
- a second network's opinion, the guard, which learned to tell training digits from
  jumbles made of their parts (`augmentation.jumble`);
- the entropy of the averaged probabilities: a digit's tilted copies agree;
- the length of its strokes: no digit takes much more than three times its own height, and
  a scribble soon does.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special
from sklearn.pipeline import Pipeline

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY, load_split
from digits_app.network.committee import as_pipeline
from digits_app.network.forward import class_probabilities
from digits_app.network.weight_files import guard_file, load_known_digits, load_network

ENTROPY_WEIGHT: Final = 0.2
"""Pixel distance that a nat of entropy counts for."""

LENGTH_WEIGHT: Final = 0.3
LONGEST_DIGIT: Final = 3.2
"""Stroke length up to which nothing is added, in units of the drawing's longer side."""

GUARD_WEIGHT: Final = 0.3
"""Pixel distance that a unit of the guard's logit counts for."""

UNFAMILIAR_FROM: Final = {2: 1.3, 10: 1.7}
"""Above it, a drawing is unlike the digits that were learned; by their number."""

N_NEAREST: Final = 4


@dataclass(frozen=True)
class NearestDigits:
    """The training digits most like a drawing, nearest first.

    Attributes
    ----------
    images : ndarray of shape (n_nearest, 8, 8)
        Floats 0..16.
    labels : ndarray of shape (n_nearest,)
        What they show.
    """

    images: NDArray[np.float64]
    labels: NDArray[np.int64]


def jumble_logit(
    views: NDArray[np.float64],
    n_classes: int,
    features: NDArray[np.float32] | None = None,
) -> float:
    """Ask the guard whether a drawing looks like a jumble of parts of digits.

    Parameters
    ----------
    views : ndarray of shape (n_views, 8, 8)
        The drawing's copies, 0..16.
    n_classes : {2, 10}
        Whose digits the guard knows.
    features : ndarray of shape (n_views, 192), optional
        `stroke_directions` of the views, if they are known already.

    Returns
    -------
    float
        Mean logit over the copies: below 0 for digits, above it for jumbles.
    """
    rows = views.reshape(len(views), -1)
    jumbled = class_probabilities(_guard(n_classes), rows, features)[:, 1]
    return float(special.logit(jumbled.clip(1e-4, 1 - 1e-4)).mean())


def unfamiliarity(
    views: NDArray[np.float64],
    proba: NDArray[np.float64],
    jumble_logit: float,
    stroke_length: float,
) -> float:
    """Score how unlike the known digits a drawing is; higher is stranger.

    Parameters
    ----------
    views : ndarray of shape (n_views, 8, 8)
        The drawing's copies, 0..16.
    proba : ndarray of shape (n_classes,)
        Probability of each digit, averaged over the copies.
    jumble_logit : float
        See `jumble_logit`.
    stroke_length : float
        In units of the drawing's longer side; see `tilted_copies.StrokeField`.

    Returns
    -------
    float
        Above `UNFAMILIAR_FROM` it is no known digit.
    """
    known = _known_digits(int(proba.argmax()))
    distance = _nearest_distances(views, known, axis=1).mean()
    entropy = special.entr(proba).sum()
    too_long = max(0.0, stroke_length - LONGEST_DIGIT)
    return float(
        distance
        + GUARD_WEIGHT * jumble_logit
        + ENTROPY_WEIGHT * entropy
        + LENGTH_WEIGHT * too_long
    )


def nearest_digits(
    views: NDArray[np.float64], n_classes: int, n_nearest: int = N_NEAREST
) -> NearestDigits:
    """Find the training digits that are most like any copy of a drawing.

    Parameters
    ----------
    views : ndarray of shape (n_views, 8, 8)
        0..16.
    n_classes : int
        Only training digits of these classes are looked at.
    n_nearest : int
        How many to find.
    """
    split = load_split_once(n_classes)
    distances = _nearest_distances(views, _training_digits(n_classes), axis=0)
    nearest = distances.argsort(kind="stable")[:n_nearest]
    images = split.X_train[nearest].reshape(-1, *IMAGE_SHAPE)
    return NearestDigits(images, split.y_train[nearest])


load_split_once = cache(load_split)
_load_known_once = cache(load_known_digits)


@cache
def _guard(n_classes: int) -> Pipeline:
    """Tells digits of the known classes (0) from jumbles of their parts (1)."""
    return as_pipeline(load_network(guard_file(n_classes)))


@dataclass(frozen=True)
class _Reference:
    """Digits that distances are measured to.

    Attributes
    ----------
    columns : ndarray of shape (64, n_samples)
        0..1, a digit a column: multiplied so in a third of the time.
    squares : ndarray of shape (n_samples,)
        Squared length of each column.
    """

    columns: NDArray[np.float32]
    squares: NDArray[np.float32]


@cache
def _training_digits(n_classes: int) -> _Reference:
    return _reference(load_split_once(n_classes).X_train)


@cache
def _known_digits(label: int) -> _Reference:
    """All known ways to write a digit."""
    X, y = _load_known_once()
    return _reference(X[y == label])


def _reference(X: NDArray[np.float64]) -> _Reference:
    rows = (X / MAX_INTENSITY).astype(np.float32)
    return _Reference(np.ascontiguousarray(rows.T), (rows**2).sum(axis=1))


def _nearest_distances(
    views: NDArray[np.float64], known: _Reference, axis: int
) -> NDArray[np.float32]:
    """Euclidean distances, full ink as 1, between views (axis 0) and digits (axis 1).

    Only the least along the axis are returned: with 1, each view's to its nearest digit.
    """
    rows = (views.reshape(len(views), -1) / MAX_INTENSITY).astype(np.float32)
    squared = known.squares + (rows**2).sum(axis=1)[:, None] - 2 * rows @ known.columns
    distances: NDArray[np.float32] = np.sqrt(np.maximum(squared.min(axis=axis), 0))
    return distances
