"""How the answer changed while the pen moved: every answer in between, as a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from digits_app.wording import a_digit

WIDTH: Final = 732
HEIGHT: Final = 74
TOP: Final = 22
"""Units of the chart; above `TOP` stand the digits that were read."""

LEAST_MOMENTS: Final = 3
WORTH_A_LINE: Final = 0.2
"""A digit that was never likelier than that gets no line."""

NARROWEST_LABEL: Final = 0.05
"""Share of the width below which a stretch is too narrow for its digit."""


@dataclass(frozen=True)
class Moment:
    """An answer, and how much had been drawn by then.

    Attributes
    ----------
    n_strokes : int
    ink : int
        Path commands drawn.
    proba : ndarray of shape (n_classes,)
        Probability of each digit.
    """

    n_strokes: int
    ink: int
    proba: NDArray[np.float64]


def moment_of(objects: Sequence[dict[str, Any]], proba: NDArray[np.float64]) -> Moment:
    """Note an answer to a drawing."""
    return Moment(len(objects), sum(len(path["path"]) for path in objects), proba)


def add_moment(moments: Sequence[Moment], new: Moment) -> list[Moment]:
    """Append an answer; forget those that a smaller drawing or another network undid."""
    kept = [
        each
        for each in moments
        if each.ink < new.ink
        and each.n_strokes <= new.n_strokes
        and each.proba.shape == new.proba.shape
    ]
    return [*kept, new]


def history_chart(moments: Sequence[Moment]) -> str:
    """Draw the probabilities over the ink, as SVG; "" where there is too little to show."""
    if len(moments) < LEAST_MOMENTS:
        return ""
    x = _places(moments)
    proba = np.array([moment.proba for moment in moments])
    now = int(proba[-1].argmax())
    read = proba.argmax(axis=1)
    drawn = [d for d in range(proba.shape[1]) if proba[:, d].max() >= WORTH_A_LINE]
    lines = [_line(x, proba[:, d], hot=d == now) for d in sorted(drawn, key=now.__eq__)]
    stretches = _stretches(x, read)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{_sentence(read)}">'
        + "".join(_stretch(*each, last=each is stretches[-1]) for each in stretches)
        + f'<path d="M0 {HEIGHT - 1}H{WIDTH}" fill="none" stroke="var(--edge)"/>'
        + "".join(lines)
        + _labels(stretches)
        + "</svg>"
    )


def _places(moments: Sequence[Moment]) -> NDArray[np.float64]:
    ink = np.array([moment.ink for moment in moments], dtype=np.float64)
    places: NDArray[np.float64] = WIDTH * (ink - ink[0]) / max(ink[-1] - ink[0], 1)
    return places


def _line(x: NDArray[np.float64], proba: NDArray[np.float64], hot: bool) -> str:
    y = HEIGHT - 1 - (HEIGHT - TOP - 4) * proba
    points = " ".join(f"{a:.0f},{b:.1f}" for a, b in zip(x, y, strict=True))
    colour, width = ("var(--accent)", 2.5) if hot else ("var(--edge)", 1.5)
    return (
        f'<polyline points="{points}" fill="none" stroke="{colour}" '
        f'stroke-width="{width}" stroke-linejoin="round"/>'
    )


def _stretches(
    x: NDArray[np.float64], read: NDArray[np.int64]
) -> list[tuple[float, float, int]]:
    """From where to where which digit was read."""
    starts = [next(group) for _, group in groupby(range(len(read)), key=lambda i: read[i])]
    edges = [float(x[start]) for start in starts] + [float(WIDTH)]
    return [
        (left, right, int(read[start]))
        for start, (left, right) in zip(starts, pairwise(edges), strict=True)
    ]


def _stretch(left: float, right: float, digit: int, last: bool) -> str:
    fill = "var(--tint)" if last else "var(--sunken)"
    return (
        f'<rect x="{left + 1:.0f}" y="{TOP}" width="{max(right - left - 2, 0):.0f}" '
        f'height="{HEIGHT - TOP - 1}" style="fill:{fill}"/>'
    )


def _labels(stretches: list[tuple[float, float, int]]) -> str:
    texts = []
    for number, (left, right, digit) in enumerate(stretches):
        is_last = number == len(stretches) - 1
        if right - left < NARROWEST_LABEL * WIDTH and not is_last:
            continue
        article = a_digit(digit).split()[0]
        before = f"now {article} " if is_last else f"first {article} " if not number else ""
        wide = right - left > 2 * NARROWEST_LABEL * WIDTH
        place, anchor = ((left + right) / 2, "middle") if wide else (right, "end")
        hot = " hot" if is_last else ""
        texts.append(
            f'<text x="{place:.0f}" y="15" text-anchor="{anchor}">{before if wide else ""}'
            f'<tspan class="big{hot}">{digit}</tspan></text>'
        )
    return "".join(texts)


def _sentence(read: NDArray[np.int64]) -> str:
    digits = [int(digit) for digit, _ in groupby(read)]
    first, *later = map(a_digit, digits)
    if not later:
        return f"It read {first} from the beginning"
    between = "".join(f", then {digit}" for digit in later[:-1])
    return f"It read first {first}{between}, now {later[-1]}"
