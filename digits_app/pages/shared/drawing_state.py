"""The visitor's drawing, from page to page.

Three keys of the session, all written here: the drawing as last seen, what the canvas
was last handed, and how often it was handed something.
"""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from PIL import Image

from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.server.messages import REFUSED_KEY

CANVAS_KEY: Final = "draw_canvas"
"""Widget key of the canvas."""

_DRAWING: Final = "drawing"
_HANDED: Final = "drawing_handed"
_TIMES_HANDED: Final = "drawing_times_handed"


def kept_drawing() -> dict[str, Any] | None:
    """The canvas' JSON as last read; None in a session that has not drawn yet."""
    drawing: dict[str, Any] | None = st.session_state.get(_DRAWING)
    return drawing


def keep_drawing(objects: list[dict[str, Any]]) -> None:
    """Remember the paths on the canvas. An untouched canvas is no drawing yet."""
    if kept_drawing() is not None or objects:
        st.session_state[_DRAWING] = {"objects": objects}


def reported_drawing() -> Any:
    """What the browser last said is on the canvas: JSON of any form, or None."""
    return (st.session_state.get(CANVAS_KEY, {}).get("drawing") or {}).get("raw")


def forget_damaged_value() -> bool:
    """Drop what the canvas reported if it is not of the component's form.

    The component trusts its browser side and would fail on anything else.

    Returns
    -------
    bool
        Whether there was something to drop.
    """
    value = st.session_state.get(CANVAS_KEY)
    if value is None:
        return False
    if REFUSED_KEY not in value and isinstance(value.get("drawing") or {}, Mapping):
        return False
    del st.session_state[CANVAS_KEY]
    return True


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
    drawing = kept_drawing()
    if CANVAS_KEY not in st.session_state and drawing is not None:
        _hand(drawing)
    handed: dict[str, Any] | None = st.session_state.get(_HANDED)
    return handed


def _hand(drawing: dict[str, Any]) -> None:
    """Hand the canvas a drawing; the number makes it load one that it had before."""
    times = st.session_state.get(_TIMES_HANDED, 0) + 1
    st.session_state[_TIMES_HANDED] = times
    st.session_state[_HANDED] = {"objects": drawing["objects"], "nonce": times}
