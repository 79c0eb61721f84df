"""Why an answer is what it is: reasons, the smallest change, the editor, a neuron."""

from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from digits_app.dataset import IMAGE_SHAPE
from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.errors import BlankDrawingError
from digits_app.pages.shared.networks import Network, classifier_of, model_of
from digits_app.pages.why.changes import show_changes
from digits_app.pages.why.editor import Start, show_editor
from digits_app.pages.why.look_back import show_look_back
from digits_app.pages.why.neuron import show_neuron
from digits_app.pages.why.reasons import DrawnDigit, averaged_looks, show_reasons
from digits_app.pages.why.style import show_why_style
from digits_app.pages.why.words import other_digits
from digits_app.reading.recognition import read_drawing

_LOOKS_ONCE: Final = """<p class="why-say">Above, the network looked nine times. From here \
on it looks once, at these 64 numbers alone, so it may be surer or less sure.</p>"""
_TOO_DEEP: Final = """<p class="why-say">This network has two hidden layers and looks at \
slopes as well as pixels: too much for one table. The lesson’s network has one layer and \
learned the digits as they are.</p>"""


def show_why_of_digit(
    image: NDArray[np.float64],
    network: Network,
    true: int,
    name: str,
    key: str,
) -> None:
    """Explain how a network reads a digit of 8x8 pixels.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        0..16.
    network : Network
        Who reads it.
    true : int
        What it really is. Where it was read as that, the next best is its rival.
    name : str
        What the digit is called: "test digit 4".
    key : str
        Begins the widget keys: one for each digit.
    """
    show_why_style()
    classifier = classifier_of(network)
    proba = classifier.predict_proba(image.reshape(1, -1))[0].astype(np.float64)
    label = int(proba.argmax())
    others = other_digits(proba, label)
    rival = true if true in others else others[0]
    show_reasons(image, proba, network, rival, key)
    show_changes(image, proba, network, rival, name, key)
    _show_neuron(image, network, key)


def show_why_of_drawing(
    drawing: dict[str, Any], network: Network, key: str, has_history: bool = False
) -> None:
    """Explain how a network reads a drawing.

    Parameters
    ----------
    drawing : dict
        The canvas' JSON: `{"objects": [...]}`.
    network : Network
        Who reads it.
    key : str
        Begins the widget keys.
    has_history : bool, default=False
        Whether it is all that is on Draw's board, which noted how its answer changed.

    Raises
    ------
    UnreadableDrawingError
        There is nothing to read in it.
    """
    image = render_drawing(drawing)
    if image is None:
        raise BlankDrawingError("There is nothing drawn yet. Draw a digit in the box.")
    show_why_style()
    averaged = averaged_looks(key)
    (prediction,) = read_drawing(image, [model_of(network)], averaged)
    classifier = classifier_of(network)
    rival = other_digits(prediction.proba, prediction.label)[0]
    show_reasons(
        prediction.image, prediction.proba, network, rival, key, DrawnDigit(image, averaged)
    )
    if has_history:
        st.subheader("How the answer changed while you drew", anchor=False)
        show_look_back(f"{key}_history")
    if averaged:
        st.html(_LOOKS_ONCE)
    at_one_look = classifier.predict_proba(prediction.image.reshape(1, -1))[0]
    rival = other_digits(at_one_look, int(at_one_look.argmax()))[0]
    show_changes(prediction.image, at_one_look, network, rival, "your drawing", key)
    _show_neuron(prediction.image, network, key)


def show_empty_editor(network: Network, key: str) -> None:
    """Show the editor alone, with nothing in it: a digit can be typed or painted.

    Parameters
    ----------
    network : Network
        Who reads it.
    key : str
        Widget key.
    """
    show_why_style()
    st.html(
        '<p class="why-say">The network gets 64 numbers, nothing more: 0 is no ink, 16 is '
        "full. Fill in a digit, and it reads along.</p>"
    )
    show_editor(Start("nothing", np.zeros(IMAGE_SHAPE)), network, key)


def _show_neuron(image: NDArray[np.float64], network: Network, key: str) -> None:
    st.subheader("Open a neuron", anchor=False)
    classifier = classifier_of(network)
    if not isinstance(classifier, MLPClassifier):
        st.html(_TOO_DEEP)
        if not st.toggle("Open one of the lesson’s network", key=f"{key}_of_lesson"):
            return
        classifier = classifier_of(Network(network.n_classes, "lesson"))
    show_neuron(image, classifier, key)
