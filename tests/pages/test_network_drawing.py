"""The drawing of the network says what the words above it say."""

import numpy as np

from digits_app.lesson.flow import Connections, Flow
from digits_app.pages.lesson.scenes.network_drawing import LANDSCAPE, draw

NONE = Connections(np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0))


def test_the_bar_never_rounds_to_less_or_more_than_the_sentence():
    flow = Flow(
        pixels=np.zeros(64),
        hidden=np.ones(10),
        brightest=np.arange(6),
        weights=np.zeros((6, 8, 8)),
        into=NONE,
        out_of=NONE,
        probabilities=np.array([0.9996, 0.0004]),
    )
    assert "&gt;99.9%</text>" in draw(flow, "a 0 from the test set", LANDSCAPE)
