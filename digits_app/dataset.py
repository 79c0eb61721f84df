"""The lesson's data: `load_digits`, and the split that every figure rests on."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

IMAGE_SHAPE: Final = (8, 8)
"""Height and width of a digit, in pixels."""

MAX_INTENSITY: Final = 16
"""A pixel counts the ink of a 4x4 block, so it runs from 0 (none) to 16 (full)."""

CLASS_COUNTS: Final = (2, 10)
"""The models of the app: 0 or 1, and 0 to 9."""

SPLIT_RANDOM_STATE: Final = 2
"""`random_state` of the lesson's split."""


@dataclass(frozen=True)
class LessonSplit:
    """The digits of the lesson, split into a training and a test part.

    Attributes
    ----------
    X_train, X_test : ndarray of shape (n_samples, 64)
        Pixels row by row, floats 0..16. Read-only.
    y_train, y_test : ndarray of shape (n_samples,)
        The digit each row shows. Read-only.
    """

    X_train: NDArray[np.float64]
    X_test: NDArray[np.float64]
    y_train: NDArray[np.int64]
    y_test: NDArray[np.int64]

    @property
    def test_images(self) -> NDArray[np.float64]:
        """The test digits as pictures, an ndarray of shape (n_samples, 8, 8)."""
        return self.X_test.reshape(-1, *IMAGE_SHAPE)


def load_split(n_classes: int = 10) -> LessonSplit:
    """Load the first `n_classes` digits and split them as the lesson does.

    Parameters
    ----------
    n_classes : int
        How many digits, counted from 0; 2 to 10.

    Returns
    -------
    LessonSplit
        Three quarters to train on, one quarter to test on.
    """
    # The page needs the constants above before scikit-learn can be there.
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    X, y = load_digits(n_class=n_classes, return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, random_state=SPLIT_RANDOM_STATE
    )
    for array in (X_train, X_test, y_train, y_test):
        array.flags.writeable = False
    return LessonSplit(X_train, X_test, y_train, y_test)
