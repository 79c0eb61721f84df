"""What every hidden unit looks for, all on one board; and one of them, opened."""

from typing import Final

import numpy as np
import streamlit as st

from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.shared.digit_pictures import signed_url
from digits_app.pages.why.neuron import show_neuron as show_open_neuron
from digits_app.pages.why.style import show_why_style

_N_COLUMNS: Final = 20


def show_neuron(look: Look) -> None:
    """Show the weights of all hidden units, and what one of them makes of the picture."""
    units = look.base.network.coefs_[0].T.reshape(-1, 8, 8)
    n_rows = -(-len(units) // _N_COLUMNS)
    padded = np.zeros((n_rows * _N_COLUMNS, 10, 10))
    padded[: len(units), 1:9, 1:9] = units
    board = padded.reshape(n_rows, _N_COLUMNS, 10, 10).swapaxes(1, 2)
    url = signed_url(
        board.reshape(n_rows * 10, _N_COLUMNS * 10), float(np.abs(units).max()) / 2
    )
    st.html(
        f'<div class="head"><h2>All {len(units)} hidden units</h2>'
        '<span class="muted">orange: ink here lights the unit up; '
        "blue: ink here keeps it dark</span></div>"
        f'<img class="board" alt="The 64 weights of each hidden unit as a picture" '
        f'src="{url}">'
    )
    opened = st.expander("Open one of them", key="lesson_open_neuron", on_change="rerun")
    if opened.open:
        with opened:
            show_why_style()
            image = look.pixels.reshape(8, 8)
            show_open_neuron(image, look.base.network, "lesson_neuron")
