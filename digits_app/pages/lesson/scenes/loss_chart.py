"""The loss over the iterations, as a drawing in SVG."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 630, 12, 170


@dataclass(frozen=True)
class LossChart:
    """A loss curve on paper: the loss on a scale of powers of ten.

    Attributes
    ----------
    points : tuple of (float, float)
        Where each iteration lies.
    test_points : tuple of (float, float)
        Where the loss of the test digits lies, after those iterations where it is known.
    x_ticks : tuple of (int, float)
        Iterations named below the chart, and where.
    y_ticks : tuple of (str, float)
        Losses named beside it, and where.
    """

    points: tuple[tuple[float, float], ...]
    test_points: tuple[tuple[float, float], ...]
    x_ticks: tuple[tuple[int, float], ...]
    y_ticks: tuple[tuple[str, float], ...]

    @property
    def curve(self) -> str:
        """The curve as an SVG path."""
        return _path(self.points)

    @property
    def test_curve(self) -> str:
        """The curve of the test digits as an SVG path."""
        return _path(self.test_points)

    def axes(self) -> str:
        """Lines and numbers, as SVG."""
        lines = "".join(
            f'<path class="rule" d="M{_LEFT} {y:.1f}H{_RIGHT}"/>'
            f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{name}</text>'
            for name, y in self.y_ticks
        )
        numbers = "".join(
            f'<text x="{x:.1f}" y="{_BOTTOM + 20}" text-anchor="middle">{iteration}</text>'
            for iteration, x in self.x_ticks
        )
        return lines + numbers

    def svg(self) -> str:
        """The chart while it grows: the curve so far, and its end."""
        x, y = self.points[-1]
        return (
            f'<svg class="chart loss" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="The loss so far">{self.axes()}'
            f'<path class="done" d="{self.curve}"/>'
            f'<circle class="end" cx="{x:.1f}" cy="{y:.1f}" r="6"/></svg>'
        )


def loss_chart(
    losses: Sequence[float],
    n_iterations: int,
    test_losses: Mapping[int, float] = MappingProxyType({}),
) -> LossChart:
    """Lay out a loss curve.

    Parameters
    ----------
    losses : sequence of float
        After each iteration, at least one.
    n_iterations : int
        How many iterations have room.
    test_losses : mapping of int to float
        The loss of the test digits after some iterations.
    """
    powers = [math.log10(max(loss, 1e-9)) for loss in (*losses, *test_losses.values())]
    high = math.ceil(max(powers) - 1e-9)
    low = min(math.floor(min(powers)), high - 1)

    def x(iteration: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (iteration - 1) / max(n_iterations - 1, 1)

    def y(power: float) -> float:
        return _TOP + (_BOTTOM - _TOP) * (high - power) / (high - low)

    def point(iteration: int, loss: float) -> tuple[float, float]:
        return x(iteration), y(math.log10(max(loss, 1e-9)))

    return LossChart(
        points=tuple(point(*each) for each in enumerate(losses, start=1)),
        test_points=tuple(point(*each) for each in test_losses.items()),
        x_ticks=tuple((iteration, x(iteration)) for iteration in _named(n_iterations)),
        y_ticks=tuple((f"{10.0**power:g}", y(power)) for power in range(high, low - 1, -1)),
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _named(n_iterations: int) -> list[int]:
    """Which iterations to name: the first, the last, and round ones well between."""
    step = 20 if n_iterations <= 160 else 50
    if n_iterations < 40:
        step = 5
    between = range(step, n_iterations - step // 2 + 1, step)
    return sorted({1, *between, n_iterations})
