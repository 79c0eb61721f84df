"""The app's entry: page configuration and navigation, nothing else."""

from pathlib import Path

import streamlit as st

from digits_app.pages.pictures import data_url

ICON = Path(__file__).parent / "digits_app" / "assets" / "icon.png"

st.set_page_config(
    page_title="Draw a digit",
    page_icon=data_url(ICON.read_bytes()),
    layout="wide",
)
page = st.navigation(
    [
        st.Page("digits_app/pages/draw.py", title="Draw", icon=":material/draw:"),
        st.Page(
            "digits_app/pages/mistakes.py",
            title="Mistakes",
            icon=":material/grid_view:",
        ),
        st.Page("digits_app/pages/lesson.py", title="Lesson", icon=":material/school:"),
    ],
    position="top",
)
page.run()
