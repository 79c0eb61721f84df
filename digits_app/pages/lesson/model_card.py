"""The network's card: from whom it learned, whom it reads worse, and what fools it."""

from pathlib import Path
from typing import Final

import streamlit as st

from digits_app.pages.shared.glossary import linked

CARD: Final = Path(__file__).with_name("model_card.md").read_text(encoding="utf-8")
"""In Markdown; its figures are those of `docs/accuracy.md`."""


def show_model_card() -> None:
    """Show the card, folded, for those who want to know whom they trust."""
    with st.expander("The network’s card: who taught it, and whose digits it reads worse"):
        st.markdown(linked(CARD))
