"""From allographs to drawings by many hands: bent, drawn with a pen, and prepared.

Each drawing takes an allograph's points and moves them: every point a little, the whole as
by another hand (turned, slanted, narrowed, bent), the ends longer or shorter, the strokes
against each other. Then it is drawn with a pen of some width and goes the way of any
drawing: an even pen in some of its tilted copies, and the five steps.

Every random number comes from the generator that is handed in.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digits_app.drawing.canvas_json import draw_polyline
from digits_app.drawing.tilted_copies import copies_of_ink
from digits_app.training.allographs import Allograph

Points = NDArray[np.float64]
"""Points of a stroke, of shape (n_points, 2): x to the right, y down."""

CURVE_STEPS: Final = 8
"""Points that a curve gets between two of an allograph's points."""

MAX_JITTER: Final = 0.06
"""Root mean square by which a point of an allograph moves, as a share of the box; each
drawing gets its own strength, from none up to this."""

MAX_ELASTIC: Final = 0.06
"""The same for the smooth field that bends the whole."""

TURN: Final = 7.0
"""Root mean square, in degrees."""

SLANT: Final = 0.22
"""Root mean square, in columns per row."""

WIDTHS: Final = (0.45, 0.8, 1.5)
"""Least, commonest and greatest factor by which the whole is narrowed or widened."""

MAX_BEND: Final = 0.25
"""How much one half of a sign grows at the cost of the other, on each axis."""

END_CHANGE: Final = 0.05
"""Root mean square by which an end of a stroke is longer or shorter, as a share of the
box."""

STROKE_SHIFT: Final = 0.04
"""Root mean square by which a stroke is shifted, as a share of the box."""

MAX_TREMOR: Final = 0.012
"""Root mean square of the shaking of a hand, from none up to this."""

SHARE_ROUNDED: Final = 0.25
"""Share of the drawings whose corners are round."""

SHARE_WITH_HOOK: Final = 0.06
"""Share of the ends of strokes that get a small hook."""

SHARE_SPARSE: Final = 0.08
"""Share of the drawings of which only every second to sixth point is reported."""

SHARE_ON_GRID: Final = 0.03
"""Share of the drawings whose points lie on a coarse grid."""

GRID_CELLS: Final = (10, 30)
"""Range of the cells of that grid along the box."""

PEN_SHARES: Final = (0.03, 0.36)
"""Range of the pen's width, as a share of the longer side of the drawing."""

DRAWN_SIDE: Final = 160
"""Longer side of a drawing, in pixels."""

COPIES_OF_EACH: Final = 5
"""Tilted copies that are kept of each drawing."""


def write_strokes(allograph: Allograph, rng: np.random.Generator) -> list[Points]:
    """Write an allograph once, as some hand might.

    Parameters
    ----------
    allograph : Allograph
    rng : numpy.random.Generator

    Returns
    -------
    list of ndarray of shape (n_points, 2)
        One for each stroke: x to the right, y down, about 0 to 1.
    """
    jitter = rng.uniform(0, MAX_JITTER)
    rounded = rng.random() < SHARE_ROUNDED
    strokes = []
    for stroke in allograph.strokes:
        points, corners = parse_stroke(stroke)
        moved = points + rng.normal(0, jitter, points.shape)
        curve = curve_matrix(() if rounded else corners, len(points)) @ moved
        curve = change_ends(curve, rng)
        curve = shake(curve, rng)
        strokes.append(
            curve + rng.normal(0, STROKE_SHIFT, 2) * (len(allograph.strokes) > 1)
        )
    return digitise(bend_whole(strokes, rng), rng)


@cache
def parse_stroke(stroke: str) -> tuple[Points, tuple[int, ...]]:
    """Read a stroke's points, and which of them are corners; do not change them.

    Returns
    -------
    points : ndarray of shape (n_points, 2)
    corners : tuple of int
        Indices of the points at which the pen turns sharply.

    Examples
    --------
    >>> points, corners = parse_stroke("0,0 1,0! 0.5,1")
    >>> points.shape, corners
    ((3, 2), (1,))
    """
    words = stroke.split()
    points = np.array([word.rstrip("!").split(",") for word in words], dtype=np.float64)
    return points, tuple(i for i, word in enumerate(words) if word.endswith("!"))


@cache
def curve_matrix(corners: tuple[int, ...], n_points: int) -> NDArray[np.float64]:
    """Make the matrix that takes control points to the points of a smooth curve.

    Between two corners (and ends) the curve is a Catmull-Rom spline [1]_: it runs through
    every control point, there parallel to the line between the two neighbours.

    Parameters
    ----------
    corners : tuple of int
        Indices of the control points at which the curve has a corner.
    n_points : int
        Number of control points, at least 2.

    Returns
    -------
    ndarray of shape (CURVE_STEPS * (n_points - 1) + 1, n_points)
        Rows sum to 1.

    References
    ----------
    .. [1] E. Catmull, R. Rom, *A class of local interpolating splines*,
       Computer Aided Geometric Design, 1974.
    """
    units = np.eye(n_points)
    tangents = np.gradient(units, axis=0)
    t = np.arange(CURVE_STEPS)[:, None] / CURVE_STEPS
    pieces = []
    for i in range(n_points - 1):
        chord = units[i + 1] - units[i]
        leaving = chord if i in corners else tangents[i]
        arriving = chord if i + 1 in corners else tangents[i + 1]
        # Cubic Hermite between the two points.
        pieces.append(
            (2 * t**3 - 3 * t**2 + 1) * units[i]
            + (t**3 - 2 * t**2 + t) * leaving
            + (3 * t**2 - 2 * t**3) * units[i + 1]
            + (t**3 - t**2) * arriving
        )
    return np.concatenate([*pieces, units[-1:]])


def change_ends(curve: Points, rng: np.random.Generator) -> Points:
    """Make each end of a stroke longer or shorter, or give it a small hook."""
    for _ in range(2):
        change = rng.normal(0, END_CHANGE)
        if change < 0:
            curve = _trimmed(curve, -change)
        else:
            curve = np.vstack([_beyond(curve, change), curve])
        if rng.random() < SHARE_WITH_HOOK:
            angle, length = rng.uniform(0, 2 * np.pi), rng.uniform(0.03, 0.12)
            tip = curve[0] + length * np.array([np.cos(angle), np.sin(angle)])
            curve = np.vstack([tip, curve])
        curve = curve[::-1]
    return curve


def _trimmed(curve: Points, length: float) -> Points:
    """Cut a length off the start of a curve, at most a quarter of its points."""
    way = np.concatenate([[0], np.hypot(*np.diff(curve, axis=0).T).cumsum()])
    first = min(int(np.searchsorted(way, length)), len(curve) // 4)
    return curve[first:]


def _beyond(curve: Points, length: float) -> Points:
    """Point that lies a length before the start of a curve, in its direction."""
    course = curve[0] - curve[min(2, len(curve) - 1)]
    point: Points = curve[0] + course * (length / max(np.hypot(*course), 1e-6))
    return point


def shake(curve: Points, rng: np.random.Generator) -> Points:
    """Let the hand tremble along a stroke."""
    n_knots = max(3, len(curve) // 3)
    knots = rng.normal(0, rng.uniform(0, MAX_TREMOR), (2, n_knots))
    along, places = np.linspace(0, 1, len(curve)), np.linspace(0, 1, n_knots)
    shaken: Points = curve + np.stack([np.interp(along, places, k) for k in knots], axis=1)
    return shaken


def bend_whole(strokes: Sequence[Points], rng: np.random.Generator) -> list[Points]:
    """Turn, slant, narrow and bend all strokes of a sign together.

    Parameters
    ----------
    strokes : sequence of ndarray of shape (n_points, 2)
        In a box of 0 to 1.
    rng : numpy.random.Generator

    Returns
    -------
    list of ndarray of shape (n_points, 2)
    """
    turn = np.deg2rad(rng.normal(0, TURN))
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    slant = np.array([[1, rng.normal(0, SLANT)], [0, 1]])
    narrow = np.diag([rng.triangular(*WIDTHS), 1])
    matrix = rotation @ slant @ narrow
    halves = rng.uniform(-MAX_BEND, MAX_BEND, 2)
    waves = rng.normal(0, rng.uniform(0, MAX_ELASTIC), (2, 3, 3))
    bent = []
    for points in strokes:
        # Two smooth cosine waves on each axis, and a parabola that leaves the ends.
        across, down = np.cos(np.pi * np.arange(3) * points[:, :, None]).transpose(1, 0, 2)
        field = np.einsum("ni,cij,nj->nc", across, waves, down)
        inside = np.clip(points, 0, 1)
        moved = points + field + halves * 2 * inside * (1 - inside)
        bent.append((moved - 0.5) @ matrix.T + 0.5)
    return bent


def digitise(strokes: list[Points], rng: np.random.Generator) -> list[Points]:
    """Report some drawings as a slow mouse or an old tablet does.

    A mouse in a hurry reports few points, which straight lines join; old tablets report
    points on a coarse grid.
    """
    if rng.random() < SHARE_SPARSE:
        step = rng.integers(2, 7)
        strokes = [np.concatenate([s[:-1:step], s[-1:]]) for s in strokes]
    if rng.random() < SHARE_ON_GRID:
        cells = rng.integers(*GRID_CELLS)
        strokes = [np.rint(stroke * cells) / cells for stroke in strokes]
    return strokes


def draw_with_pen(strokes: Sequence[Points], pen_share: float) -> Image.Image:
    """Draw strokes with a round pen, filling the picture.

    Parameters
    ----------
    strokes : sequence of ndarray of shape (n_points, 2)
        In any units.
    pen_share : float
        Width of the pen, as a share of the longer side of the strokes.

    Returns
    -------
    PIL.Image.Image
        Mode "L", 0 background or 255 ink, `DRAWN_SIDE` pixels and the pen a side.
    """
    every = np.concatenate(strokes)
    low, high = every.min(axis=0), every.max(axis=0)
    scale = DRAWN_SIDE / max(*(high - low), 1e-6)
    pen = pen_share * DRAWN_SIDE
    width, height = np.ceil((high - low) * scale + pen + 4).astype(int).tolist()
    image = Image.new("L", (width, height))
    draw = ImageDraw.Draw(image)
    for stroke in strokes:
        line = [(x, y) for x, y in ((stroke - low) * scale + pen / 2 + 2).tolist()]
        draw_polyline(draw, line, pen)
    return image


def write_copies(
    allographs: Iterable[Allograph], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Write each allograph once, and prepare it as a drawing is prepared.

    Parameters
    ----------
    allographs : iterable of Allograph
        As often as it comes, it is written.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (n_allographs, n_copies, 64)
        All tilted copies of each, 0..16.
    """
    return prepare_strokes((write_strokes(a, rng) for a in allographs), rng)


def prepare_strokes(
    drawings: Iterable[Sequence[Points]], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Draw each drawing's strokes with a pen of some width, and prepare it as any drawing.

    Parameters
    ----------
    drawings : iterable of sequences of ndarray of shape (n_points, 2)
        The strokes of each drawing; an iterator may draw from `rng` as well.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (n_drawings, n_copies, 64)
        All tilted copies of each, 0..16.
    """
    copies = []
    for strokes in drawings:
        pen_share = float(np.exp(rng.uniform(*np.log(PEN_SHARES))))
        copies.append(copies_of_ink(draw_with_pen(strokes, pen_share)))
    return np.reshape(copies, (len(copies), -1, 64))


def keep_copies(
    copies: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Keep `COPIES_OF_EACH` of the tilted copies of each drawing, one after the other.

    Parameters
    ----------
    copies : ndarray of shape (n_drawings, n_copies, 64)
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (n_drawings * COPIES_OF_EACH, 64)
    """
    kept = rng.permuted(np.tile(np.arange(copies.shape[1]), (len(copies), 1)), axis=1)
    kept = kept[:, :COPIES_OF_EACH]
    return np.take_along_axis(copies, kept[:, :, None], axis=1).reshape(-1, copies.shape[2])


def choose(
    allographs: Sequence[Allograph], n_samples: int, rng: np.random.Generator
) -> list[Allograph]:
    """Draw lots: each label as often as any other, its allographs by their weights.

    Returns
    -------
    list of Allograph of length n_samples
    """
    labels = sorted({allograph.label for allograph in allographs})
    weights = np.zeros(len(allographs))
    for label in labels:
        of_label = np.array([allograph.label == label for allograph in allographs])
        share = np.array([allograph.weight for allograph in allographs]) * of_label
        weights += share / share.sum() / len(labels)
    return [allographs[i] for i in rng.choice(len(allographs), n_samples, p=weights)]


def write_digits(
    allographs: Sequence[Allograph], n_samples: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Write digits, and keep some tilted copies of each.

    Parameters
    ----------
    allographs : sequence of Allograph
        Labels are digits.
    n_samples : int
        Drawings.
    rng : numpy.random.Generator

    Returns
    -------
    X : ndarray of shape (n_samples * COPIES_OF_EACH, 64)
        0..16.
    y : ndarray of shape (n_samples * COPIES_OF_EACH,)
    """
    written = choose(allographs, n_samples, rng)
    copies = write_copies(written, rng)
    X = keep_copies(copies, rng)
    y = np.repeat([int(allograph.label) for allograph in written], COPIES_OF_EACH)
    return X, y
