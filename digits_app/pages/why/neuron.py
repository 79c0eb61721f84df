"""Open a neuron: a hidden unit's numbers, from 64 pixels to what it adds to each digit."""

from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.network.classifiers import Classifier
from digits_app.pages.shared.digit_pictures import grid
from digits_app.pages.shared.glossary import linked
from digits_app.pages.why.words import place
from digits_app.reading.hidden_unit import HiddenUnit, open_neuron, unit_parts

_NEURON: Final = Path(__file__).with_name("neuron.html").read_text(encoding="utf-8")
_ROW: Final = """<tr{kind}><th scope="row">{digit}</th><td>{adds:+.2f}</td>\
<td>{others:+.2f}</td><td>{bias:+.2f}</td><td>{score:.2f}</td></tr>"""


@st.fragment
def show_neuron(image: NDArray[np.float64], classifier: Classifier, key: str) -> None:
    """Show one hidden unit of the lesson's network at work; a control chooses which.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        The digit, 0..16.
    classifier : MLPClassifier
        Fitted on pixels, with one hidden layer.
    key : str
        Begins the widget keys.
    """
    parts = unit_parts(image, classifier)
    label = int(classifier.predict(image.reshape(1, -1))[0])
    toward = parts[:, label] if parts.shape[1] > 1 else parts[:, 0] * (1 if label else -1)
    strongest = int(toward.argmax())
    number = st.number_input(
        linked(
            f"Which of the {len(parts)} hidden units (number {strongest + 1} speaks "
            f"loudest for the {label})"
        ),
        1,
        len(parts),
        strongest + 1,
        key=f"{key}_unit_{strongest}",
        width=420,
    )
    st.html(_neuron(open_neuron(image, classifier, int(number) - 1), len(parts), label))


def _neuron(unit: HiddenUnit, n_units: int, label: int) -> str:
    strongest = float(np.abs(unit.products).max()) or 1.0
    cells = (_product(float(value), strongest) for value in unit.products.flat)
    most = place(int(np.abs(unit.products).argmax()))
    # Two classes share one output, which speaks for the 1.
    digits = range(len(unit.logits)) if len(unit.logits) > 1 else [1]
    rows = "".join(
        _ROW.format(
            kind=' class="sum"' if digit == label else "",
            digit=digit,
            adds=unit.adds[at],
            others=unit.others_add[at],
            bias=unit.output_bias[at],
            score=unit.logits[at],
        )
        for at, digit in enumerate(digits)
    )
    return _NEURON.format(
        products=grid(cells, f"64 products; the strongest is {most}", "why-heat"),
        sum=unit.products.sum(),
        bias=unit.bias,
        total=unit.total,
        rule="less than 0: it stays silent" if unit.total < 0 else "more than 0: it says",
        activation=unit.activation,
        n_others=n_units - 1,
        rows=rows,
    )


def _product(value: float, strongest: float) -> str:
    share = round(100 * abs(value) / strongest)
    side = ' class="against"' if value < 0 else ""
    look = f' style="--share:{share}%"' if share else ""
    text = f"{value:.1f}" if abs(value) >= 0.05 else ""
    return f"<span{side}{look}>{text}</span>"
