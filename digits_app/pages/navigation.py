"""What runs for each visitor: page configuration and navigation, nothing else."""

from pathlib import Path

import streamlit as st

from digits_app.pages.shared.addresses import DRAW, LESSON, MISTAKES
from digits_app.pages.shared.pictures import data_url

ICON = Path(__file__).parent / "shared" / "icon.png"

st.set_page_config(
    page_title="Draw a digit",
    page_icon=data_url(ICON.read_bytes()),
    layout="wide",
)
page = st.navigation(
    [
        st.Page(DRAW, title="Draw", icon=":material/draw:"),
        st.Page(MISTAKES, title="Mistakes", icon=":material/grid_view:"),
        st.Page(LESSON, title="Lesson", icon=":material/school:"),
    ],
    position="top",
)
page.run()
