"""Things people draw that are no digits: scribbles, shapes and letters, as pen strokes.

They are made here, from a seed, so that "not like any digit I learned" can be measured.
No model is fitted to them. The guard learned many of these kinds in its own way of writing
(`digits_app/training/signs.py`), so real letters (`tests.support.unipen`) tell more.

Left out are letters that are, or are easily, digits in somebody's hand: B D G I J L O Q
S T Z and b c g i j l o q s v y z. (T is the 7 of many writers, L a 1 with a foot, c and
v a hasty 0 or 1.) Hard ones stay in: C, E, P, U, Y, a, d, e, h, n, r, t.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tests.support.pen_drawings import PenDrawing, Stroke

TABLET: Final = 500.0
COPIES: Final = 8
"""How many jittered copies of each kind."""

NOT_A_DIGIT: Final = -1
"""`label` of these drawings."""

_POINTS = 40


def line(*points: tuple[float, float]) -> Stroke:
    """Join points of the unit square with straight strokes, finely sampled."""
    ends = np.array(points, dtype=float)
    share = np.linspace(0, 1, 12)[:, None]
    pieces = [a + share * (b - a) for a, b in pairwise(ends)]
    return np.concatenate(pieces)


def arc(
    x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360
) -> Stroke:
    """Part of an ellipse; degrees, clockwise on the screen from the right."""
    angle = np.deg2rad(np.linspace(start, end, _POINTS))
    return np.stack([x + rx * np.cos(angle), y + ry * np.sin(angle)], axis=1)


def polygon(corners: int, step: int = 1, turn: float = -90) -> Stroke:
    """Regular polygon, or a star where `step` skips corners."""
    angle = np.deg2rad(turn + 360 * step * np.arange(corners + 1) / corners)
    return line(*zip(0.5 + 0.5 * np.cos(angle), 0.5 + 0.5 * np.sin(angle), strict=True))


def spiral(turns: float) -> Stroke:
    """Archimedean spiral from the centre outwards."""
    t = np.linspace(0.08, 1, int(50 * turns))
    angle = 2 * np.pi * turns * t
    return np.stack([0.5 + 0.5 * t * np.cos(angle), 0.5 + 0.5 * t * np.sin(angle)], axis=1)


def wave(periods: float, height: float) -> Stroke:
    """Draw a sine along the middle."""
    x = np.linspace(0, 1, 80)
    return np.stack([x, 0.5 + height * np.sin(2 * np.pi * periods * x)], axis=1)


def heart() -> Stroke:
    """Draw the usual heart curve."""
    t = np.linspace(0, 2 * np.pi, 80)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return np.stack([0.5 + x / 34, 0.45 - y / 34], axis=1)


def scribble(rng: np.random.Generator) -> Stroke:
    """Move the pen to and fro without a plan: a smooth curve through random points."""
    points = rng.random((int(rng.integers(9, 18)), 2))
    t = np.linspace(0, len(points) - 1, 160)
    smooth = np.stack(
        [np.interp(t, np.arange(len(points)), points[:, i]) for i in range(2)], axis=1
    )
    kernel = np.ones(9) / 9
    padded = np.pad(smooth, ((4, 4), (0, 0)), mode="edge")
    return np.stack([np.convolve(padded[:, i], kernel, "valid") for i in range(2)], axis=1)


def hatching(rng: np.random.Generator) -> Stroke:
    """Shade an area to and fro, as one fills a shape."""
    n = int(rng.integers(5, 9))
    x = np.linspace(0, 1, n)
    y = np.where(np.arange(n) % 2, 0.05, 0.95) + rng.normal(0, 0.05, n)
    return line(*zip(x, y, strict=True))


SHAPES: Final[dict[str, list[Stroke]]] = {
    "square": [line((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))],
    "triangle": [polygon(3)],
    "diamond": [polygon(4)],
    "pentagon": [polygon(5)],
    "star": [polygon(5, step=2)],
    "plus": [line((0.5, 0), (0.5, 1)), line((0, 0.5), (1, 0.5))],
    "asterisk": [
        line((0.5, 0), (0.5, 1)),
        line((0, 0.25), (1, 0.75)),
        line((0, 0.75), (1, 0.25)),
    ],
    "heart": [heart()],
    "zigzag": [line((0, 0.7), (0.2, 0.2), (0.4, 0.8), (0.6, 0.2), (0.8, 0.8), (1, 0.3))],
    "wave": [wave(2, 0.3)],
    "house": [
        line((0.1, 1), (0.1, 0.45), (0.9, 0.45), (0.9, 1), (0.1, 1)),
        line((0.05, 0.45), (0.5, 0), (0.95, 0.45)),
    ],
    "smiley": [
        arc(0.5, 0.5, 0.5, 0.5),
        arc(0.3, 0.35, 0.03, 0.03),
        arc(0.7, 0.35, 0.03, 0.03),
        arc(0.5, 0.55, 0.25, 0.25, 20, 160),
    ],
    "grid": [
        line((0.33, 0), (0.33, 1)),
        line((0.67, 0), (0.67, 1)),
        line((0, 0.33), (1, 0.33)),
        line((0, 0.67), (1, 0.67)),
    ],
    "spiral": [spiral(2.5)],
    "wide spiral": [spiral(4)],
    "arrow": [line((0, 0.5), (1, 0.5)), line((0.65, 0.2), (1, 0.5), (0.65, 0.8))],
    "tick": [line((0, 0.55), (0.3, 1), (1, 0))],
    "equals": [line((0, 0.3), (1, 0.3)), line((0, 0.7), (1, 0.7))],
    "percent": [
        line((0.9, 0), (0.1, 1)),
        arc(0.2, 0.2, 0.17, 0.17),
        arc(0.8, 0.8, 0.17, 0.17),
    ],
    "crossed box": [
        line((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)),
        line((0, 0), (1, 1)),
        line((1, 0), (0, 1)),
    ],
    "flower": [
        arc(0.5, 0.5, 0.15, 0.15),
        *(
            arc(0.5 + 0.32 * np.cos(a), 0.5 + 0.32 * np.sin(a), 0.17, 0.17)
            for a in np.arange(5) * 2 * np.pi / 5
        ),
    ],
    "stick man": [
        arc(0.5, 0.15, 0.15, 0.15),
        line((0.5, 0.3), (0.5, 0.65), (0.2, 1)),
        line((0.5, 0.65), (0.8, 1)),
        line((0.15, 0.45), (0.85, 0.45)),
    ],
}

LETTERS: Final[dict[str, list[Stroke]]] = {
    "A": [line((0, 1), (0.5, 0), (1, 1)), line((0.2, 0.62), (0.8, 0.62))],
    "C": [arc(0.6, 0.5, 0.6, 0.5, -50, -310)],
    "E": [line((1, 0), (0, 0), (0, 1), (1, 1)), line((0, 0.5), (0.8, 0.5))],
    "F": [line((1, 0), (0, 0), (0, 1)), line((0, 0.48), (0.75, 0.48))],
    "H": [line((0, 0), (0, 1)), line((1, 0), (1, 1)), line((0, 0.5), (1, 0.5))],
    "K": [line((0, 0), (0, 1)), line((1, 0), (0, 0.55)), line((0.25, 0.42), (1, 1))],
    "M": [line((0, 1), (0.05, 0), (0.5, 0.7), (0.95, 0), (1, 1))],
    "N": [line((0, 1), (0, 0), (1, 1), (1, 0))],
    "P": [line((0, 1), (0, 0)), arc(0.2, 0.27, 0.6, 0.27, -110, 110)],
    "R": [
        line((0, 1), (0, 0)),
        arc(0.2, 0.27, 0.6, 0.27, -110, 110),
        line((0.2, 0.53), (0.9, 1)),
    ],
    "U": [
        np.concatenate(
            [
                line((0, 0), (0, 0.6)),
                arc(0.5, 0.6, 0.5, 0.4, 180, 0),
                line((1, 0.6), (1, 0)),
            ]
        )
    ],
    "V": [line((0, 0), (0.5, 1), (1, 0))],
    "W": [line((0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0))],
    "X": [line((0, 0), (1, 1)), line((1, 0), (0, 1))],
    "Y": [line((0, 0), (0.5, 0.5), (1, 0)), line((0.5, 0.5), (0.5, 1))],
    "a": [arc(0.45, 0.6, 0.4, 0.38), line((0.88, 0.2), (0.88, 0.9), (1, 1))],
    "d": [arc(0.4, 0.7, 0.4, 0.3), line((0.82, 0), (0.82, 1))],
    "e": [
        np.concatenate(
            [line((0.05, 0.55), (0.95, 0.5)), arc(0.5, 0.5, 0.47, 0.48, 0, -310)]
        )
    ],
    "f": [
        np.concatenate(
            [arc(0.65, 0.25, 0.3, 0.25, -20, -180), line((0.35, 0.25), (0.35, 1))]
        ),
        line((0, 0.45), (0.75, 0.45)),
    ],
    "h": [
        line((0, 0), (0, 1)),
        np.concatenate(
            [arc(0.35, 0.65, 0.35, 0.25, 180, 360), line((0.7, 0.65), (0.7, 1))]
        ),
    ],
    "k": [line((0, 0), (0, 1)), line((0.7, 0.4), (0, 0.72)), line((0.2, 0.65), (0.75, 1))],
    "m": [
        line((0, 0.1), (0, 1)),
        np.concatenate([arc(0.25, 0.4, 0.25, 0.3, 180, 360), line((0.5, 0.4), (0.5, 1))]),
        np.concatenate([arc(0.75, 0.4, 0.25, 0.3, 180, 360), line((1, 0.4), (1, 1))]),
    ],
    "n": [
        line((0, 0.1), (0, 1)),
        np.concatenate([arc(0.4, 0.45, 0.4, 0.35, 180, 360), line((0.8, 0.45), (0.8, 1))]),
    ],
    "p": [line((0, 0), (0, 1)), arc(0.4, 0.3, 0.4, 0.3)],
    "r": [line((0, 0.1), (0, 1)), arc(0.45, 0.5, 0.45, 0.4, 180, 300)],
    "t": [
        np.concatenate([line((0.4, 0), (0.4, 0.8)), arc(0.62, 0.8, 0.22, 0.2, 180, 30)]),
        line((0, 0.3), (0.85, 0.3)),
    ],
    "u": [
        np.concatenate(
            [
                line((0, 0), (0, 0.6)),
                arc(0.4, 0.6, 0.4, 0.4, 180, 0),
                line((0.8, 0.6), (0.8, 0)),
            ]
        ),
        line((0.8, 0.6), (0.8, 0.9), (1, 1)),
    ],
    "w": [
        np.concatenate(
            [arc(0.25, 0.5, 0.25, 0.45, 180, 0), arc(0.75, 0.5, 0.25, 0.45, 180, 0)]
        )
    ],
    "x": [arc(0.1, 0.5, 0.35, 0.5, -90, 90), arc(0.9, 0.5, 0.35, 0.5, -90, -270)],
}

SCRIBBLES: Final[dict[str, Callable[[np.random.Generator], Stroke]]] = {
    "scribble": scribble,
    "wild scribble": scribble,
    "hatching": hatching,
}


def non_digits(random_state: int = 0) -> dict[str, list[PenDrawing]]:
    """Draw every kind several times, each time a little differently.

    Returns
    -------
    dict of str to list of PenDrawing
        Keyed "scribbles", "shapes" and "letters"; strokes on the 500x500 tablet.
    """
    rng = np.random.default_rng(random_state)
    return {
        "scribbles": [
            _jittered([draw(rng)], rng)
            for draw in SCRIBBLES.values()
            for _ in range(2 * COPIES)
        ],
        "shapes": [_jittered(s, rng) for s in SHAPES.values() for _ in range(COPIES)],
        "letters": [_jittered(s, rng) for s in LETTERS.values() for _ in range(COPIES)],
    }


def _jittered(strokes: list[Stroke], rng: np.random.Generator) -> PenDrawing:
    """Turn, shear, stretch and wobble a drawing, and put it somewhere on the tablet."""
    angle = np.deg2rad(rng.uniform(-10, 10))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shear = np.array([[1, rng.uniform(-0.25, 0.25)], [0, 1]])
    height = rng.uniform(0.25, 0.7) * TABLET
    stretch = np.diag([height * rng.uniform(0.6, 1.0), height])
    moved = [(s - 0.5) @ (turn @ shear).T @ stretch for s in strokes]
    moved = [s + _wobble(len(s), 0.02 * height, rng) for s in moved]
    points = np.concatenate(moved)
    low, high = points.min(axis=0), points.max(axis=0)
    room = TABLET - (high - low) - 40
    corner = 20 + rng.uniform(0.2, 0.8, 2) * room
    return PenDrawing(NOT_A_DIGIT, tuple(s - low + corner for s in moved))


def _wobble(n_points: int, size: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Smooth unsteadiness of the hand along a stroke."""
    knots = rng.normal(0, size, (6, 2))
    t = np.linspace(0, 5, n_points)
    return np.stack([np.interp(t, np.arange(6), knots[:, i]) for i in range(2)], axis=1)
