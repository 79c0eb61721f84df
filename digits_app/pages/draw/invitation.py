"""What the Draw page says before the first line, and of what is not a digit yet."""

import json
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app.pages.draw.parts import ANSWER, HEAD, TYPE_ONE, Parts, bars_html, steps
from digits_app.pages.draw.pictures import digit_picture
from digits_app.pages.shared.networks import Network

_FILE: Final = Path(__file__).with_name("ten_digits.json")


@cache
def ten_digits() -> NDArray[np.uint8]:
    """The first training digit of each class, as the lesson splits them.

    Returns
    -------
    ndarray of shape (10, 8, 8)
        Whole numbers 0..16. From a file: the empty page does not wait for scikit-learn.
    """
    return np.array(json.loads(_FILE.read_text(encoding="utf-8")), dtype=np.uint8)


def unreadable(sentence: str) -> Parts:
    """Say why there is nothing to read in a drawing."""
    return {
        "answer": ANSWER.format(
            mood="none",
            faded="faded",
            digit="?",
            title="Not a digit yet",
            detail=sentence,
            button="",
            bars=bars_html(np.zeros(10), strange=True),
        ),
        "history": "",
        "saw": "",
        "near": "",
        "others": "",
        "said": sentence,
    }


def invitation(network: Network) -> Parts:
    """Say what will happen, before there is a drawing.

    Parameters
    ----------
    network : Network
        The one that will answer.
    """
    turn = '<span class="if-empty">Your turn</span><span class="if-drawn">Reading…</span>'
    wait = (
        '<span class="if-empty">The answer appears with your first line and changes as you '
        'go on.</span><span class="if-drawn">Your first line is on its way.</span>'
    )
    figures = "".join(
        f"<figure>{digit_picture(image)}<figcaption>{label}</figcaption></figure>"
        for label, image in enumerate(ten_digits()[: network.n_classes])
    )
    how_many = "Ten" if network.n_classes == 10 else "Two"
    n_known = "1,347" if network.n_classes == 10 else "270"
    hole = '<div class="hole"></div>'
    return {
        "answer": ANSWER.format(
            mood="none",
            faded="faded",
            digit="?",
            title=turn,
            detail=wait,
            button="",
            bars=bars_html(np.zeros(network.n_classes), strange=True),
        ),
        "history": HEAD.format(
            f"{how_many} of the {n_known} digits it learned from",
            "all of them 8 × 8 pixels",
        )
        + f'<div class="ten">{figures}</div>',
        "saw": steps("What the network will see", [hole] * 4 + [hole]),
        "near": _tries(),
        "others": "",
        "said": "",
    }


def _tries() -> str:
    tries = (
        (
            "swap_horiz",
            "Turn a 3 into an 8",
            "When does it change its mind?",
        ),
        ("star", "Draw a star", "It has never seen one. Does it notice?"),
        ("edit", "Write it badly", "How small, slanted or broken may it be?"),
    )
    cards = "".join(
        f'<li class="card"><span class="ms" aria-hidden="true">{icon}</span>'
        f"<span><b>{title}</b>{text}</span></li>"
        for icon, title, text in tries
    )
    head = HEAD.format("Things to try", TYPE_ONE)
    return f'<div class="try">{head}<ul>{cards}</ul></div>'
