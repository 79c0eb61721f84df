"""Read a drawing: prepare it, ask the classifier, say how sure it is, and how strange."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.drawing.five_steps import Bitmap, prepare_bitmaps
from digits_app.drawing.ink import cut_out_digit, ink_intensity
from digits_app.drawing.paper import only_digit
from digits_app.drawing.preparation import (
    PreparationStages,
    stages_of_digit,
    stages_of_frame,
)
from digits_app.drawing.tilted_copies import UNTILTED, frame_copies, map_strokes
from digits_app.network.classifiers import Classifier, Training, load_classifier
from digits_app.network.features import stroke_directions
from digits_app.network.forward import mean_probabilities
from digits_app.reading.unfamiliarity import (
    UNFAMILIAR_FROM,
    NearestDigits,
    guard_probabilities,
    nearest_digits,
    unfamiliarity,
)

Model: TypeAlias = "tuple[int, Training | Classifier]"
"""How many digits a classifier knows, and its training, or the classifier itself."""


@dataclass(frozen=True)
class _Preparation:
    """What several classifiers read of one drawing.

    Attributes
    ----------
    digit : PIL.Image.Image
        The ink, cut out of the picture.
    framed : ndarray of shape (32, 32), bool, or None
        The untilted copy after steps 1 and 2; None where the drawing is read as it is.
    tilted : ndarray of shape (9, 8, 8)
        The tilted copies.
    features : ndarray of shape (9, 192)
        Their `stroke_directions`.
    """

    digit: Image.Image
    framed: Bitmap | None
    tilted: NDArray[np.float64]
    features: NDArray[np.float32]

    @cached_property
    def stages(self) -> PreparationStages:
        if self.framed is None:
            return stages_of_digit(self.digit)
        return stages_of_frame(self.framed)


@dataclass(frozen=True)
class Prediction:
    """What a classifier reads in a drawing.

    Attributes
    ----------
    label : int
        The most probable digit.
    proba : ndarray of shape (n_classes,)
        Probability of each digit, counted from 0; sums to 1.
    copies : ndarray of shape (n_copies, 8, 8)
        What the classifier saw: nine tilted copies of the drawing, or `image` alone.
    guard_proba : ndarray of shape (11,)
        What the guard says: probability of each digit, and last of no digit.
    """

    label: int
    proba: NDArray[np.float64]
    copies: NDArray[np.float64]
    guard_proba: NDArray[np.float64]
    _preparation: _Preparation

    @property
    def unfamiliarity(self) -> float:
        """Probability that the drawing is no known digit, 0..1; the guard's."""
        return unfamiliarity(self.guard_proba, len(self.proba))

    @property
    def image(self) -> NDArray[np.float64]:
        """One that the classifier saw: shape (8, 8), floats 0..16.

        Of the tilted copies it is the one that is not tilted; of a drawing that is read
        as it is, what `prepare_image` makes of it.
        """
        image: NDArray[np.float64] = self.copies[UNTILTED if len(self.copies) > 1 else 0]
        return image

    @property
    def stages(self) -> PreparationStages:
        """How `image` was made, step by step; worked out when first asked for."""
        return self._preparation.stages

    @cached_property
    def nearest(self) -> NearestDigits:
        """The training digits most like the drawing; looked for when first asked for."""
        return nearest_digits(self._preparation.tilted, len(self.proba))

    @property
    def is_unfamiliar(self) -> bool:
        """The drawing is unlike every digit the classifier was trained on."""
        return self.unfamiliarity > UNFAMILIAR_FROM[len(self.proba)]

    @property
    def confidence(self) -> float:
        """Probability of `label`, 0..1."""
        return float(self.proba[self.label])


def read_digit(
    image: Image.Image,
    n_classes: int = 10,
    training: Training = "augmented",
    averaged: bool = True,
) -> Prediction:
    """Read the digit in a picture.

    Parameters
    ----------
    image : PIL.Image.Image
        One digit: drawn, scanned or photographed; see
        `digits_app.drawing.paper.find_digits`.
    n_classes : {2, 10}, default=10
        2 reads 0 and 1, 10 reads 0 to 9.
    training : {"lesson", "augmented"}, default="augmented"
        Which classifier reads it.
    averaged : bool, default=True
        Average the probabilities over tilted copies of the drawing (`copies`), or read
        the drawing once, as it is. How unfamiliar it is, the copies tell in either case.

    Returns
    -------
    Prediction

    Raises
    ------
    UnreadableDrawingError
        The picture is blank, or its mark too small for a digit.

    Notes
    -----
    The first reading in a process limits BLAS to one thread; see `load_classifier`.

    Examples
    --------
    >>> from PIL import Image, ImageDraw
    >>> picture = Image.new("L", (280, 280))
    >>> seven = [(80, 60), (200, 60), (130, 230)]
    >>> ImageDraw.Draw(picture).line(seven, fill=255, width=20, joint="curve")
    >>> prediction = read_digit(picture)
    >>> prediction.label, prediction.is_unfamiliar
    (7, False)
    """
    return read_drawing(only_digit(image), [(n_classes, training)], averaged)[0]


def read_drawing(
    image: Image.Image,
    models: Sequence[Model],
    averaged: bool = True,
) -> list[Prediction]:
    """Let several classifiers read one picture, which is prepared only once.

    Parameters
    ----------
    image : PIL.Image.Image
        One digit.
    models : sequence of (n_classes, training) or (n_classes, classifier)
        A classifier of one's own takes rows of 64 pixels. See `read_digit`, also for what
        is raised.
    averaged : bool, default=True
        See `read_digit`.

    Returns
    -------
    list of Prediction
        In the order of `models`.

    Examples
    --------
    >>> from PIL import Image, ImageDraw
    >>> picture = Image.new("L", (280, 280))
    >>> ImageDraw.Draw(picture).ellipse((80, 40, 200, 240), outline=255, width=20)
    >>> models = [(10, "lesson"), (2, "lesson")]
    >>> [prediction.label for prediction in read_drawing(picture, models)]
    [0, 0]
    """
    preparation = _prepare(image, averaged)
    guard_proba = guard_probabilities(preparation.tilted, preparation.features)
    classifiers = [
        load_classifier(n_classes, cast(Training, model))
        if isinstance(model, str)
        else model
        for n_classes, model in models
    ]
    predictions = []
    for classifier in classifiers:
        if averaged:
            copies, features = preparation.tilted, preparation.features
        else:
            copies, features = preparation.stages.image[None], None
        (proba,) = mean_probabilities(classifier, [copies], features)
        predictions.append(
            Prediction(int(proba.argmax()), proba, copies, guard_proba, preparation)
        )
    return predictions


def _prepare(image: Image.Image, averaged: bool) -> _Preparation:
    digit = cut_out_digit(ink_intensity(image))
    frames = frame_copies(map_strokes(digit))
    tilted = prepare_bitmaps(frames)
    return _Preparation(
        digit=digit,
        framed=frames[UNTILTED] if averaged else None,
        tilted=tilted,
        features=stroke_directions(tilted.reshape(len(tilted), -1)),
    )
