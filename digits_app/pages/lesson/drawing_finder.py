"""Find the visitor's drawing in the browser, where the server does not know it."""

from typing import Final

import streamlit as st

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.drawing_state import DRAW_BOARD, kept_drawing, take_over
from digits_app.server.browser_files import browser_files

_KEY: Final = "lesson_drawing_finder"

_finder = declare_component("lesson_drawing_finder", __file__, "../shared/served.js")


def find_drawing() -> None:
    """Ask the browser for its drawing in a session that knows none.

    Its answer makes the page run once more.
    """
    if kept_drawing() is None:
        _finder(
            data=[
                {
                    "script": browser_files().address("board/finder.js"),
                    "stored": DRAW_BOARD.stored_key,
                }
            ],
            key=_KEY,
            on_drawing_change=_take_found,
        )


def _take_found() -> None:
    found = st.session_state[_KEY].get("drawing")
    try:
        take_over(found)
    except UnreadableDrawingError:
        return  # the Draw page says so, where it can be drawn anew
