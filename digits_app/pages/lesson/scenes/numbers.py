"""One row of the data: each number on the pixel that it stands for."""

import streamlit as st

from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.shared.digit_pictures import digit_picture, number_grid


def show_numbers(look: Look) -> None:
    """Show the picture, and beside it the same picture with its numbers."""
    image = look.pixels.reshape(8, 8)
    st.html(
        '<div class="two-pictures"><figure>'
        f"{digit_picture(image, f'A handwritten {look.true_digit}')}"
        f"<figcaption>datapoint {look.choice.row}: a {look.true_digit}</figcaption>"
        f"</figure><figure>{number_grid(image, 'Its 64 numbers')}"
        "<figcaption>its 64 numbers, each on its pixel</figcaption></figure></div>"
    )
