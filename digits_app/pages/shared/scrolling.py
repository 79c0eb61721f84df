"""What is new on a page is seen from its top."""

from pathlib import Path

import streamlit as st

_scroller = st.components.v2.component(
    "scroller", js=Path(__file__).with_name("scrolling.js").read_text(encoding="utf-8")
)


def open_at_top(container_key: str, shown: object) -> None:
    """Scroll to the top of a container when what it shows has changed.

    Parameters
    ----------
    container_key : str
        `key` of an `st.container`.
    shown : object
        What it shows: the number of a page, of a step. The first one scrolls nothing.
    """
    _scroller(
        data={"container": container_key, "shown": str(shown)}, key=f"{container_key}_top"
    )
