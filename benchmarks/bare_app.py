"""The least a Streamlit app with this canvas can do, to compare with."""

import streamlit as st
from streamlit_drawable_canvas import st_canvas

canvas = st_canvas(
    key="draw_canvas",
    width=280,
    height=280,
    background_color="#000000",
    stroke_color="#ffffff",
    stroke_width=20,
)
st.write(f"Strokes: {len((canvas.json_data or {}).get('objects', []))}")
