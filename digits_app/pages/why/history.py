"""How the answer changed while a digit was drawn; `history.js` draws it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from digits_app.drawing.canvas_json import paths_of
from digits_app.drawing.colours import erases
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.networks import Network, model_of
from digits_app.reading.history import ReadingHistory, command_ends, read_history
from digits_app.wording import a_digit, percent

_history = declare_component(
    "reading_history",
    __file__,
    "history.html",
    "history.css",
    "history.js",
    isolate_styles=False,
)


def show_history(
    drawing: dict[str, Any], network: Network, averaged: bool, key: str
) -> None:
    """Show the answer over the length of ink, and the drawing as it was.

    Parameters
    ----------
    drawing : dict
        The canvas' JSON, of a drawing that can be read.
    network : Network
        Who reads it.
    averaged : bool
        See `digits_app.reading.recognition.read_digit`.
    key : str
        Widget key.
    """
    history = read_history(drawing, *model_of(network), averaged)
    _history(key=key, data=_to_browser(drawing, history))


def _to_browser(drawing: dict[str, Any], history: ReadingHistory) -> dict[str, Any]:
    labels = [int(proba.argmax()) if proba.any() else None for proba in history.proba]
    return {
        "lengths": history.lengths.round(2).tolist(),
        "proba": history.proba.round(4).tolist(),
        "labels": labels,
        "leaders": history.leaders,
        "sentences": list(map(_sentence, labels, history.proba)),
        "description": _description(history),
        "paths": [
            {
                "commands": path["path"],
                "ends": ends,
                "width": path.get("strokeWidth", 1),
                "erases": erases(path),
            }
            for path, ends in zip(paths_of(drawing), command_ends(drawing), strict=True)
        ],
    }


def _sentence(label: int | None, proba: NDArray[np.float64]) -> str:
    if label is None:
        return "too little to read"
    return f"{a_digit(label)}, {percent(float(proba[label]))}"


def _description(history: ReadingHistory) -> str:
    """Say in a sentence how the answer changed."""
    whole = history.lengths[-1]
    changes = [
        f"{'first' if number == 0 else 'then'} {a_digit(digit)} at "
        f"{history.lengths[moment] / whole:.0%} of the ink"
        for number, (moment, digit) in enumerate(history.leaders)
    ]
    return "What it read as the ink grew: " + ", ".join(changes) + "."
