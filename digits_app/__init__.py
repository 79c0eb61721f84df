"""Draw a digit and see a neural network read it.

For notebooks and other programs:

>>> from digits_app import read_digit
>>> from PIL import Image
>>> read_digit(Image.open("seven.png")).label  # doctest: +SKIP
7

What reads is imported when it is first asked for: the page shows its canvas before
scikit-learn, which takes a second, is imported.
"""

from typing import TYPE_CHECKING, Any

from digits_app.drawing.errors import (
    BlankDrawingError,
    TooSmallDrawingError,
    UnreadableDrawingError,
)
from digits_app.drawing.preparation import prepare_image
from digits_app.network.classifiers import load_classifier

__all__ = [
    "BlankDrawingError",
    "Prediction",
    "TooSmallDrawingError",
    "UnreadableDrawingError",
    "load_classifier",
    "prepare_image",
    "read_digit",
    "read_digits",
]

if TYPE_CHECKING:
    from digits_app.reading.recognition import Prediction, read_digit
    from digits_app.reading.sheet import read_digits
else:

    def __getattr__(name: str) -> Any:
        if name not in ("Prediction", "read_digit", "read_digits"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from digits_app.reading import recognition, sheet

        return getattr(sheet if name == "read_digits" else recognition, name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
