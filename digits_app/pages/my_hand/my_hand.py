"""The My hand page: test how well one's digits are read, teach a network, keep them."""

from pathlib import Path
from typing import get_args

import streamlit as st

from digits_app.my_hand.prompts import NUMBER
from digits_app.network.classifiers import Training
from digits_app.pages.my_hand.asking import ask_for_number, show_test
from digits_app.pages.my_hand.keep import show_keeping
from digits_app.pages.my_hand.state import keep_in_tab, my_hand
from digits_app.pages.shared.controls import show_sentence
from digits_app.pages.shared.networks import TRAINING_NAMES
from digits_app.pages.shared.style import read_style

_STYLE = read_style(Path(__file__).with_name("my_hand.css"))


def choose_training() -> Training:
    """Show the switch between the two networks of ten digits."""
    trainings = {TRAINING_NAMES[training]: training for training in get_args(Training)}
    chosen = st.segmented_control(
        "It learned 1,347 digits",
        list(trainings),
        default=TRAINING_NAMES["lesson"],
        required=True,
        key="hand_training",
        persist_state="session",
    )
    training: Training = trainings[chosen]
    return training


def show_what_was_written() -> None:
    """Show the result of the test, and what can be done with the digits."""
    # The test does not wait for scikit-learn, which these need.
    from digits_app.pages.my_hand.result import (
        show_again,
        show_confusion,
        show_digits,
        show_result,
    )
    from digits_app.pages.my_hand.teaching import show_teaching

    digits = my_hand().digits
    st.title("How well it reads your hand", anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        training = choose_training()
        st.button(
            "Write more", icon=":material/edit:", on_click=show_again, key="hand_more"
        )
        st.button(
            f"Write {''.join(map(str, NUMBER))}",
            icon=":material/arrow_range:",
            on_click=ask_for_number,
            key="hand_number",
            help="A number, once: its digits count as any other.",
        )
    show_result(digits, training)
    # The score, then what to do about it; on a phone twenty digits would stand between.
    teaching, table = st.columns([4, 2], gap="large")
    with table:
        show_confusion(digits, training)
    show_digits(digits, training)
    show_keeping(digits)
    with teaching:  # it may have to wait for others: the rest of the page does not
        show_teaching(digits, training)


st.html(_STYLE)
show_sentence()
keep_in_tab()
if my_hand().is_shown and my_hand().digits:
    show_what_was_written()
else:
    with st.container(key="hand_lead"):
        st.title("Can it read your hand?", anchor=False)
        st.markdown(
            "Write 20 digits, each as you always do. It stays silent until the last one, "
            "so that it cannot lead your hand."
        )
    show_test()
    with st.expander("Keep it, or load a file that you saved", icon=":material/save:"):
        show_keeping(my_hand().digits)
