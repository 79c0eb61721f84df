"""The Lesson page: from loading the data to finding the mistakes, one step at a time."""

from pathlib import Path

import streamlit as st

from digits_app.lesson.running import get_ready
from digits_app.lesson.steps import step
from digits_app.pages.lesson.address import enter
from digits_app.pages.lesson.body import show_step
from digits_app.pages.lesson.drawing_finder import find_drawing
from digits_app.pages.lesson.model_card import show_model_card
from digits_app.pages.lesson.outline import show_neighbours, show_outline
from digits_app.pages.lesson.settings import show_downloads, show_settings
from digits_app.pages.shared.glossary import SENTENCES, linked
from digits_app.pages.shared.style import read_style
from digits_app.pages.shared.waiting import wake_helper

st.html(read_style(Path(__file__).with_name("lesson.css")))
number, settings = enter()
find_drawing()
this = step(number)
show_outline(number)
st.title(f"{number}. {this.title}", anchor=False)
if number == 1:
    st.markdown(f"**{SENTENCES['neural network']}**")
st.markdown(linked(this.text_for(settings)))
if settings.our_class:
    # Only who leads a class needs what keeps it.
    from digits_app.pages.lesson.our_class import show_our_class

    show_our_class()
controls = st.container(horizontal=True, vertical_alignment="bottom", key="lesson_controls")
show_settings(this, settings, controls)
show_step(this, settings, controls)
if number == 1:
    show_model_card()
show_neighbours(number)
show_downloads(settings)
wake_helper(get_ready)
