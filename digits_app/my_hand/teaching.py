"""A copy of a classifier learns a few more digits, and forgets the old ones or not.

A network that goes on learning from new digits alone soon forgets the old ones:
"catastrophic interference" [1]_. Shown some old digits in between, it keeps them; that is
"rehearsal" [2]_.

References
----------
.. [1] M. McCloskey, N. J. Cohen, *Catastrophic interference in connectionist networks*,
   Psychology of Learning and Motivation 24, 1989.
.. [2] A. Robins, *Catastrophic forgetting, rehearsal and pseudorehearsal*,
   Connection Science 7(2), 1995.
"""

from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from dataclasses import dataclass
from operator import is_
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline

from digits_app.dataset import IMAGE_SHAPE, load_split
from digits_app.network.classifiers import Classifier, load_classifier
from digits_app.network.committee import network_of
from digits_app.network.forward import classifier_layers, network_of_classifier

N_PASSES: Final = 100
"""How often the new digits are gone through."""

N_REHEARSED: Final = 200
"""How many old digits, chosen anew at each pass, are rehearsed with the new ones."""

MAX_BATCH: Final = 200
"""Most rows that one step learns from, as scikit-learn's default."""

LAST_LAYER_RATE: Final = 1e-3
"""Learning rate for the last layer of a network that learned many hands."""


def get_ready() -> None:
    """Fit the lesson's network, in a helper that has just started and may teach it soon."""
    load_classifier(10, "lesson")


@dataclass(frozen=True)
class LastLayers:
    """The layers of a network that have learned: its last ones, or all.

    Attributes
    ----------
    coefs, intercepts : list of ndarray
        As `MLPClassifier.coefs_` and `intercepts_`, of these layers alone.
    """

    coefs: list[NDArray[np.floating]]
    intercepts: list[NDArray[np.floating]]

    @classmethod
    def of(cls, taught: Classifier, classifier: Classifier) -> "LastLayers":
        """Take what is new of a classifier that was taught: less to send than all of it.

        Parameters
        ----------
        taught, classifier : MLPClassifier or Pipeline
            What `teach` made, and of what.
        """
        new, old = network_of_classifier(taught), network_of_classifier(classifier)
        n_shared = sum(map(is_, new.coefs_, old.coefs_))
        return cls(new.coefs_[n_shared:], new.intercepts_[n_shared:])

    def on(self, classifier: Classifier) -> Classifier:
        """Put them on a copy of a classifier, in place of its own.

        The copy shares all other layers with it: of the network that learned many hands
        they take 7.5 MB.

        Parameters
        ----------
        classifier : MLPClassifier or Pipeline
            The one that was taught. It stays as it is.
        """
        network = copy(network_of_classifier(classifier))
        n_others = len(network.coefs_) - len(self.coefs)
        network.coefs_ = [*network.coefs_[:n_others], *self.coefs]
        network.intercepts_ = [*network.intercepts_[:n_others], *self.intercepts]
        if not isinstance(classifier, Pipeline):
            return network
        return Pipeline([*classifier.steps[:-1], (classifier.steps[-1][0], network)])


def teach(
    classifier: Classifier,
    X: NDArray[np.float64],
    y: NDArray[np.int64],
    rehearse: bool = True,
    random_state: int = 0,
    on_pass: Callable[[float], None] | None = None,
    n_passes: int = N_PASSES,
) -> Classifier:
    """Let a copy of a classifier learn new digits.

    The lesson's network learns with all its weights. The network that learned many hands
    is so large, and so good already, that only its last layer learns.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        One of `load_classifier`. It stays as it is.
    X : ndarray of shape (n_samples, 64)
        New digits, 0..16. Several copies of one digit count as several samples.
    y : ndarray of shape (n_samples,)
        What they show.
    rehearse : bool, default=True
        Also show some of the lesson's training digits at each pass.
    random_state : int, default=0
        The same number gives the same network.
    on_pass : callable, default=None
        Told the share of the passes that are done, 0..1, after each.
    n_passes : int, default=100
        How often the new digits are gone through. Fewer do where there are many of them.

    Returns
    -------
    MLPClassifier or Pipeline
        A classifier of the same kind, which shares the layers that have not learned.

    Raises
    ------
    ValueError
        There is nothing to learn, or a digit that the classifier does not know.

    Examples
    --------
    >>> from digits_app import load_classifier
    >>> from digits_app.dataset import load_split
    >>> test = load_split(2)
    >>> lesson = load_classifier(2, "lesson")
    >>> mine = teach(lesson, test.X_test[:4], test.y_test[:4])
    >>> mine.predict(test.X_test[:2]).tolist()
    [0, 1]
    """
    X, y = np.asarray(X, dtype=np.float64), np.asarray(y, dtype=np.int64)
    n_classes = len(classifier.classes_)
    if X.ndim != 2 or X.shape[1] != np.prod(IMAGE_SHAPE) or len(X) != len(y) or not len(y):
        raise ValueError("There is nothing to learn from: X needs rows of 64 pixels, as y.")
    if not np.isin(y, classifier.classes_).all():
        raise ValueError(f"It knows only the digits 0 to {n_classes - 1}.")
    old = load_split(n_classes)
    rows, labels = np.concatenate([X, old.X_train]), np.concatenate([y, old.y_train])
    learner, rows = _learner(classifier, rows)
    for share, chosen in _passes(len(y), len(rows), rehearse, random_state, n_passes):
        learner.set_params(batch_size=_even_batch(len(chosen)))
        learner.partial_fit(rows[chosen], labels[chosen])
        if on_pass is not None:
            on_pass(share)
    return LastLayers(learner.coefs_, learner.intercepts_).on(classifier)


def _learner(
    classifier: Classifier, rows: NDArray[np.float64]
) -> tuple[MLPClassifier, NDArray[np.floating]]:
    """The network that learns, all of it or its last layer, and what that is given."""
    if not isinstance(classifier, Pipeline):
        return deepcopy(classifier), rows
    network = classifier[-1]
    # It learns in place.
    coefs, intercepts = deepcopy((network.coefs_[-1:], network.intercepts_[-1:]))
    last = network_of(coefs, intercepts, LAST_LAYER_RATE)
    return last, classifier_layers(classifier, rows)[-2]


def _passes(
    n_new: int, n_rows: int, rehearse: bool, random_state: int, n_passes: int
) -> Iterator[tuple[float, NDArray[np.int64]]]:
    """Which rows are learned at each pass, new ones first, and the share then done."""
    rng = np.random.default_rng(random_state)
    new = np.arange(n_new)
    n_old = min(N_REHEARSED, n_rows - n_new) if rehearse else 0
    for number in range(1, n_passes + 1):
        old = n_new + rng.choice(n_rows - n_new, n_old, replace=False)
        yield number / n_passes, rng.permutation(np.concatenate([new, old]))


def _even_batch(n_rows: int) -> int:
    """Size of batches of at most `MAX_BATCH` rows that are all about as large.

    With 201 rows scikit-learn's own batches hold 200 and 1, and the step that follows one
    row alone forgets the rest.
    """
    return -(-n_rows // -(-n_rows // MAX_BATCH))
