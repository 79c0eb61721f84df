"""The four networks, and what the pages call them."""

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from digits_app.network.classifiers import Training

if TYPE_CHECKING:
    from digits_app.network.classifiers import Classifier


class Network(NamedTuple):
    """Which network reads.

    Attributes
    ----------
    n_classes : {2, 10}
        2 knows 0 and 1, 10 knows 0 to 9.
    training : {"lesson", "augmented"}
        How it learned.
    """

    n_classes: int
    training: Training


CLASSES_NAMES: Final = {10: "0 to 9", 2: "0 or 1"}
"""Names of the switch, and its values in the address."""

TRAINING_NAMES: Final[dict[Training, str]] = {
    "lesson": "as they are",
    "augmented": "in many hands",
}
"""How each network learned its 1,347 digits; values in the address."""

TRAINING_SENTENCES: Final[dict[Training, str]] = {
    "lesson": "learned 1,347 digits as they are",
    "augmented": "learned 1,347 digits, each in many hands",
}

_MINE_KEY: Final = "my_network"


def keep_mine(classifiers: "dict[int, Classifier]") -> None:
    """Keep the networks that learned the visitor's hand, by how many digits they know."""
    st.session_state[_MINE_KEY] = classifiers


def forget_mine() -> None:
    """Forget them."""
    st.session_state.pop(_MINE_KEY, None)


def has_mine() -> bool:
    """Whether a network learned the visitor's hand."""
    return _MINE_KEY in st.session_state
