"""What it brings to teach a classifier one's own hand: three sets, read before and after.

Half of one's digits are learned. The other half, the lesson's test split and digits of
strangers are read by the classifier as it was, and by the one that has learned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from digits_app.dataset import load_split
from digits_app.my_hand.digits import MyDigit, labels_of, samples_of
from digits_app.my_hand.prompts import N_CLASSES, learning_half
from digits_app.my_hand.strangers import load_strangers
from digits_app.my_hand.teaching import LastLayers, teach
from digits_app.network.classifiers import Classifier, Training, load_classifier
from digits_app.network.forward import mean_probabilities
from digits_app.network.threads import use_one_blas_thread


class Counts(NamedTuple):
    """How many digits of three sets, or how many of them were read right.

    Attributes
    ----------
    own, test, strangers : int
        The half of one's own digits that was not learned, the lesson's test split, and the
        digits of strangers.
    """

    own: int
    test: int
    strangers: int


@dataclass(frozen=True)
class Taught:
    """Classifiers of ten digits and of two that have learned a hand, and what it brought.

    Attributes
    ----------
    training : {"lesson", "augmented"}
        Which classifier was taught.
    layers : dict of int to LastLayers
        What is new of it, by how many digits it knows; nothing of the one that knows 0 and
        1 where none of these was written.
    before, after, n : Counts
        Read right before and after, of so many.
    """

    training: Training
    layers: dict[int, LastLayers]
    before: Counts
    after: Counts
    n: Counts


def teach_my_hand(
    digits: Sequence[MyDigit],
    training: Training,
    rehearse: bool = True,
    on_pass: Callable[[float], None] | None = None,
) -> Taught:
    """Let copies of the classifiers for ten and two digits learn half of one's own.

    Parameters
    ----------
    digits : sequence of MyDigit
        Two at least.
    training : {"lesson", "augmented"}
        Which classifiers learn.
    rehearse, on_pass
        See `digits_app.my_hand.teaching.teach`; told is how far that of ten digits is.
    """
    use_one_blas_thread()
    learns = learning_half(labels_of(digits))
    learned = [digit for digit, each in zip(digits, learns, strict=True) if each]
    kept_back = [digit for digit, each in zip(digits, learns, strict=True) if not each]
    classifier = load_classifier(N_CLASSES, training)
    taught = teach(classifier, *samples_of(learned), rehearse, on_pass=on_pass)
    layers = {N_CLASSES: LastLayers.of(taught, classifier)}
    of_two = [digit for digit in learned if digit.label < 2]
    if of_two:
        two = load_classifier(2, training)
        layers[2] = LastLayers.of(teach(two, *samples_of(of_two), rehearse), two)
    return Taught(
        training,
        layers,
        before=Counts(_n_right_of_own(classifier, kept_back), *_known_before(training)),
        after=Counts(_n_right_of_own(taught, kept_back), *_n_right_of_others(taught)),
        n=Counts(
            len(kept_back), len(load_split(N_CLASSES).y_test), len(load_strangers().labels)
        ),
    )


def _n_right_of_own(classifier: Classifier, kept_back: Sequence[MyDigit]) -> int:
    own = mean_probabilities(classifier, [digit.copies for digit in kept_back])
    return int((own.argmax(axis=1) == labels_of(kept_back)).sum())


def _n_right_of_others(classifier: Classifier) -> tuple[int, int]:
    """How many of the test split, and of the strangers' digits."""
    split = load_split(N_CLASSES)
    n_right = int((classifier.predict(split.X_test) == split.y_test).sum())
    return n_right, int(load_strangers().read_right(classifier).sum())


@cache
def _known_before(training: Training) -> tuple[int, int]:
    """The same of a classifier that nobody has taught: of 1,961 digits, so only once."""
    return _n_right_of_others(load_classifier(N_CLASSES, training))
