"""Controls that every page shares."""

from typing import Final

import streamlit as st

from digits_app.network.classifiers import Training
from digits_app.pages.shared.addresses import CLASSES, asked_for, change_address, settle
from digits_app.pages.shared.networks import (
    CLASSES_NAMES,
    TRAINING_NAMES,
    Learned,
    Network,
    trainings,
)
from digits_app.pages.shared.whole_page import lets_page_run

USUAL_TRAININGS: Final[dict[str, Training]] = {"draw": "augmented", "mistakes": "lesson"}
"""The training with which a page opens, by the page's name in its parameter."""

_SENTENCE_KEY: Final = "sentence_for_next_page"


def show_header(
    title: str, page: str, of_training: list[str], of_classes: list[str]
) -> Network:
    """Show a page's title, and below it the switches between the networks.

    Which digits the network knows is one switch for all pages. Each page has its own
    switch for how it learned, for what is usual differs. Both stand in the page's address,
    so a link opens the same network.

    Parameters
    ----------
    title : str
        The page's only first-level heading.
    page : str
        Name of the page in its parameter of the address.
    of_training, of_classes : list of str
        Parameters that make no sense for a network that learned otherwise, and for one of
        other digits.
    """
    show_sentence()
    st.title(title, anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        names = {TRAINING_NAMES[training]: training for training in trainings()}
        chosen = _switch(
            "It learned 1,347 digits",
            _training_key(page),
            list(names),
            TRAINING_NAMES[USUAL_TRAININGS[page]],
            forgets=of_training,
        )
        n_classes = choose_classes("It knows", forgets=of_classes)
    return Network(n_classes, names[chosen])


def show_sentence() -> None:
    """Show what the page before had to say, for a moment."""
    sentence = st.session_state.pop(_SENTENCE_KEY, None)
    if sentence is not None:
        st.toast(sentence, icon=":material/info:", duration="long")


def say_on_next_page(sentence: str) -> None:
    """Keep a sentence for the page that is switched to; it shows it there."""
    st.session_state[_SENTENCE_KEY] = sentence


def choose_classes(
    label: str, visible: bool = True, forgets: list[str] | None = None
) -> int:
    """Show the switch between the networks of ten digits and of two; return which."""
    class_counts = {name: n_classes for n_classes, name in CLASSES_NAMES.items()}
    usual = CLASSES_NAMES[10]
    chosen = _switch(label, CLASSES, list(class_counts), usual, visible, forgets or [])
    return class_counts[chosen]


def chosen_training(page: str) -> Learned:
    """How the network of a page without a switch for it learned: the address says so."""
    names = {TRAINING_NAMES[training]: training for training in trainings()}
    usual = TRAINING_NAMES[USUAL_TRAININGS[page]]
    return names[asked_for(_training_key(page), list(names), usual)]


def choose_network(page: str, network: Network) -> None:
    """Ask another network on the page that is shown; call it in a callback."""
    change_address(network_in_address(page, network))


def network_in_address(page: str, network: Network) -> dict[str, str | None]:
    """Parameters of a page's address that ask for a network; None for what is usual."""
    is_usual = network.training == USUAL_TRAININGS[page]
    return {
        CLASSES: None if network.n_classes == 10 else CLASSES_NAMES[network.n_classes],
        _training_key(page): None if is_usual else TRAINING_NAMES[network.training],
    }


def _training_key(page: str) -> str:
    return f"training_{page}"


def _switch(
    label: str,
    key: str,
    options: list[str],
    usual: str,
    visible: bool = True,
    forgets: list[str] | None = None,
) -> str:
    """Show a choice of one, which stands in the address."""
    write = settle(key, options, usual, forgets or [])

    chosen = st.segmented_control(
        label,
        options,
        required=True,
        key=key,
        on_change=lets_page_run(write),
        label_visibility="visible" if visible else "collapsed",
    )
    return str(chosen)
