"""Drawings in the form in which the canvas reports them."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np


def pen_path(
    points: Iterable[Sequence[float]], colour: str = "#ffffff", width: float = 20
) -> dict[str, Any]:
    """One stroke through `points`, in canvas pixels, as a Fabric path."""
    (x, y), *rest = [(float(x), float(y)) for x, y in points]
    return {
        "type": "Path",
        "path": [["M", x, y], *(["L", x, y] for x, y in rest)],
        "fill": None,
        "stroke": colour,
        "strokeWidth": width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
    }


def to_canvas_json(strokes: Iterable[np.ndarray], width: float = 20) -> dict[str, Any]:
    """A whole drawing from strokes of shape (n_points, 2), in canvas pixels."""
    return {"version": "7.4.0", "objects": [pen_path(s, width=width) for s in strokes]}
