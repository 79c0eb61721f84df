"""Has it seen you? Pupils are left out by turns, and read by networks that never saw them.

Beside it stands the commonest mistake of the trade: digits split by chance, where a
network is tested on hands that it knows, against digits split by pupil.
"""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GroupKFold, KFold, cross_val_predict
from sklearn.neural_network import MLPClassifier

from digits_app.classroom.class_digits import ClassDigits
from digits_app.my_hand.prompts import N_CLASSES
from digits_app.my_hand.teaching import teach
from digits_app.network.classifiers import MODEL_RANDOM_STATE, Classifier, load_classifier
from digits_app.network.forward import mean_probabilities
from digits_app.network.threads import use_one_blas_thread

Reader = Literal["lesson", "new", "lesson_taught", "many", "many_taught"]

READERS: Final[tuple[Reader, ...]] = (
    "lesson",
    "new",
    "lesson_taught",
    "many",
    "many_taught",
)
"""The lesson's network; one fitted from nothing on the other pupils; the lesson's taught by
the others; the one that learned many hands; the same, taught by the others."""

N_FOLDS: Final = 5
FEWEST_PUPILS: Final = N_FOLDS
"""With fewer nobody can be left out five times."""

N_PASSES: Final = 50
"""Of teaching. A class is some thirty times as many digits as one hand, for which a hundred
passes are made; a hundred would take twice as long and read a digit or two more
(docs/experiments.md)."""


@dataclass(frozen=True)
class LeftOut:
    """How many digits of a pupil were read right by readers that saw none of them.

    Attributes
    ----------
    pupil : int
        Number of the animal.
    n_digits : int
    n_right : dict of str to int
        By reader. Each looks nine times at a digit.
    """

    pupil: int
    n_digits: int
    n_right: dict[Reader, int]

    def share(self, reader: Reader) -> float:
        """Share that a reader read right, 0..1."""
        return self.n_right[reader] / self.n_digits


@dataclass(frozen=True)
class Splits:
    """What a network seems to be worth, by how the digits of a class are split.

    It is the lesson's network, fitted from nothing on four fifths of the class and tested
    on the rest, five times. It looks once, at the 64 numbers alone, so that a notebook can
    repeat it (`classroom.export`).

    Attributes
    ----------
    by_chance, by_pupil : float
        Share read right, 0..1.
    """

    by_chance: float
    by_pupil: float


Finding: TypeAlias = LeftOut | Splits


def leave_out(digits: ClassDigits) -> Iterator[Finding]:
    """Leave out each pupil in turn, and at last compare the two ways to split.

    Parameters
    ----------
    digits : ClassDigits
        Of `FEWEST_PUPILS` pupils at least.

    Yields
    ------
    LeftOut or Splits
        One `LeftOut` a pupil, as they are worked out, and one `Splits`.

    Raises
    ------
    ValueError
        There are too few pupils.
    """
    pupils = np.unique(digits.pupils)
    if len(pupils) < FEWEST_PUPILS:
        raise ValueError(f"There must be {FEWEST_PUPILS} pupils who have written.")
    for pupil in pupils.tolist():
        yield leave_one_out(digits, pupil)
    yield compare_splits(digits)


def leave_one_out(digits: ClassDigits, pupil: int) -> LeftOut:
    """Leave out one pupil, and let the readers that never saw a digit of theirs read.

    Parameters
    ----------
    digits : ClassDigits
        Of the whole class.
    pupil : int
        Number of the animal.
    """
    use_one_blas_thread()
    never_taught: dict[Reader, Classifier] = {
        "lesson": load_classifier(N_CLASSES, "lesson"),
        "many": load_classifier(N_CLASSES, "augmented"),
    }
    is_out = digits.pupils == pupil
    readers = {**never_taught, **_taught_by(digits, ~is_out, never_taught)}
    labels = digits.labels[is_out]
    n_right = {
        name: _n_right(readers[name], digits.copies[is_out], labels) for name in READERS
    }
    return LeftOut(pupil, len(labels), n_right)


def _taught_by(
    digits: ClassDigits,
    others: NDArray[np.bool_],
    never_taught: dict[Reader, Classifier],
) -> dict[Reader, Classifier]:
    """The readers that learn from some digits of a class."""
    X, y = digits.data[others], digits.labels[others]
    lesson, many = never_taught["lesson"], never_taught["many"]
    with _no_warning():
        new = _new_network().fit(X, y)
    return {
        "new": new,
        "lesson_taught": teach(lesson, X, y, n_passes=N_PASSES),
        "many_taught": teach(many, X, y, n_passes=N_PASSES),
    }


@contextmanager
def _no_warning() -> Iterator[None]:
    """Let a training stop unheard: the lesson's number of iterations is what it is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def _n_right(
    reader: Classifier, copies: NDArray[np.float64], labels: NDArray[np.int64]
) -> int:
    # A class that wrote no 8 fits a network that does not know it.
    read = reader.classes_[mean_probabilities(reader, copies).argmax(axis=1)]
    return int((read == labels).sum())


def compare_splits(digits: ClassDigits) -> Splits:
    """Split the digits of a class by chance and by pupil; see `Splits`."""
    use_one_blas_thread()
    X, y = digits.data, digits.labels
    by_chance = KFold(N_FOLDS, shuffle=True, random_state=0).split(X)
    by_pupil = GroupKFold(N_FOLDS).split(X, groups=digits.pupils)
    return Splits(_cross_validated(X, y, by_chance), _cross_validated(X, y, by_pupil))


def _cross_validated(
    X: NDArray[np.float64], y: NDArray[np.int64], folds: Iterable[object]
) -> float:
    with _no_warning():
        read = cross_val_predict(_new_network(), X, y, cv=folds)
    return float((read == y).mean())


def _new_network() -> MLPClassifier:
    return MLPClassifier(random_state=MODEL_RANDOM_STATE)
