"""The app's entry: page configuration and navigation, nothing else."""

from pathlib import Path

import streamlit as st

st.set_page_config(
    page_title="Draw a digit",
    page_icon=Path(__file__).parent / "digits_app" / "assets" / "icon.png",
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
