"""Where classes lie, and for how long; it imports nothing that takes long."""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

STORE: Final = "DIGITS_STORE"
"""Setting: another store than the file, as SQLAlchemy writes its address."""

HOURS: Final = "DIGITS_CLASS_HOURS"
"""Setting: hours after which a class ends by itself; 24 by default."""

KEPT_ON: Final = "DIGITS_KEPT_ON"
"""Setting: what the pupils are told, such as "the server of Example School"."""

MAX_HOURS: Final = 24 * 14


def default_address() -> str:
    """Address of the store that is set, or of a file in the user's own data folder."""
    return os.environ.get(STORE) or f"sqlite:///{default_file()}"


def default_file() -> Path:
    """The file that holds the classes where nothing is set."""
    return user_data_path("eight-by-eight", appauthor=False) / "classes.db"


def may_hold_classes() -> bool:
    """Whether a store is set, or was made here before."""
    return bool(os.environ.get(STORE)) or default_file().exists()


def hours() -> float:
    """How many hours a class lasts at most.

    Raises
    ------
    ValueError
        The setting is no number of hours between 0 and two weeks.
    """
    hours = float(os.environ.get(HOURS) or 24)
    if not 0 < hours <= MAX_HOURS:
        raise ValueError(f"{HOURS} must be a number of hours, at most {MAX_HOURS}.")
    return hours


def kept_on() -> str:
    """Whose computer keeps the digits, in the words of a sentence."""
    return os.environ.get(KEPT_ON) or "your teacher’s computer"
