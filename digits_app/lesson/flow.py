"""One digit on its way through the network: what lights up, and what it is led by."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from digits_app.network.forward import as_probabilities, classifier_layers

N_BRIGHTEST: Final = 6
"""How many hidden units are shown from near."""

N_STRONGEST: Final = 60
"""How many connections are shown between two layers, of thousands."""


@dataclass(frozen=True)
class Connections:
    """The strongest of all connections between two layers, for one digit.

    Attributes
    ----------
    start, end : ndarray of shape (n_connections,), int
        Number of the unit at either end.
    push : ndarray of shape (n_connections,)
        What the one adds to the other: its value times the weight. Below 0 it pulls down.
    """

    start: NDArray[np.intp]
    end: NDArray[np.intp]
    push: NDArray[np.float64]


@dataclass(frozen=True)
class Flow:
    """What one digit does to the network.

    Attributes
    ----------
    pixels : ndarray of shape (64,)
        0..16.
    hidden : ndarray of shape (n_hidden,)
        How strongly each hidden unit is lit; 0 is dark.
    brightest : ndarray of shape (n_brightest,), int
        The units that are lit most, the first of them most.
    weights : ndarray of shape (n_brightest, 8, 8)
        What each of those looks for: ink on a pixel above 0 lights it up, ink on one
        below 0 keeps it dark.
    into : Connections
        From pixels to the brightest units.
    out_of : Connections
        From the brightest units, by their rank in `brightest`, to the digits.
    probabilities : ndarray of shape (n_classes,)
        The ten outputs. They add up to 1.
    """

    pixels: NDArray[np.float64]
    hidden: NDArray[np.float64]
    brightest: NDArray[np.intp]
    weights: NDArray[np.float64]
    into: Connections
    out_of: Connections
    probabilities: NDArray[np.float64]

    @property
    def n_lit(self) -> int:
        """How many hidden units are lit."""
        return int((self.hidden > 0).sum())

    @property
    def label(self) -> int:
        """The digit that the network reads."""
        return int(self.probabilities.argmax())


def follow(network: MLPClassifier, pixels: NDArray[np.float64]) -> Flow:
    """Send one digit through a network.

    Parameters
    ----------
    network : MLPClassifier
        Fitted, with one hidden layer of `relu`.
    pixels : ndarray of shape (64,)
        0..16.

    Returns
    -------
    Flow
    """
    to_hidden, to_votes = network.coefs_
    _, (hidden,), outputs = classifier_layers(network, pixels[None])
    if outputs.shape[1] == 1:
        # Two classes share one output unit: it votes for the second, against the first.
        to_votes = np.hstack([-to_votes, to_votes])
    to_votes = by_digit(network, to_votes)
    (probabilities,) = by_digit(network, as_probabilities(outputs))
    brightest = hidden.argsort(kind="stable")[::-1][:N_BRIGHTEST]
    return Flow(
        pixels=pixels,
        hidden=hidden,
        brightest=brightest,
        weights=to_hidden[:, brightest].T.reshape(-1, 8, 8),
        into=strongest(pixels[:, None] * to_hidden[:, brightest]),
        out_of=strongest(hidden[brightest, None] * to_votes[brightest]),
        probabilities=probabilities,
    )


def by_digit(network: MLPClassifier, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give each digit a column, also one that was not among a few training digits.

    Parameters
    ----------
    network : MLPClassifier
        Fitted; its classes are digits.
    values : ndarray of shape (n, n_classes)
        A column for each of its classes.

    Returns
    -------
    ndarray of shape (n, n_digits)
        0 for a digit that it does not know.
    """
    columns = np.zeros((len(values), network.classes_[-1] + 1))
    columns[:, network.classes_] = values
    return columns


def strongest(push: NDArray[np.float64], n: int = N_STRONGEST) -> Connections:
    """Pick the strongest connections.

    Parameters
    ----------
    push : ndarray of shape (n_starts, n_ends)
        What each unit adds to each of the next layer.
    n : int
        How many to pick at most; what adds nothing is left out.

    Returns
    -------
    Connections
        The strongest last, so that it is drawn on top.
    """
    order = np.abs(push).ravel().argsort(kind="stable")[-n:]
    order = order[push.ravel()[order] != 0]
    start, end = np.unravel_index(order, push.shape)
    return Connections(start, end, push.ravel()[order])
