"""Draw the sheets of allographs that `docs/accuracy.md` shows.

Run as `python -m benchmarks.allograph_sheet`; it writes docs/allographs.png, the digits,
and docs/signs.png, what is no digit. Each line stands twice: allographs as they are
described, and below each one what a hand drawn by lot makes of it.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageOps

from digits_app.training.allographs import DIGITS, Allograph
from digits_app.training.handwriting import (
    Points,
    curve_matrix,
    draw_with_pen,
    parse_stroke,
    write_strokes,
)
from digits_app.training.signs import SIGNS

FOLDER: Final = Path(__file__).parent.parent / "docs"
CELL: Final = 40
"""Side of a drawing's cell, in pixels."""

PADDING: Final = 4
GAP: Final = 8
"""Room between two lines, in pixels."""

SIGNS_A_LINE: Final = 26

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


def draw_sheet(lines: Sequence[Sequence[Allograph]]) -> Image.Image:
    """All lines, each as it is described and as it is written."""
    rng = np.random.default_rng(RANDOM_STATE)
    width = CELL * max(len(allographs) for allographs in lines)
    sheet = Image.new("L", (width, len(lines) * (2 * CELL + GAP) - GAP), 255)
    for row, allographs in enumerate(lines):
        top = row * (2 * CELL + GAP)
        for column, allograph in enumerate(allographs):
            strokes = [parse_stroke(stroke) for stroke in allograph.strokes]
            described = [curve_matrix(c, len(points)) @ points for points, c in strokes]
            sheet.paste(draw_cell(described), (column * CELL, top))
            written = draw_cell(write_strokes(allograph, rng))
            sheet.paste(written, (column * CELL, top + CELL))
    return sheet


def main() -> None:
    """Write both sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=FOLDER, help="their folder")
    into = parser.parse_args().into
    by_digit = [[a for a in DIGITS if a.label == str(digit)] for digit in range(10)]
    starts = range(0, len(SIGNS), SIGNS_A_LINE)
    signs = [SIGNS[start : start + SIGNS_A_LINE] for start in starts]
    for name, lines in (("allographs.png", by_digit), ("signs.png", signs)):
        draw_sheet(lines).quantize(16).save(into / name, optimize=True)


if __name__ == "__main__":
    main()
