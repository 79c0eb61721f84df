"""What the server says of a drawing: the numbers, and the parts that need more than them.

Digit, words and bars are painted in the browser (`digits_app/browser/board/answer.js`).
The other parts are HTML, not elements of Streamlit's: the board puts each in its place, and
what an answer leaves out stays as it is, so nothing flickers.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from digits_app.dataset import CLASS_COUNTS
from digits_app.pages.draw.parts import HEAD, steps
from digits_app.pages.shared.digit_pictures import (
    bitmap_picture,
    ink_picture,
    nearest_pictures,
    number_grid,
)
from digits_app.pages.shared.networks import TRAINING_SENTENCES, Network, trainings
from digits_app.reading.recognition import Prediction
from digits_app.wording import certainty

_NUMBERS: Final = {4: "Four", 6: "Six"}
_KNOWS: Final = {10: "knows 0 to 9", 2: "knows only 0 and 1, from 270 digits"}


def complete_answer(
    predictions: Mapping[Network, Prediction],
    asked: Network,
    objects: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """Say all of a drawing.

    Parameters
    ----------
    predictions : mapping of Network to Prediction
        What each network reads. Where some are not there yet, no opinions are shown.
    asked : Network
        The one that answers.
    objects : sequence of dict
        The drawing's paths.

    Returns
    -------
    dict
        `network`, `proba` and `isUnfamiliar`; `parts`, HTML by name, None for what stays;
        `again`, whether to ask once more for what is not there yet.
    """
    prediction = predictions[asked]
    all_there = len(predictions) == len(all_networks())
    return {
        "network": asked.name,
        "proba": prediction.proba.tolist(),
        "isUnfamiliar": prediction.is_unfamiliar,
        "parts": {
            "saw": _saw(prediction, objects),
            "near": nearest_html(prediction),
            "others": _others(predictions, asked) if all_there else None,
        },
        "again": not all_there,
    }


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
    title = (
        "The closest digits it knows"
        if prediction.is_unfamiliar
        else "Most similar digits it learned from"
    )
    pictures = nearest_pictures(prediction.nearest, len(prediction.proba))
    return HEAD.format(title, "") + pictures


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
    how_many = _NUMBERS[len(predictions)]
    head = HEAD.format(
        f"{how_many} networks, {how_many.lower()} opinions",
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
        f'type="button" data-ask="network" value="{network.name}" '
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
