"""One digit on its way through the network, as a picture."""

import numpy as np
from numpy.typing import NDArray

from digits_app.lesson.flow import follow
from digits_app.lesson.learning import WatchedClassifier
from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.lesson.scenes.network_drawing import LANDSCAPE, PORTRAIT, draw
from digits_app.pages.lesson.scenes.svg import show_svg
from digits_app.wording import percent


def show_network(look: Look) -> None:
    """Show how the digit that is looked at flows through the step's network."""
    show_flow(
        look.base.network,
        look.pixels,
        look.name,
        key=f"lesson_network_{look.step.number}",
        true_digit=look.true_digit,
        caveat=look.caveat,
    )


def show_flow(
    network: WatchedClassifier,
    pixels: NDArray[np.float64],
    name: str,
    key: str,
    true_digit: int | None = None,
    caveat: str = "",
) -> None:
    """Draw the flow twice: across a wide screen, and down a phone.

    Parameters
    ----------
    network : WatchedClassifier
    pixels : ndarray of shape (64,)
        0..16.
    name : str
        What the picture is called within a sentence.
    key : str
        Key of the component.
    true_digit : int or None
        The right answer, where anybody knows it.
    caveat : str
        What to bear in mind about the answer.
    """
    flow = follow(network, pixels)
    n_hidden, n_classes = len(flow.hidden), len(flow.probabilities)
    n_out = 1 if n_classes == 2 else n_classes
    sure = percent(float(flow.probabilities.max()))
    wrong = true_digit is not None and true_digit != flow.label
    show_svg(
        f'<div class="flow"><div class="head"><h2>One digit flows through</h2>'
        f'<span class="muted">{name}; it reads {flow.label}, {sure}'
        f"{', and that is wrong' if wrong else ''}{caveat}</span></div>"
        f"{draw(flow, name, LANDSCAPE)}{draw(flow, name, PORTRAIT)}"
        '<p class="legend muted small"><i class="up"></i>pushes up '
        '<i class="down"></i>pulls down. Only the strongest of '
        f"64 × {n_hidden} + {n_hidden} × {n_out} = {n_hidden * (64 + n_out):,} connections "
        "are drawn.</p></div>",
        key=key,
    )
