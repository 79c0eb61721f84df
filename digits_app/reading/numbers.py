"""Read a number: which strokes make one sign, and what each sign is.

Every run of neighbouring pieces (`digits_app.drawing.grouping`) is shown to the guard, the
network that knows digits from all else (`digits_app.reading.unfamiliarity`): how probable
is the digit that it would be? The drawing is split where all signs together are the most
probable. One run after the other is added on the right, and of all ways to its end the best
is kept, which is Viterbi's algorithm.

References
----------
.. [1] R. G. Casey, E. Lecolinet, *A Survey of Methods and Strategies in Character
   Segmentation*, IEEE Transactions on Pattern Analysis and Machine Intelligence 18(7),
   1996: recognition-based segmentation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, log
from typing import Any, Final, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digits_app.drawing.canvas_json import (
    CANVAS_SIDE,
    WIDE,
    Stroke,
    paths_of,
    pen_path,
    read_strokes,
    render_drawing,
)
from digits_app.drawing.errors import (
    BlankDrawingError,
    TooSmallDrawingError,
    UnreadableDrawingError,
)
from digits_app.drawing.five_steps import prepare_bitmaps
from digits_app.drawing.grouping import (
    MOST_PIECES,
    MOST_STROKES,
    Run,
    cost_of_overlap,
    frame_of,
    on_square,
    pieces_of,
    row_height,
    runs_of,
)
from digits_app.drawing.ink import cut_out_digit, ink_intensity
from digits_app.drawing.tilted_copies import frame_copies, map_strokes
from digits_app.network.classifiers import Training
from digits_app.network.forward import mean_probabilities
from digits_app.reading.recognition import Model, Prediction, read_drawing
from digits_app.reading.unfamiliarity import load_guard

NO_DIGIT_BELOW: Final = 0.11
"""A sign is no digit where this is less probable: that both the guard and the network that
reads it name the same digit, each drawing lots by its probabilities."""

LEAST: Final = 0.1
"""A sign that is none costs as much as one of this probability; a dot costs twice."""

Frame = tuple[float, float, float, float]
"""Left, top, right and bottom, in canvas pixels."""


@dataclass(frozen=True)
class SignOfDrawing:
    """Strokes that make one sign of a drawing.

    Attributes
    ----------
    strokes : tuple of int
        Their places in the drawing.
    frame : tuple of float
        Left, top, right and bottom of its ink, in canvas pixels.
    objects : list of dict
        Its paths on the square canvas, which is how it is read.
    """

    strokes: tuple[int, ...]
    frame: Frame
    objects: list[dict[str, Any]]


@dataclass(frozen=True)
class NumberSign:
    """A sign of a number, and what is read in it.

    Attributes
    ----------
    strokes : tuple of int
        The strokes that it is made of, by their places.
    frame : tuple of float
        Left, top, right and bottom of its ink, in the units of the strokes.
    prediction : Prediction or None
        What is read, with every step; None where it is a dot.
    is_digit : bool
        Whether it looks like one.
    """

    strokes: tuple[int, ...]
    frame: Frame
    prediction: Prediction | None
    is_digit: bool

    @property
    def text(self) -> str:
        """The digit, or "?"."""
        return str(self.prediction.label) if self.prediction and self.is_digit else "?"

    @property
    def confidence(self) -> float:
        """Probability of the digit, 0..1; 0 for what is none."""
        return self.prediction.confidence if self.prediction and self.is_digit else 0.0


@dataclass(frozen=True)
class Number:
    """A number that was written with a pen.

    Attributes
    ----------
    signs : tuple of NumberSign
        From left to right; one at least.
    """

    signs: tuple[NumberSign, ...]

    @property
    def text(self) -> str:
        """What is read: digits, a 0 in front among them, and "?" for what is none."""
        return "".join(sign.text for sign in self.signs)

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Where each sign is: left, top, right and bottom."""
        return tuple(sign.frame for sign in self.signs)

    @property
    def confidences(self) -> tuple[float, ...]:
        """How sure each digit is, 0..1."""
        return tuple(sign.confidence for sign in self.signs)


def read_number(
    strokes: Sequence[ArrayLike],
    pen_width: float = 20,
    n_classes: int = 10,
    training: Training = "augmented",
) -> Number:
    """Read the digits that were written side by side with a pen.

    Parameters
    ----------
    strokes : sequence of array-like of shape (n_points, 2)
        Where the pen went, (x, y) in pixels of a canvas that is 280 high and at most 560
        wide; y goes down. A larger row is scaled to it.
    pen_width : float, default=20
        In the same pixels.
    n_classes, training
        Who reads each digit; see `digits_app.reading.recognition.read_digit`.

    Returns
    -------
    Number

    Raises
    ------
    UnreadableDrawingError
        There is no ink, or too much, or it is a dot.

    Examples
    --------
    >>> seven = [(40, 80), (110, 80), (70, 200)]
    >>> one = [(190, 80), (190, 200)]
    >>> number = read_number([seven, one])
    >>> number.text, number.frames[1]
    ('71', (180.0, 70.0, 200.0, 210.0))
    """
    points = [np.asarray(stroke, dtype=float).reshape(-1, 2) for stroke in strokes]
    places = [i for i, each in enumerate(points) if len(each)]
    if not places:
        raise BlankDrawingError("There is no stroke to read. Write a number first.")
    scale, corner = _onto_canvas(np.concatenate(points), pen_width)
    objects = [
        pen_path(((points[i] - corner) * scale).tolist(), pen_width * scale) for i in places
    ]
    across = (np.concatenate(points)[:, 0] - corner[0]) * scale
    width = CANVAS_SIDE if across.max() <= CANVAS_SIDE else WIDE
    back = np.tile(corner, 2)
    signs = _read_signs(objects, width, (n_classes, training))
    return Number(
        tuple(
            NumberSign(
                strokes=tuple(places[i] for i in sign.strokes),
                frame=cast(Frame, tuple((np.array(sign.frame) / scale + back).tolist())),
                prediction=prediction,
                is_digit=is_one,
            )
            for sign, prediction, is_one in signs
        )
    )


def _onto_canvas(
    points: NDArray[np.float64], pen_width: float
) -> tuple[float, NDArray[np.float64]]:
    """Scale and upper left corner of a row that is larger than the canvas, or beside it."""
    room = np.array([WIDE, CANVAS_SIDE], dtype=float)
    low, high = points.min(axis=0), points.max(axis=0)
    if (low >= 0).all() and (high <= room).all():
        return 1.0, np.zeros(2)
    span = high - low + pen_width
    return min(1.0, float((room / span).min())), low - pen_width / 2


def _read_signs(
    objects: list[dict[str, Any]], width: int, model: Model
) -> list[tuple[SignOfDrawing, Prediction | None, bool]]:
    signs = split_drawing(objects, width)
    read = []
    for sign in signs:
        prediction: Prediction | None
        try:
            [prediction] = read_sign(sign, [model])
        except UnreadableDrawingError:
            if len(signs) == 1:
                raise
            prediction = None
        read.append((sign, prediction, prediction is not None and is_digit(prediction)))
    return read


def read_sign(sign: SignOfDrawing, models: Sequence[Model]) -> list[Prediction]:
    """Let several classifiers read one sign; see `read_drawing`."""
    picture = render_drawing({"objects": sign.objects})
    if picture is None:
        raise BlankDrawingError("There is no stroke to read. Write a number first.")
    return read_drawing(picture, models)


def is_digit(prediction: Prediction) -> bool:
    """Whether a sign of a number is a digit, as far as the guard can tell.

    One digit alone is judged by `Prediction.is_unfamiliar`, and shown in either case. In a
    number a sign that is none is a "?".
    """
    known = prediction.guard_proba[: len(prediction.proba)]
    return float(known @ prediction.proba) >= NO_DIGIT_BELOW


def split_drawing(
    objects: list[dict[str, Any]], width: int = CANVAS_SIDE
) -> list[SignOfDrawing]:
    """Find the signs of a drawing.

    Parameters
    ----------
    objects : list of dict
        The drawing's paths.
    width : int, default=280
        Of the canvas, in pixels; 560 at most.

    Returns
    -------
    list of SignOfDrawing
        From left to right. One digit alone on the square canvas is `objects` as they are.

    Raises
    ------
    DamagedDrawingError, OverfullDrawingError
        See `render_drawing`.
    """
    strokes = _without_erased(objects, read_strokes(paths_of({"objects": objects})))
    pieces = pieces_of(strokes)
    if not pieces:
        return []
    ink = [stroke for stroke in strokes if stroke.shade and len(stroke.way)]
    if len(ink) > MOST_STROKES or len(pieces) > MOST_PIECES:
        whole = pieces[0]
        for piece in pieces[1:]:
            whole += piece
        chosen = [whole]
    elif len(pieces) == 1:
        chosen = pieces
    else:
        runs = runs_of(pieces, row_height(ink))
        parts = [on_square(objects, strokes, run.whole, width) for run in runs]
        chosen = [run.whole for run in best_split(runs, digit_probabilities(parts))]
    is_as_ever = len(chosen) == 1 and width == CANVAS_SIDE
    return [
        SignOfDrawing(
            strokes=piece.strokes,
            frame=frame_of(strokes, piece),
            objects=objects if is_as_ever else on_square(objects, strokes, piece, width),
        )
        for piece in chosen
    ]


def _without_erased(objects: list[dict[str, Any]], strokes: list[Stroke]) -> list[Stroke]:
    """Leave strokes that were wholly erased without a way."""
    erasers = [i for i, stroke in enumerate(strokes) if not stroke.shade]
    if not erasers:
        return strokes
    return [
        replace(stroke, way=stroke.way[:0])
        if stroke.shade and _is_blank([objects[i] for i in sorted([number, *erasers])])
        else stroke
        for number, stroke in enumerate(strokes)
    ]


def _is_blank(objects: list[dict[str, Any]]) -> bool:
    try:
        picture = render_drawing({"objects": objects})
    except TooSmallDrawingError:
        return False
    return picture is None or picture.getbbox() is None


def digit_probabilities(parts: Sequence[list[dict[str, Any]]]) -> list[float | None]:
    """How probable the digit is that each part of a drawing is most like.

    Parameters
    ----------
    parts : sequence of list of dict
        Of each its paths on the square canvas.

    Returns
    -------
    list of float or None
        0..1, by the guard; None for a dot, or where nothing is left of it.
    """
    frames = [_copies_of(part) for part in parts]
    there = [frame for frame in frames if frame is not None]
    if not there:
        return [None] * len(frames)
    # All in one pass, which takes a fraction of the time.
    copies = prepare_bitmaps(np.concatenate(there))
    each = np.split(copies, len(there))
    guard = iter(mean_probabilities(load_guard(), each))
    return [None if frame is None else float(next(guard)[:10].max()) for frame in frames]


def _copies_of(part: list[dict[str, Any]]) -> NDArray[np.bool_] | None:
    try:
        picture = render_drawing({"objects": part})
        if picture is None:
            return None
        return frame_copies(map_strokes(cut_out_digit(ink_intensity(picture))))
    except UnreadableDrawingError:
        return None


def best_split(runs: Sequence[Run], probabilities: Sequence[float | None]) -> list[Run]:
    """Choose the runs that together cover all pieces and cost least.

    Parameters
    ----------
    runs : sequence of Run
        Of `runs_of`.
    probabilities : sequence of float or None
        Of `digit_probabilities`, one for each.

    Returns
    -------
    list of Run
        From left to right.
    """
    n_pieces = max(run.end for run in runs)
    # Of each run: the least cost of a row that ends with it, and the run before it.
    costs: list[float] = []
    befores: list[int | None] = []
    for run, probability in zip(runs, probabilities, strict=True):
        ways = (
            [(0.0, None)]
            if run.first == 0
            else [
                (costs[i] + cost_of_overlap(other.whole, run.whole), i)
                for i, other in enumerate(runs[: len(costs)])
                if other.end == run.first
            ]
        )
        cost, before = min(ways, key=lambda way: cast(float, way[0]))
        costs.append(cost + _cost(run, probability))
        befores.append(before)
    last: int | None = min(
        (i for i, run in enumerate(runs) if run.end == n_pieces), key=costs.__getitem__
    )
    chosen = []
    while last is not None:
        chosen.append(runs[last])
        last = befores[last]
    return chosen[::-1]


def _cost(run: Run, probability: float | None) -> float:
    """What a run costs as one sign; endlessly much where it can be none."""
    if probability is None:
        return run.cost - 2 * log(LEAST)
    if probability < NO_DIGIT_BELOW and not run.hangs_together:
        return inf
    return run.cost - log(probability + LEAST)
