"""Drawings in few bytes, so that a browser's tab can keep dozens of them.

A stroke of the canvas is a curve whose controls are the pen's points and whose ends lie in
the middle between two of them, so the points alone say everything.
"""

from typing import Any, Final

from digits_app.drawing.canvas_json import drawing_objects, pen_path
from digits_app.drawing.colours import CHALK, SLATE, erases
from digits_app.drawing.errors import UnreadableDrawingError, any_failure_as

_DAMAGED: Final = "A digit that your browser kept did not arrive whole."

Stroke = dict[str, Any]
"""`width` of the pen, `erases`, and its `points`: x, y, x, y, ... in canvas units."""


def pack_drawing(drawing: dict[str, Any]) -> list[Stroke]:
    """Keep of a drawing the points of each stroke.

    Parameters
    ----------
    drawing : dict
        The canvas' JSON, as our own canvas sends it.

    Returns
    -------
    list of dict
        See `Stroke`.
    """
    return [
        {
            "width": path.get("strokeWidth", 1),
            "erases": erases(path),
            "points": _points(path["path"]),
        }
        for path in drawing_objects(drawing)
    ]


def unpack_drawing(strokes: Any) -> dict[str, Any]:
    """Write a drawing of `pack_drawing` as the canvas' JSON again.

    Parameters
    ----------
    strokes : list of dict
        It comes from the browser, so it may be anything.

    Raises
    ------
    UnreadableDrawingError
        It is something else.

    Examples
    --------
    >>> strokes = [{"width": 20, "erases": False, "points": [80, 60, 200, 60, 130, 230]}]
    >>> unpack_drawing(strokes)["objects"][0]["path"][1]
    ['Q', 80, 60, 140.0, 60.0]
    >>> pack_drawing(unpack_drawing(strokes)) == strokes
    True
    """
    damaged = UnreadableDrawingError(_DAMAGED)
    with any_failure_as(damaged, keep=UnreadableDrawingError):
        return {"objects": [_path(stroke) for stroke in strokes]}


def _points(commands: list[list[Any]]) -> list[float]:
    controls = [number for command in commands[1:-1] for number in command[1:3]]
    return [*controls, *commands[-1][-2:]]


def _path(stroke: Stroke) -> dict[str, Any]:
    numbers = stroke["points"]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    return pen_path(points, stroke["width"], SLATE if stroke["erases"] else CHALK)
