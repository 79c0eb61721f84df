"""The look of every page: one style sheet, and one for each page beside it."""

from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st

from digits_app.pages.shared.pictures import data_url


@cache
def read_style(path: Path) -> str:
    """Read a style sheet, to be handed to `st.html`, which gives it no room on the page."""
    return f"<style>{path.read_text(encoding='utf-8')}</style>"


ICON: Final = data_url(Path(__file__).with_name("icon.png").read_bytes())
"""The app's icon."""

_SHARED: Final = "".join(
    read_style(Path(__file__).with_name(name))
    for name in ("style.css", "forced_colours.css")
)


def show_shared_style() -> None:
    """Put tokens and pieces (`style.css`) on the page; once, before anything else.

    `forced_colours.css` is for those whose system sets the colours.
    """
    st.html(_SHARED)
