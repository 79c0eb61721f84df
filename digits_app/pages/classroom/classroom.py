"""The Class page: start a class or join one; lead it, or write in it."""

from pathlib import Path

import streamlit as st

from digits_app.classroom.joining import Pupil
from digits_app.classroom.store import NO_STORE
from digits_app.pages.classroom.identity import (
    GOING_ON,
    Teacher,
    ask_browser,
    is_known,
    show_complaint_inside,
    visitor,
)
from digits_app.pages.classroom.joining import show_door, show_no_store
from digits_app.pages.shared.addresses import MY_HAND
from digits_app.pages.shared.style import read_style

_STYLE = read_style(Path(__file__).with_name("classroom.css"))

if st.session_state.pop(GOING_ON, False):
    st.switch_page(MY_HAND)
st.html(_STYLE)
try:
    who = visitor()
except NO_STORE:
    show_no_store()
    st.stop()
match who:
    case Teacher() as teacher:
        # What a pupil's phone does not need is not imported for it.
        from digits_app.pages.classroom.leading import show_class

        show_complaint_inside()
        show_class(teacher)
    case Pupil() as pupil:
        from digits_app.pages.classroom.writing import show_pupil

        show_complaint_inside()
        show_pupil(pupil)
    case None if is_known():
        show_door()
    case _:
        st.title("Our class", anchor=False)
        st.caption("One moment …")
ask_browser()
