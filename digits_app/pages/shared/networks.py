"""The four networks, and what the pages call them."""

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias, cast, get_args

import streamlit as st

from digits_app.network import classifiers
from digits_app.network.classifiers import Training

if TYPE_CHECKING:
    from digits_app.network.classifiers import Classifier


Learned: TypeAlias = Training | Literal["mine"]
"""How a network of a page learned: "mine" learned the visitor's hand, in their session."""


class Network(NamedTuple):
    """Which network reads.

    Attributes
    ----------
    n_classes : {2, 10}
        2 knows 0 and 1, 10 knows 0 to 9.
    training : {"lesson", "augmented", "mine"}
        How it learned.
    """

    n_classes: int
    training: Learned

    @property
    def name(self) -> str:
        """What the browser calls it, such as "10 lesson"."""
        return f"{self.n_classes} {self.training}"


CLASSES_NAMES: Final = {10: "0 to 9", 2: "0 or 1"}
"""Names of the switch, and its values in the address."""

TRAINING_NAMES: Final[dict[Learned, str]] = {
    "lesson": "as they are",
    "augmented": "in many hands",
    "mine": "and my hand",
}
"""How each network learned its 1,347 digits; values in the address."""

TRAINING_SENTENCES: Final[dict[Learned, str]] = {
    "lesson": "learned 1,347 digits as they are",
    "augmented": "learned 1,347 digits, each in many hands",
    "mine": "learned your hand, too",
}

_MINE_KEY: Final = "my_network"


def keep_mine(mine: "dict[int, Classifier]") -> None:
    """Keep the networks that learned the visitor's hand, by how many digits they know.

    They stay in the visitor's own session.
    """
    st.session_state[_MINE_KEY] = mine


def forget_mine() -> None:
    """Forget them."""
    st.session_state.pop(_MINE_KEY, None)


def trainings() -> list[Learned]:
    """How the networks of this session learned: the visitor's own comes last, if any."""
    own: list[Learned] = ["mine"] if _MINE_KEY in st.session_state else []
    return [*get_args(Training), *own]


def model_of(network: Network) -> "tuple[int, Training | Classifier]":
    """What `read_drawing` takes for a network: its name, or the visitor's own network.

    A visitor whose session forgot theirs, for whom a link asks for it, gets the usual one.
    """
    if network.training != "mine":
        return network.n_classes, network.training
    mine = st.session_state.get(_MINE_KEY)
    return network.n_classes, "augmented" if mine is None else mine[network.n_classes]


def is_at_hand(network: Network) -> bool:
    """Whether a network answers right away, or must be loaded or fitted first."""
    n_classes, model = model_of(network)
    return not isinstance(model, str) or classifiers.is_at_hand(
        n_classes, cast(Training, model)
    )


def classifier_of(network: Network) -> "Classifier":
    """The classifier of a network; shared by all unless it is the visitor's own."""
    n_classes, model = model_of(network)
    if isinstance(model, str):
        return classifiers.load_classifier(n_classes, cast(Training, model))
    return model
