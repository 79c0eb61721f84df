"""Ink laid on the canvas as lines looks and reads like the ink it was."""

import numpy as np
import pytest
from PIL import Image

from digits_app.drawing.canvas_json import MAX_PATH_COMMANDS, render_drawing
from digits_app.drawing.hatching import FILLED_SHARE, hatched
from digits_app.reading.recognition import read_drawing
from tests.support.pen_drawings import render


@pytest.fixture(params=[0, 123, 456, 789])
def ink(request, pen_drawings) -> Image.Image:
    return render(pen_drawings[request.param].placed("filling"))


def test_the_lines_cover_the_ink(ink):
    drawn = render_drawing({"objects": hatched(ink)})
    assert drawn is not None
    left, top, right, bottom = drawn.point(lambda level: 255 * (level >= 128)).getbbox()
    assert max(right - left, bottom - top) == pytest.approx(280 * FILLED_SHARE, abs=4)
    original = ink.crop(ink.point(lambda level: 255 * (level >= 128)).getbbox())
    laid = drawn.crop((left, top, right, bottom)).resize(original.size)
    differs = (np.asarray(laid) >= 128) != (np.asarray(original) >= 128)
    assert differs.mean() < 0.06


def test_it_is_read_as_before(ink):
    network = [(10, "augmented")]
    before = read_drawing(ink, network)[0]
    after = read_drawing(render_drawing({"objects": hatched(ink)}), network)[0]
    assert after.label == before.label
    assert after.proba == pytest.approx(before.proba, abs=0.1)


def test_the_finest_hatching_is_not_too_much_for_the_canvas():
    stripes = np.zeros((500, 500), dtype=np.uint8)
    stripes[:, ::60] = 255
    [path] = hatched(Image.fromarray(stripes))
    assert len(path["path"]) < MAX_PATH_COMMANDS
