"""Drawings in the form in which the canvas reports them."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from digits_app.drawing.canvas_json import path_object


def straight_path(
    points: Iterable[Sequence[float]], colour: str = "#ffffff", width: float = 20
) -> dict[str, Any]:
    """One stroke, straight from point to point, in canvas pixels."""
    (x, y), *rest = [(float(x), float(y)) for x, y in points]
    return path_object([["M", x, y], *(["L", x, y] for x, y in rest)], width, colour)


def to_canvas_json(strokes: Iterable[np.ndarray], width: float = 20) -> dict[str, Any]:
    """A whole drawing from strokes of shape (n_points, 2), in canvas pixels."""
    return {"version": "7.4.0", "objects": [straight_path(s, width=width) for s in strokes]}
