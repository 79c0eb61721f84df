"""The visitor's drawing, from page to page, and between the browser and the server.

The browser's copy is the truth (`digits_app/pages/draw/strokes.js`): it outlives a reload,
a restart of the server and a session that the server has forgotten. The server takes over
what the browser sends, and hands the canvas a drawing where the canvas cannot have it
already: after Undo and Clear, where a digit is opened, where the page is entered anew, and
where the browser asks for it because the canvas lacks something.

Three keys of the session, all written here: the drawing, what the canvas was loaded with,
and the browser's revision that was seen last.
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

WIRE_KEY: Final = "draw_wire"
"""Widget key of the component that sends the strokes."""

_DRAWING: Final = "drawing"
_LOADED: Final = "drawing_loaded"
_SEEN: Final = "drawing_seen"
_DAMAGED: Final = "The drawing did not arrive whole. Clear the canvas and draw again."
_loads = itertools.count(secrets.randbelow(1 << 40))


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
        Revision of the browser's that the server had seen when it made the drawing.
    """

    drawing: Drawing
    number: int
    seen: int


def kept_drawing() -> Drawing | None:
    """The drawing as last known; None in a session that does not know any."""
    drawing: Drawing | None = st.session_state.get(_DRAWING)
    return drawing


def sent_value() -> Any:
    """What the browser sent last, of any form; None where it sent nothing yet."""
    value = st.session_state.get(WIRE_KEY)
    if not isinstance(value, Mapping):
        return None
    return REFUSED_KEY if REFUSED_KEY in value else value.get("drawing")


def take_sent_drawing() -> bool:
    """Take over what the browser sent, if it is news.

    Returns
    -------
    bool
        Whether the canvas must be loaded with it.

    Raises
    ------
    UnreadableDrawingError
        It is no drawing.
    """
    value = sent_value()
    if value is None:
        return False
    sent = _read_value(value)
    if sent.revision <= st.session_state.get(_SEEN, -1):
        return False
    st.session_state[_SEEN] = sent.revision
    kept, asks = kept_drawing(), bool(value.get("restore"))
    if kept is not None and sent.name != kept.name and not asks:
        return False  # sent before the browser learned of Undo; it sends it again
    st.session_state[_DRAWING] = sent
    if asks:
        _load(sent, sent.revision)
    return asks


def _read_value(value: Any) -> Drawing:
    objects = drawing_objects(value)
    name, revision = value.get("name"), value.get("revision")
    if not isinstance(name, str) or not isinstance(revision, int):
        raise UnreadableDrawingError(_DAMAGED)
    return Drawing(objects, name[:40], revision)


def take_over(value: Any) -> None:
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
    if kept_drawing() is None:
        st.session_state[_DRAWING] = _read_value(value)


def current_drawing() -> Image.Image | None:
    """The drawing as a picture, mode "L", 280x280; None where there is none to read."""
    drawing = kept_drawing()
    try:
        return None if drawing is None else render_drawing({"objects": drawing.objects})
    except UnreadableDrawingError:
        return None


def place_on_canvas(drawing: dict[str, Any]) -> None:
    """Replace what is on the canvas, now or when the Draw page is next opened.

    Call it in a callback or before `st.switch_page`, never after the canvas is shown.

    Parameters
    ----------
    drawing : dict
        The canvas' JSON: `{"objects": [...]}`.
    """
    value = sent_value()
    try:
        seen = 0 if value is None else _read_value(value).revision
    except UnreadableDrawingError:
        seen = st.session_state.get(_SEEN, 0)
        del st.session_state[WIRE_KEY]  # or it would be complained of again
    placed = Drawing(drawing["objects"], secrets.token_hex(8))
    st.session_state[_DRAWING] = placed
    _load(placed, seen)


def loaded_drawing() -> Loaded | None:
    """What the canvas is loaded with: the same until something else must be on it.

    Where the page is entered anew, or a new session meets a browser that has drawn already,
    it is the drawing as last known.
    """
    drawing = kept_drawing()
    is_new = WIRE_KEY not in st.session_state or _LOADED not in st.session_state
    known: Loaded | None = st.session_state.setdefault(_LOADED, None)
    if drawing is not None and is_new:
        seen = known.seen if known and known.drawing.name == drawing.name else 0
        _load(drawing, max(seen, drawing.revision))
    loaded: Loaded | None = st.session_state.get(_LOADED)
    return loaded


def without_last_stroke() -> list[dict[str, Any]]:
    """The paths that are left when the last one is taken back."""
    drawing = kept_drawing()
    return drawing.objects[:-1] if drawing else []


def _load(drawing: Drawing, seen: int) -> None:
    st.session_state[_LOADED] = Loaded(drawing, next(_loads), seen)
