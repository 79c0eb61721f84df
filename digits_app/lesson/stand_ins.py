"""What the lesson's imports give it where the app runs its code.

In the notebook and the script the same lines import the libraries' own. Here three of
them give a stand-in that does the same for many visitors at once:

- `matplotlib.pyplot`: a `DrawingBoard`, for pyplot has one current figure a process;
- `load_digits`: the same arrays, read from their file only once;
- `MLPClassifier`: the same network, but its training can be watched.
"""

import builtins
from collections.abc import Callable
from functools import cache
from io import StringIO
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn import datasets

from digits_app.lesson.drawing_board import DrawingBoard
from digits_app.lesson.learning import WatchedClassifier

_Digits = tuple[NDArray[np.float64], NDArray[np.int64]]


def lesson_builtins(board: DrawingBoard, printed: StringIO, chance: int) -> dict[str, Any]:
    """Python's builtins for the lesson's code.

    Parameters
    ----------
    board : DrawingBoard
        Stands in for `matplotlib.pyplot`.
    printed : io.StringIO
        Takes what is printed.
    chance : int
        Decides the first weights of a network that is built without a `random_state`,
        so that everyone with the same settings sees, and shares, the same training.
    """

    def print_here(*values: object, sep: str = " ", end: str = "\n") -> None:
        print(*values, sep=sep, end=end, file=printed)

    stand_ins = {
        "matplotlib.pyplot": SimpleNamespace(pyplot=board),
        "sklearn.datasets": SimpleNamespace(load_digits=load_digits),
        "sklearn.neural_network": SimpleNamespace(MLPClassifier=_watched(chance)),
    }

    def import_here(name: str, *args: Any, **options: Any) -> Any:
        return stand_ins.get(name) or builtins.__import__(name, *args, **options)

    return {**vars(builtins), "print": print_here, "__import__": import_here}


def load_digits(*, n_class: int = 10, return_X_y: bool = True) -> _Digits:
    """Hand out what `sklearn.datasets.load_digits(..., return_X_y=True)` returns.

    Parameters
    ----------
    n_class : int
        How many digits, counted from 0.
    return_X_y : bool
        The lesson always asks for the two arrays.

    Returns
    -------
    X : ndarray of shape (n_samples, 64)
        Read-only.
    y : ndarray of shape (n_samples,)
        Read-only.
    """
    if not return_X_y:
        raise ValueError("the lesson loads its digits with return_X_y=True")
    return _digits(n_class)


@cache
def _digits(n_class: int) -> _Digits:
    X, y = datasets.load_digits(n_class=n_class, return_X_y=True)
    X.flags.writeable = y.flags.writeable = False
    return X, y


def _watched(chance: int) -> Callable[..., WatchedClassifier]:
    def build(random_state: int | None = None, **options: Any) -> WatchedClassifier:
        seed = chance if random_state is None else random_state
        return WatchedClassifier(random_state=seed, **options)

    return build
