"""Rows of real digits, as if one person had written a number on the canvas.

No data of numbers written with a pen is free, so they are put together from single digits
(tests/data), mostly several digits of one writer. No model is trained on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from digits_app.drawing.canvas_json import CANVAS_SIDE
from tests.support.pen_drawings import Stroke, load_pen_drawings
from tests.support.unipen import load_unipen

N_SCHOOL: Final = 30
"""So many people wrote the pen drawings; which one wrote what is not known."""

GAPS: Final = (-0.05, 0.4)
"""Between two signs, as a share of the mean width of the row's digits."""

SIZES: Final = (0.8, 1.2)
"""Of a sign, as a share of the row's height."""

WAVERING: Final = 0.08
"""Of the base line up and down at most, as a share of the row's height."""

TALLEST: Final = 0.75
"""Of a row at most, as a share of the canvas."""

LONGEST: Final = 0.94
"""Of a row's ink at most, as a share of the canvas' width."""

PENS: Final = (10.0, 20.0)
"""Canvas pixels."""

HANGING: Final = {"^": 0.6, "*": 0.5, "-": 0.5, "=": 0.5, "~": 0.5, "+": 0.3, "<": 0.2}
"""How far above the base line the bottom of a sign is; others stand on it."""

Sign = tuple[str, tuple[Stroke, ...]]


@dataclass(frozen=True)
class NumberRow:
    """Several signs side by side.

    Attributes
    ----------
    labels : tuple of str
        What was written, from left to right.
    strokes : tuple of ndarray of shape (n_points, 2)
        In canvas pixels, in the order in which they were written.
    owners : tuple of int
        Of each stroke, the sign that it belongs to: an index into `labels`.
    pen_width : float
        Canvas pixels.
    """

    labels: tuple[str, ...]
    strokes: tuple[Stroke, ...]
    owners: tuple[int, ...]
    pen_width: float

    @property
    def groups(self) -> tuple[frozenset[int], ...]:
        """The strokes of each sign, by their place in `strokes`."""
        return tuple(
            frozenset(i for i, owner in enumerate(self.owners) if owner == sign)
            for sign in range(len(self.labels))
        )


@dataclass(frozen=True)
class Hand:
    """One person's digits, and other signs."""

    digits: tuple[Sign, ...]
    others: tuple[Sign, ...] = ()


def hands(half: int | None = None) -> list[Hand]:
    """All writers of the test data.

    Parameters
    ----------
    half : {0, 1} or None
        Only every other writer: 0 for those on whom constants are chosen, 1 for those on
        whom they are judged.
    """
    digits, others = load_unipen("digits"), load_unipen("others")
    found = [
        Hand(
            tuple((s.label, s.strokes) for s in digits if s.writer == writer),
            tuple((s.label, s.strokes) for s in others if s.writer == writer),
        )
        for writer in sorted({sign.writer for sign in digits})
    ]
    school = [(str(d.label), d.strokes) for d in load_pen_drawings()]
    found += [Hand(tuple(school[first::N_SCHOOL])) for first in range(N_SCHOOL)]
    return found if half is None else found[half::2]


def number_rows(
    n_rows: int,
    n_signs: tuple[int, int],
    width: int = CANVAS_SIDE,
    half: int | None = None,
    with_other: bool = False,
    seed: int = 0,
) -> Iterator[NumberRow]:
    """Write rows.

    Parameters
    ----------
    n_rows : int
        How many.
    n_signs : tuple of int
        Least and most signs of a row.
    width : int, default=280
        Of the canvas, which is 280 high.
    half : {0, 1} or None
        See `hands`.
    with_other : bool, default=False
        One of the signs is a letter or a symbol.
    seed : int, default=0
    """
    rng = np.random.default_rng(seed)
    writers = [h for h in hands(half) if len(h.digits) > 5 and (h.others or not with_other)]
    for number in range(n_rows):
        hand = writers[rng.integers(len(writers))]
        n = int(rng.integers(n_signs[0], n_signs[1] + 1))
        signs = [hand.digits[i] for i in rng.integers(len(hand.digits), size=n)]
        if with_other:
            signs[rng.integers(n)] = hand.others[rng.integers(len(hand.others))]
        yield _row(signs, width, PENS[number % len(PENS)], rng)


def _row(
    signs: list[Sign], width: int, pen_width: float, rng: np.random.Generator
) -> NumberRow:
    """Put signs side by side, as large as the canvas allows."""
    scaled = [_scaled(strokes, rng.uniform(*SIZES)) for _, strokes in signs]
    widths = np.array([np.ptp(np.concatenate(strokes)[:, 0]) for strokes in scaled])
    gaps = rng.uniform(*GAPS, size=len(signs)) * widths.mean()
    lefts = np.concatenate([[0], np.cumsum(widths + gaps)[:-1]])
    lifts = rng.uniform(-WAVERING, WAVERING, size=len(signs))
    lifts += [HANGING.get(label, 0) for label, _ in signs]
    placed = [
        [stroke + np.array([left, -lift]) for stroke in strokes]
        for strokes, left, lift in zip(scaled, lefts, lifts, strict=True)
    ]
    points = np.concatenate([stroke for strokes in placed for stroke in strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([LONGEST * width, LONGEST * CANVAS_SIDE]) - pen_width
    height = min(TALLEST * CANVAS_SIDE, *(room / np.maximum(high - low, 1e-9)))
    middle = np.array([width, CANVAS_SIDE]) / 2
    strokes = [
        (stroke - (low + high) / 2) * height + middle
        for strokes in placed
        for stroke in strokes
    ]
    return NumberRow(
        labels=tuple(label for label, _ in signs),
        strokes=tuple(strokes),
        owners=tuple(i for i, each in enumerate(placed) for _ in each),
        pen_width=pen_width,
    )


def _scaled(strokes: tuple[Stroke, ...], size: float) -> list[Stroke]:
    """Scale a sign until its longer side is `size`, with its lower left corner at 0, 0."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    corner = np.array([low[0], high[1]])
    return [(stroke - corner) * (size / max(high - low)) for stroke in strokes]
