"""The Class page: start a class or join one; lead it, or write in it."""

from pathlib import Path

import streamlit as st

from digits_app.classroom.joining import Pupil
from digits_app.pages.classroom.identity import (
    Teacher,
    ask_browser,
    is_known,
    show_complaint,
    visitor,
)
from digits_app.pages.classroom.joining import NO_STORE, show_door, show_no_store
from digits_app.pages.shared.style import read_style

_STYLE = read_style(Path(__file__).with_name("classroom.css"))

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

        show_complaint()
        show_class(teacher)
    case Pupil() as pupil:
        from digits_app.pages.classroom.writing import show_pupil

        show_complaint()
        show_pupil(pupil)
    case None if is_known():
        show_door()
    case _:
        st.title("Our class", anchor=False)
        st.caption("One moment …")
ask_browser()
