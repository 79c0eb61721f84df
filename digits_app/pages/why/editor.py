"""The 8x8 editor: 64 pixels to paint or to type, and the answer to them, live.

A component of its own, in `editor.html`, `editor.css` and `editor.js`. It can be used with
a pointer, by keyboard alone, and with a screen reader: a grid of cells, each named by its
row, column and value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.dataset import IMAGE_SHAPE
from digits_app.network.forward import class_probabilities
from digits_app.pages import caches
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.networks import Network, classifier_of
from digits_app.reading.explanation import as_row
from digits_app.wording import certainty, percent

_editor = declare_component(
    "pixel_editor", __file__, "editor.html", "editor.css", "editor.js", isolate_styles=False
)


@dataclass(frozen=True)
class Start:
    """What the editor can start from.

    Attributes
    ----------
    name : str
        As a person chooses it.
    pixels : ndarray of shape (8, 8)
        0..16.
    version : int, default=0
        Another one starts anew from the same.
    """

    name: str
    pixels: NDArray[np.float64]
    version: int = 0

    @property
    def whole_numbers(self) -> list[int]:
        """The 64 pixels, row by row."""
        return np.rint(self.pixels).astype(int).ravel().tolist()


def show_editor(first: Start, network: Network, key: str) -> None:
    """Show the editor and what the chosen network reads in its pixels at one look.

    Parameters
    ----------
    first : Start
        What it starts from. Another one replaces what was painted.
    network : Network
        Who reads it.
    key : str
        Widget key, one for each place.
    """
    start = _identity(first)
    pixels = edited_pixels(st.session_state.get(key), start)
    if pixels is None:
        pixels = np.array(first.whole_numbers, dtype=np.float64)
    others = [*_test_digits(network.n_classes)]
    if first.pixels.any():
        others.append(Start("nothing", np.zeros(IMAGE_SHAPE)))
    _editor(
        key=key,
        data={
            "start": {"id": start, "pixels": first.whole_numbers},
            "starts": [
                {"name": each.name, "pixels": each.whole_numbers}
                for each in (first, *others)
            ],
            "answer": _answer(pixels, network),
        },
        on_edited_change=lambda: None,
    )


def _identity(start: Start) -> str:
    """Tell one start from another, in short."""
    text = f"{start.name} {start.version} {start.whole_numbers}"
    return sha256(text.encode()).hexdigest()[:12]


def edited_pixels(state: Any, start: str) -> NDArray[np.float64] | None:
    """Take the pixels that the browser reports for a start.

    Parameters
    ----------
    state : object
        The component's state. It comes from the browser, so it may be anything.
    start : str
        What was started from.

    Returns
    -------
    ndarray of shape (64,) or None
        0..16; None where there are none for this start, or none that can be read.
    """
    edited = state.get("edited") if isinstance(state, Mapping) else None
    if not isinstance(edited, dict) or edited.get("start") != start:
        return None
    try:
        return as_row(np.asarray(edited.get("pixels"), dtype=np.float64))
    except (TypeError, ValueError):
        return None


def _answer(pixels: NDArray[np.float64], network: Network) -> dict[str, Any]:
    proba = class_probabilities(classifier_of(network), pixels[None])[0]
    label = int(proba.argmax())
    return {
        "label": label,
        "words": certainty(float(proba[label])),
        "shares": proba.astype(float).round(4).tolist(),
        "percents": [percent(float(share)) for share in proba],
        "note": "" if pixels.any() else "There is no ink, and still a network answers. ",
        "pixels": pixels.astype(int).tolist(),
    }


@cache
def _test_digits(n_classes: int) -> Sequence[Start]:
    """The first test digit of each class."""
    split = caches.split(n_classes)
    first = [int(np.argmax(split.y_test == digit)) for digit in range(n_classes)]
    return tuple(
        Start(f"a test digit, {digit}", split.test_images[index])
        for digit, index in enumerate(first)
    )
