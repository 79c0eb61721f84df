"""What a visitor draws: from page to page, and between the browser and the server.

The browser's copy is the truth (`digits_app/pages/draw/strokes.js`): it outlives a reload,
a restart of the server and a session that the server has forgotten. The server takes over
what the browser sends, and hands the canvas a drawing where the canvas cannot have it
already: after Undo and Clear, where a digit is opened, where the page is entered anew, and
where the browser asks for it because the canvas lacks something.

Three keys of the session for each sheet, all written here: the drawing, what the canvas was
loaded with, and the browser's revision that was seen last.
"""

import itertools
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st
from PIL import Image

from digits_app.drawing.canvas_json import drawing_objects, render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.server.messages import REFUSED_KEY

_DAMAGED: Final = "The drawing did not arrive whole. Clear the canvas and draw again."
_EVERY_REVISION: Final = 2**53 - 1  # the browser counts no further
_loads = itertools.count(secrets.randbelow(1 << 40))


@dataclass(frozen=True)
class Sheet:
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
        """Widget key of the component that tends the canvas."""
        return f"{self.name}_board"

    @property
    def wire_key(self) -> str:
        """Widget key of the component that sends the strokes."""
        return f"{self.name}_wire"

    @property
    def drawing_key(self) -> str:
        """Key of the drawing as last known."""
        return f"{self.name}_drawing"

    @property
    def loaded_key(self) -> str:
        """Key of what the canvas was loaded with."""
        return f"{self.name}_drawing_loaded"

    @property
    def seen_key(self) -> str:
        """Key of the browser's revision that was seen last."""
        return f"{self.name}_drawing_seen"

    @property
    def stored_key(self) -> str:
        """Name of the tab's copy in the browser's storage."""
        return f"digit-{self.name}"


DRAW_SHEET: Final = Sheet("draw")
"""The Draw page's."""

HAND_SHEET: Final = Sheet("hand")
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
    name : str
        Given by the server where it changed the drawing; "" where only the browser has.
    revision : int
        Counts what the browser has sent.
    """

    objects: list[dict[str, Any]]
    name: str = ""
    revision: int = 0


@dataclass(frozen=True)
class Loaded:
    """What the canvas is to be loaded with.

    Attributes
    ----------
    drawing : Drawing
    number : int
        Another number makes the canvas load, be it the same drawing.
    seen : int
        Revision of the browser's that the server had seen when it made the drawing. The
        browser adds the strokes of later ones; to `_EVERY_REVISION` it adds none.
    """

    drawing: Drawing
    number: int
    seen: int


def kept_drawing(sheet: Sheet = DRAW_SHEET) -> Drawing | None:
    """The drawing as last known; None in a session that does not know any."""
    drawing: Drawing | None = st.session_state.get(sheet.drawing_key)
    return drawing


def sent_value(sheet: Sheet = DRAW_SHEET) -> Any:
    """What the browser sent last, of any form; None where it sent nothing yet."""
    value = st.session_state.get(sheet.wire_key)
    if not isinstance(value, Mapping):
        return None
    return REFUSED_KEY if REFUSED_KEY in value else value.get("drawing")


def take_sent_drawing(sheet: Sheet = DRAW_SHEET, value: Any = None) -> bool:
    """Take over what the browser sent, if it is news.

    Parameters
    ----------
    sheet : Sheet
        On which it was drawn.
    value : Any
        The `sent_value`, where that is known already.

    Returns
    -------
    bool
        Whether the canvas must be loaded with it.

    Raises
    ------
    UnreadableDrawingError
        It is no drawing.
    """
    value = sent_value(sheet) if value is None else value
    if value is None:
        return False
    revision = _revision(value)
    if revision <= st.session_state.get(sheet.seen_key, -1):
        return False
    sent = _read_value(value)
    st.session_state[sheet.seen_key] = revision
    kept, asks = kept_drawing(sheet), bool(value.get("restore"))
    if kept is not None and sent.name != kept.name and not asks:
        return False  # sent before the browser learned of Undo; it sends it again
    st.session_state[sheet.drawing_key] = sent
    if asks:
        _load(sheet, sent, sent.revision)
    return asks


def _read_value(value: Any) -> Drawing:
    objects, revision = drawing_objects(value), _revision(value)
    name = value.get("name")
    if not isinstance(name, str):
        raise UnreadableDrawingError(_DAMAGED)
    return Drawing(objects, name[:40], revision)


def _revision(value: Any) -> int:
    revision = value.get("revision") if isinstance(value, Mapping) else None
    if not isinstance(revision, int):
        raise UnreadableDrawingError(_DAMAGED)
    return revision


def take_over(value: Any, sheet: Sheet = DRAW_SHEET) -> None:
    """Keep a drawing that the browser has, in a session that knows none.

    Parameters
    ----------
    value : Any
        What the browser sent.

    Raises
    ------
    UnreadableDrawingError
        It is no drawing.
    """
    if kept_drawing(sheet) is None:
        st.session_state[sheet.drawing_key] = _read_value(value)


def current_drawing(sheet: Sheet = DRAW_SHEET) -> Image.Image | None:
    """The drawing as a picture, mode "L", 280x280; None where there is none to read."""
    drawing = kept_drawing(sheet)
    try:
        return None if drawing is None else render_drawing({"objects": drawing.objects})
    except UnreadableDrawingError:
        return None


def place_on_canvas(drawing: dict[str, Any], sheet: Sheet = DRAW_SHEET) -> None:
    """Replace what is on the canvas, now or when the Draw page is next opened.

    Call it in a callback or before the canvas is shown, never after. What was drawn on the
    canvas in the meantime is added to it.

    Parameters
    ----------
    drawing : dict
        The canvas' JSON: `{"objects": [...]}`.
    sheet : Sheet
        Whose canvas.
    """
    value = sent_value(sheet)
    try:
        # The page that is entered anew has forgotten what was sent, not what was seen.
        seen = _seen(sheet) if value is None else _read_value(value).revision
    except UnreadableDrawingError:
        seen = _seen(sheet)
        del st.session_state[sheet.wire_key]  # or it would be complained of again
    _place(sheet, Drawing(drawing["objects"], secrets.token_hex(8)), seen)


def place_whole_drawing(drawing: dict[str, Any], name: str) -> None:
    """Replace what is on Draw's canvas when that page is entered, before it is shown.

    Nothing is added to it, whatever the tab had. A tab that knows the drawing's name has
    had it already, and keeps what was drawn since.

    Parameters
    ----------
    drawing : dict
        The canvas' JSON: `{"objects": [...]}`.
    name : str
        The drawing's; 40 characters at most.
    """
    _place(DRAW_SHEET, Drawing(drawing["objects"], name), _EVERY_REVISION)


def _seen(sheet: Sheet) -> int:
    seen: int = st.session_state.get(sheet.seen_key, 0)
    return seen


def _place(sheet: Sheet, drawing: Drawing, seen: int) -> None:
    st.session_state[sheet.drawing_key] = drawing
    _load(sheet, drawing, seen)


def loaded_drawing(sheet: Sheet = DRAW_SHEET) -> Loaded | None:
    """What the canvas is loaded with: the same until something else must be on it.

    Where the page is entered anew, or a new session meets a browser that has drawn already,
    it is the drawing as last known.
    """
    drawing = kept_drawing(sheet)
    is_new = (
        sheet.wire_key not in st.session_state or sheet.loaded_key not in st.session_state
    )
    known: Loaded | None = st.session_state.setdefault(sheet.loaded_key, None)
    if drawing is not None and is_new:
        seen = known.seen if known and known.drawing.name == drawing.name else 0
        _load(sheet, drawing, max(seen, drawing.revision))
    loaded: Loaded | None = st.session_state.get(sheet.loaded_key)
    return loaded


def without_last_stroke(sheet: Sheet = DRAW_SHEET) -> list[dict[str, Any]]:
    """The paths that are left when the last one is taken back."""
    drawing = kept_drawing(sheet)
    return drawing.objects[:-1] if drawing else []


def _load(sheet: Sheet, drawing: Drawing, seen: int) -> None:
    st.session_state[sheet.loaded_key] = Loaded(drawing, next(_loads), seen)
