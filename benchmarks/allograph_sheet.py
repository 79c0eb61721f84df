"""Draw the sheet of allographs that `docs/accuracy.md` shows.

Run as `python -m benchmarks.allograph_sheet`; it writes docs/allographs.png. For each digit
there are two lines: its allographs as they are described, and below each one what a hand
drawn by lot makes of it.
"""

import argparse
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageOps

from digits_app.training.allographs import DIGITS
from digits_app.training.handwriting import (
    Points,
    curve_matrix,
    draw_with_pen,
    parse_stroke,
    write_strokes,
)

SHEET: Final = Path(__file__).parent.parent / "docs" / "allographs.png"
CELL: Final = 40
"""Side of a drawing's cell, in pixels."""

PADDING: Final = 4
GAP: Final = 8
"""Room between two digits, in pixels."""

PEN_SHARE: Final = 0.1
RANDOM_STATE: Final = 0


def draw_cell(strokes: list[Points]) -> Image.Image:
    """Draw strokes in dark ink in the middle of a white cell."""
    drawing = draw_with_pen(strokes, PEN_SHARE)
    drawing.thumbnail((CELL - PADDING, CELL - PADDING))
    cell = Image.new("L", (CELL, CELL))
    place = ((CELL - drawing.width) // 2, (CELL - drawing.height) // 2)
    cell.paste(drawing, place)
    return ImageOps.invert(cell)


def draw_sheet() -> Image.Image:
    """All digits, two lines each."""
    rng = np.random.default_rng(RANDOM_STATE)
    by_digit = [[a for a in DIGITS if a.label == str(digit)] for digit in range(10)]
    width = CELL * max(len(allographs) for allographs in by_digit)
    sheet = Image.new("L", (width, 10 * (2 * CELL + GAP) - GAP), 255)
    for row, allographs in enumerate(by_digit):
        top = row * (2 * CELL + GAP)
        for column, allograph in enumerate(allographs):
            strokes = [parse_stroke(stroke) for stroke in allograph.strokes]
            described = [curve_matrix(c, len(points)) @ points for points, c in strokes]
            sheet.paste(draw_cell(described), (column * CELL, top))
            written = draw_cell(write_strokes(allograph, rng))
            sheet.paste(written, (column * CELL, top + CELL))
    return sheet


def main() -> None:
    """Write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=SHEET, help="the picture's path")
    sheet = draw_sheet().quantize(16)
    sheet.save(parser.parse_args().into, optimize=True)


if __name__ == "__main__":
    main()
