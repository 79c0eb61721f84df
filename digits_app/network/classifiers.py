"""The classifiers: how they are built, fitted and handed out.

The page knows their names before scikit-learn is imported, which takes a second: only
what fits or loads one imports it.
"""

from threading import RLock
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from digits_app.dataset import CLASS_COUNTS, load_split
from digits_app.network.threads import use_one_blas_thread

if TYPE_CHECKING:
    from sklearn.neural_network import MLPClassifier
    from sklearn.pipeline import Pipeline

Training = Literal["lesson", "augmented"]
"""How a classifier was trained: "lesson" is the lesson's own call; "augmented" saw every
training digit written by many hands (`training`), and comes with its weights."""

Classifier: TypeAlias = "MLPClassifier | Pipeline"
"""Takes rows of 64 pixels, 0..16."""

MODEL_RANDOM_STATE: Final = 2
"""`random_state` of the lesson's `MLPClassifier`."""

_fitting = RLock()
_at_hand: "dict[tuple[int, Training], Classifier]" = {}


def load_classifier(n_classes: int = 10, training: Training = "lesson") -> Classifier:
    """Hand out a fitted classifier; the first call in a process fits or loads it.

    Parameters
    ----------
    n_classes : {2, 10}, default=10
        2 reads 0 and 1, 10 reads 0 to 9.
    training : {"lesson", "augmented"}, default="lesson"
        How it was trained.

    Returns
    -------
    MLPClassifier or Pipeline
        Takes rows of 64 pixels, 0..16. Shared by the whole process: do not refit it.

    Raises
    ------
    ValueError
        No such classifier.

    Notes
    -----
    The first call limits BLAS to one thread in the whole process; see
    `digits_app.network.threads`.

    Examples
    --------
    >>> split = load_split(n_classes=10)
    >>> load_classifier(10, "lesson").score(split.X_test, split.y_test)
    0.96
    """
    if n_classes not in CLASS_COUNTS:
        raise ValueError(f"n_classes must be one of {CLASS_COUNTS}, got {n_classes!r}")
    if training not in get_args(Training):
        raise ValueError(f"training must be one of {get_args(Training)}, got {training!r}")
    # A request for one that is there does not wait for another one's fit.
    if not is_at_hand(n_classes, training):
        make = _load_augmented_classifier if training == "augmented" else _fit_as_the_lesson
        with _fitting:
            if not is_at_hand(n_classes, training):
                use_one_blas_thread()
                _at_hand[n_classes, training] = make(n_classes)
    return _at_hand[n_classes, training]


def is_at_hand(n_classes: int, training: Training) -> bool:
    """Whether `load_classifier` would hand this one out right away."""
    return (n_classes, training) in _at_hand


def _load_augmented_classifier(n_classes: int) -> "Pipeline":
    """Read the shipped weights of an augmented classifier.

    Fitting it takes minutes (`python -m digits_app.training`); nobody should wait for that.
    """
    from digits_app.network.weight_files import load_pipeline, weights_file

    return load_pipeline(weights_file(n_classes))


def _fit_as_the_lesson(n_classes: int) -> "MLPClassifier":
    """Fit the lesson's classifier on the lesson's training split."""
    from sklearn.neural_network import MLPClassifier

    split = load_split(n_classes)
    return MLPClassifier(random_state=MODEL_RANDOM_STATE).fit(split.X_train, split.y_train)
