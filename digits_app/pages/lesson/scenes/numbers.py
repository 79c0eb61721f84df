"""One row of the data: each number on the pixel that it stands for."""

import streamlit as st

from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.lesson.scenes.pixels import digit_url, level


def show_numbers(look: Look) -> None:
    """Show the picture, and beside it the same picture with its numbers."""
    cells = "".join(
        f'<span style="background:{level(value)};color:'
        f'{"#000" if value >= 7 else "#fff"}">{value:.0f}</span>'
        for value in look.pixels
    )
    st.html(
        '<div class="two-pictures"><figure>'
        f'<img class="px" alt="A handwritten {look.true_digit}" '
        f'src="{digit_url(look.pixels.reshape(8, 8))}">'
        f"<figcaption>datapoint {look.choice.row}: a {look.true_digit}</figcaption>"
        f'</figure><figure><div class="grid8" role="img" aria-label="Its 64 numbers">'
        f"{cells}</div>"
        "<figcaption>its 64 numbers, each on its pixel</figcaption></figure></div>"
    )
