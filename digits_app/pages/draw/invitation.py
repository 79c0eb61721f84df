"""What the Draw page shows before the first line; the style sheet hides it after that."""

import json
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.pages.draw.parts import HEAD, steps
from digits_app.pages.shared.digit_pictures import digit_picture

_FILE: Final = Path(__file__).with_name("ten_digits.json")
_TRIES: Final = (
    (":material/swap_horiz:", "Turn a 3 into an 8", "When does it change its mind?"),
    (":material/star:", "Draw a star", "It has never seen one. Does it notice?"),
    (":material/edit:", "Write it badly", "How small, slanted or broken can it be?"),
)


@cache
def ten_digits() -> NDArray[np.uint8]:
    """The first training digit of each class, as the lesson splits them.

    Returns
    -------
    ndarray of shape (10, 8, 8)
        Whole numbers 0..16. From a file: the empty page does not wait for scikit-learn.
    """
    return np.array(json.loads(_FILE.read_text(encoding="utf-8")), dtype=np.uint8)


def show_invitation(n_classes: int) -> bool:
    """Say what will happen, before there is a drawing.

    Parameters
    ----------
    n_classes : {2, 10}
        How many digits the network knows that will answer.

    Returns
    -------
    bool
        Whether somebody wants to type a digit.
    """
    with st.container(key="draw_ten"):
        st.html(_some_digits(n_classes))
    with st.container(key="draw_will_see"):
        st.html(steps("What the network will see", ['<div class="hole"></div>'] * 5))
    with st.container(key="draw_try"):
        st.html(_tries())
        return st.button("No pen? Type one", icon=":material/keyboard:", key="draw_to_type")


@cache
def _some_digits(n_classes: int) -> str:
    figures = "".join(
        f"<figure>{digit_picture(image)}<figcaption>{label}</figcaption></figure>"
        for label, image in enumerate(ten_digits()[:n_classes])
    )
    how_many, n_known = ("Ten", "1,347") if n_classes == 10 else ("Two", "270")
    head = HEAD.format(
        f"{how_many} of the {n_known} digits it learned from", "all of them 8 × 8 pixels"
    )
    return f'{head}<div class="ten">{figures}</div>'


def _tries() -> str:
    cards = "".join(
        f'<li class="card"><span class="ms" aria-hidden="true">{icon[10:-1]}</span>'
        f"<span><b>{title}</b>{text}</span></li>"
        for icon, title, text in _TRIES
    )
    return f'<div class="try">{HEAD.format("Things to try", "")}<ul>{cards}</ul></div>'
