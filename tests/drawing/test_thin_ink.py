"""Ink too thin for its picture's size is read like the same digit of a thick pen."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from digits_app import TooSmallDrawingError, prepare_image, read_digit
from digits_app.drawing.five_steps import shrink, strengthen
from digits_app.drawing.ink import cut_out_digit, ink_intensity
from digits_app.drawing.tilted_copies import copies_of_ink
from digits_app.reading.recognition import read_drawing
from tests.support.pen_drawings import SEVEN, render


def scan(strokes, side, pen_width):
    """Strokes in canvas pixels on a sheet of another size, with a pen of its pixels."""
    sheet = Image.new("L", (side, side), "white")
    for stroke in strokes:
        points = [tuple(point) for point in (stroke * (side / 280)).tolist()]
        ImageDraw.Draw(sheet).line(points, fill="black", width=pen_width)
    return sheet


@pytest.mark.parametrize(
    ("side", "pen_width"),
    [(280, 1), (1000, 3), (1000, 5), (1000, 1), (4000, 6), (4000, 1)],
)
@pytest.mark.parametrize("averaged", [True, False])
def test_a_7_of_a_fine_pen_is_a_7(side, pen_width, averaged):
    prediction = read_digit(scan([SEVEN], side, pen_width), averaged=averaged)
    assert prediction.label == 7
    assert not prediction.is_unfamiliar


@pytest.mark.parametrize(("side", "pen_width"), [(1000, 3), (2000, 3)])
def test_peoples_digits_of_a_fine_pen_are_read_like_those_of_a_thick_one(
    pen_drawings, side, pen_width
):
    same = []
    for drawing in pen_drawings[::20]:
        strokes = drawing.placed("filling")
        thick = read_drawing(scan(strokes, 280, 20), [(10, "augmented")])[0].label
        thin = scan(strokes, side, pen_width)
        as_drawn = read_drawing(thin, [(10, "augmented")])[0].label
        same.append([as_drawn == thick, read_digit(thin).label == thick])
    assert np.mean(same, axis=0).min() >= 0.96


def test_a_thin_line_has_ink_wherever_it_goes():
    cross = [np.array([[30.0, 141], [250, 141]]), np.array([[141.0, 30], [141, 250]])]
    cross[0][1, 1] += 7  # it steps from row to row, and greys two at a time
    shrunk = np.asarray(shrink(cut_out_digit(ink_intensity(scan(cross, 3000, 4))), 64))
    ink = shrunk >= 128
    assert ink.any(axis=0).mean() > 0.95
    assert ink.any(axis=1).mean() > 0.95
    assert ink.sum() < 64 * 5  # and it is still a thin line


def test_of_a_thick_pen_no_pixel_is_changed(pen_drawings):
    for drawing in pen_drawings[::10]:
        digit = cut_out_digit(ink_intensity(render(drawing.placed("filling"), 20)))
        for side in (96, 64):
            scale = side / max(digit.size)
            size = tuple(round(length * scale) for length in digit.size)
            shrunk = digit.resize(size, Image.Resampling.BOX)
            assert strengthen(shrunk) is shrunk


def test_next_to_nothing_is_too_small():
    sheet = Image.new("L", (1000, 1000))
    ImageDraw.Draw(sheet).line((500, 500, 540, 560), fill=255, width=3)
    with pytest.raises(TooSmallDrawingError):
        prepare_image(sheet)


def test_a_hairline_in_a_huge_picture_is_still_a_line():
    sheet = Image.new("L", (20_000, 40))
    ImageDraw.Draw(sheet).line((0, 20, 20_000, 20), fill=255, width=1)
    assert prepare_image(sheet).sum() > 0
    assert copies_of_ink(ink_intensity(sheet)).sum(axis=(1, 2)).min() > 0
