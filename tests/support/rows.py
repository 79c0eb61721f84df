"""A few plain digits as strokes, and where they stand in a row."""

from typing import Final

import numpy as np

Way = list[tuple[float, float]]

ONE: Final[list[Way]] = [[(50, 75), (50, 140), (50, 205)]]
_HOOK: Final[Way] = [(150, 90), (160, 76), (185, 70), (207, 80), (208, 110)]
TWO: Final[list[Way]] = [[*_HOOK, (180, 160), (150, 205), (180, 205), (215, 205)]]
FOUR: Final[list[Way]] = [
    [(60, 70), (45, 110), (30, 150), (70, 150), (110, 150)],
    [(85, 70), (85, 140), (85, 210)],
]
FIVE: Final[list[Way]] = [
    [(40, 80), (38, 105), (36, 130), (70, 125), (95, 150), (85, 190), (40, 200)],
    [(42, 78), (70, 77), (100, 76)],
]
SEVEN: Final[list[Way]] = [
    [(20, 75), (60, 75), (100, 75), (75, 140), (50, 205)],
    [(35, 140), (60, 139), (90, 138)],
]


def zero(left: float, half_width: float = 33) -> list[Way]:
    """An oval, with its left edge at a place."""
    turns = np.linspace(0, 2 * np.pi, 24)
    across = left + half_width * (1 + np.sin(turns))
    return [np.column_stack([across, 140 - 68 * np.cos(turns)]).round(1).tolist()]


def six(left: float, half_width: float = 22) -> list[Way]:
    """A stem that curls into a ring, with its left edge at a place."""
    turns = np.linspace(-np.pi / 2, 1.5 * np.pi, 16)
    across = left + half_width * (1 + np.sin(turns))
    ring = np.column_stack([across, 168 - 36 * np.cos(turns)])
    stem = [(left + 1.6 * half_width, 70), (left + 0.4 * half_width, 115)]
    return [np.vstack([stem, ring]).round(1).tolist()]


def moved(strokes: list[Way], across: float, share: float = 1) -> list[Way]:
    """The strokes farther to the right, and narrower."""
    return [[(x * share + across, y) for x, y in way] for way in strokes]
