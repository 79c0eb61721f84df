"""What a learner may change in the lesson, and how far."""

from dataclasses import dataclass, replace
from typing import Final, Literal

SettingName = Literal[
    "n_classes",
    "random_state",
    "hidden_units",
    "max_iter",
    "n_train",
    "learning_rate_init",
    "alpha",
]

LIMITS: Final[dict[SettingName, tuple[int, int]]] = {
    "n_classes": (2, 10),
    "random_state": (0, 99),
    "hidden_units": (2, 200),
    "max_iter": (1, 300),
    "n_train": (60, 1347),
}
"""Least and greatest value of each whole number: no training takes more than seconds."""

CHOICES: Final[dict[SettingName, tuple[float, ...]]] = {
    "learning_rate_init": (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1),
    "alpha": (0.0, 0.0001, 0.001, 0.01, 0.1, 1.0, 10.0),
}
"""The values that the other settings can have."""

OVERFITTING: Final[tuple[SettingName, ...]] = ("n_train", "learning_rate_init", "alpha")
"""What decides whether a network learns by heart."""

FEW: Final = LIMITS["n_train"][0]
"""Few enough training digits to be learned by heart."""


CLASS_FILE: Final = "class_digits.npz"
"""The digits of one's own class, as the page Class hands them out."""


@dataclass(frozen=True)
class LessonSettings:
    """One learner's values; those it starts from are the lesson's own.

    Only whole numbers within `LIMITS` and the numbers of `CHOICES` pass, because they are
    written into code that then runs.

    Attributes
    ----------
    n_classes : int
        How many digits steps 1 to 5 use, counted from 0; 2 to 10.
    random_state : int
        Of the split and, with all ten digits, of the network; 0 to 99.
    hidden_units : int
        Size of the one hidden layer; 2 to 200. 100 is scikit-learn's default.
    max_iter : int
        Most iterations of a training; 1 to 300. 200 is scikit-learn's default.
    n_train : int
        How many of the training digits step 6 uses, 60 to 1347. 1347 are all.
    learning_rate_init : float
        Size of the steps in which the weights change. 0.001 is scikit-learn's default.
    alpha : float
        How dear large weights are. 0.0001 is scikit-learn's default.
    our_class : bool
        Learn the digits of one's own class in place of `load_digits`.

    Raises
    ------
    ValueError
        A value is none of those that are allowed.
    """

    n_classes: int = 2
    random_state: int = 2
    hidden_units: int = 100
    max_iter: int = 200
    n_train: int = 1347
    learning_rate_init: float = 0.001
    alpha: float = 0.0001
    our_class: bool = False

    def __post_init__(self) -> None:
        for name, (least, greatest) in LIMITS.items():
            value = getattr(self, name)
            if type(value) is not int or not least <= value <= greatest:
                raise ValueError(
                    f"{name} must be a whole number from {least} to {greatest}, "
                    f"got {value!r}"
                )
        for name, choices in CHOICES.items():
            value = getattr(self, name)
            if type(value) is not float or value not in choices:
                raise ValueError(f"{name} must be one of {choices}, got {value!r}")

    @property
    def import_call(self) -> str:
        """What the lesson imports to load digits, as code."""
        if self.our_class:
            return "import numpy as np"
        return "from sklearn.datasets import load_digits"

    def load_call(self, all_digits: bool = False) -> str:
        """How the lesson loads digits, as code: its first ones, or all ten."""
        n_classes = LIMITS["n_classes"][1] if all_digits else self.n_classes
        if not self.our_class:
            given = "" if all_digits else f"n_class={n_classes}, "
            return f"X, y = load_digits({given}return_X_y=True)"
        keep = f"\nX, y = X[y < {n_classes}], y[y < {n_classes}]"
        return (
            f'our_class = np.load("{CLASS_FILE}")\n'
            'X, y = our_class["data"], our_class["target"]'
            f"{keep if n_classes < LIMITS['n_classes'][1] else ''}"
        )

    def model_call(self, seeded: bool = False) -> str:
        """How the lesson builds the network, as code; names only what was changed.

        Parameters
        ----------
        seeded : bool
            With a `random_state`, as the lesson writes it from ten digits on. Once anything
            was changed it has one in any case: the notebook then gives the page's figures.
        """
        is_seeded = seeded or self != LESSON
        arguments = [f"random_state={self.random_state}"] if is_seeded else []
        if self.hidden_units != LESSON.hidden_units:
            arguments.append(f"hidden_layer_sizes=({self.hidden_units},)")
        if self.max_iter != LESSON.max_iter:
            arguments.append(f"max_iter={self.max_iter}")
        arguments += [
            f"{name}={getattr(self, name):g}"
            for name in CHOICES
            if getattr(self, name) != getattr(LESSON, name)
        ]
        if len(arguments) <= 1:
            return f"MLPClassifier({''.join(arguments)})"
        lines = "".join(f"    {argument},\n" for argument in arguments)
        return f"MLPClassifier(\n{lines})"

    @property
    def fit_call(self) -> str:
        """How the lesson trains on all ten digits, as code."""
        if self.n_train == LESSON.n_train:
            return "mlp.fit(X_train, y_train)"
        return f"mlp.fit(X_train[:{self.n_train}], y_train[:{self.n_train}])"

    def with_all_digits(self) -> "LessonSettings":
        """Drop what steps 6 to 9 do not use, so that they share their trainings."""
        return replace(self, n_classes=LESSON.n_classes)

    def with_first_digits(self) -> "LessonSettings":
        """Drop what steps 1 to 5 do not use."""
        return replace(self, n_train=LESSON.n_train)

    @property
    def lessons_own(self) -> "LessonSettings":
        """The values that the lesson starts from, with the same digits."""
        return replace(LESSON, our_class=self.our_class)


LESSON: Final = LessonSettings()
"""The lesson's own values."""
