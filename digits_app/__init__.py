"""Draw a digit and see a neural network read it.

For notebooks and other programs:

>>> from digits_app import read_digit
>>> from PIL import Image, ImageDraw
>>> picture = Image.new("L", (280, 280))  # or Image.open("seven.png")
>>> seven = [(80, 60), (200, 60), (130, 230)]
>>> ImageDraw.Draw(picture).line(seven, fill=255, width=20, joint="curve")
>>> read_digit(picture).label
7

A name is imported when it is first asked for: the page shows its canvas before
scikit-learn, which takes a second, is imported.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "2.0.0"

__all__ = [
    "BlankDrawingError",
    "Counterfactual",
    "Explanation",
    "Number",
    "Prediction",
    "TooSmallDrawingError",
    "UnreadableDrawingError",
    "UnreadableFileError",
    "explain_digit",
    "explain_drawing",
    "load_class",
    "load_classifier",
    "load_my_digits",
    "open_neuron",
    "prepare_image",
    "read_digit",
    "read_digits",
    "read_number",
    "smallest_change",
    "teach",
]

if TYPE_CHECKING:
    from digits_app.classroom.export import load_class
    from digits_app.drawing.errors import (
        BlankDrawingError,
        TooSmallDrawingError,
        UnreadableDrawingError,
    )
    from digits_app.drawing.preparation import prepare_image
    from digits_app.my_hand.files import UnreadableFileError, load_my_digits
    from digits_app.my_hand.teaching import teach
    from digits_app.network.classifiers import load_classifier
    from digits_app.reading.counterfactual import Counterfactual, smallest_change
    from digits_app.reading.explanation import Explanation, explain_digit, explain_drawing
    from digits_app.reading.hidden_unit import open_neuron
    from digits_app.reading.numbers import Number, read_number
    from digits_app.reading.on_paper import read_digits
    from digits_app.reading.recognition import Prediction, read_digit
else:
    _HOME = {
        "BlankDrawingError": "digits_app.drawing.errors",
        "TooSmallDrawingError": "digits_app.drawing.errors",
        "UnreadableDrawingError": "digits_app.drawing.errors",
        "load_class": "digits_app.classroom.export",
        "load_classifier": "digits_app.network.classifiers",
        "prepare_image": "digits_app.drawing.preparation",
        "Counterfactual": "digits_app.reading.counterfactual",
        "Explanation": "digits_app.reading.explanation",
        "Number": "digits_app.reading.numbers",
        "Prediction": "digits_app.reading.recognition",
        "UnreadableFileError": "digits_app.my_hand.files",
        "explain_digit": "digits_app.reading.explanation",
        "explain_drawing": "digits_app.reading.explanation",
        "load_my_digits": "digits_app.my_hand.files",
        "open_neuron": "digits_app.reading.hidden_unit",
        "read_digit": "digits_app.reading.recognition",
        "read_digits": "digits_app.reading.on_paper",
        "read_number": "digits_app.reading.numbers",
        "smallest_change": "digits_app.reading.counterfactual",
        "teach": "digits_app.my_hand.teaching",
    }

    def __getattr__(name: str) -> Any:
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOME[name]), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
