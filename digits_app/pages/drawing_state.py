"""The visitor's drawing, from page to page.

Three keys of the session, all written here: the drawing as last seen, what the canvas
was last handed, and how often it was handed something.
"""

from typing import Any, Final

import streamlit as st
from PIL import Image

from digits_app.preprocessing import UnreadableDrawingError
from digits_app.strokes import render_drawing

CANVAS_KEY: Final = "draw_canvas"
"""Widget key of the canvas."""

_DRAWING: Final = "drawing"
_HANDED: Final = "drawing_handed"
_TIMES_HANDED: Final = "drawing_times_handed"


def kept_drawing() -> Any:
    """The canvas' JSON as last seen; None in a session that has not drawn yet."""
    return st.session_state.get(_DRAWING)


def keep_drawing(drawing: Any) -> None:
    """Remember what the canvas reports. An untouched canvas is no drawing yet."""
    if kept_drawing() is not None or (isinstance(drawing, dict) and drawing.get("objects")):
        st.session_state[_DRAWING] = drawing


def current_drawing() -> Image.Image | None:
    """The drawing as a picture, mode "L", 280x280; None where there is none to read."""
    try:
        return render_drawing(kept_drawing())
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
    st.session_state[_DRAWING] = drawing
    st.session_state.pop(CANVAS_KEY, None)
    _hand(drawing)


def initial_drawing() -> dict[str, Any] | None:
    """What the canvas starts from: the same until the page is entered anew.

    The canvas loads whatever differs from last time, so handing it the drawing on every
    run would load it on every run.
    """
    if CANVAS_KEY not in st.session_state and kept_drawing() is not None:
        _hand(kept_drawing())
    handed: dict[str, Any] | None = st.session_state.get(_HANDED)
    return handed


def _hand(drawing: Any) -> None:
    """Hand the canvas a drawing; the number makes it load one that it had before."""
    times = st.session_state.get(_TIMES_HANDED, 0) + 1
    st.session_state[_TIMES_HANDED] = times
    st.session_state[_HANDED] = {"objects": drawing.get("objects", []), "nonce": times}
