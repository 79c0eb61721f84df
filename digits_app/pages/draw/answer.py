"""What the Draw page says of a drawing, as HTML: while the pen is down, and when it lifts.

The board puts each part in its place (`board.js`). HTML, not elements of Streamlit's: an
answer comes up to ten times a second, and what it leaves out stays as it is, so nothing
flickers.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.dataset import CLASS_COUNTS
from digits_app.pages.draw.parts import (
    ANSWER,
    HEAD,
    NOTE,
    Parts,
    bars_html,
    steps,
)
from digits_app.pages.draw.pictures import (
    bitmap_picture,
    ink_picture,
    number_grid,
    training_picture,
)
from digits_app.pages.shared.networks import TRAINING_SENTENCES, Network, trainings
from digits_app.reading.recognition import Prediction
from digits_app.wording import a_digit, certainty, percent

_ALWAYS_ANSWERS: Final = (
    "<b>A network always answers.</b> Its {n} likelihoods add up to 100%, even for a star. "
    "So this page also asks a second network, which has seen letters and scribbles too."
)

_NUMBERS: Final = {4: "Four", 6: "Six"}
_KNOWS: Final = {10: "knows 0 to 9", 2: "knows only 0 and 1, from 270 digits"}


def answer_in_between(prediction: Prediction) -> Parts:
    """Say what is read while the pen is down: the answer alone, the rest stays."""
    return {"answer": answer_html(prediction)}


def complete_answer(
    predictions: Mapping[Network, Prediction],
    asked: Network,
    objects: Sequence[dict[str, Any]],
    history: str,
    button: str = "",
) -> Parts:
    """Say all of a drawing.

    Parameters
    ----------
    predictions : mapping of Network to Prediction
        What each network reads. Where some are not there yet, no opinions are shown.
    asked : Network
        The one that answers.
    objects : sequence of dict
        The drawing's paths.
    history : str
        The chart of its answers, or "".
    button : str
        What stands beside the answer.
    """
    prediction = predictions[asked]
    all_there = len(predictions) == len(all_networks())
    if prediction.is_unfamiliar:
        n_classes = "ten" if asked.n_classes == 10 else "two"
        middle = NOTE.format(icon="emoji_objects", text=_ALWAYS_ANSWERS.format(n=n_classes))
    elif history:
        head = HEAD.format(
            "How the answer changed while you drew", "from pen down to pen up"
        )
        middle = head + history
    else:
        middle = ""
    return {
        "answer": answer_html(prediction, button),
        "history": middle,
        "saw": _saw(prediction, objects),
        "near": nearest_html(prediction),
        "others": _others(predictions, asked) if all_there else None,
        "said": f"{_title(prediction)}. {_detail(prediction)}",
    }


def answer_html(prediction: Prediction, button: str = "") -> str:
    """Show the digit, large, how sure the network is, and a bar for each digit."""
    strange = prediction.is_unfamiliar
    label = prediction.label
    return ANSWER.format(
        mood="dim" if strange else "",
        faded="faded" if strange else "",
        digit=f"{label}<sup>?</sup>" if strange else label,
        title=_title(prediction),
        detail=_detail(prediction),
        button=button,
        bars=bars_html(prediction.proba, strange),
    )


def show_reading(proba: NDArray[np.float64]) -> None:
    """Show a digit, large, how sure the network is, and a bar for each digit.

    Parameters
    ----------
    proba : ndarray of shape (n_classes,)
        Probability of each digit, counted from 0.
    """
    label = int(proba.argmax())
    st.html(
        ANSWER.format(
            mood="",
            faded="",
            digit=label,
            title=_sure(label, proba[label]),
            detail=_how_much(proba),
            button="",
            bars=bars_html(proba, strange=False),
        )
    )


def _title(prediction: Prediction) -> str:
    if prediction.is_unfamiliar:
        return "It has never seen anything like this"
    return _sure(prediction.label, prediction.confidence)


def _sure(label: int, probability: float) -> str:
    words = certainty(probability)
    if words == "just guessing":
        return f"Only guessing: {a_digit(label)}"
    return f"{words.capitalize()} it is {a_digit(label)}"


def _detail(prediction: Prediction) -> str:
    if prediction.is_unfamiliar:
        known = "0 and 1" if len(prediction.proba) == 2 else "0 to 9"
        return (
            f"It knows only {known}. If it must choose, it says {prediction.label}. "
            "Don’t trust that."
        )
    return _how_much(prediction.proba)


def _how_much(proba: NDArray[np.float64]) -> str:
    second, first = proba.argsort()[-2:].tolist()
    if proba[second] < 0.005:
        return f"{percent(proba[first])} for the {first}. Nothing else comes close."
    return (
        f"{percent(proba[first])} for the {first}. "
        f"The {second} comes next, with {percent(proba[second])}."
    )


def _saw(prediction: Prediction, objects: Sequence[dict[str, Any]]) -> str:
    stages = prediction.stages
    pictures = [
        ink_picture(objects),
        bitmap_picture(stages.framed),
        bitmap_picture(stages.evened),
        bitmap_picture(stages.upright),
        number_grid(prediction.image),
    ]
    return steps("What the network saw", pictures)


def nearest_html(prediction: Prediction) -> str:
    """Show the training digits most like a drawing."""
    nearest = prediction.nearest
    n_classes = len(prediction.proba)
    figures = "".join(
        f"<figure>{training_picture(n_classes, index)}"
        f"<figcaption>{a_digit(label)}</figcaption></figure>"
        for index, label in zip(
            nearest.indices.tolist(), nearest.labels.tolist(), strict=True
        )
    )
    title = (
        "The closest digits it knows"
        if prediction.is_unfamiliar
        else "Most similar digits it learned from"
    )
    return f'{HEAD.format(title, "")}<div class="near">{figures}</div>'


def _others(predictions: Mapping[Network, Prediction], asked: Network) -> str:
    """What each network says; each is a button that asks it."""
    counts = sorted({network.n_classes for network in predictions}, reverse=True)
    cells = ['<span class="corner"></span>']
    cells += [f'<span class="c">{_KNOWS[count]}</span>' for count in counts]
    for training in dict.fromkeys(network.training for network in predictions):
        cells.append(f'<span class="r">{TRAINING_SENTENCES[training]}</span>')
        for count in counts:
            network = Network(count, training)
            cells.append(_opinion(network, predictions[network], network == asked))
    head = HEAD.format(
        f"{_NUMBERS[len(predictions)]} networks, as many opinions",
        "the marked one answers above; press another to ask it",
    )
    return f'{head}<div class="opinions">{"".join(cells)}</div>'


def _opinion(network: Network, prediction: Prediction, asked: bool) -> str:
    strange = prediction.is_unfamiliar
    if strange:
        words = "must pick one of two" if network.n_classes == 2 else "has never seen this"
    else:
        words = certainty(prediction.confidence).replace("just", "only")
    tick = '<span class="ms" aria-hidden="true">check</span>' if asked else ""
    return (
        f'<button class="op{" on" if asked else ""}{" odd" if strange else ""}" '
        f'type="button" data-ask="network" value="{network.n_classes} {network.training}" '
        f'aria-pressed="{str(asked).lower()}">'
        f"<b>{prediction.label}{'?' if strange else ''}</b>"
        f"<span>{words}</span>{tick}</button>"
    )


def all_networks() -> list[Network]:
    """Every network, those that know ten digits first."""
    return [
        Network(n_classes, training)
        for training in reversed(trainings())
        for n_classes in sorted(CLASS_COUNTS, reverse=True)
    ]
