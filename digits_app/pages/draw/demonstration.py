"""Show me one: a digit that the board draws, stroke by stroke."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

POINTS_BETWEEN: Final = 8
"""Points drawn from one point of the file to the next."""

_FILE: Final = Path(__file__).with_name("examples.json")


@cache
def example_strokes(digit: int) -> list[list[list[float]]]:
    """Strokes of a digit: points [x, y] in canvas units, close together.

    Parameters
    ----------
    digit : int
        0..9.
    """
    examples: list[Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return [
        smooth_curve(np.array(stroke, dtype=np.float64)).round(1).tolist()
        for stroke in examples[digit]
    ]


def smooth_curve(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lead a curve through points.

    E. Catmull, R. Rom, *A class of local interpolating splines*, Computer Aided Geometric
    Design, 1974.

    Parameters
    ----------
    points : ndarray of shape (n_points, 2)
        At least two.

    Returns
    -------
    ndarray of shape ((n_points - 1) * POINTS_BETWEEN + 1, 2)
        It begins and ends with the first and the last point.
    """
    padded = np.concatenate([points[:1], points, points[-1:]])
    before, start, end, after = padded[:-3], padded[1:-2], padded[2:-1], padded[3:]
    t = np.linspace(0, 1, POINTS_BETWEEN, endpoint=False)[:, None, None]
    curve = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    flat: NDArray[np.float64] = curve.swapaxes(0, 1).reshape(-1, 2)
    return np.concatenate([flat, points[-1:]])
