"""The preparation lab: the five steps from a drawing to 8x8, to switch off one by one."""

from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from digits_app.dataset import MAX_INTENSITY
from digits_app.drawing.five_steps import Bitmap
from digits_app.lesson.preparation_lab import (
    ALL_STEPS,
    LabStep,
    example_drawing,
    make_small,
    prepare_by,
)
from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.lesson.scenes.network import show_flow
from digits_app.pages.lesson.scenes.svg import show_svg
from digits_app.pages.shared.digit_pictures import digit_picture
from digits_app.wording import percent

_NAMES: Final[dict[LabStep, str]] = {
    "stretch": "1 Stretch",
    "centre": "2 Centre",
    "even": "3 Even out",
    "upright": "4 Make upright",
    "count": "5 Count ink",
}
_ARROW: Final = (
    '<svg class="arrow" viewBox="0 0 28 12" aria-hidden="true">'
    '<path d="M2 6H25M20 2L25 6L20 10"/></svg>'
)


def show_preparation(look: Look) -> None:
    """Compare the whole drawing made small with the steps that are switched on.

    What these made of it then flows through the network.
    """
    if look.choice.own_drawing and look.own is not None:
        drawing, name, true_digit = look.own.picture, "your drawing", None
    else:
        drawing, name, true_digit = example_drawing(), "this 7", 7
    on: list[LabStep] = st.pills(
        "Steps that are on",
        ALL_STEPS,
        selection_mode="multi",
        format_func=lambda each: _NAMES[each],
        default=ALL_STEPS,
        key="lesson_lab",
        persist_state="session",
    )
    stages = prepare_by(drawing, on)
    steps = (
        "all five steps" if len(on) == len(ALL_STEPS) else f"{len(on)} of the five steps"
    )
    network = look.base.network
    drawn = _bitmap(drawing)
    show_svg(
        '<div class="lab">'
        + _way(
            "Made small as it is",
            [("drawn", drawn)],
            make_small(drawing),
            network,
        )
        + _way(
            f"With {steps}",
            [
                ("drawn", drawn),
                ("stretched, centred", _inked(stages.framed)),
                ("stroke evened", _inked(stages.evened)),
                ("upright", _inked(stages.upright)),
            ],
            stages.image,
            network,
        )
        + "</div>",
        key="lesson_lab_drawing",
    )
    show_flow(
        network,
        stages.image.ravel(),
        f"{name} after {steps}",
        key="lesson_lab_network",
        true_digit=true_digit,
    )


def _inked(bitmap: Bitmap) -> NDArray[np.float64]:
    return bitmap.astype(np.float64) * MAX_INTENSITY


def _bitmap(drawing: Image.Image) -> NDArray[np.float64]:
    small = drawing.resize((70, 70), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64) / 255 * 16


def _way(
    title: str,
    stages: list[tuple[str, NDArray[np.float64]]],
    image: NDArray[np.float64],
    network: Any,
) -> str:
    """One way from a drawing to an answer, as HTML."""
    probabilities = network.predict_proba(image.reshape(1, -1))[0]
    label, share = int(probabilities.argmax()), float(probabilities.max())
    figures = _ARROW.join(
        f"<figure>{digit_picture(picture)}<figcaption>{caption}</figcaption></figure>"
        for caption, picture in [*stages, ("8×8", image)]
    )
    return (
        f'<section class="way"><h2>{title}</h2><div class="stages">{figures}{_ARROW}'
        f'<p class="reading"><b>{label}</b><span>{percent(share)} sure</span></p></div>'
        "</section>"
    )
