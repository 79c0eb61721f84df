"""The four networks, and what the pages call them."""

from typing import Final, NamedTuple

from digits_app.network.classifiers import Training


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
