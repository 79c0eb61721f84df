"""What the server says of a drawing that may be a number: one digit, or each of several."""

from collections.abc import Sequence
from typing import Any

from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.draw.answer import complete_answer
from digits_app.pages.shared.chosen_sign import newest, signs_of
from digits_app.pages.shared.drawing_state import Drawing
from digits_app.pages.shared.networks import Network, model_of
from digits_app.reading.numbers import SignOfDrawing, is_digit, read_sign
from digits_app.reading.recognition import Prediction, read_drawing


def read_signs(
    drawing: Drawing, asked: Network, networks: Sequence[Network]
) -> dict[str, Any]:
    """Let networks read a drawing.

    Parameters
    ----------
    drawing : Drawing
        Not empty.
    asked : Network
        The one that answers.
    networks : sequence of Network
        All whose opinion of the chosen sign is shown, the asked one among them.

    Returns
    -------
    dict
        See `complete_answer`. Of several signs it is about the chosen one, and has `signs`,
        from left to right, and `about`, the first stroke of the chosen one.
    """
    signs, chosen = signs_of(drawing)
    whole = signs[0].objects if len(signs) == 1 else drawing.objects
    if len(signs) < 2:
        return _read_one(whole, asked, networks)
    # Only the opinions on the chosen sign are shown.
    readings = [
        _read(sign, networks if sign is signs[chosen] else [asked]) for sign in signs
    ]
    if not readings[chosen]:
        there = [sign for sign, read in zip(signs, readings, strict=True) if read]
        if not there:
            return _read_one(whole, asked, networks)
        chosen = signs.index(there[newest(there)])
        readings[chosen] = _read(signs[chosen], networks)
    answer = complete_answer(readings[chosen], asked, signs[chosen].objects)
    return answer | {
        "signs": [
            _said(sign, read.get(asked)) for sign, read in zip(signs, readings, strict=True)
        ],
        "about": signs[chosen].strokes[0],
    }


def _read_one(
    objects: list[dict[str, Any]], asked: Network, networks: Sequence[Network]
) -> dict[str, Any]:
    picture = render_drawing({"objects": objects})
    if picture is None:
        return {}
    read = read_drawing(picture, [model_of(each) for each in networks])
    return complete_answer(dict(zip(networks, read, strict=True)), asked, objects)


def _read(sign: SignOfDrawing, networks: Sequence[Network]) -> dict[Network, Prediction]:
    """What networks read in a sign; nothing where it is a dot."""
    try:
        read = read_sign(sign, [model_of(each) for each in networks])
    except UnreadableDrawingError:
        return {}
    return dict(zip(networks, read, strict=True))


def _said(sign: SignOfDrawing, prediction: Prediction | None) -> dict[str, Any]:
    where = {"strokes": list(sign.strokes), "frame": list(sign.frame)}
    if prediction is None:
        return {**where, "isDigit": False, "nothing": True, "proba": []}
    return {
        **where,
        "isDigit": is_digit(prediction),
        "isUnfamiliar": prediction.is_unfamiliar,
        "proba": prediction.proba.round(6).tolist(),
    }
