"""Which strokes of a drawing may make one sign: what their places alone tell.

A number is a row of signs, and a sign is one stroke or several. Strokes are known one by
one, so touching digits need no cut. Three steps leave few questions to the reader:

1. Strokes one above the other are one piece: a bar and what hangs from it.
2. Pieces are in a row, from left to right, and a sign is a run of neighbours.
3. A run costs something for gaps in it, and two signs do for what overlaps.

`digits_app.reading.numbers` asks the reader about every run, and chooses. The browser does
the same (`digits_app/browser/reader/grouping.js`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from digits_app.drawing.canvas_json import CANVAS_SIDE, Points, Stroke

FLAT_ROW: Final = 0.5
"""Least height of a row, as a share of its widest stroke."""

LEAST_WIDTH: Final = 0.13
"""As wide a stroke counts at least, as a share of the row's height: a 1 has no width."""

ONE_PIECE: Final = 0.77
"""Strokes that share this much of the narrower one's width are one piece."""

MOST_IN_SIGN: Final = 3
"""Pieces of a sign."""

WIDEST_SIGN: Final = 1.6
"""Greatest width of a sign of several pieces, as a share of the row's height."""

MOST_STROKES: Final = 24
"""A drawing of more strokes is no number: it is read as one sign."""

MOST_PIECES: Final = 14
"""And so is one of more pieces."""

GAP: Final = 12.0
"""What a gap in a sign costs, for each height of the row."""

WIDEST_GAP: Final = 0.15
"""A wider one costs no more, as a share of the row's height: some leave a 4 wide open."""

TOGETHER: Final = 0.3
"""What is no digit hangs together: its pieces share this much of the narrower width."""

FREE_OVERLAP: Final = 0.12
"""Two signs may share this much of the narrower one's width."""

OVERLAP: Final = 8.0
"""What more of it costs, for the whole width."""


@dataclass(frozen=True)
class Piece:
    """Strokes that are one above the other, or several such pieces side by side.

    Attributes
    ----------
    strokes : tuple of int
        Their places in the drawing.
    left, right : float
        Of the pen's way, in canvas pixels.
    least_width : float
        As wide it counts where it is narrower, in canvas pixels.
    """

    strokes: tuple[int, ...]
    left: float
    right: float
    least_width: float

    def __add__(self, other: Self) -> Self:
        return type(self)(
            tuple(sorted(self.strokes + other.strokes)),
            min(self.left, other.left),
            max(self.right, other.right),
            self.least_width,
        )

    @property
    def middle(self) -> float:
        """Of its width, in canvas pixels."""
        return (self.left + self.right) / 2

    @property
    def half(self) -> float:
        """Of the width that it counts, in canvas pixels."""
        return max(self.right - self.left, self.least_width) / 2

    def shared_with(self, other: Self) -> float:
        """Share of the narrower one's width; below 0 where there is a gap."""
        end = min(self.middle + self.half, other.middle + other.half)
        start = max(self.middle - self.half, other.middle - other.half)
        return (end - start) / (2 * min(self.half, other.half))


@dataclass(frozen=True)
class Run:
    """Neighbouring pieces that may be one sign.

    Attributes
    ----------
    first, end : int
        Its pieces, the last one excluded.
    whole : Piece
        All of them.
    cost : float
        For the gaps between them.
    hangs_together : bool
        It can be a sign that is no digit.
    """

    first: int
    end: int
    whole: Piece
    cost: float
    hangs_together: bool


def row_height(strokes: Sequence[Stroke]) -> float:
    """Height of the tallest stroke, in canvas pixels."""
    spans = [stroke.way.max(axis=0) - stroke.way.min(axis=0) for stroke in strokes]
    return float(max(max(down, FLAT_ROW * across) for across, down in spans))


def pieces_of(strokes: Sequence[Stroke]) -> list[Piece]:
    """Put strokes together that are one above the other.

    Parameters
    ----------
    strokes : sequence of Stroke
        Those that erase belong to no piece.

    Returns
    -------
    list of Piece
        From left to right.
    """
    ink = [(i, s) for i, s in enumerate(strokes) if s.shade and len(s.way)]
    if not ink:
        return []
    least_width = LEAST_WIDTH * row_height([stroke for _, stroke in ink])
    pieces: list[Piece] = []
    for i, stroke in ink:
        across = stroke.way[:, 0]
        piece = Piece((i,), float(across.min()), float(across.max()), least_width)
        # It may join two that were apart.
        while above := [each for each in pieces if piece.shared_with(each) >= ONE_PIECE]:
            pieces.remove(above[0])
            piece += above[0]
        pieces.append(piece)
    return sorted(pieces, key=lambda piece: piece.middle)


def runs_of(pieces: Sequence[Piece], height: float) -> list[Run]:
    """All runs that may be one sign, by their first piece and their length.

    Parameters
    ----------
    pieces : sequence of Piece
        Of `pieces_of`.
    height : float
        Of `row_height`.
    """
    runs = []
    for first, piece in enumerate(pieces):
        whole, gap, hangs_together = piece, 0.0, True
        runs.append(Run(first, first + 1, whole, 0.0, True))
        for i in range(first + 1, min(first + MOST_IN_SIGN, len(pieces))):
            gap = max(gap, pieces[i].left - whole.right)
            hangs_together &= pieces[i - 1].shared_with(pieces[i]) >= TOGETHER
            whole += pieces[i]
            if whole.right - whole.left > WIDEST_SIGN * height:
                break
            cost = GAP * min(gap / height, WIDEST_GAP)
            runs.append(Run(first, i + 1, whole, cost, hangs_together))
    return runs


def cost_of_overlap(left: Piece, right: Piece) -> float:
    """What two neighbouring signs cost for the width that they share."""
    return OVERLAP * max(0.0, left.shared_with(right) - FREE_OVERLAP)


def on_square(
    objects: Sequence[dict[str, Any]],
    strokes: Sequence[Stroke],
    piece: Piece,
    width: int = CANVAS_SIDE,
) -> list[dict[str, Any]]:
    """Take a sign out of a drawing, as paths on the square canvas.

    From a wider canvas it is moved into the middle of the square by whole pixels, so that
    it is drawn the same to the pixel wherever it stands.

    Parameters
    ----------
    objects : sequence of dict
        The drawing's paths.
    strokes : sequence of Stroke
        The same, read.
    piece : Piece
        The sign.
    width : int, default=280
        Of the canvas.

    Returns
    -------
    list of dict
        Its paths, and those that erase, in their order.
    """
    shift = 0 if width == CANVAS_SIDE else round(piece.middle) - CANVAS_SIDE // 2
    return [
        _moved(path, shift) if shift else path
        for i, path in enumerate(objects)
        if i in piece.strokes or not strokes[i].shade
    ]


def _moved(path: dict[str, Any], shift: int) -> dict[str, Any]:
    """Move a path to the left."""
    commands = [
        [
            name,
            *(number if i % 2 else number - shift for i, number in enumerate(numbers)),
        ]
        for name, *numbers in path["path"]
    ]
    return {**path, "path": commands}


def frame_of(strokes: Sequence[Stroke], piece: Piece) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a sign's ink, in canvas pixels."""
    own: list[Points] = [strokes[i].way for i in piece.strokes]
    reach = max(strokes[i].width for i in piece.strokes) / 2
    top = min(float(way[:, 1].min()) for way in own)
    bottom = max(float(way[:, 1].max()) for way in own)
    return piece.left - reach, top - reach, piece.right + reach, bottom + reach
