"""Real pen drawings, placed on the canvas as people place them.

The drawings are in tests/data, with their attribution. No model is trained on them.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digits_app.drawing.canvas_json import CANVAS_SIDE

Stroke = NDArray[np.float64]
Placement = Literal["filling", "as written"]

DATA: Final = Path(__file__).parents[1] / "data" / "pen_drawings.jsonl.gz"
TABLET_SIDE: Final = 500
PEN_WIDTH: Final = 20
FILLED_SHARE: Final = 0.75
"""Share of the canvas that the longer side takes in the placement "filling"."""

SEVEN: Final[Stroke] = np.array([[80.0, 60], [200, 60], [130, 230]])
"""A plain 7, in canvas pixels."""

_OVERSAMPLING = 4


@dataclass(frozen=True)
class PenDrawing:
    """A digit as it was written.

    Attributes
    ----------
    label : int
        The digit.
    strokes : tuple of ndarray of shape (n_points, 2)
        x to the right and y down, 0..500.
    """

    label: int
    strokes: tuple[Stroke, ...]

    def placed(self, placement: Placement) -> list[Stroke]:
        """Move the strokes onto the 280x280 canvas.

        "as written" only scales the tablet to the canvas; "filling" centres the digit
        and scales it until its longer side takes 75 % of the canvas.
        """
        if placement == "as written":
            return [stroke * (CANVAS_SIDE / TABLET_SIDE) for stroke in self.strokes]
        return fill_canvas(self.strokes)


def fill_canvas(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Centre strokes and scale them until the longer side takes 75 % of the canvas."""
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = CANVAS_SIDE * FILLED_SHARE / max(high - low)
    middle = (low + high) / 2
    return [(stroke - middle) * scale + CANVAS_SIDE / 2 for stroke in strokes]


def load_pen_drawings() -> list[PenDrawing]:
    """Load the 1,000 drawings, 100 of each digit, in the order of the file."""
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        PenDrawing(
            label=record["label"],
            strokes=tuple(
                np.array(s, dtype=float).reshape(-1, 2) for s in record["strokes"]
            ),
        )
        for record in records
    ]


def render(strokes: list[Stroke], pen_width: float = PEN_WIDTH) -> Image.Image:
    """Draw strokes with a round pen, as the browser does: white on black.

    Parameters
    ----------
    strokes : list of ndarray of shape (n_points, 2)
        Canvas pixels, 0..280.
    pen_width : float
        Canvas pixels.

    Returns
    -------
    PIL.Image.Image
        Mode "L", 280x280, anti-aliased.
    """
    side = CANVAS_SIDE * _OVERSAMPLING
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    radius = pen_width * _OVERSAMPLING / 2
    for stroke in strokes:
        points = [(float(x), float(y)) for x, y in stroke * _OVERSAMPLING]
        if len(points) > 1:
            draw.line(points, fill=255, width=round(2 * radius))
        for point in points:
            draw.circle(point, radius, fill=255)
    return image.resize((CANVAS_SIDE, CANVAS_SIDE), Image.Resampling.BOX)
