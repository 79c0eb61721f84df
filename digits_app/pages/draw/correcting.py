"""That was a …: a drawing kept with the label that its writer gives it.

The page asks for the digit and suggests none: asked "was it a 7?", people too often agree.
"""

from typing import Final

import streamlit as st

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.shared.addresses import MY_HAND, link
from digits_app.pages.shared.chosen_sign import chosen_objects
from digits_app.pages.shared.controls import say_on_next_page
from digits_app.pages.shared.drawing_state import (
    HAND_KEY,
    take_drawing,
)
from digits_app.pages.shared.whole_page import lets_page_run
from digits_app.wording import a_digit

_LABEL_KEY: Final = "draw_that_was"


def offer_correction() -> None:
    """Ask which digit the drawing was meant to be."""
    with st.popover("That was a …", icon=":material/edit_note:", key="draw_correct"):
        st.markdown("Which digit did you mean? It can learn it on the My hand page.")
        st.pills(
            "Which digit did you mean?",
            range(10),
            key=_LABEL_KEY,
            label_visibility="collapsed",
            on_change=_keep,
        )
        link(MY_HAND, "My hand", ":material/back_hand:")


def keep_corrections_in_tab() -> None:
    """Let the browser's tab keep what was corrected, once there is any."""
    if HAND_KEY in st.session_state:
        # The empty canvas does not wait for scipy, which this needs.
        from digits_app.pages.my_hand.state import keep_in_tab

        keep_in_tab()


@lets_page_run
def _keep() -> None:
    label = st.session_state.get(_LABEL_KEY)
    if label is None:
        return
    st.session_state[_LABEL_KEY] = None
    from digits_app.pages.my_hand.state import MAX_CORRECTED, my_hand, write_digit

    try:
        take_drawing()
        objects, _ = chosen_objects()
        digit = write_digit(label, objects)
    except UnreadableDrawingError as error:
        say_on_next_page(str(error))
        return
    hand = my_hand()
    hand.corrected = [*hand.corrected, digit][-MAX_CORRECTED:]
    say_on_next_page(
        f"Kept as {a_digit(label)}. It can learn it on the My hand page, "
        "and you can take it with you from there."
    )
