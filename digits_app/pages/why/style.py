"""The look of what Why shows."""

from pathlib import Path
from typing import Final

import streamlit as st

from digits_app.pages.shared.style import read_style

_STYLE: Final = read_style(Path(__file__).with_name("why.css"))


def show_why_style() -> None:
    """Put the style sheet of Why on the page."""
    st.html(_STYLE)
