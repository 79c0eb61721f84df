"""Draw a digit and see a neural network read it.

For notebooks and other programs:

>>> from digits_app import read_digit
>>> from PIL import Image
>>> read_digit(Image.open("seven.png")).label  # doctest: +SKIP
7
"""

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
