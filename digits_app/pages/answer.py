"""The answer to a drawing: what was read, how sure the model is, what it saw."""

from collections.abc import Sequence
from io import BytesIO
from itertools import product
from typing import Final, get_args

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from digits_app.dataset import CLASS_COUNTS, MAX_INTENSITY
from digits_app.model import Training
from digits_app.pages.controls import CLASSES_NAMES, TRAINING_NAMES
from digits_app.pages.pictures import data_url
from digits_app.recognition import Prediction, certainty, read_drawing

_ACCENT: Final = "#e4572e"
_PICTURE_SIDE: Final = 104
_PICTURE_GAP: Final = 12
_TILE_GAP: Final = 4
_TILE_GREY: Final = 96
_MODELS: Final = list(product(sorted(CLASS_COUNTS, reverse=True), get_args(Training)))

# Drawn anew at each stroke, so plain HTML: it costs a fraction of ten progress bars or
# of a chart, and stays beside the digit on a phone.
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


def show_answer(image: Image.Image, n_classes: int, training: Training) -> None:
    """Show what the chosen model reads in a drawing, and what the others do.

    Raises
    ------
    UnreadableDrawingError
        There is nothing to read in it.
    """
    reading_place = st.container()
    averaged = _show_average_switch()
    predictions = dict(zip(_MODELS, read_drawing(image, _MODELS, averaged), strict=True))
    prediction = predictions[n_classes, training]
    with reading_place:
        show_reading(prediction.proba)
        if prediction.is_unfamiliar:
            st.warning(_unfamiliar_sentence(prediction), icon=":material/help:")
    _show_pictures(prediction, averaged)
    _show_all_models(predictions)
    with st.expander("The 64 numbers, 0 (no ink) to 16 (all ink)"):
        st.code(
            "\n".join(
                " ".join(f"{pixel:2.0f}" for pixel in row) for row in prediction.image
            ),
            language=None,
        )


def show_reading(proba: NDArray[np.float64]) -> None:
    """Show the digit, large, how sure the model is, and the probability of every class.

    Parameters
    ----------
    proba : ndarray of shape (n_classes,)
        Probability of each digit, counted from 0.
    """
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
    st.html(
        _READING.format(
            label=best,
            certainty=certainty(proba[best]),
            confidence=proba[best],
            description=description,
            bars=bars,
        )
    )


def _show_average_switch() -> bool:
    """Head the pictures with the switch; return whether to average over tilted copies."""
    averaged: bool = st.toggle(
        "**What the model saw**, averaged over small tilts",
        True,
        key="draw_average",
        persist_state="session",
        help="Reads nine copies of the drawing, each turned and sheared a little, and "
        "averages the probabilities: one unlucky slant then does not decide.",
    )
    return averaged


def _unfamiliar_sentence(prediction: Prediction) -> str:
    n_classes = len(prediction.proba)
    known = "0 and 1" if n_classes == 2 else f"0 to {n_classes - 1}"
    return (
        f"This is not like any digit I learned. I know only {known}, so I must say one of "
        f"them; the closest digits that I know are below."
    )


def _show_pictures(prediction: Prediction, averaged: bool) -> None:
    """Show how the drawing became 8x8 pixels, its copies, and digits like it."""
    stages, nearest = prediction.stages, prediction.nearest
    labels = ", ".join(str(label) for label in nearest.labels)
    pictures = {
        "Your ink": stages.crop,
        "In 32×32": Image.fromarray(stages.upright),
        "In 8×8": _grey(prediction.image),
        "Tilted copies": _tiled(prediction.views, columns=3) if averaged else None,
        f"I know: {labels}": _tiled(nearest.images, columns=2),
    }
    shown = {caption: picture for caption, picture in pictures.items() if picture}
    st.image(
        [_enlarged(picture) for picture in shown.values()],
        caption=list(shown),
        width=_PICTURE_SIDE + _PICTURE_GAP,
    )


def _show_all_models(predictions: dict[tuple[int, Training], Prediction]) -> None:
    """Show in one line what each model reads: a 7 is forced into 0 or 1, too."""

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells)} |"

    names = [
        f"{CLASSES_NAMES[n_classes]}, {TRAINING_NAMES[training]}"
        for n_classes, training in predictions
    ]
    readings = [
        f"**{prediction.label}** {prediction.confidence:.0%}"
        + (" :material/help: strange" if prediction.is_unfamiliar else "")
        for prediction in predictions.values()
    ]
    st.markdown("\n".join([line(names), line([":---"] * len(names)), line(readings)]))


def _grey(image: NDArray[np.float64]) -> Image.Image:
    """A digit in the grey of `matshow`: 0 black, 16 white."""
    return Image.fromarray((image * (255 / MAX_INTENSITY)).astype(np.uint8))


def _tiled(images: NDArray[np.float64], columns: int) -> Image.Image:
    """Lay digits out in rows, enlarged, in one picture."""
    rows = -(-len(images) // columns)
    side = (_PICTURE_SIDE - (rows - 1) * _TILE_GAP) // rows
    step = side + _TILE_GAP
    size = (columns * step - _TILE_GAP, rows * step - _TILE_GAP)
    sheet = Image.new("L", size, _TILE_GREY)
    for number, image in enumerate(images):
        row, column = divmod(number, columns)
        tile = _grey(image).resize((side, side), Image.Resampling.NEAREST)
        sheet.paste(tile, (column * step, row * step))
    return sheet


def _enlarged(picture: Image.Image) -> str:
    """Enlarge a small picture to large pixels, in a square with room at its right.

    A list of pictures stands side by side without a gap, so each brings its own.
    """
    scale = _PICTURE_SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    large = picture.convert("L").resize(size, Image.Resampling.NEAREST)
    square = Image.new("LA", (_PICTURE_SIDE + _PICTURE_GAP, _PICTURE_SIDE))
    square.paste((0, 255), (0, 0, _PICTURE_SIDE, _PICTURE_SIDE))
    square.paste(large, ((_PICTURE_SIDE - size[0]) // 2, (_PICTURE_SIDE - size[1]) // 2))
    png = BytesIO()
    square.save(png, format="PNG", compress_level=1)
    return data_url(png.getvalue())
