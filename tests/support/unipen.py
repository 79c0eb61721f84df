"""Real digits, letters and symbols by writers from many countries (UniPen).

They are in tests/data, with their attribution. No model is trained on them.
"""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np

from tests.support.pen_drawings import Stroke, fill_canvas

DATA: Final = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class UnipenSign:
    """A sign as it was written.

    Attributes
    ----------
    label : str
        What it shows.
    writer : int
        Who wrote it; the same number in both files.
    strokes : tuple of ndarray of shape (n_points, 2)
        x to the right and y down; the longer side runs from 0 to 1000.
    """

    label: str
    writer: int
    strokes: tuple[Stroke, ...]

    @property
    def on_canvas(self) -> list[Stroke]:
        """The strokes in the middle of the 280x280 canvas, 75 % of it long."""
        return fill_canvas(self.strokes)


def load_unipen(kind: Literal["digits", "others"]) -> list[UnipenSign]:
    """Load the 1,961 digits or the 1,005 other signs, in the order of the file."""
    path = DATA / f"unipen_{kind}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        UnipenSign(
            label=record["label"],
            writer=record["writer"],
            strokes=tuple(
                np.array(s, dtype=float).reshape(-1, 2) for s in record["strokes"]
            ),
        )
        for record in records
    ]
