"""Things that people draw and that are no digits, written by many hands.

Most are the signs of `signs`. The rest has no name: signs made up of a few random strokes,
as a foreign script would look, scribbles, and two signs in one drawing. They are bent,
drawn and prepared as written digits are (`handwriting`). All chance comes from the
generator that is handed in.
"""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app.training.allographs import DIGITS
from digits_app.training.handwriting import (
    Points,
    bend_whole,
    curve_matrix,
    keep_copies,
    prepare_strokes,
    write_strokes,
)
from digits_app.training.signs import SIGNS

Strokes = list[Points]
"""The strokes of one drawing: x to the right, y down, about 0 to 1."""

SHARE_OF_DIGITS: Final = 0.5
"""Share of the signs in a pair that are digits: a 12 is none of the ten."""

SHARE_SIDE_BY_SIDE: Final = 0.75
"""Share of the pairs that stand side by side; the others stand one above the other."""

SHARE_OF_HATCHING: Final = 0.25
"""Share of the scribbles that go to and fro, as one shades an area."""

CORNERED: Final = 0.4
"""Share of the scribbles that have corners instead of bows."""


def write_non_digits(n_samples: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Write things that are no digits, and keep some tilted copies of each.

    Parameters
    ----------
    n_samples : int
        Drawings.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of shape (n_samples * handwriting.COPIES_OF_EACH, 64)
        0..16.

    Examples
    --------
    >>> write_non_digits(2, np.random.default_rng(0)).shape
    (10, 64)
    """
    return keep_copies(prepare_strokes(_drawings(n_samples, rng), rng), rng)


def _drawings(n_samples: int, rng: np.random.Generator) -> Iterator[Strokes]:
    """Draw lots for the kind of each drawing, and draw it."""
    kinds = rng.choice(len(KINDS), n_samples, p=[share for share, _ in KINDS])
    for kind in kinds:
        yield KINDS[kind][1](rng)


def sign(rng: np.random.Generator) -> Strokes:
    """Write one of the signs, each as often as any other."""
    return write_strokes(SIGNS[rng.integers(len(SIGNS))], rng)


def invented_sign(rng: np.random.Generator) -> Strokes:
    """Make a sign up: two to four strokes between random points."""
    strokes = []
    for _ in range(rng.integers(2, 5)):
        points = rng.random((rng.choice([2, 2, 3, 3, 4]), 2))
        corners = np.flatnonzero(rng.random(len(points)) < 0.5)
        strokes.append(_curve(points, corners))
    return strokes


def scribble(rng: np.random.Generator) -> Strokes:
    """Move the pen without a plan, or to and fro."""
    if rng.random() < SHARE_OF_HATCHING:
        n_turns = int(rng.integers(5, 10))
        across = np.linspace(0, 1, n_turns)
        down = np.arange(n_turns) % 2 + rng.normal(0, 0.06, n_turns)
        points = np.stack([across, down], axis=1)
        if rng.random() < 0.5:
            points = points[:, ::-1]
    else:
        points = rng.random((rng.integers(8, 20), 2))
    corners = np.arange(len(points)) if rng.random() < CORNERED else np.arange(0)
    return bend_whole([_curve(points, corners)], rng)


def pair(rng: np.random.Generator) -> Strokes:
    """Write two signs or digits into one drawing."""
    first, second = _sign_or_digit(rng), _sign_or_digit(rng)
    width, height = np.concatenate(first).max(axis=0)
    if rng.random() < SHARE_SIDE_BY_SIDE:
        shift = np.array([width + rng.uniform(-0.1, 0.3), rng.normal(0, 0.1)])
    else:
        shift = np.array([rng.normal(0, 0.1), height + rng.uniform(-0.1, 0.2)])
    return [*first, *(stroke + shift for stroke in second)]


KINDS: Final[tuple[tuple[float, Callable[[np.random.Generator], Strokes]], ...]] = (
    (0.62, sign),
    (0.12, invented_sign),
    (0.18, scribble),
    (0.08, pair),
)
"""The share of each kind."""


def _sign_or_digit(rng: np.random.Generator) -> Strokes:
    """Write a sign or a digit from (0, 0) on, its longer side 1."""
    allographs = DIGITS if rng.random() < SHARE_OF_DIGITS else SIGNS
    strokes = write_strokes(allographs[rng.integers(len(allographs))], rng)
    points = np.concatenate(strokes)
    low, side = points.min(axis=0), max(np.ptp(points, axis=0).max(), 0.1)
    return [(stroke - low) / side for stroke in strokes]


def _curve(points: Points, corners: NDArray[np.intp]) -> Points:
    return curve_matrix(tuple(corners.tolist()), len(points)) @ points
