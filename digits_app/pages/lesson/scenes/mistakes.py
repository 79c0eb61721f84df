"""All test digits that the network reads wrong, as small pictures."""

import streamlit as st

from digits_app.lesson.looking import mistakes
from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.shared.digit_pictures import digit_picture


def show_mistakes(look: Look) -> None:
    """Show what was read wrong, and as what."""
    wrong = mistakes(look.base.values)
    if not len(wrong):
        st.html("<h2>It reads all test digits right</h2>")
        return
    cards = "".join(
        f"<figure>{digit_picture(row.reshape(8, 8), f'A handwritten {true}')}"
        f"<figcaption>{true} as <b>{read_as}</b></figcaption></figure>"
        for row, true, read_as in zip(wrong.X, wrong.y, wrong.read_as, strict=True)
    )
    st.html(
        f'<div class="head"><h2>It reads {len(wrong)} of {wrong.n_test} wrong</h2>'
        '<span class="muted">the next step looks at each</span></div>'
        f'<div class="small-digits wider">{cards}</div>'
    )
