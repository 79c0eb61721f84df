"""What runs for each visitor: the look, the tabs, and the page that is asked for."""

import streamlit as st

from digits_app.pages.shared.addresses import (
    CLASS,
    DRAW,
    LESSON,
    MISTAKES,
    MY_HAND,
    address_of,
    remember_address,
    show_nonsense,
)
from digits_app.pages.shared.glossary import show_glossary
from digits_app.pages.shared.mending import mend_for_keyboards
from digits_app.pages.shared.style import ICON, show_shared_style
from digits_app.server.imports import FOR_ALL_PAGES, import_alone

NAME = "Eight by Eight"

pages = {
    DRAW: st.Page(DRAW, title="Draw", icon=":material/draw:"),
    MY_HAND: st.Page(MY_HAND, title="My hand", icon=":material/back_hand:"),
    MISTAKES: st.Page(MISTAKES, title="Mistakes", icon=":material/grid_view:"),
    LESSON: st.Page(LESSON, title="Lesson", icon=":material/school:"),
    CLASS: st.Page(CLASS, title="Class", icon=":material/groups:", url_path="class"),
}
is_first_run = not st.session_state
# First the icon: the browser would fetch a page's own one from another host.
st.set_page_config(page_icon=ICON, layout="wide")
page = st.navigation(list(pages.values()), position="hidden")
st.set_page_config(page_title=f"{page.title} · {NAME}")
show_shared_style()
st.logo(ICON)
remember_address(next(script for script, each in pages.items() if each is page))
# Streamlit's own tabs would forget what stands in the address, and a phone has no room for
# them: the style sheet shows these on top, and on a phone below.
with st.container(key="tabs"):
    for number, (script, each) in enumerate(pages.items()):
        with st.container(key="tab_shown" if each is page else f"tab_{number}"):
            # Pressed again, the tab that is shown shows the same view.
            same = st.query_params.to_dict() if each is page else None
            st.page_link(each, query_params=same or address_of(script))
# Only the empty canvas does not wait for scikit-learn.
if page is not pages[DRAW] or st.query_params or not is_first_run:
    import_alone(FOR_ALL_PAGES)
page.run()
show_nonsense()
mend_for_keyboards()
show_glossary()
