"""The answer to a drawing: what was read, how sure the model is, what it saw."""

from io import BytesIO
from itertools import product
from typing import Final, get_args

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from digits_app.dataset import CLASS_COUNTS, MAX_INTENSITY
from digits_app.network.classifiers import Training
from digits_app.pages.shared.controls import CLASSES_NAMES, TRAINING_NAMES
from digits_app.pages.shared.pictures import data_url
from digits_app.reading.recognition import Prediction, certainty, read_drawing

_ACCENT: Final = "#e4572e"
_TILE_GREY: Final = 96
_MODELS: Final = list(product(sorted(CLASS_COUNTS, reverse=True), get_args(Training)))

# The answer is drawn anew at each stroke, so it is plain HTML: on the server and in the
# page that costs a fraction of ten progress bars, five images and a table.
_ROWS: Final = (
    """<div style="display:grid;grid-template-columns:minmax(0,1fr);gap:1rem">{}</div>"""
)
_READING: Final = """<div style="display:flex;gap:1.5rem;align-items:flex-end">
<div role="status" aria-label="Reading" style="text-align:center;flex:0 0 6rem">
<div style="font-size:6.5rem;line-height:1;font-weight:700">{label}</div>
<div style="white-space:nowrap">{certainty}</div><div>{confidence:.0%}</div></div>
<div role="img" aria-label="{description}" style="display:flex;flex:1;height:9.5rem;
max-width:32rem;min-width:0">{bars}</div></div>"""
_BAR: Final = """<div style="flex:1;min-width:0;display:flex;flex-direction:column;
justify-content:flex-end;align-items:center;font-weight:{weight}">
<span style="font-size:.7rem">{percent}</span><div style="width:70%;height:{height:.1f}%;
min-height:2px;border-radius:3px 3px 0 0;background:{colour};opacity:{opacity}"></div>
<span>{label}</span></div>"""
_PICTURES: Final = """<div role="group" aria-label="What the model saw"
style="display:grid;gap:.75rem;max-width:48rem;
grid-template-columns:repeat(auto-fit,minmax(6.5rem,1fr))">{}</div>"""
_FIGURE: Final = """<figure style="margin:0;max-width:9rem">{}<figcaption
style="text-align:center;font-size:.875rem;opacity:.7">{}</figcaption></figure>"""
_PICTURE: Final = """<img src="{}" alt="" style="display:block;width:100%;aspect-ratio:1;
object-fit:contain;background:black;image-rendering:pixelated">"""
_NUMBERS: Final = """<table aria-label="The 64 numbers, 0 (no ink) to 16 (all ink)"
style="width:100%;aspect-ratio:1;table-layout:fixed;border-collapse:collapse;
text-align:center;font-size:.65rem;line-height:1">{}</table>"""
_NUMBER: Final = """<td style="padding:0;border:0;background:rgb({0},{0},{0});color:{1}">\
{2}</td>"""
_TABLE: Final = """<table aria-label="What each model reads"
style="justify-self:start;border-collapse:collapse;font-size:.875rem"><tr>{}</tr>
<tr>{}</tr></table>"""
_CELL: Final = """<{0} style="padding:.4rem min(2vw,.8rem);text-align:left;
border:1px solid color-mix(in srgb,currentColor 20%,transparent)">{1}</{0}>"""


def show_answer(
    image: Image.Image, n_classes: int, training: Training, averaged: bool
) -> None:
    """Show what the chosen model reads in a drawing, what it saw, what others read.

    Raises
    ------
    UnreadableDrawingError
        There is nothing to read in it.
    """
    readings = read_drawing(image, _MODELS, averaged)
    predictions = dict(zip(_MODELS, readings, strict=True))
    prediction = predictions[n_classes, training]
    reading = _reading(prediction.proba)
    rest = _pictures(prediction, averaged) + _all_models(predictions)
    if prediction.is_unfamiliar:
        st.html(reading)
        st.warning(_unfamiliar_sentence(prediction), icon=":material/help:")
        st.html(_ROWS.format(rest))
    else:
        st.html(_ROWS.format(reading + rest))


def show_reading(proba: NDArray[np.float64]) -> None:
    """Show the digit, large, how sure the model is, and the probability of every class.

    Parameters
    ----------
    proba : ndarray of shape (n_classes,)
        Probability of each digit, counted from 0.
    """
    st.html(_reading(proba))


def _reading(proba: NDArray[np.float64]) -> str:
    best = int(proba.argmax())
    bars = "".join(
        _BAR.format(
            label=label,
            percent=f"{probability:.0%}",
            height=72 * probability,
            colour=_ACCENT if label == best else "currentColor",
            opacity=1 if label == best else 0.4,
            weight=700 if label == best else 400,
        )
        for label, probability in enumerate(proba)
    )
    description = "Probability of each digit: " + ", ".join(
        f"{label}: {probability:.0%}" for label, probability in enumerate(proba)
    )
    return _READING.format(
        label=best,
        certainty=certainty(proba[best]),
        confidence=proba[best],
        description=description,
        bars=bars,
    )


def _unfamiliar_sentence(prediction: Prediction) -> str:
    n_classes = len(prediction.proba)
    known = "0 and 1" if n_classes == 2 else f"0 to {n_classes - 1}"
    return (
        f"This is not like any digit I learned. I know only {known}, so I must say one of "
        f"them; the closest digits that I know are below."
    )


def _pictures(prediction: Prediction, averaged: bool) -> str:
    """How the drawing became 8x8 pixels, its copies, and digits like it."""
    stages, nearest = prediction.stages, prediction.nearest
    labels = ", ".join(str(label) for label in nearest.labels)
    figures = {
        "Your ink": _picture(stages.crop),
        "In 32×32": _picture(Image.fromarray(stages.upright)),
        "In 8×8": _numbers(prediction.image),
    }
    if averaged:
        figures["Tilted copies"] = _picture(_tiled(prediction.views, columns=3))
    figures[f"I know: {labels}"] = _picture(_tiled(nearest.images, columns=2))
    return _PICTURES.format(
        "".join(_FIGURE.format(figure, caption) for caption, figure in figures.items())
    )


def _all_models(predictions: dict[tuple[int, Training], Prediction]) -> str:
    """What each model reads, in one line: a 7 is forced into 0 or 1, too."""
    names = [
        _CELL.format("th", f"{CLASSES_NAMES[n_classes]}, {TRAINING_NAMES[training]}")
        for n_classes, training in predictions
    ]
    readings = [
        _CELL.format(
            "td",
            f"<b>{prediction.label}</b> {prediction.confidence:.0%}"
            + (" <i>strange</i>" if prediction.is_unfamiliar else ""),
        )
        for prediction in predictions.values()
    ]
    return _TABLE.format("".join(names), "".join(readings))


def _numbers(image: NDArray[np.float64]) -> str:
    """A digit as its 64 numbers, each on its grey."""
    rows = image.astype(int).tolist()
    return _NUMBERS.format(
        "".join(f"<tr>{''.join(_CELLS[number] for number in row)}</tr>" for row in rows)
    )


def _number_cell(number: int) -> str:
    grey = number * 255 // MAX_INTENSITY
    return _NUMBER.format(grey, "black" if grey > 120 else "white", number)


_CELLS: Final = [_number_cell(number) for number in range(MAX_INTENSITY + 1)]


def _tiled(images: NDArray[np.float64], columns: int) -> Image.Image:
    """Lay digits out in one picture, 0 black and 16 white as in `matshow`.

    They fill their rows: their number is a multiple of `columns`.
    """
    n_images, height, width = images.shape
    rows = n_images // columns
    tiles = np.full((rows, columns, 2 * height + 1, 2 * width + 1), _TILE_GREY, np.uint8)
    greys = (images * (255 / MAX_INTENSITY)).astype(np.uint8)
    doubled = greys.repeat(2, axis=1).repeat(2, axis=2)
    tiles[:, :, 1:, 1:] = doubled.reshape(rows, columns, 2 * height, 2 * width)
    sheet = tiles.swapaxes(1, 2).reshape(rows * (2 * height + 1), -1)
    return Image.fromarray(sheet[1:, 1:])


def _picture(picture: Image.Image) -> str:
    png = BytesIO()
    picture.save(png, format="PNG", compress_level=1)
    return _PICTURE.format(data_url(png.getvalue()))
