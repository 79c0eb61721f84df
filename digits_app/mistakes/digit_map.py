"""A map of digits: what looks alike to the network lies close together.

Two dimensions cannot keep all distances of a hundred hidden units, so the map keeps the
neighbours: t-SNE (L. van der Maaten, G. Hinton, *Visualizing data using t-SNE*, Journal of
Machine Learning Research 9, 2008). Distances between far clusters mean nothing.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.manifold import TSNE
from sklearn.neighbors import NearestNeighbors
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from digits_app.network.forward import classifier_layers

PERPLEXITY: Final = 20.0
"""How many neighbours t-SNE keeps near each digit, about."""

N_NEIGHBOURS: Final = 5
"""A new digit is placed among this many that are most like it."""

RANDOM_STATE: Final = 2


@dataclass(frozen=True)
class DigitMap:
    """Where digits lie on a map.

    Attributes
    ----------
    positions : ndarray of shape (n_samples, 2)
        Columns and rows, both 0..1.
    hidden : ndarray of shape (n_samples, n_hidden)
        What the network's hidden layer makes of each digit.
    """

    positions: NDArray[np.float64]
    hidden: NDArray[np.float64]

    def place(self, hidden: NDArray[np.float64]) -> NDArray[np.float64]:
        """Place another digit: amid those that are most like it.

        Parameters
        ----------
        hidden : ndarray of shape (n_hidden,)
            See `hidden_layer`.

        Returns
        -------
        ndarray of shape (2,)
            Column and row, 0..1.
        """
        nearest = NearestNeighbors(n_neighbors=min(N_NEIGHBOURS, len(self.hidden)))
        distances, indices = nearest.fit(self.hidden).kneighbors(hidden[None])
        closeness = 1 / (distances[0] + 1e-9)
        place: NDArray[np.float64] = (
            closeness @ self.positions[indices[0]] / closeness.sum()
        )
        return place


def hidden_layer(classifier: MLPClassifier, X: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute what the first hidden layer of a network passes on.

    Parameters
    ----------
    classifier : MLPClassifier
        Fitted on pixels, with `relu`.
    X : ndarray of shape (n_samples, 64)
        0..16.

    Returns
    -------
    ndarray of shape (n_samples, n_hidden)
    """
    return classifier_layers(classifier, X)[1].astype(np.float64, copy=False)


def map_digits(hidden: NDArray[np.float64]) -> DigitMap:
    """Lay digits out in two dimensions, like beside like.

    Parameters
    ----------
    hidden : ndarray of shape (n_samples, n_hidden)
        See `hidden_layer`; at least four.

    Returns
    -------
    DigitMap
        The same for the same digits.
    """
    perplexity = min(PERPLEXITY, (len(hidden) - 1) / 3)
    tsne = TSNE(perplexity=perplexity, init="pca", random_state=RANDOM_STATE, n_jobs=1)
    # Its threads wait for each other busily, whatever `n_jobs` says: on two busy cores they
    # took 18 s of processor, and one alone takes 2. The limit is that of this thread.
    with threadpool_limits(limits=1, user_api="openmp"):
        laid_out = tsne.fit_transform(hidden.astype(np.float32))
    low, high = laid_out.min(axis=0), laid_out.max(axis=0)
    return DigitMap(((laid_out - low) / (high - low)).astype(np.float64), hidden)
