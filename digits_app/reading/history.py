"""How the answer changed while a digit was drawn, computed from its strokes.

The drawing is read again as it was at each of several lengths of ink. That needs no record
of the moments themselves, so it is the same for a slow hand and a fast one, and for a
drawing that was reloaded.
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from digits_app.drawing.canvas_json import paths_of, render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.ink import ink_intensity
from digits_app.network.classifiers import Classifier, Training, load_classifier
from digits_app.reading.explanation import copies_seen, mean_probabilities

N_MOMENTS: Final = 32
"""How many lengths of ink a drawing is read at."""

_TOLERANCE = 1e-6


@dataclass(frozen=True)
class ReadingHistory:
    """What was read as the drawing grew.

    Attributes
    ----------
    lengths : ndarray of shape (n_moments,)
        How far the pen had come, in canvas pixels; rising, the last is the whole drawing.
    proba : ndarray of shape (n_moments, n_classes)
        Probability of each digit; 0 everywhere while there was too little to read.
    """

    lengths: NDArray[np.float64]
    proba: NDArray[np.float64]

    @property
    def leaders(self) -> list[tuple[int, int]]:
        """Where another digit took the lead: its moment, and the digit."""
        read = [
            (moment, int(proba.argmax()))
            for moment, proba in enumerate(self.proba)
            if proba.any()
        ]
        changes = [now for before, now in pairwise(read) if now[1] != before[1]]
        return read[:1] + changes


def read_history(
    drawing: object,
    n_classes: int = 10,
    training: Training | Classifier = "augmented",
    averaged: bool = True,
    n_moments: int = N_MOMENTS,
) -> ReadingHistory:
    """Read a drawing as it was at several lengths of ink.

    Parameters
    ----------
    drawing : object
        The canvas' JSON; see `digits_app.drawing.canvas_json.render_drawing`.
    n_classes, training, averaged
        Who reads it; see `digits_app.reading.recognition.read_digit`. A classifier of
        one's own may stand for `training`.
    n_moments : int, default=32

    Returns
    -------
    ReadingHistory
        Without any moments for an empty canvas.

    Raises
    ------
    UnreadableDrawingError
        It is no drawing, or only a dot.
    """
    whole = render_drawing(drawing)
    ends = [] if whole is None else command_ends(drawing)
    classifier = (
        load_classifier(n_classes, cast(Training, training))
        if isinstance(training, str)
        else training
    )
    length = ends[-1][-1] if ends else 0.0
    lengths = np.linspace(length / n_moments, length, n_moments if ends else 0)
    seen = [_copies_at(drawing, ends, reached, averaged) for reached in lengths.tolist()]
    proba = mean_probabilities(classifier, seen)
    return ReadingHistory(lengths, proba)


def command_ends(drawing: object) -> list[list[float]]:
    """Measure how far the pen had come at the end of each command of each path.

    Parameters
    ----------
    drawing : object
        The canvas' JSON, of a drawing that can be rendered.

    Returns
    -------
    list of list of float
        In canvas pixels from the start of the drawing; the pen's way in the air does not
        count, and a curve counts as the straight way to its end.
    """
    come = 0.0
    ends = []
    for path in paths_of(drawing):
        places = [command[-2:] for command in path["path"]]
        ends.append([0.0] * len(places))
        for number, (before, here) in enumerate(pairwise([None, *places])):
            if before and here and path["path"][number][0] != "M":
                come += float(np.hypot(here[0] - before[0], here[1] - before[1]))
            ends[-1][number] = come
    return ends


def drawing_at(
    drawing: object, ends: list[list[float]], reached: float
) -> dict[str, list[dict[str, Any]]]:
    """Cut a drawing off where the pen had come a certain way.

    Parameters
    ----------
    drawing : object
        The canvas' JSON, of a drawing that can be rendered.
    ends : list of list of float
        Its `command_ends`.
    reached : float
        Length of ink to keep, in canvas pixels.

    Returns
    -------
    dict
        The canvas' JSON of the beginning.
    """
    begun = []
    for path, ends_of_path in zip(paths_of(drawing), ends, strict=True):
        n_commands = bisect_right(ends_of_path, reached + _TOLERANCE)
        if n_commands > 1:
            begun.append({**path, "path": path["path"][:n_commands]})
    return {"objects": begun}


def _copies_at(
    drawing: object, ends: list[list[float]], reached: float, averaged: bool
) -> NDArray[np.float64] | None:
    """Prepare the beginning of a drawing; None where it is too little to read."""
    try:
        begun = render_drawing(drawing_at(drawing, ends, reached))
        return None if begun is None else copies_seen(ink_intensity(begun), averaged)
    except UnreadableDrawingError:
        return None
