import numpy as np
import pytest
from PIL import Image

from digits_app.drawing.five_steps import prepare_bitmaps
from digits_app.drawing.ink import cut_out_digit, ink_intensity
from digits_app.drawing.tilted_copies import (
    PEN_SHARE,
    copies_of_ink,
    frame_copies,
    map_strokes,
    tilts,
)
from tests.support.pen_drawings import render


def field_of(image):
    return map_strokes(cut_out_digit(ink_intensity(image)))


def test_nine_copies_of_64_pixels_from_0_to_16(seven):
    copies = copies_of_ink(ink_intensity(seven))
    assert copies.shape == (9, 8, 8)
    assert copies.min() >= 0
    assert copies.max() <= 16


def test_the_middle_tilt_of_an_upright_drawing_leaves_it_alone():
    assert np.array_equal(tilts(0.0)[4], np.eye(2))


@pytest.mark.parametrize("pen_width", [10, 20, 30])
def test_the_pen_is_measured(pen_width):
    bar = render([np.array([[60.0, 140], [220, 140]])], pen_width)
    field = field_of(bar)
    share = 2 * field.pen_radius / field.side
    assert share == pytest.approx(pen_width / 160, rel=0.3)


def test_thick_and_thin_pens_look_alike_once_evened(pen_drawings):
    apart, evened_apart = [], []
    for drawing in pen_drawings[:100:5]:
        fields = [field_of(render(drawing.placed("filling"), w)) for w in (10, 30)]
        thin, thick = (prepare_bitmaps(frame_copies(field))[4] for field in fields)
        evened_apart.append(np.abs(thin - thick).mean())
        widths = [2 * field.pen_radius / field.side for field in fields]
        apart.append(widths[1] / widths[0])
    assert np.mean(apart) > 2
    assert np.mean(evened_apart) < 1.5


def test_a_drawing_that_is_all_ink_is_still_prepared():
    ink = Image.new("L", (240, 240), 255)
    field = map_strokes(ink)
    assert frame_copies(field).any(axis=(1, 2)).all()
    assert field.pen_radius > PEN_SHARE * field.side
