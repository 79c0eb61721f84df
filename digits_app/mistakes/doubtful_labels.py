"""Which labels a person might doubt: what networks that never saw a digit say of it.

Confident learning [1]_: every digit is read by a network that was trained without it
(cross-validation). A label is doubtful where such a network finds it unlikely, and another
digit as likely as that digit usually is where it is right.

References
----------
.. [1] C. G. Northcutt, L. Jiang, I. L. Chuang, *Confident learning: estimating uncertainty
   in dataset labels*, Journal of Artificial Intelligence Research 70, 2021.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.neural_network import MLPClassifier

N_FOLDS: Final = 5
RANDOM_STATE: Final = 2


def unseen_probabilities(
    X: NDArray[np.float64], y: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Let each digit be read by a network of the lesson's kind that never saw it.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 64)
        0..16.
    y : ndarray of shape (n_samples,)
        Labels, counted from 0.

    Returns
    -------
    ndarray of shape (n_samples, n_classes)
        Rows sum to 1.
    """
    folds = StratifiedKFold(N_FOLDS, shuffle=True, random_state=RANDOM_STATE)
    network = MLPClassifier(max_iter=500, random_state=RANDOM_STATE)
    proba: NDArray[np.float64] = cross_val_predict(
        network, X, y, cv=folds, method="predict_proba"
    )
    return proba


def label_doubt(proba: NDArray[np.float64], y: NDArray[np.int64]) -> NDArray[np.float64]:
    """Score how doubtful each label is; above 0 another digit is more likely.

    Parameters
    ----------
    proba : ndarray of shape (n_samples, n_classes)
        Of networks that never saw the sample.
    y : ndarray of shape (n_samples,)
        The labels.

    Returns
    -------
    ndarray of shape (n_samples,)
        The largest probability of another digit less that of the label, each measured by
        how likely that digit is on average where it is the label ("self-confidence" by
        class): a network that is seldom sure of 8s does not make all 8s doubtful.

    Examples
    --------
    >>> import numpy as np
    >>> proba = np.array([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]])
    >>> label_doubt(proba, np.array([0, 1, 1])).argmax()
    np.int64(2)
    """
    samples, n_classes = np.arange(len(y)), proba.shape[1]
    threshold = np.array([proba[y == label, label].mean() for label in range(n_classes)])
    likely = proba / threshold
    given = likely[samples, y].copy()
    likely[samples, y] = -np.inf
    doubt: NDArray[np.float64] = likely.max(axis=1) - given
    return doubt
