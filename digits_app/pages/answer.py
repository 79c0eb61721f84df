"""The answer to a drawing: what was read, how sure the model is, what it saw."""

from io import BytesIO

import numpy as np
import streamlit as st
from PIL import Image

from digits_app.dataset import MAX_INTENSITY
from digits_app.model import Training
from digits_app.pages.pictures import data_url
from digits_app.preprocessing import PreparationStages, prepare_stages
from digits_app.recognition import Prediction, read_digit

_ACCENT = "#e4572e"
_PICTURE_SIDE = 112

# Drawn anew at each stroke, so plain HTML: it costs a fraction of ten progress bars or
# of a chart, and stays beside the digit on a phone.
_READING = """<div style="display:flex;gap:1.5rem;align-items:flex-end">
<div role="status" aria-label="Reading" style="text-align:center;flex:0 0 6rem">
<div style="font-size:6.5rem;line-height:1;font-weight:700">{label}</div>
<div style="white-space:nowrap">{certainty}</div><div>{confidence:.0%}</div></div>
<div role="img" aria-label="{description}" style="display:flex;flex:1;height:9.5rem;
max-width:32rem;min-width:0">{bars}</div></div>"""
_BAR = """<div style="flex:1;min-width:0;display:flex;flex-direction:column;
justify-content:flex-end;align-items:center;font-weight:{weight}">
<span style="font-size:.7rem">{percent}</span><div style="width:70%;height:{height:.1f}%;
min-height:2px;border-radius:3px 3px 0 0;background:{colour};opacity:{opacity}"></div>
<span>{label}</span></div>"""


def show_answer(image: Image.Image, n_classes: int, training: Training) -> None:
    """Show what the chosen model reads in a drawing.

    Raises
    ------
    UnreadableDrawingError
        There is nothing to read in it.
    """
    stages = prepare_stages(image)
    show_reading(read_digit(image, n_classes, training))
    show_stages(stages)


def show_reading(prediction: Prediction) -> None:
    """Show the digit, large, how sure the model is, and the probability of every class."""
    bars = "".join(
        _BAR.format(
            label=label,
            percent=f"{probability:.0%}",
            height=72 * probability,
            colour=_ACCENT if label == prediction.label else "currentColor",
            opacity=1 if label == prediction.label else 0.4,
            weight=700 if label == prediction.label else 400,
        )
        for label, probability in enumerate(prediction.proba)
    )
    description = "Probability of each digit: " + ", ".join(
        f"{label}: {probability:.0%}" for label, probability in enumerate(prediction.proba)
    )
    st.html(
        _READING.format(
            label=prediction.label,
            certainty=prediction.certainty,
            confidence=prediction.confidence,
            description=description,
            bars=bars,
        )
    )


def show_stages(stages: PreparationStages) -> None:
    """Show how the drawing became the 8x8 pixels that the model saw."""
    st.markdown("**What the model saw**")
    with st.container(horizontal=True, gap="small"):
        _show_picture(stages.crop, "Your ink, cropped")
        _show_picture(Image.fromarray(stages.upright), "Evened out, 32×32")
        grey = stages.image * (255 / MAX_INTENSITY)
        _show_picture(Image.fromarray(grey.astype(np.uint8)), "Counted, 8×8")
    with st.expander("The 64 numbers, 0 (no ink) to 16 (all ink)"):
        st.code(
            "\n".join(" ".join(f"{pixel:2.0f}" for pixel in row) for row in stages.image),
            language=None,
        )


def _show_picture(picture: Image.Image, caption: str) -> None:
    """Show a small picture in large, square pixels."""
    scale = _PICTURE_SIDE / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    large = picture.convert("L").resize(size, Image.Resampling.NEAREST)
    square = Image.new("L", (_PICTURE_SIDE, _PICTURE_SIDE))
    square.paste(large, ((_PICTURE_SIDE - size[0]) // 2, (_PICTURE_SIDE - size[1]) // 2))
    png = BytesIO()
    square.save(png, format="PNG", compress_level=1)
    st.image(data_url(png.getvalue()), caption=caption, width=_PICTURE_SIDE)
