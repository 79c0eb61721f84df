"""The canvas a person draws on, and the board that tends it in the browser.

Only this module imports the canvas component, which needs a Streamlit runtime. The canvas
itself only draws: it reports nothing (`update_streamlit=False`). The board, a component of
ours, listens to the pointer on it (`strokes.js`) and sends the strokes over the wire.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from streamlit_drawable_canvas import st_canvas

from digits_app.drawing.canvas_json import CANVAS_SIDE, path_object
from digits_app.drawing.colours import CHALK, SLATE, erases
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.drawing_state import (
    DRAW_SHEET,
    Loaded,
    Sheet,
    loaded_drawing,
)

_FINENESS: Final = 2
"""Pixels of the canvas for each of our units: strokes stay crisp on a large screen."""

_board = declare_component(
    "digit_board",
    __file__,
    "canvas_parts.js",
    "strokes.js",
    "demonstration.js",
    "board.js",
)
# Without a shadow root: the page's style sheet lays the answer out.
_wire = declare_component("digit_wire", __file__, "wire.js", isolate_styles=False)


@dataclass(frozen=True)
class Pen:
    """What the canvas draws with.

    Attributes
    ----------
    width : int
        In canvas units.
    erases : bool
        It takes ink away.
    """

    width: int
    erases: bool

    @property
    def colour(self) -> str:
        """Chalk for ink; the slate's own to take it away."""
        return SLATE if self.erases else CHALK


def show_canvas(
    pen: Pen, demonstration: dict[str, Any] | None = None, sheet: Sheet = DRAW_SHEET
) -> None:
    """Show the canvas, and set the board to tend it.

    Parameters
    ----------
    pen : Pen
    demonstration : dict or None
        What the board is to draw: a number, another of which begins anew, and strokes, each
        a list of points [x, y].
    sheet : Sheet
        What is drawn on it.
    """
    loaded = loaded_drawing(sheet)
    st_canvas(
        key=sheet.canvas_key,
        width=CANVAS_SIDE * _FINENESS,
        height=CANVAS_SIDE * _FINENESS,
        background_color=SLATE,
        stroke_color=pen.colour,
        stroke_width=pen.width * _FINENESS,
        initial_drawing=None if loaded is None else _for_canvas(loaded),
        update_streamlit=False,
    )
    _board(
        data={
            "place": sheet.canvas_key,
            "stored": sheet.stored_key,
            "pen": {"width": pen.width, "colour": pen.colour},
            "loaded": None if loaded is None else _for_board(loaded),
            "show": demonstration,
        },
        key=sheet.board_key,
        on_again_change=_nothing_more,
    )


def send_answer(
    answer: dict[str, Any], callbacks: dict[str, Any], sheet: Sheet = DRAW_SHEET
) -> None:
    """Hand an answer to the board, and take what it sends next.

    Parameters
    ----------
    answer : dict
        `answered`, a revision; `pause`, milliseconds; and `parts`, HTML by name, None for
        what stays as it is.
    callbacks : dict of callable
        What to do where a button of the answer is pressed, by the button's name.
    sheet : Sheet
        What was drawn on.
    """
    _wire(
        data=[answer],  # Streamlit would look through a dict for tables
        key=sheet.wire_key,
        on_drawing_change=_nothing_more,
        **{f"on_{name}_change": callback for name, callback in callbacks.items()},
    )


def _nothing_more() -> None:
    """Without a callback Streamlit does not keep a component's value."""


def _for_canvas(loaded: Loaded) -> dict[str, Any]:
    """Write a drawing as the canvas loads it: in its pixels and our colours."""
    return {
        "objects": [_fine(path) for path in loaded.drawing.objects],
        "number": loaded.number,
    }


def _fine(path: dict[str, Any]) -> dict[str, Any]:
    commands = [[command[0], *_finely(command[1:])] for command in path["path"]]
    width = path.get("strokeWidth", 1) * _FINENESS
    return path_object(commands, width, SLATE if erases(path) else CHALK)


def _finely(numbers: Sequence[float]) -> list[float]:
    return [_FINENESS * number for number in numbers]


def _for_board(loaded: Loaded) -> dict[str, Any]:
    drawing = loaded.drawing
    return {
        "number": loaded.number,
        "name": drawing.name,
        "revision": drawing.revision,
        "seen": loaded.seen,
        "objects": drawing.objects,
    }
