"""Controls that every page shares."""

import re
from typing import Final, get_args

import streamlit as st

from digits_app.network.classifiers import Training

CLASSES_KEY: Final = "classes"
"""Widget key and query parameter of the model switch."""

CLASSES_NAMES: Final = {10: "0 to 9", 2: "0 or 1"}
_SENTENCE_KEY: Final = "sentence_for_next_page"
TRAINING_NAMES: Final = {"lesson": "Lesson", "augmented": "Augmented"}
_TRAINING_SENTENCES: Final = {
    "lesson": "The lesson's own model, trained on 1,347 digits as they are.",
    "augmented": "Trained on tilted, stretched and warped copies of the same digits.",
}


def show_header(title: str, default_training: Training) -> tuple[int, Training]:
    """Show a page's title, and beside it the switches between the models.

    The model switch is one for all pages. Each page has its own training switch, for
    their defaults differ. Both stand in the page's address, so a link opens the same
    model.

    Parameters
    ----------
    title : str
        The page's title.
    default_training : {"lesson", "augmented"}
        The training with which the page opens.

    Returns
    -------
    n_classes : {2, 10}
    training : {"lesson", "augmented"}
    """
    sentence = st.session_state.pop(_SENTENCE_KEY, None)
    if sentence is not None:
        st.toast(sentence, icon=":material/info:", duration="long")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.header(title, anchor=False, width="content")
        class_counts = {name: n_classes for n_classes, name in CLASSES_NAMES.items()}
        n_classes = class_counts[
            _switch("Model reads", CLASSES_KEY, list(class_counts), CLASSES_NAMES[10])
        ]
        trainings = {TRAINING_NAMES[training]: training for training in get_args(Training)}
        chosen = _switch(
            "Training",
            _training_key(title),
            list(trainings),
            TRAINING_NAMES[default_training],
            help="  \n".join(
                f"**{name}**: {_TRAINING_SENTENCES[training]}"
                for name, training in trainings.items()
            ),
        )
    return n_classes, trainings[chosen]


def say_on_next_page(sentence: str) -> None:
    """Keep a sentence for the page that is switched to; `show_header` shows it there."""
    st.session_state[_SENTENCE_KEY] = sentence


def choose_training(title: str, training: Training) -> None:
    """Set the training switch of the page with this title, before it is opened."""
    st.session_state[_training_key(title)] = TRAINING_NAMES[training]


def _training_key(title: str) -> str:
    return f"training_{title.lower()}"


def _switch(
    label: str, key: str, options: list[str], default: str, help: str | None = None
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
        help=help,
    )
    return chosen


def as_plain_text(text: str) -> str:
    r"""Escape a text from outside so that Markdown shows it as it is.

    A picture in it would make the browser ask another host.

    Examples
    --------
    >>> print(as_plain_text("![](//host/x)"))
    \!\[\]\(\/\/host\/x\)
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def warn_of_unknown(parameter: str, options: list[str]) -> None:
    """Say so where the address asks for an option that a bound widget does not have.

    Streamlit drops such a value without a word. Call this before the widget: the
    address still shows the value in the run that drops it.
    """
    asked = st.query_params.get(parameter)
    if asked is not None and asked not in options:
        choices = ", ".join(f"“{option}”" for option in options)
        st.toast(
            f"The link asks for an unknown {parameter!r}, so the usual one is shown. "
            f"It can be {choices}.",
            icon=":material/link_off:",
        )
