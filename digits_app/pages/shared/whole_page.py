"""What is pressed outside of a fragment lets the whole page run.

A board sends each stroke from a fragment. Where something else is pressed in the same
moment, Streamlit's page (1.67) sends both in one message, as one of the fragment: what was
pressed is done, but only the fragment shows it.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

Given = ParamSpec("Given")


def lets_page_run(callback: Callable[Given, None]) -> Callable[Given, None]:
    """Ask for the whole page after a callback; `st.rerun` costs no second run there."""

    @wraps(callback)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> None:
        callback(*args, **kwargs)
        st.rerun()

    return run
