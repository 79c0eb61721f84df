"""Which number makes which grey."""

import streamlit as st

from digits_app.pages.lesson.scenes.look import Look


def show_greys(look: Look) -> None:
    """Show the seventeen greys of the data, from 0 to 16, as `plt.cm.gray` makes them."""
    greys = "".join(
        f'<span style="background:rgb({grey} {grey} {grey});color:'
        f'{"#000" if value > 7 else "#fff"}">{value}</span>'
        for value, grey in ((value, round(value * 255 / 16)) for value in range(17))
    )
    st.html(
        f'<div class="head"><h2>Seventeen greys</h2></div>'
        f'<div class="greys" role="img" aria-label="0 is black, 16 is white">{greys}</div>'
    )
