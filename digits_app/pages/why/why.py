"""Why an answer is what it is: reasons, the smallest change, the editor, a neuron."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from digits_app.network.classifiers import Training
from digits_app.pages import caches
from digits_app.pages.shared.style import read_style
from digits_app.pages.why.changes import show_changes
from digits_app.pages.why.neuron import show_neuron
from digits_app.pages.why.reasons import show_reasons

_STYLE: Final = read_style(Path(__file__).with_name("why.css"))


def show_why_of_digit(
    image: NDArray[np.float64], n_classes: int, training: Training, name: str, key: str
) -> None:
    """Explain how a network reads a digit of 8x8 pixels.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        0..16.
    n_classes : {2, 10}
    training : {"lesson", "augmented"}
        Who reads it.
    name : str
        What the digit is called: "test digit 4".
    key : str
        Begins the widget keys: one for each digit.
    """
    st.html(_STYLE)
    classifier = caches.classifier(n_classes, training)
    proba = classifier.predict_proba(image.reshape(1, -1))[0].astype(np.float64)
    show_reasons(image, proba, training, key)
    show_changes(image, proba, training, name, key)
    _show_neuron(image, classifier, key)


def _show_neuron(image: NDArray[np.float64], classifier: Any, key: str) -> None:
    st.subheader("Open a neuron", anchor=False)
    if isinstance(classifier, MLPClassifier):
        show_neuron(image, classifier, key)
    else:
        st.caption(
            "This network has two hidden layers and looks at slopes beside the pixels: too "
            "much for one table. Choose the one that learned the digits as they are."
        )
