"""Draw a digit and see a neural network read it.

For notebooks and other programs:

>>> from digits_app import read_digit
>>> from PIL import Image
>>> read_digit(Image.open("seven.png")).label  # doctest: +SKIP
7

Each name is imported when it is first asked for: the page shows its canvas before
scikit-learn, which takes a second, is imported.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digits_app.model import load_classifier
    from digits_app.preprocessing import (
        BlankDrawingError,
        TooSmallDrawingError,
        UnreadableDrawingError,
        prepare_image,
    )
    from digits_app.recognition import Prediction, read_digit

__all__ = [
    "BlankDrawingError",
    "Prediction",
    "TooSmallDrawingError",
    "UnreadableDrawingError",
    "load_classifier",
    "prepare_image",
    "read_digit",
]

_HOMES = {
    "load_classifier": "model",
    "Prediction": "recognition",
    "read_digit": "recognition",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"digits_app.{_HOMES.get(name, 'preprocessing')}")
    return getattr(home, name)
