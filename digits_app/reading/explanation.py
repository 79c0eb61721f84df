"""Why a digit was read so: how much each pixel speaks for the answer, or against it.

Two methods, for they answer two questions.

Occlusion [1]_ asks what each pixel of ink does: it is rubbed out, the network is asked
again, and the change is what the pixel counted. Anyone can check that with a pencil. But
pixels without ink count nothing, although a gap may be what tells a 3 from an 8.

Integrated gradients [2]_ compare the digit with the mean of all training digits, and share
the difference of the two answers out over the pixels. Here missing ink can count, too.

Do not trust such a picture unseen: some methods draw much the same for a network that has
learned nothing [3]_. `with_random_weights` makes one to compare with.

References
----------
.. [1] M. Zeiler and R. Fergus, *Visualizing and understanding convolutional networks*,
   ECCV 2014.
.. [2] M. Sundararajan, A. Taly and Q. Yan, *Axiomatic attribution for deep networks*,
   ICML 2017.
.. [3] J. Adebayo et al., *Sanity checks for saliency maps*, NeurIPS 2018.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image
from scipy import special
from sklearn.pipeline import Pipeline

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.five_steps import ink_box
from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.preparation import stages_of_ink
from digits_app.drawing.tilted_copies import copies_of_ink
from digits_app.network.classifiers import Classifier
from digits_app.network.committee import as_pipeline, network_of
from digits_app.network.forward import (
    class_probabilities,
    mean_probabilities,
    network_of_classifier,
)
from digits_app.reading.gradients import class_logits, pixel_slopes
from digits_app.reading.unfamiliarity import load_split_once

Method = Literal["occlusion", "integrated gradients"]

PATCHES: Final = 8
"""How many patches of a drawing's longer side are rubbed out, one at a time."""

_NOTICED: Final = 0.1  # of the strongest colour: what a person sees at a glance
_PATH_PARTS: Final = 16
# Gauss-Legendre points and weights of a part of the path, from 0 to 1.
_NODES, _NODE_WEIGHTS = (
    (nodes + 1) / 2 if i == 0 else nodes / 2
    for i, nodes in enumerate(np.polynomial.legendre.leggauss(3))
)


@dataclass(frozen=True)
class Explanation:
    """How much each pixel of a digit speaks for an answer.

    Attributes
    ----------
    heat : ndarray of shape (8, 8)
        Positive speaks for `label`, negative against it. With occlusion, by how much the
        probability of `label` falls (less that of `against`, -1..1) when the pixel is
        rubbed out. With integrated gradients, the pixel's share of the log odds of `label`
        (against `against`, or all other digits), over those of the mean training digit.
    label : int
        The digit that is explained.
    against : int or None
        The digit that it is compared with; None for all others.
    method : {"occlusion", "integrated gradients"}
    proba : ndarray of shape (n_classes,)
        Probability of each digit, counted from 0.
    """

    heat: NDArray[np.float64]
    label: int
    against: int | None
    method: Method
    proba: NDArray[np.float64]


@dataclass(frozen=True)
class RubbedDrawing:
    """A drawing, and what is left of it without each patch of its ink.

    Attributes
    ----------
    has_ink : ndarray of shape (n_rows, n_columns), bool
        The patches that were rubbed out.
    corner : tuple of int
        Left and top of the first patch, in pixels of the drawing.
    patch_side : int
        Side of a patch, in pixels of the drawing.
    copies : ndarray of shape (n_copies, 8, 8)
        The whole drawing as a classifier sees it, 0..16.
    without : list of (ndarray of shape (n_copies, 8, 8) or None)
        The drawing without each patch, row by row; None where too little is left.
    """

    has_ink: NDArray[np.bool_]
    corner: tuple[int, int]
    patch_side: int
    copies: NDArray[np.float64]
    without: list[NDArray[np.float64] | None]


@dataclass(frozen=True)
class InkExplanation:
    """How much each part of a drawing's ink speaks for an answer.

    Attributes
    ----------
    heat : ndarray of shape (n_rows, n_columns)
        By how much the probability of `label` falls (less that of `against`, -1..1) when
        the ink of the patch is rubbed out of the drawing.
    has_ink, corner, patch_side
        As in `RubbedDrawing`.
    label, against, proba
        As in `Explanation`.
    """

    heat: NDArray[np.float64]
    has_ink: NDArray[np.bool_]
    corner: tuple[int, int]
    patch_side: int
    label: int
    against: int | None
    proba: NDArray[np.float64]


def explain_digit(
    pixels: ArrayLike,
    classifier: Classifier,
    label: int | None = None,
    against: int | None = None,
    method: Method = "occlusion",
) -> Explanation:
    """Tell which pixels of a digit speak for an answer, and which against it.

    Parameters
    ----------
    pixels : array-like of shape (8, 8) or (64,)
        The digit, 0 (no ink) to 16 (all ink).
    classifier : MLPClassifier or Pipeline
        Fitted; see `load_classifier`.
    label : int, default=None
        The answer to explain; None for the classifier's own.
    against : int, default=None
        Explain why `label` and not this digit; None compares with all others.
    method : {"occlusion", "integrated gradients"}, default="occlusion"

    Returns
    -------
    Explanation

    Raises
    ------
    ValueError
        Pixels of another shape or range, a digit that the classifier does not know, the
        same digit twice, or an unknown method.

    Examples
    --------
    >>> from digits_app import explain_digit, load_classifier
    >>> from digits_app.dataset import load_split
    >>> four = load_split().X_test[4]
    >>> why = explain_digit(four, load_classifier())
    >>> why.label, why.heat.shape
    (9, (8, 8))
    """
    row = as_row(pixels)
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {get_args(Method)}, got {method!r}")
    proba = class_probabilities(classifier, row[None])[0].astype(np.float64)
    label = _checked_digits(proba, label, against)
    explain = _occlusion if method == "occlusion" else _integrated_gradients
    heat = explain(row, classifier, label, against).reshape(IMAGE_SHAPE)
    return Explanation(heat, label, against, method, proba)


def explain_drawing(
    drawing: Image.Image | RubbedDrawing,
    classifier: Classifier,
    label: int | None = None,
    against: int | None = None,
    averaged: bool = True,
) -> InkExplanation:
    """Tell which ink of a drawing speaks for an answer: patch by patch it is rubbed out.

    That is what an eraser does, so all that follows is done anew for each patch: the crop,
    the five steps, the tilted copies. Where too little is left to be read, it counts as a
    probability of 0.

    Parameters
    ----------
    drawing : PIL.Image.Image or RubbedDrawing
        One digit; see `digits_app.drawing.preparation.prepare_image`. To ask more
        than once rubs it out only once (`rub_out`).
    classifier, label, against
        See `explain_digit`.
    averaged : bool, default=True
        Average over nine tilted copies of an image, or look once.

    Returns
    -------
    InkExplanation

    Raises
    ------
    UnreadableDrawingError
        There is nothing to read in it.
    ValueError
        A digit that the classifier does not know, or the same digit twice.

    Examples
    --------
    >>> from PIL import ImageDraw
    >>> from digits_app import explain_drawing, load_classifier
    >>> picture = Image.new("L", (280, 280))
    >>> ImageDraw.Draw(picture).ellipse((80, 40, 200, 240), outline=255, width=20)
    >>> why = explain_drawing(picture, load_classifier(10, "lesson"))
    >>> why.label, why.heat.shape == why.has_ink.shape
    (0, True)
    """
    rubbed = rub_out(drawing, averaged) if isinstance(drawing, Image.Image) else drawing
    drawings = [rubbed.copies, *rubbed.without]
    # What cannot be read any more counts as a probability of 0.
    proba = np.zeros((len(drawings), len(classifier.classes_)))
    proba[[copies is not None for copies in drawings]] = mean_probabilities(
        classifier, [copies for copies in drawings if copies is not None]
    )
    label = _checked_digits(proba[0], label, against)
    sureness = _sureness(proba, label, against)
    heat = np.zeros(rubbed.has_ink.shape)
    heat[rubbed.has_ink] = sureness[0] - sureness[1:]
    return InkExplanation(
        heat, rubbed.has_ink, rubbed.corner, rubbed.patch_side, label, against, proba[0]
    )


def look_alike(heat: ArrayLike, other: ArrayLike) -> bool:
    """Whether two maps would be the same picture: a person sees no difference in them.

    A picture's strongest colour stands for the largest value of its map. What differs by
    less than a tenth of that, everywhere, cannot be told apart at a glance.

    Parameters
    ----------
    heat, other : array-like of the same shape
        Maps as `Explanation.heat`.

    Examples
    --------
    >>> look_alike([0.5, -0.02], [0.25, 0.0]), look_alike([0.5, -0.2], [0.5, 0.0])
    (True, False)
    """
    strengths = [np.asarray(each) / (np.abs(each).max() or 1.0) for each in (heat, other)]
    return bool(np.abs(strengths[0] - strengths[1]).max() < _NOTICED)


def rub_out(image: Image.Image, averaged: bool = True) -> RubbedDrawing:
    """Rub the ink of a drawing out, patch by patch, and prepare what is left each time.

    Parameters
    ----------
    image, averaged
        See `explain_drawing`, also for what is raised.
    """
    ink = ink_intensity(image)
    has_ink, corner, side = _patches(ink)
    without = [
        _readable_copies(_without_patch(ink, corner, side, *place), averaged)
        for place in np.argwhere(has_ink).tolist()
    ]
    return RubbedDrawing(has_ink, corner, side, copies_seen(ink, averaged), without)


def with_random_weights(classifier: Classifier, random_state: int = 0) -> Classifier:
    """Make a network of the same shape that has learned nothing.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        Fitted.
    random_state : int, default=0

    Returns
    -------
    MLPClassifier or Pipeline
        Its weights are drawn as `MLPClassifier` draws them before the first iteration.
    """
    rng = np.random.default_rng(random_state)
    network = network_of_classifier(classifier)
    coefs, intercepts = [], []
    for weights in network.coefs_:
        # Glorot and Bengio, 2010
        bound = np.sqrt(6 / sum(weights.shape))
        coefs.append(rng.uniform(-bound, bound, weights.shape).astype(np.float32))
        intercepts.append(rng.uniform(-bound, bound, weights.shape[1]).astype(np.float32))
    untrained = network_of(coefs, intercepts)
    return as_pipeline(untrained) if isinstance(classifier, Pipeline) else untrained


def copies_seen(ink: Image.Image, averaged: bool) -> NDArray[np.float64]:
    """Prepare what a classifier sees of a drawing: nine tilted copies, or one picture.

    Parameters
    ----------
    ink : PIL.Image.Image
        Mode "L", 0 background to 255 ink, of `ink_intensity`.
    averaged : bool

    Returns
    -------
    ndarray of shape (n_copies, 8, 8)
        Floats 0..16.

    Raises
    ------
    UnreadableDrawingError
        There is too little ink.
    """
    return copies_of_ink(ink) if averaged else stages_of_ink(ink).image[None]


def as_row(pixels: ArrayLike) -> NDArray[np.float64]:
    """Check the pixels of a digit and lay them out in a row of 64.

    Raises
    ------
    ValueError
        They are not 64 numbers of 0..16.
    """
    row = np.asarray(pixels, dtype=np.float64)
    if row.shape not in (IMAGE_SHAPE, (row.size,)) or row.size != np.prod(IMAGE_SHAPE):
        raise ValueError(f"a digit has 8x8 pixels, got an array of shape {row.shape}")
    if not ((row >= 0) & (row <= MAX_INTENSITY)).all():
        raise ValueError(f"pixels run from 0 to {MAX_INTENSITY}")
    return row.ravel()


def _checked_digits(
    proba: NDArray[np.float64], label: int | None, against: int | None
) -> int:
    """Return the digit to explain."""
    label = int(proba.argmax()) if label is None else label
    for digit in (label, against):
        if digit is not None and digit not in range(len(proba)):
            raise ValueError(f"the classifier knows 0 to {len(proba) - 1}, not {digit!r}")
    if label == against:
        raise ValueError(f"cannot tell a {label} from itself: choose another digit")
    return label


def _sureness(
    proba: NDArray[np.float64], label: int, against: int | None
) -> NDArray[np.float64]:
    """Probability of a digit, less that of another, for each row."""
    sureness = proba[:, label].astype(np.float64)
    return sureness if against is None else sureness - proba[:, against]


def _occlusion(
    row: NDArray[np.float64], classifier: Classifier, label: int, against: int | None
) -> NDArray[np.float64]:
    """How much less sure the classifier is without each pixel."""
    inked = np.flatnonzero(row)
    without = np.tile(row, (len(inked), 1))
    without[np.arange(len(inked)), inked] = 0
    proba = class_probabilities(classifier, np.vstack([row, without]))
    sureness = _sureness(proba, label, against)
    changes = np.zeros(len(row))
    changes[inked] = sureness[0] - sureness[1:]
    return changes


def _integrated_gradients(
    row: NDArray[np.float64], classifier: Classifier, label: int, against: int | None
) -> NDArray[np.float64]:
    """Follow the straight way from the mean digit, and add up what each pixel does."""
    start = _mean_digit(len(classifier.classes_))
    edges = _path_edges(classifier, start, row)
    parts = np.diff(edges)
    way = (edges[:-1, None] + parts[:, None] * _NODES).ravel()
    weights = (parts[:, None] * _NODE_WEIGHTS).ravel()

    points = start + way[:, None] * (row - start)
    slopes = pixel_slopes(
        classifier, points, lambda logits: _log_odds_slopes(logits, label, against)
    )
    shares: NDArray[np.float64] = (row - start) * (weights @ slopes)
    return shares


def _log_odds_slopes(
    logits: NDArray[np.floating[Any]], label: int, against: int | None
) -> NDArray[np.floating[Any]]:
    """Slope of `log_odds` in each logit, of shape (n_samples, n_classes)."""
    others = np.delete(np.arange(logits.shape[1]), label) if against is None else [against]
    slopes = np.zeros_like(logits)
    slopes[:, label] = 1
    slopes[:, others] = -special.softmax(logits[:, others], axis=1)
    return slopes


def _path_edges(
    classifier: Classifier, start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Where to cut the way from one digit to another, 0..1, to integrate along it.

    Where a hidden unit falls silent or awakes, the gradient jumps: such places are cuts.
    """
    cuts = np.linspace(0, 1, _PATH_PARTS + 1)
    if isinstance(classifier, Pipeline):
        return cuts
    first = classifier.coefs_[0], classifier.intercepts_[0]
    at_start, at_end = (digit @ first[0] + first[1] for digit in (start, end))
    wakes = (at_start > 0) != (at_end > 0)
    jumps = at_start[wakes] / (at_start[wakes] - at_end[wakes])
    return np.sort(np.concatenate([cuts, jumps]))


def log_odds(
    pixels: ArrayLike, classifier: Classifier, label: int, against: int | None = None
) -> float:
    """Log odds of a digit against another, or against all others.

    Parameters
    ----------
    pixels, classifier, label, against
        See `explain_digit`.
    """
    logits = class_logits(classifier, as_row(pixels)[None])[0].astype(np.float64)
    others = np.delete(logits, label) if against is None else logits[[against]]
    return float(logits[label] - special.logsumexp(others))


def mean_digit(n_classes: int) -> NDArray[np.float64]:
    """Return the mean of the training digits of the first classes, of shape (8, 8)."""
    return _mean_digit(n_classes).reshape(IMAGE_SHAPE)


@cache
def _mean_digit(n_classes: int) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = load_split_once(n_classes).X_train.mean(axis=0)
    return mean


def _patches(ink: Image.Image) -> tuple[NDArray[np.bool_], tuple[int, int], int]:
    """Lay square patches over the ink: which hold some, where they start, their side."""
    left, top, right, bottom = ink_box(ink) or (0, 0, *ink.size)
    side = -(-max(right - left, bottom - top) // PATCHES)
    n_columns, n_rows = -(-(right - left) // side), -(-(bottom - top) // side)
    # the patches stand out over the ink by the same on both sides
    left -= (n_columns * side - (right - left)) // 2
    top -= (n_rows * side - (bottom - top)) // 2
    box = (left, top, left + n_columns * side, top + n_rows * side)
    shades = np.asarray(ink.crop(box)).reshape(n_rows, side, n_columns, side)
    return shades.max(axis=(1, 3)) >= 128, (left, top), side


def _without_patch(
    ink: Image.Image, corner: tuple[int, int], side: int, row: int, column: int
) -> Image.Image:
    """Rub the ink of one patch out."""
    left, top = corner[0] + column * side, corner[1] + row * side
    rubbed = ink.copy()
    rubbed.paste(0, (left, top, left + side, top + side))
    return rubbed


def _readable_copies(ink: Image.Image, averaged: bool) -> NDArray[np.float64] | None:
    """Prepare a drawing; None where too little of it is left."""
    try:
        return copies_seen(ink, averaged)
    except UnreadableDrawingError:
        return None
