"""The Lesson page: from loading the data to finding the mistakes, one step at a time."""

import streamlit as st

from digits_app.lesson.steps import step
from digits_app.pages.lesson.cells import show_cells
from digits_app.pages.lesson.outline import show_neighbours, show_outline
from digits_app.pages.lesson.settings import show_downloads, show_settings

number = show_outline()
st.header(f"{number}. {step(number).title}", anchor=False)
st.markdown(step(number).text)
settings = show_settings(number)
show_cells(number, settings)
show_neighbours(number)
show_downloads(settings)
