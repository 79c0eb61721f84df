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
from copy import deepcopy
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.pipeline import Pipeline

from digits_app.dataset import IMAGE_SHAPE, load_split
from digits_app.network.classifiers import Classifier
from digits_app.network.committee import network_of
from digits_app.network.forward import classifier_layers

N_PASSES: Final = 100
"""How often the new digits are gone through."""

N_REHEARSED: Final = 200
"""How many old digits, chosen anew at each pass, are rehearsed with the new ones."""

MAX_BATCH: Final = 200
"""Most rows that one step learns from, as scikit-learn's default."""

LAST_LAYER_RATE: Final = 1e-3
"""Learning rate for the last layer of a network that learned many hands."""


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
        A classifier of its own, of the same kind.

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
    taught = deepcopy(classifier)
    old = load_split(n_classes)
    rows, labels = np.concatenate([X, old.X_train]), np.concatenate([y, old.y_train])
    if isinstance(taught, Pipeline):
        network = taught[-1]
        learner = network_of(network.coefs_[-1:], network.intercepts_[-1:], LAST_LAYER_RATE)
        rows = classifier_layers(taught, rows)[-2]  # what the last layer gets
    else:
        learner = taught
    for share, chosen in _passes(len(y), len(rows), rehearse, random_state, n_passes):
        learner.set_params(batch_size=_even_batch(len(chosen)))
        learner.partial_fit(rows[chosen], labels[chosen])
        if on_pass is not None:
            on_pass(share)
    if isinstance(taught, Pipeline):
        network.coefs_[-1], network.intercepts_[-1] = (
            learner.coefs_[0],
            learner.intercepts_[0],
        )
    return taught


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
