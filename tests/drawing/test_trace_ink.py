"""Ink lifted from paper, drawn again with the pen, looks and reads as it did."""

import numpy as np
import pytest

from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.five_steps import cut_to_ink
from digits_app.drawing.tracing import FILLED_SHARE, trace_ink
from digits_app.reading.recognition import read_drawing
from tests.support.pen_drawings import render


@pytest.fixture(params=[0, 123, 456, 789])
def ink(request, pen_drawings):
    return render(pen_drawings[request.param].placed("filling"))


def test_the_strokes_cover_the_ink(ink):
    drawn = render_drawing(trace_ink(ink))
    assert drawn is not None
    laid, original = cut_to_ink(drawn), cut_to_ink(ink)
    assert max(laid.size) == pytest.approx(280 * FILLED_SHARE, abs=8)
    differs = (np.asarray(laid.resize(original.size)) >= 128) != (
        np.asarray(original) >= 128
    )
    assert differs.mean() < 0.1


def test_it_is_read_as_before(ink):
    network = [(10, "augmented")]
    [before] = read_drawing(ink, network)
    [after] = read_drawing(render_drawing(trace_ink(ink)), network)
    assert after.label == before.label
    assert after.proba == pytest.approx(before.proba, abs=0.2)
