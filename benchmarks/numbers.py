"""How well a row of digits is read as a number, and a single digit still as one.

Run as `python -m benchmarks.numbers`; `--quick` reads one row in ten. The rows are put
together from the drawings of tests/data, which no model was fitted to
(`tests.support.number_rows`). The numbers of the rule (`digits_app.drawing.grouping`) were
chosen on every other writer; `--unseen` takes the others alone.
"""

import argparse
from dataclasses import dataclass
from typing import Final

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.accuracy import wilson_interval
from digits_app.drawing.canvas_json import CANVAS_SIDE, pen_path, render_drawing
from digits_app.reading.numbers import Number, read_number
from digits_app.reading.recognition import Prediction, read_drawing
from tests.support.number_rows import PENS, NumberRow, hands, number_rows
from tests.support.pen_drawings import Stroke, fill_canvas

N_ROWS: Final = 500
"""On each of the two canvases."""

N_WITH_OTHER: Final = 250
"""Rows with a letter or a symbol, on each."""


@dataclass(frozen=True)
class ReadRow:
    """A row, and what is read in it.

    Attributes
    ----------
    row : NumberRow
    number : Number
    one_by_one : str
        What is read where the digits are known to be digits, and where each of them is.
    """

    row: NumberRow
    number: Number
    one_by_one: str

    @property
    def is_split_right(self) -> bool:
        """Every sign has its own strokes, and nothing else."""
        found = {frozenset(sign.strokes) for sign in self.number.signs}
        return found == set(self.row.groups)

    @property
    def is_right(self) -> bool:
        """The whole number is."""
        return self.number.text == "".join(self.row.labels)

    @property
    def is_right_one_by_one(self) -> bool:
        """Every digit is."""
        return self.one_by_one == "".join(self.row.labels)

    @property
    def is_marked(self) -> bool:
        """All strokes of what is no digit are in a "?"."""
        other = next(i for i, label in enumerate(self.row.labels) if not label.isdigit())
        own = self.row.groups[other]
        signs = [sign for sign in self.number.signs if own & set(sign.strokes)]
        return all(sign.text == "?" for sign in signs)


def read_row(row: NumberRow) -> ReadRow:
    """Read a row as a number, and each of its digits by itself."""
    strokes = [stroke.round(1) for stroke in row.strokes]
    one_by_one = [
        _read_alone([strokes[i] for i in sorted(group)], row.pen_width)
        for group, label in zip(row.groups, row.labels, strict=True)
        if label.isdigit()
    ]
    return ReadRow(row, read_number(strokes, row.pen_width), "".join(one_by_one))


def _read_alone(strokes: list[Stroke], pen_width: float) -> str:
    """What one digit is read as in the middle of a canvas, as large as it is."""
    across = np.concatenate(strokes)[:, 0]
    shift = np.array([round((across.min() + across.max()) / 2) - CANVAS_SIDE // 2, 0])
    return str(_read_drawing([stroke - shift for stroke in strokes], pen_width).label)


def _read_drawing(strokes: list[Stroke], pen_width: float) -> Prediction:
    """As the page reads one digit."""
    paths = [pen_path(stroke.tolist(), pen_width) for stroke in strokes]
    picture = render_drawing({"objects": paths})
    assert picture is not None
    return read_drawing(picture, [(10, "augmented")])[0]


def rows_of_digits(n_rows: int, half: int | None = None) -> dict[str, list[ReadRow]]:
    """Read `n_rows` numbers on each canvas."""
    square = number_rows(n_rows, (1, 3), half=half, seed=1)
    wide = number_rows(n_rows, (2, 6), 2 * CANVAS_SIDE, half=half, seed=2)
    return {
        "square, 1 to 3": [read_row(row) for row in square],
        "wide, 2 to 6": [read_row(row) for row in wide],
    }


def rows_with_other(n_rows: int, half: int | None = None) -> dict[str, list[ReadRow]]:
    """Read `n_rows` on each canvas, of which one sign is a letter or a symbol."""
    square = number_rows(n_rows, (2, 3), half=half, with_other=True, seed=3)
    wide = number_rows(n_rows, (2, 6), 2 * CANVAS_SIDE, half=half, with_other=True, seed=4)
    return {
        "square, 2 to 3": [read_row(row) for row in square],
        "wide, 2 to 6": [read_row(row) for row in wide],
    }


@dataclass(frozen=True)
class SingleDigits:
    """Digits that stand alone: how many, how many stay one, and are read as ever."""

    n: int
    n_one: int
    n_same: int


def single_digits(every: int = 1, half: int | None = None) -> SingleDigits:
    """Read one digit in so many, large and alone."""
    n = n_one = n_same = 0
    for hand in hands(half):
        for i, (_, signs) in enumerate(hand.digits[::every]):
            pen_width = PENS[i % len(PENS)]
            strokes = [stroke.round(1) for stroke in fill_canvas(signs)]
            number = read_number(strokes, pen_width)
            n += 1
            if len(number.signs) == 1:
                n_one += 1
                [sign] = number.signs
                assert sign.prediction is not None
                known = _read_drawing(strokes, pen_width)
                n_same += np.array_equal(sign.prediction.proba, known.proba)
    return SingleDigits(n, n_one, n_same)


def digits_table(rows: dict[str, list[ReadRow]]) -> list[str]:
    """Split right, and read right, beside what the digits one by one give."""
    lines = [
        "| canvas, digits | rows | split right | 95 % | one by one | number | share |",
        "|---|---|---|---|---|---|---|",
    ]
    both = {**rows, "both": [row for each in rows.values() for row in each]}
    for name, read in both.items():
        n, n_split = len(read), sum(row.is_split_right for row in read)
        low, high = wilson_interval(n_split, n)
        alone = sum(row.is_right_one_by_one for row in read)
        whole = sum(row.is_right for row in read)
        lines.append(
            f"| {name} | {n} | {n_split / n:.1%} | {100 * low:.1f} to {100 * high:.1f} "
            f"| {alone / n:.1%} | {whole / n:.1%} | {whole / alone:.1%} |"
        )
    return lines


def others_table(rows: dict[str, list[ReadRow]]) -> list[str]:
    """How many letters and symbols among digits are a "?"."""
    lines = ["| canvas, signs | rows | marked | split right |", "|---|---|---|---|"]
    both = {**rows, "both": [row for each in rows.values() for row in each]}
    for name, read in both.items():
        n = len(read)
        marked = sum(row.is_marked for row in read) / n
        split = sum(row.is_split_right for row in read) / n
        lines.append(f"| {name} | {n} | {marked:.1%} | {split:.1%} |")
    return lines


def singles_table(singles: SingleDigits) -> list[str]:
    """How many single digits stay one, and how many of those are read as ever."""
    return [
        "| digits alone | stay one | of those read the same |",
        "|---|---|---|",
        f"| {singles.n} | {singles.n_one / singles.n:.1%} "
        f"| {singles.n_same / singles.n_one:.1%} |",
    ]


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one row in ten")
    parser.add_argument("--unseen", action="store_true", help="half of the writers")
    asked = parser.parse_args()
    share, half = (10 if asked.quick else 1), (1 if asked.unseen else None)
    with threadpool_limits(limits=1, user_api="blas"):
        print(*digits_table(rows_of_digits(N_ROWS // share, half)), "", sep="\n")
        print(*others_table(rows_with_other(N_WITH_OTHER // share, half)), "", sep="\n")
        print(*singles_table(single_digits(share, half)), sep="\n")


if __name__ == "__main__":
    main()
