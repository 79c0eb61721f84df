"""Read a drawing: prepare it, ask the classifier, say how sure it is."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.model import Training, load_classifier
from digits_app.preprocessing import prepare_image

CERTAINTY_WORDS: Final = (
    (0.95, "very sure"),
    (0.8, "fairly sure"),
    (0.5, "not so sure"),
    (0.0, "just guessing"),
)
"""From which probability on a reading is called what."""


@dataclass(frozen=True)
class Prediction:
    """What a classifier reads in a drawing.

    Attributes
    ----------
    label : int
        The most probable digit.
    proba : ndarray of shape (n_classes,)
        Probability of each digit, counted from 0; sums to 1.
    image : ndarray of shape (8, 8)
        What the classifier saw, floats 0..16.
    is_unfamiliar : bool
        The drawing is unlike every digit the classifier was trained on.
    """

    label: int
    proba: NDArray[np.float64]
    image: NDArray[np.float64]
    is_unfamiliar: bool = False

    @property
    def confidence(self) -> float:
        """Probability of `label`, 0..1."""
        return float(self.proba[self.label])

    @property
    def certainty(self) -> str:
        """`confidence` in words."""
        return next(words for least, words in CERTAINTY_WORDS if self.confidence >= least)


def read_digit(
    image: Image.Image, n_classes: int = 10, training: Training = "lesson"
) -> Prediction:
    """Read the digit in a picture.

    Parameters
    ----------
    image : PIL.Image.Image
        One digit; see `digits_app.preprocessing.prepare_image`.
    n_classes : {2, 10}
        2 reads 0 and 1, 10 reads 0 to 9.
    training : {"lesson"}
        Which classifier reads it.

    Returns
    -------
    Prediction

    Raises
    ------
    UnreadableDrawingError
        The picture is blank, or its mark too small for a digit.
    """
    pixels = prepare_image(image)
    proba = load_classifier(n_classes, training).predict_proba(pixels.reshape(1, -1))[0]
    return Prediction(label=int(proba.argmax()), proba=proba, image=pixels)
