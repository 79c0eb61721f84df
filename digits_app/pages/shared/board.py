"""The board: the canvas that people draw on, its tools, and what is said of a drawing.

Only this module imports the canvas component, which needs a Streamlit runtime. The canvas
itself only draws: it reports nothing (`update_streamlit=False`). The board, a component of
ours, listens to the pointer on it, keeps the drawing, reads it while the pen is down, and
tells the server each time it was changed (`digits_app/browser/board/`).

A page shows the canvas where it is to be, and the board in a fragment, which then runs
alone after each stroke::

    show_canvas(HAND_BOARD)


    @board_fragment
    def hear():
        show_board(HAND_BOARD, take_answer(HAND_BOARD), tools=("undo", "clear"))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import streamlit as st
import streamlit_drawable_canvas
from streamlit_drawable_canvas import st_canvas

from digits_app.drawing.canvas_json import CANVAS_SIDE, WIDE, drawing_objects, path_object
from digits_app.drawing.colours import CHALK, SLATE, erases
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.drawing_state import (
    DRAW_BOARD,
    Board,
    kept_drawing,
    placed_drawing,
    sent_revision,
    take_drawing,
)
from digits_app.server.browser_files import browser_files

FINENESS: Final = 2
"""Pixels of the canvas for each of our units: strokes stay crisp on a large screen."""

PEN_WIDTH: Final = 20
"""Canvas units; the pen that a canvas begins with."""

# Without a shadow root: the page's style sheet lays the answer out.
_board = declare_component("digit_board", __file__, "served.js", isolate_styles=False)

# Streamlit runs a page again after a lost connection only where it has a fragment that runs
# by itself (1.67). A new session would else know nothing of the page.
board_fragment = st.fragment(run_every=timedelta(days=1))
"""Decorates the function that shows a board."""


def _canvas_script() -> str:
    """Address of the canvas' script, as Streamlit 1.67 serves it."""
    build = Path(streamlit_drawable_canvas.__file__).parent / "frontend" / "build"
    (script,) = build.glob("index-*.js")
    component = "streamlit-drawable-canvas.streamlit_drawable_canvas"
    return f"_stcore/bidi-components/{component}/{script.name}"


_CANVAS_SCRIPT: Final = _canvas_script()


def show_canvas(board: Board = DRAW_BOARD) -> None:
    """Show the canvas. The board gives it pen and drawing; Python where it cannot."""
    asked = st.session_state.get(_asked_key(board), {})
    st_canvas(
        key=board.canvas_key,
        width=asked.get("canvas_width", CANVAS_SIDE) * FINENESS,
        height=CANVAS_SIDE * FINENESS,
        background_color=SLATE,
        stroke_color=asked.get("colour", CHALK),
        stroke_width=asked.get("width", PEN_WIDTH) * FINENESS,
        initial_drawing=asked.get("drawing"),
        update_streamlit=False,
    )


def show_board(
    board: Board,
    answer: Mapping[str, Any],
    *,
    tools: Sequence[str],
    n_classes: int = 10,
    words: Mapping[str, Any] | None = None,
    reading: Mapping[str, Any] | None = None,
    asking: Mapping[str, Callable[[], None]] | None = None,
) -> None:
    """Show the board's tools and answer, and hand it what the server says.

    Parameters
    ----------
    board : Board
    answer : mapping
        What the server says of the drawing, begun by `take_answer`.
    tools : sequence of str
        Of "pen", "width", "show", "undo", "clear", "wide" and "picture".
    n_classes : {2, 10}, default=10
        How many digits the network knows.
    words : mapping or None
        See `digits_app.wording.board_words`. None: the board says nothing, and does not
        read.
    reading : mapping or None
        With which network the browser reads, and where its files are.
    asking : mapping of str to callable
        What to do where a button is pressed, by its `data-ask`.
    """
    placed = placed_drawing(board)
    data = {
        "script": browser_files().address("board/board.js"),
        "stored": board.stored_key,
        "canvas": {
            "place": board.canvas_key,
            "script": _CANVAS_SCRIPT,
            "chalk": CHALK,
            "slate": SLATE,
        },
        "tools": list(tools),
        "nClasses": n_classes,
        "words": words,
        "reading": reading,
        "placed": placed and asdict(placed),
        "answer": dict(answer),
    }
    callbacks = {"drawing": _nothing_more, "again": _nothing_more, **(asking or {})}
    _board(
        data=[data],  # Streamlit would look through a dict for tables
        key=board.board_key,
        on_canvas_change=lambda: _hand_to_canvas(board),
        **{f"on_{name}_change": callback for name, callback in callbacks.items()},
    )


def take_answer(board: Board = DRAW_BOARD) -> dict[str, Any]:
    """Take what the browser sent, and begin the answer to it.

    Returns
    -------
    dict
        `revision`, which one is answered; and `complaint`, a sentence, where what was sent
        is no drawing.
    """
    try:
        revision = take_drawing(board)
    except UnreadableDrawingError as error:
        return {"revision": sent_revision(board), "complaint": str(error)}
    kept = kept_drawing(board)
    is_taken = kept is not None and placed_drawing(board) is None
    return {"revision": kept.revision if kept and is_taken else revision or 0}


def _nothing_more() -> None:
    """Without a callback Streamlit does not keep a component's value."""


def _asked_key(board: Board) -> str:
    return f"{board.name}_canvas_asked"


def _hand_to_canvas(board: Board) -> None:
    """Let Python give the canvas its drawing and pen: the browser found no way to."""
    asked = (st.session_state.get(board.board_key) or {}).get("canvas")
    if not isinstance(asked, Mapping):
        return
    try:
        objects = [_fine(path) for path in drawing_objects(asked)]
    except UnreadableDrawingError:
        return
    width, key = asked.get("width"), _asked_key(board)
    # The canvas loads the same drawing again where it has another number.
    before = st.session_state.get(key, {}).get("drawing", {"number": 0})
    st.session_state[key] = {
        "drawing": {"objects": objects, "number": before["number"] + 1},
        "width": width if isinstance(width, int) and 0 < width <= 60 else PEN_WIDTH,
        "canvas_width": WIDE if asked.get("canvasWidth") == WIDE else CANVAS_SIDE,
        "colour": SLATE if asked.get("colour") == SLATE else CHALK,
    }
    st.rerun()


def _fine(path: dict[str, Any]) -> dict[str, Any]:
    """Write a path in pixels of the canvas, and in our colours."""
    commands = [
        [name, *(FINENESS * number for number in numbers)]
        for name, *numbers in path["path"]
    ]
    width = path.get("strokeWidth", 1) * FINENESS
    return path_object(commands, width, SLATE if erases(path) else CHALK)
