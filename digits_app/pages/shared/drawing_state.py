"""What a visitor draws, as the server was told.

The drawing lives in the browser (`digits_app/browser/board/drawing.js`), where it outlives
a reload, a restart of the server and a session that the server has forgotten. The server
keeps what it is told, each time the whole drawing and its revision. Where it puts a drawing
on the canvas itself (a digit opened from a link or a picture, the next prompt), that has a
name: the browser takes it over once, and says so with its next message.

Two keys of the session for each board, both written here: the drawing, and what was put on
the canvas but not yet taken over.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from digits_app.drawing.canvas_json import CANVAS_SIDE, WIDE, drawing_objects
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.server.messages import REFUSED_KEY

_DAMAGED: Final = "The drawing did not arrive whole. Clear the canvas and draw again."
_EVERY_REVISION: Final = 2**53 - 1  # the browser counts no further


@dataclass(frozen=True)
class Board:
    """A canvas with a drawing of its own.

    Attributes
    ----------
    name : str
        Prefix of its keys in the session, and of the tab's copy in the browser.
    """

    name: str

    @property
    def canvas_key(self) -> str:
        """Widget key of the canvas."""
        return f"{self.name}_canvas"

    @property
    def board_key(self) -> str:
        """Widget key of the component that tends the canvas and sends the drawing."""
        return f"{self.name}_board"

    @property
    def drawing_key(self) -> str:
        """Key of the drawing as last known."""
        return f"{self.name}_drawing"

    @property
    def placed_key(self) -> str:
        """Key of what was put on the canvas, until the browser has it."""
        return f"{self.name}_drawing_placed"

    @property
    def stored_key(self) -> str:
        """Name of the tab's copy in the browser's storage."""
        return f"digit-{self.name}"


DRAW_BOARD: Final = Board("draw")
"""The Draw page's."""

HAND_BOARD: Final = Board("hand")
"""That on which My hand asks for digits."""

HAND_KEY: Final = "my_hand"
"""Key of the digits that the visitor wrote for My hand, or corrected on Draw."""


@dataclass(frozen=True)
class Drawing:
    """A drawing, and which version of it.

    Attributes
    ----------
    objects : list of dict
        Fabric paths in canvas units, as in the canvas' JSON.
    revision : int
        Counts the browser's changes.
    width : {280, 560}
        Of the canvas, in canvas units.
    """

    objects: list[dict[str, Any]]
    revision: int = 0
    width: int = CANVAS_SIDE


@dataclass(frozen=True)
class Placed:
    """What the server puts on a canvas.

    Attributes
    ----------
    name : str
        A browser that knows it has had it already, and keeps what was drawn since.
    objects : list of dict
        Fabric paths in canvas units.
    seen : int
        Revision of the browser's that the server had seen then. The browser adds the
        strokes of later ones; to `_EVERY_REVISION` it adds none.
    width : {280, 560}
        Of the canvas, in canvas units.
    """

    name: str
    objects: list[dict[str, Any]]
    seen: int
    width: int = CANVAS_SIDE


def kept_drawing(board: Board = DRAW_BOARD) -> Drawing | None:
    """The drawing as last known; None in a session that does not know any."""
    drawing: Drawing | None = st.session_state.get(board.drawing_key)
    return drawing


def placed_drawing(board: Board = DRAW_BOARD) -> Placed | None:
    """What the browser has yet to put on the canvas."""
    placed: Placed | None = st.session_state.get(board.placed_key)
    return placed


def take_drawing(board: Board = DRAW_BOARD) -> int | None:
    """Take over what the browser sent, if anything.

    Parameters
    ----------
    board : Board
        On which it was drawn.

    Returns
    -------
    int or None
        Its revision; None where the browser has sent nothing on this page.

    Raises
    ------
    UnreadableDrawingError
        It is no drawing.
    """
    value = _sent_value(board)
    if value is None:
        return None
    placed = placed_drawing(board)
    if placed is not None and value.get("placed") != placed.name:
        return None  # sent before the browser had it; it sends again
    st.session_state.pop(board.placed_key, None)
    revision = _revision(value)
    kept = kept_drawing(board)
    if kept is None or kept.revision != revision:
        st.session_state[board.drawing_key] = _drawing(value)
    return revision


def sent_revision(board: Board = DRAW_BOARD) -> int | None:
    """Revision of what the browser sent last, even of nonsense; None without one."""
    try:
        value = _sent_value(board)
        return None if value is None else _revision(value)
    except UnreadableDrawingError:
        return None


def take_over(value: Any, board: Board = DRAW_BOARD) -> None:
    """Keep a drawing that the browser has, in a session that knows none.

    Parameters
    ----------
    value : Any
        What the browser sent.
    board : Board
        On which it was drawn.

    Raises
    ------
    UnreadableDrawingError
        It is no drawing.
    """
    if kept_drawing(board) is None:
        st.session_state[board.drawing_key] = _drawing(value)


def place_drawing(
    objects: list[dict[str, Any]],
    board: Board = DRAW_BOARD,
    name: str | None = None,
    width: int = CANVAS_SIDE,
) -> None:
    """Replace what is on a canvas, now or when its page is next opened.

    Parameters
    ----------
    objects : list of dict
        Fabric paths in canvas units.
    board : Board
        Whose canvas.
    name : str or None
        The drawing's; 40 characters at most. A browser that knows it keeps what it has.
        None: a new one, to which the browser adds what was drawn in the meantime.
    width : {280, 560}, default=280
        Of the canvas, in canvas units.
    """
    kept = kept_drawing(board)
    revision = kept.revision if kept else 0
    seen = _EVERY_REVISION if name else revision
    st.session_state[board.drawing_key] = Drawing(objects, revision, width)
    name = name or secrets.token_hex(8)
    st.session_state[board.placed_key] = Placed(name, objects, seen, width)


def _sent_value(board: Board) -> Mapping[str, Any] | None:
    """What the browser sent last; None where it sent nothing yet."""
    state = st.session_state.get(board.board_key)
    if not isinstance(state, Mapping):
        return None
    value = state.get("drawing")
    if REFUSED_KEY in state or not isinstance(value, Mapping | None):
        raise UnreadableDrawingError(_DAMAGED)
    return value


def _drawing(value: Any) -> Drawing:
    revision = _revision(value)  # what is no drawing has none
    width = value.get("width", CANVAS_SIDE)
    if width not in (CANVAS_SIDE, WIDE):
        raise UnreadableDrawingError(_DAMAGED)
    return Drawing(drawing_objects(value), revision, width)


def _revision(value: Any) -> int:
    revision = value.get("revision") if isinstance(value, Mapping) else None
    if not isinstance(revision, int):
        raise UnreadableDrawingError(_DAMAGED)
    return revision
