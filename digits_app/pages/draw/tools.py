"""What lies beside the canvas: pen or eraser, its width, Undo, Clear, Show me one."""

import itertools
from typing import Any, Final

import streamlit as st

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.draw.canvas import Pen
from digits_app.pages.draw.demonstration import example_strokes
from digits_app.pages.draw.picture import ask_for_picture
from digits_app.pages.shared.drawing_state import (
    place_on_canvas,
    take_sent_drawing,
    without_last_stroke,
)

WIDTHS: Final = {"Thin": 12, "Medium": 20, "Thick": 30}
"""Canvas units."""

SHOWN: Final = {10: (3, 8, 5, 2, 7, 4, 9, 6, 0, 1), 2: (1, 0)}
"""Which digits "Show me one" draws, one after the other, by what the network knows."""

_TOOL_KEY: Final = "draw_tool"
_SHOW_KEY: Final = "draw_show"
_TOOLS: Final = {"Pen": ":material/edit:", "Eraser": ":material/ink_eraser:"}
_numbers = itertools.count(1)


def show_tools(n_classes: int) -> Pen:
    """Show the tools; return what to draw with."""
    with st.container(horizontal=True, key="draw_tools"):
        tool = st.segmented_control(
            "Pen or eraser",
            list(_TOOLS),
            default="Pen",
            format_func=lambda tool: f"{_TOOLS[tool]} {tool}",
            required=True,
            key=_TOOL_KEY,
            label_visibility="collapsed",
            on_change=st.rerun,
        )
        width = st.segmented_control(
            "Width of the pen",
            list(WIDTHS),
            default="Medium",
            required=True,
            key="draw_width",
            persist_state="session",
            label_visibility="collapsed",
            on_change=st.rerun,
        )
        st.button("Undo", icon=":material/undo:", on_click=_undo, key="draw_undo")
        st.button("Clear", icon=":material/delete:", on_click=_clear, key="draw_clear")
        st.button(
            "Show me one",
            icon=":material/auto_awesome:",
            on_click=_show_one,
            args=(n_classes,),
            key="draw_show_one",
        )
        st.button(
            "From a picture",
            icon=":material/photo_camera:",
            on_click=ask_for_picture,
            key="draw_picture",
        )
    return Pen(WIDTHS[width], tool == "Eraser")


def demonstration() -> dict[str, Any] | None:
    """What the board is to draw: the digit that was asked for last, if any."""
    shown: dict[str, Any] | None = st.session_state.get(_SHOW_KEY)
    return shown and {
        "number": shown["number"],
        "strokes": example_strokes(shown["digit"]),
    }


def _undo() -> None:
    _end_demonstration()
    try:
        take_sent_drawing()
        place_on_canvas({"objects": without_last_stroke()})
    except UnreadableDrawingError:
        place_on_canvas({"objects": without_last_stroke()})


def _clear() -> None:
    _end_demonstration()
    st.session_state[_TOOL_KEY] = "Pen"
    place_on_canvas({"objects": []})


def _show_one(n_classes: int) -> None:
    times = (st.session_state.get(_SHOW_KEY) or {}).get("times", 0)
    _clear()
    digits = SHOWN[n_classes]
    st.session_state[_SHOW_KEY] = {
        "digit": digits[times % len(digits)],
        "times": times + 1,
        "number": next(_numbers),
    }


def _end_demonstration() -> None:
    if shown := st.session_state.get(_SHOW_KEY):
        st.session_state[_SHOW_KEY] = {**shown, "number": None}
