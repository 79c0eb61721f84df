"""The entry of `streamlit run app.py`; the command `eight-by-eight` runs this same file."""

import sys
from pathlib import Path

import streamlit as st

from digits_app.server.start import missing_packages

if missing := missing_packages(Path(__file__).with_name("requirements.txt")):
    sys.exit(f"Not installed: {', '.join(missing)}. Run `make setup`, then try again.")

from digits_app.server.assembly import PAGES, around_the_pages

# Streamlit looks for this very assignment in the file that it runs.
app = st.App(PAGES, **around_the_pages())
