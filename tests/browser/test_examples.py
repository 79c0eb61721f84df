"""Show me one: each digit is read as what it is."""

import numpy as np
import pytest

from digits_app.drawing.canvas_json import render_drawing
from digits_app.reading.recognition import read_digit
from tests.support.canvas_json import to_canvas_json


@pytest.mark.parametrize("digit", range(10))
def test_each_example_is_read_as_what_it_is(run, digit: int):
    strokes = run("board/demonstration.js", "exampleStrokes(given)", digit)
    picture = render_drawing(to_canvas_json([np.array(stroke) for stroke in strokes]))
    assert picture is not None
    prediction = read_digit(picture, 10, "augmented")
    assert (prediction.label, prediction.is_unfamiliar) == (digit, False)


def test_all_digits_are_shown_that_a_network_knows(run):
    shown = run("board/demonstration.js", "SHOWN")
    assert {int(n): sorted(digits) for n, digits in shown.items()} == {
        10: list(range(10)),
        2: [0, 1],
    }
