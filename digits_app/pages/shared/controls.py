"""Controls that every page shares."""

from typing import Final

import streamlit as st

from digits_app.network.classifiers import Training
from digits_app.pages.shared.networks import (
    CLASSES_NAMES,
    TRAINING_NAMES,
    Learned,
    Network,
    trainings,
)

CLASSES_KEY: Final = "classes"
"""Widget key and query parameter of the switch between ten digits and two."""

_NONSENSE_KEY: Final = "link_makes_no_sense"
_SENTENCE_KEY: Final = "sentence_for_next_page"


def show_header(title: str, page: str, default: Training) -> tuple[int, Learned]:
    """Show a page's title, and below it the switches between the networks.

    Which digits the network knows is one switch for all pages. Each page has its own
    switch for how it learned, for their defaults differ. Both stand in the page's address,
    so a link opens the same network.

    Parameters
    ----------
    title : str
        The page's only first-level heading.
    page : str
        Name of the page in its parameter of the address.
    default : {"lesson", "augmented"}
        The training with which the page opens.

    Returns
    -------
    n_classes : {2, 10}
    training : {"lesson", "augmented", "mine"}
    """
    show_sentence()
    st.title(title, anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        names = {TRAINING_NAMES[training]: training for training in trainings()}
        chosen = _switch(
            "It learned 1,347 digits",
            _training_key(page),
            list(names),
            TRAINING_NAMES[default],
        )
        n_classes = choose_classes("It knows")
    return n_classes, names[chosen]


def show_sentence() -> None:
    """Show what the page before had to say, for a moment."""
    sentence = st.session_state.pop(_SENTENCE_KEY, None)
    if sentence is not None:
        st.toast(sentence, icon=":material/info:", duration="long")


def say_on_next_page(sentence: str) -> None:
    """Keep a sentence for the page that is switched to; it shows it there."""
    st.session_state[_SENTENCE_KEY] = sentence


def choose_classes(label: str, visible: bool = True) -> int:
    """Show the switch between the networks of ten digits and of two; return which."""
    class_counts = {name: n_classes for n_classes, name in CLASSES_NAMES.items()}
    chosen = _switch(label, CLASSES_KEY, list(class_counts), CLASSES_NAMES[10], visible)
    return class_counts[chosen]


def chosen_training(page: str, default: Training) -> Learned:
    """How the network of a page without a switch for it learned.

    The address says so where it is not the usual one, and the session remembers it from
    page to page.
    """
    key = _training_key(page)
    names = {TRAINING_NAMES[training]: training for training in trainings()}
    warn_of_unknown(key, list(names))
    asked = st.query_params.get(key)
    if asked in names:
        st.session_state[key] = asked
    training = names.get(st.session_state.get(key, ""), default)
    if training != default and asked is None:
        st.query_params[key] = TRAINING_NAMES[training]
    return training


def choose_network(page: str, network: Network, default: Training) -> None:
    """Ask a network, in a callback of a page without a switch for how it learned."""
    if CLASSES_KEY in st.session_state:
        st.session_state[CLASSES_KEY] = CLASSES_NAMES[network.n_classes]
    choose_training(page, network.training)
    key = _training_key(page)
    if network.training != default:
        st.query_params[key] = TRAINING_NAMES[network.training]
    else:
        st.query_params.pop(key, None)


def choose_training(page: str, training: Learned) -> None:
    """Set how the network of a page learned, before the page is opened."""
    st.session_state[_training_key(page)] = TRAINING_NAMES[training]


def _training_key(page: str) -> str:
    return f"training_{page}"


def _switch(
    label: str, key: str, options: list[str], default: str, visible: bool = True
) -> str:
    """Show a choice of one, which the address and the session keep across pages."""
    warn_of_unknown(key, options)
    chosen: str = st.segmented_control(
        label,
        options,
        default=default,
        required=True,
        key=key,
        bind="query-params",
        persist_state="session",
        on_change=st.rerun,
        label_visibility="visible" if visible else "collapsed",
    )
    return chosen


def warn_of_unknown(parameter: str, options: list[str]) -> None:
    """Notice where the address asks for an option that a bound widget does not have.

    Streamlit drops such a value without a word. Call this before the widget: the
    address still shows the value in the run that drops it.
    """
    asked = st.query_params.get(parameter)
    if asked is not None and asked not in options:
        notice_nonsense()


def notice_nonsense() -> None:
    """Remember that the address asks for what is not here; `show_nonsense` says so."""
    st.session_state[_NONSENSE_KEY] = True


def show_nonsense() -> None:
    """Say once, however much of the address makes no sense, what is shown instead.

    The sentence never quotes the address: a picture in it would be fetched.
    """
    if st.session_state.pop(_NONSENSE_KEY, False):
        st.toast(
            "The link asks for something that is not here, so the usual view is shown.",
            icon=":material/link_off:",
        )
