"""HTML that holds SVG, which `st.html` would leave out."""

from pathlib import Path

import streamlit as st

_drawing = st.components.v2.component(
    "lesson_drawing",
    js=Path(__file__).with_name("drawing.js").read_text(encoding="utf-8"),
    # The colours and pieces of the style sheets are meant to reach it.
    isolate_styles=False,
)


def show_drawing(html: str, key: str | None = None) -> None:
    """Put a drawing on the page.

    Parameters
    ----------
    html : str
        Written by this app alone: nothing of a visitor's.
    key : str or None
        With a key the drawing changes in place.
    """
    _drawing(data={"html": html}, key=key)
