"""What runs for each visitor: the look, the tabs, and the page that is asked for."""

from pathlib import Path

import streamlit as st

from digits_app.pages.shared.addresses import DRAW, LESSON, MISTAKES, MY_HAND
from digits_app.pages.shared.controls import show_nonsense
from digits_app.pages.shared.pictures import data_url
from digits_app.pages.shared.style import show_shared_style

ICON = Path(__file__).parent / "shared" / "icon.png"
NAME = "Eight by Eight"

pages = [
    st.Page(DRAW, title="Draw", icon=":material/draw:"),
    st.Page(MY_HAND, title="My hand", icon=":material/back_hand:"),
    st.Page(MISTAKES, title="Mistakes", icon=":material/grid_view:"),
    st.Page(LESSON, title="Lesson", icon=":material/school:"),
]
icon = data_url(ICON.read_bytes())
# First the icon: the browser would fetch a page's own one from another host.
st.set_page_config(page_icon=icon, layout="wide")
page = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{page.title} · {NAME}")
show_shared_style()
st.logo(icon)
page.run()
show_nonsense()
# A phone has no room for tabs in the bar on top: there the style sheet shows these below.
with st.container(key="bottom_tabs"):
    for number, each in enumerate(pages):
        with st.container(key="tab_shown" if each is page else f"tab_{number}"):
            st.page_link(each)
