"""The teacher's views by their addresses, and the buttons that each of them shows."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from digits_app.pages.shared.addresses import change_address

VIEW: Final = "view"
"""Parameter of the address. It tells nobody anything: the key is in the browser."""

ROOM, WALL, RESULTS, LEFT_OUT = "room", "wall", "results", "left-out"

ENDING: Final = "class_ending"
"""Session key: set while the end of the class is asked for."""


def go_to(view: str) -> Callable[[], None]:
    """Go to a view when a button is pressed."""
    return lambda: change_address({VIEW: None if view == ROOM else view})


def show_end_button(key: str) -> None:
    """Offer to end the class."""
    st.button("End the class", on_click=_begin_to_end, icon=":material/logout:", key=key)


def _begin_to_end() -> None:
    st.session_state[ENDING] = True
