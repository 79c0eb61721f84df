"""Lay ink on the canvas: as one path of level lines, close enough to touch.

The canvas knows strokes alone. A digit lifted from paper has none, only ink, so each row of
it is drawn from edge to edge. It can then be drawn on, rubbed out and taken back.
"""

from typing import Any, Final

import numpy as np
from PIL import Image

from digits_app.drawing.canvas_json import CANVAS_SIDE
from digits_app.drawing.five_steps import cut_to_ink

FILLED_SHARE: Final = 0.75
"""Share of the canvas that the longer side of the ink takes."""

SPACING: Final = 1
"""Canvas units from line to line."""

LINE_WIDTH: Final = 2
"""Canvas units; a little more than `SPACING`, so that no slate shines through."""


def hatched(ink: Image.Image, colour: str = "#ffffff") -> list[dict[str, Any]]:
    """Draw ink as the canvas' JSON does, centred and filling most of the canvas.

    Parameters
    ----------
    ink : PIL.Image.Image
        Mode "L", 0 background to 255 ink; there is some.
    colour : str
        Of the lines.

    Returns
    -------
    list of dict
        One Fabric path, see `digits_app.drawing.canvas_json.render_drawing`.
    """
    crop = cut_to_ink(ink)
    rows_of = FILLED_SHARE * CANVAS_SIDE / SPACING / max(crop.size)
    size = (max(1, round(crop.width * rows_of)), max(1, round(crop.height * rows_of)))
    has_ink = np.asarray(crop.resize(size, Image.Resampling.BICUBIC)) >= 128
    left = (CANVAS_SIDE - SPACING * size[0]) / 2
    top = (CANVAS_SIDE - SPACING * size[1]) / 2
    path: list[list[Any]] = []
    for row, columns in enumerate(has_ink):
        y = top + SPACING * (row + 0.5)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], columns, [0]])))
        for first, last in edges.reshape(-1, 2).tolist():
            # The round ends of the line reach half its width further.
            start, end = left + SPACING * first + 1, left + SPACING * last - 1
            path += [["M", start, y], ["L", max(start, end), y]]
    return [
        {"type": "Path", "path": path, "fill": None, "stroke": colour}
        | {"strokeWidth": LINE_WIDTH, "strokeLineCap": "round", "strokeLineJoin": "round"}
    ]
