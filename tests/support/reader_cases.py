"""Drawings that both readers are given, Python's and the browser's, by kind."""

from itertools import cycle
from typing import Any, Final

import numpy as np

from digits_app.drawing.canvas_json import pen_path
from tests.support.pen_drawings import Stroke, load_pen_drawings
from tests.support.unipen import load_unipen

PENS: Final = (6, 20, 40)
"""Widths of the page's pens, in canvas pixels."""

Drawing = dict[str, Any]


def digits() -> list[list[Stroke]]:
    """All real digits on the canvas, those of one school in both placements."""
    pen_drawings = load_pen_drawings()
    return [
        *(sign.on_canvas for sign in load_unipen("digits")),
        *(drawing.placed("filling") for drawing in pen_drawings),
        *(drawing.placed("as written") for drawing in pen_drawings),
    ]


def letters() -> list[list[Stroke]]:
    """All letters and symbols."""
    return [sign.on_canvas for sign in load_unipen("others")]


def drawn(strokes: list[Stroke], pen: float) -> Drawing:
    """Strokes as the canvas reports them."""
    return {"objects": [pen_path(s.round(1).tolist(), pen) for s in strokes]}


def half_drawn(strokes: list[Stroke]) -> list[Stroke]:
    """The first half of the points, as while the pen is still down."""
    left = sum(map(len, strokes)) // 2
    begun = []
    for stroke in strokes:
        if left > 0:
            begun.append(stroke[:left])
        left -= len(stroke)
    return begun


def with_eraser(strokes: list[Stroke], pen: float) -> Drawing:
    """Strokes, and across their middle one that takes ink away again."""
    drawing = drawn(strokes, pen)
    points = np.concatenate(strokes)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    line = [(left, (2 * top + bottom) / 3), (right, (top + bottom) / 2)]
    eraser = pen_path(np.round(line, 1).tolist(), pen, colour="#1b1f2a")
    return {"objects": [*drawing["objects"], eraser]}


def sample(every: int) -> list[Drawing]:
    """Some of everything: each pen, digits and letters, half of them, some erased."""
    drawings = []
    pens = cycle(PENS)
    for number, strokes in enumerate([*digits()[::every], *letters()[::every]]):
        pen = next(pens)
        if number % 5 == 3:
            drawings.append(drawn(half_drawn(strokes), pen))
        elif number % 5 == 4:
            drawings.append(with_eraser(strokes, pen))
        else:
            drawings.append(drawn(strokes, pen))
    return drawings
