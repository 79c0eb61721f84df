"""The Draw page: draw a digit and see it read."""

import streamlit as st

from digits_app.pages.controls import selected_classes

st.title("Draw a digit")
st.caption(f"The model knows {selected_classes()} digits.")
