"""Read a drawing: prepare it, ask the classifier, say how sure it is, and how strange."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from threadpoolctl import ThreadpoolController

from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.paper import only_digit
from digits_app.drawing.preparation import PreparationStages, stages_of_ink
from digits_app.drawing.tilted_copies import prepare_views, stroke_field
from digits_app.network.classifiers import Classifier, Training, load_classifier
from digits_app.network.features import stroke_directions
from digits_app.network.forward import class_probabilities
from digits_app.reading.unfamiliarity import (
    UNFAMILIAR_FROM,
    NearestDigits,
    jumble_logit,
    nearest_digits,
    unfamiliarity,
)

CERTAINTY_WORDS: Final = (
    (0.95, "very sure"),
    (0.8, "fairly sure"),
    (0.5, "not so sure"),
    (0.0, "just guessing"),
)
"""From which probability on a reading is called what."""

# The matrices are so small that more BLAS threads only wait for each other.
_threads = ThreadpoolController()


@dataclass(frozen=True)
class Prediction:
    """What a classifier reads in a drawing.

    Attributes
    ----------
    label : int
        The most probable digit.
    proba : ndarray of shape (n_classes,)
        Probability of each digit, counted from 0; sums to 1.
    stages : PreparationStages
        How the drawing was prepared, step by step.
    views : ndarray of shape (n_views, 8, 8)
        What the classifier saw: tilted copies of the drawing, or `image` alone.
    unfamiliarity : float
        How unlike the known digits the drawing is; higher is stranger.
    nearest : NearestDigits
        The training digits most like the drawing.
    """

    label: int
    proba: NDArray[np.float64]
    stages: PreparationStages
    views: NDArray[np.float64]
    unfamiliarity: float
    nearest: NearestDigits

    @property
    def image(self) -> NDArray[np.float64]:
        """The drawing as `prepare_image` prepares it: shape (8, 8), floats 0..16."""
        return self.stages.image

    @property
    def is_unfamiliar(self) -> bool:
        """The drawing is unlike every digit the classifier was trained on."""
        return self.unfamiliarity > UNFAMILIAR_FROM[len(self.proba)]

    @property
    def confidence(self) -> float:
        """Probability of `label`, 0..1."""
        return float(self.proba[self.label])


def certainty(probability: float) -> str:
    """Say a probability, 0..1, in words."""
    return next(words for least, words in CERTAINTY_WORDS if probability >= least)


def read_digit(
    image: Image.Image,
    n_classes: int = 10,
    training: Training = "lesson",
    averaged: bool = True,
) -> Prediction:
    """Read the digit in a picture.

    Parameters
    ----------
    image : PIL.Image.Image
        One digit: drawn, scanned or photographed; see
        `digits_app.drawing.paper.find_digits`.
    n_classes : {2, 10}
        2 reads 0 and 1, 10 reads 0 to 9.
    training : {"lesson", "augmented"}
        Which classifier reads it.
    averaged : bool
        Average the probabilities over tilted copies of the drawing (`views`), or read the
        drawing once, as it is. How unfamiliar it is, the copies tell in either case.

    Returns
    -------
    Prediction

    Raises
    ------
    UnreadableDrawingError
        The picture is blank, or its mark too small for a digit.
    """
    return read_drawing(only_digit(image), [(n_classes, training)], averaged)[0]


def read_drawing(
    image: Image.Image, models: Sequence[tuple[int, Training]], averaged: bool = True
) -> list[Prediction]:
    """Let several classifiers read one picture, which is prepared only once.

    Parameters
    ----------
    image : PIL.Image.Image
        One digit.
    models : sequence of (n_classes, training)
        See `read_digit`, also for `averaged` and what is raised.

    Returns
    -------
    list of Prediction
        In the order of `models`.
    """
    with _threads.limit(limits=1, user_api="blas"):
        return _read(ink_intensity(image), models, averaged)


def _read(
    ink: Image.Image, models: Sequence[tuple[int, Training]], averaged: bool
) -> list[Prediction]:
    stages = stages_of_ink(ink)
    field = stroke_field(ink)
    tilted = prepare_views(field)
    features = stroke_directions(tilted.reshape(len(tilted), -1))
    seen = tilted if averaged else stages.image[None]
    class_counts = {n_classes for n_classes, _ in models}
    nearest = {n: nearest_digits(tilted, n) for n in class_counts}
    logits = {n: jumble_logit(tilted, n, features) for n in class_counts}
    predictions = []
    for n_classes, training in models:
        classifier = load_classifier(n_classes, training)
        of_tilted = _mean_probabilities(classifier, tilted, features)
        proba = of_tilted if averaged else _mean_probabilities(classifier, seen)
        predictions.append(
            Prediction(
                label=int(proba.argmax()),
                proba=proba,
                stages=stages,
                views=seen,
                unfamiliarity=unfamiliarity(
                    tilted, of_tilted, logits[n_classes], field.stroke_length
                ),
                nearest=nearest[n_classes],
            )
        )
    return predictions


def _mean_probabilities(
    classifier: Classifier,
    views: NDArray[np.float64],
    features: NDArray[np.float32] | None = None,
) -> NDArray[np.float64]:
    proba = class_probabilities(classifier, views.reshape(len(views), -1), features)
    mean: NDArray[np.float64] = proba.mean(axis=0, dtype=np.float64)
    return mean
