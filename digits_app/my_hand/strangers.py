"""Digits by strangers: 1,961 by 134 writers from all over, prepared once and shipped.

They come from UniPen `train_r01_v07` (I. Guyon et al., *UNIPEN project of on-line data
exchange and recognizer benchmarks*, ICPR 1994; The UNIPEN consortium, 1999, Zenodo,
doi 10.5281/zenodo.1195803), CC BY 4.0. No network was trained on them. The file holds
their tilted copies; `python -m benchmarks.strangers` writes it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app.dataset import IMAGE_SHAPE
from digits_app.network.classifiers import Classifier
from digits_app.network.forward import mean_probabilities

FILE: Final = Path(__file__).parent / "strangers.npz"

MIN_DIGITS: Final = 10
"""A writer with fewer is left out where writers are compared."""


@dataclass(frozen=True)
class Strangers:
    """Digits by many writers, ready to be read.

    Attributes
    ----------
    copies : ndarray of shape (n_digits, n_copies, 8, 8), uint8
        Tilted copies of each digit, 0..16.
    labels : ndarray of shape (n_digits,)
        What each shows.
    writers : ndarray of shape (n_digits,)
        Who wrote it, by number.
    """

    copies: NDArray[np.uint8]
    labels: NDArray[np.int64]
    writers: NDArray[np.int64]

    def read_right(self, classifier: Classifier) -> NDArray[np.bool_]:
        """Whether a classifier reads each digit right: shape (n_digits,).

        A classifier of two classes is asked about the zeros and ones alone.
        """
        known = self.labels < len(classifier.classes_)
        proba = mean_probabilities(classifier, self.copies[known].astype(np.float64))
        is_right: NDArray[np.bool_] = proba.argmax(axis=1) == self.labels[known]
        return is_right


@cache
def load_strangers() -> Strangers:
    """Read the shipped digits; the arrays are shared and read-only."""
    with np.load(FILE, allow_pickle=False) as arrays:
        copies, labels, writers = arrays["copies"], arrays["labels"], arrays["writers"]
    strangers = Strangers(
        copies.reshape(len(labels), -1, *IMAGE_SHAPE),
        labels.astype(np.int64),
        writers.astype(np.int64),
    )
    for array in (strangers.copies, strangers.labels, strangers.writers):
        array.flags.writeable = False
    return strangers
