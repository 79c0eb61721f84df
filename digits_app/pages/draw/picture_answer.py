"""What is read in a picture: the number, and each digit with its steps."""

from dataclasses import dataclass
from typing import Final

import streamlit as st
from PIL import Image, ImageDraw, ImageOps

from digits_app.drawing.colours import CHALK, SLATE
from digits_app.drawing.marks import Box
from digits_app.pages.draw.answer import nearest_html
from digits_app.pages.draw.parts import steps
from digits_app.pages.draw.sheet import FramedDigit, Sheet
from digits_app.pages.shared.answer import show_answer as paint_answer
from digits_app.pages.shared.digit_pictures import bitmap_picture, number_grid
from digits_app.pages.shared.networks import Network, model_of
from digits_app.pages.shared.pictures import picture_url
from digits_app.reading.on_paper import read_found
from digits_app.reading.recognition import Prediction
from digits_app.wording import percent

_STEPS: Final = (
    ("Your picture", "what is in the frame"),
    ("The ink", "without the paper"),
)
_LEFT_OUT: Final = (
    " A frame with only a question mark is left out. Press it to see why, or to have it "
    "read."
)
_MOVE: Final = "To move it, drag it, or press the place where it should be."
_PHOTO: Final = '<img class="slate" alt="" src="{}">'
_SIDE: Final = 220
_AROUND: Final = 0.35


@dataclass(frozen=True)
class Reading:
    """What a network reads in the frames of a sheet.

    Attributes
    ----------
    sheet : Sheet
    predictions : tuple of Prediction or None
        None where there is no ink in a frame, or hardly a digit.
    """

    sheet: Sheet
    predictions: tuple[Prediction | None, ...]

    @property
    def labels(self) -> list[str]:
        """What each frame says; see `_label`."""
        return [
            _label(digit, prediction)
            for digit, prediction in zip(self.sheet.digits, self.predictions, strict=True)
        ]

    @property
    def sure(self) -> list[str]:
        """How sure the network is of what is in each frame; "" where it does not say."""
        return [
            "" if each is None or each.is_unfamiliar else percent(each.confidence)
            for each in self.predictions
        ]


def _label(digit: FramedDigit, prediction: Prediction | None) -> str:
    """A digit; "7?" where it is not to be trusted, "?" for no digit, "" without ink."""
    if digit.is_doubtful:
        return "?"
    if prediction is None:
        return ""
    return f"{prediction.label}{'?' * prediction.is_unfamiliar}"


def what_is_read(sheet: Sheet, network: Network) -> Reading:
    """Let a network read every frame."""
    model = model_of(network)
    return Reading(
        sheet,
        tuple(
            None
            if digit.found is None or digit.is_doubtful
            else read_found([digit.found], model)[0].prediction
            for digit in sheet.digits
        ),
    )


def show_number(reading: Reading) -> None:
    """Say which number stands on the paper, or one for each row."""
    every = reading.labels
    rows = [[every[i] for i in row if every[i]] for row in reading.sheet.rows]
    labels = [label for row in rows for label in row]
    left_out = _LEFT_OUT if "?" in every else ""
    if len(labels) < 2:
        text = f"Is the frame not around the digit? {_MOVE}{left_out}"
        st.html(f'<p class="muted">{text}</p>')
        return
    numbers = ["".join(label.rstrip("?") for label in row) for row in rows if row]
    number = " and ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]]))
    text = f"{len(labels)} digits, each in its frame. Press one to open it. {_MOVE}"
    if any(label.endswith("?") for label in labels):
        text += " One with a question mark is like no digit it learned."
    text += left_out
    st.html(
        f'<div role="status"><h2>It reads {number}</h2></div><p class="muted">{text}</p>'
    )


def show_answer(sheet: Sheet, reading: Reading) -> None:
    """Say what is read in the chosen frame, or why nothing is."""
    prediction = reading.predictions[sheet.chosen]
    if sheet.digits[sheet.chosen].is_doubtful:
        st.info(
            "This mark is left out: it looks more like a dot, a line or a piece of "
            "something than like a digit.",
            icon=":material/help:",
        )
    elif prediction is None:
        st.warning(
            "There is no writing in this frame. Move it onto a digit.",
            icon=":material/search_off:",
        )
    else:
        paint_answer(prediction.proba, prediction.is_unfamiliar, key="picture_answer")


def show_steps(sheet: Sheet, reading: Reading) -> None:
    """Show how the chosen frame became 64 numbers, and digits like it."""
    digit, prediction = sheet.digits[sheet.chosen], reading.predictions[sheet.chosen]
    if digit.found is None or prediction is None:
        return
    stages = prediction.stages
    pictures = [
        _PHOTO.format(picture_url(around(sheet, digit.box))),
        _PHOTO.format(picture_url(_square(digit.found.ink))),
        bitmap_picture(stages.framed),
        bitmap_picture(stages.evened),
        bitmap_picture(stages.upright),
        number_grid(prediction.image),
    ]
    st.html(steps("What the network saw", pictures, first=_STEPS))
    st.html(nearest_html(prediction))


def around(sheet: Sheet, box: Box) -> Image.Image:
    """Cut the photo down to a frame and a little around it, with the frame drawn."""
    photo = sheet.photo
    scale = photo.width / sheet.paper.size[0]
    left, top, right, bottom = (scale * edge for edge in box)
    reach = (0.5 + _AROUND) * max(right - left, bottom - top, 8)
    x, y = (left + right) / 2, (top + bottom) / 2
    zoom = _SIDE / (2 * reach)
    picture = photo.transform(
        (_SIDE, _SIDE),
        Image.Transform.AFFINE,
        (1 / zoom, 0, x - reach, 0, 1 / zoom, y - reach),
        Image.Resampling.BILINEAR,
        fillcolor=SLATE,
    )
    frame = [
        zoom * (edge - low)
        for edge, low in zip(
            (left, top, right, bottom), (x - reach, y - reach) * 2, strict=True
        )
    ]
    ImageDraw.Draw(picture).rectangle(frame, outline="#e4572e", width=3)
    return picture


def _square(ink: Image.Image) -> Image.Image:
    """Show ink as chalk on slate, in a square."""
    padded = ImageOps.pad(ink, (_SIDE, _SIDE))
    return ImageOps.colorize(padded, SLATE, CHALK)
