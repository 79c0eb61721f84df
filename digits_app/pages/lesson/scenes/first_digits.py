"""The first rows of the data, as small pictures with their labels."""

from typing import Final

import streamlit as st

from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.shared.digit_pictures import digit_picture

_N_SHOWN: Final = 24


def show_first_digits(look: Look) -> None:
    """Show the first digits that the step's code loads."""
    X, y = look.base.values["X"], look.base.values["y"]
    digits = "".join(
        f"<figure>{digit_picture(row.reshape(8, 8), f'A handwritten {label}')}"
        f"<figcaption>{label}</figcaption></figure>"
        for row, label in zip(X[:_N_SHOWN], y[:_N_SHOWN], strict=True)
    )
    st.html(
        f'<div class="head"><h2>The first {_N_SHOWN} of {len(X):,}</h2>'
        '<span class="muted">below each: its label</span></div>'
        f'<div class="small-digits">{digits}</div>'
    )
