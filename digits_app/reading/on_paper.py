"""Read what is written on a sheet of paper: one digit, or a row of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from digits_app.drawing.paper import FoundDigit, NoWritingError, ink_on_paper
from digits_app.network.classifiers import Training
from digits_app.reading.recognition import Model, Prediction, read_drawing


@dataclass(frozen=True)
class DigitOnPaper:
    """A digit in a picture, and what is read in it.

    Attributes
    ----------
    found : FoundDigit
        Where it is, and its ink.
    prediction : Prediction
        What is read, with every step.
    """

    found: FoundDigit
    prediction: Prediction

    @property
    def label(self) -> int:
        """The most probable digit."""
        return self.prediction.label


def read_digits(
    picture: Image.Image,
    n_classes: int = 10,
    training: Training = "augmented",
    averaged: bool = True,
) -> list[DigitOnPaper]:
    """Read the digits in a picture, row by row and each row from left to right.

    Parameters
    ----------
    picture : PIL.Image.Image
        A photograph, a scan or a drawing; see `digits_app.drawing.paper.find_digits`.
    n_classes, training, averaged
        See `digits_app.reading.recognition.read_digit`.

    Returns
    -------
    list of DigitOnPaper
        At least one.

    Raises
    ------
    UnreadableDrawingError
        There is no writing in the picture, or it has too many pixels.

    Examples
    --------
    >>> from PIL import ImageDraw
    >>> sheet = Image.new("L", (600, 400), "white")
    >>> pen = ImageDraw.Draw(sheet)
    >>> pen.line([(120, 120), (220, 120), (170, 280)], fill=0, width=14, joint="curve")
    >>> pen.ellipse((350, 120, 450, 280), outline=0, width=14)
    >>> number(read_digits(sheet))
    '70'
    """
    return read_found(ink_on_paper(picture).digits, (n_classes, training), averaged)


def read_found(
    found: Sequence[FoundDigit], model: Model, averaged: bool = True
) -> list[DigitOnPaper]:
    """Read digits that were found; for the model see `read_drawing`.

    Raises
    ------
    NoWritingError
        None was found.
    """
    if not found:
        raise NoWritingError()
    return [
        DigitOnPaper(digit, read_drawing(digit.ink, [model], averaged)[0])
        for digit in found
    ]


def number(digits: Sequence[DigitOnPaper]) -> str:
    """Write digits that were read as one number; a 0 in front stays."""
    return "".join(str(digit.label) for digit in digits)
