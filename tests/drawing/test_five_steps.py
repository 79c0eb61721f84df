"""The five steps one by one, on bitmaps small enough to see the answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digits_app.drawing.five_steps import (
    centre,
    crop_to_ink,
    dilate,
    erode,
    even_out_stroke,
    fit_to_frame,
    leftmost_slope,
    moment_slope,
    pad,
    shear_rows,
)
from tests.support.fuzzing import examples


def slanted_bar(slope, size=(32, 32)):
    """A bar of four columns whose middle moves by `slope` columns a row."""
    rows, columns = np.mgrid[: size[0], : size[1]]
    middle = size[1] / 2 + slope * (rows - size[0] // 2)
    return (np.abs(columns - np.rint(middle) + 0.5) < 2)[None]


@given(slope=st.floats(-0.3, 0.3))
@examples(100)
def test_the_slant_of_a_bar_is_measured_by_moments_and_taken_out(slope):
    # Rows move by whole pixels, so a slant can be told to half a pixel in half the height.
    bar = slanted_bar(slope)
    assert moment_slope(bar)[0] == pytest.approx(slope, abs=0.5 / 16)
    upright = shear_rows(bar, moment_slope(bar))
    assert abs(moment_slope(upright)[0]) <= 1 / 16


@given(slope=st.floats(-0.3, 0.3))
@examples(100)
def test_the_slant_of_a_bar_is_measured_by_its_leftmost_ink(slope):
    assert leftmost_slope(slanted_bar(slope))[0] == pytest.approx(slope, abs=1 / 27)


def test_a_slant_to_the_right_below_is_positive():
    assert leftmost_slope(slanted_bar(0.2))[0] > 0.1
    assert moment_slope(slanted_bar(0.2))[0] > 0.1


@pytest.mark.parametrize("size", [(64, 20), (20, 64)])
def test_the_slant_does_not_depend_on_the_room_around(size):
    assert moment_slope(slanted_bar(0.1, size))[0] == pytest.approx(0.1, abs=0.5 / 10)
    bar = slanted_bar(0.1)
    assert moment_slope(pad(bar, 7, 3)) == pytest.approx(moment_slope(bar))


@pytest.mark.parametrize("slant", [leftmost_slope, moment_slope])
def test_a_line_along_a_row_and_a_blank_bitmap_have_no_slant(slant):
    bitmaps = np.zeros((2, 32, 32), dtype=bool)
    bitmaps[0, 16, 4:28] = True
    assert slant(bitmaps).tolist() == [0, 0]


def test_the_slant_is_read_two_rows_inside_the_ink():
    bitmap = np.zeros((1, 32, 32), dtype=bool)
    bitmap[0, :, 16:20] = True
    bitmap[0, 4, 10:16] = True  # a hook two rows below the top would count ...
    bitmap[0, :2] = False
    assert leftmost_slope(bitmap)[0] == pytest.approx(-6 / (4 - 29))
    bitmap[0, 4, 10:16] = False
    bitmap[0, 3, 10:16] = True  # ... one row below the top does not
    assert leftmost_slope(bitmap)[0] == 0


def test_shearing_leaves_the_middle_row_and_moves_the_others_towards_upright():
    sheared = shear_rows(slanted_bar(0.5), np.array([0.5]))[0]
    assert np.array_equal(sheared[16], slanted_bar(0.5)[0, 16])
    assert (sheared.argmax(axis=1) == sheared[16].argmax()).all()


def test_shearing_loses_only_what_leaves_the_frame():
    bar = slanted_bar(0.0)
    assert shear_rows(bar, np.array([100.0])).sum() == 4  # the middle row alone
    assert shear_rows(bar, np.array([0.5])).sum() == bar.sum()


def test_a_digit_is_stretched_to_20_of_32_columns_and_all_rows():
    framed = fit_to_frame(Image.new("L", (7, 90), 255))
    assert framed[:, 6:26].all()
    assert not framed[:, :6].any()
    assert not framed[:, 26:].any()


def test_centring_leaves_six_columns_on_either_side():
    digit = np.random.default_rng(0).random((3, 32, 20)) < 0.5
    frames = centre(digit)
    assert np.array_equal(frames[..., 6:26], digit)
    assert frames.sum() == digit.sum()


def test_the_ink_is_cut_out_to_the_pixel_and_shrunk_to_96():
    ink = Image.new("L", (300, 200), 20)  # a grey that is no ink
    ink.paste(255, (10, 20, 40, 80))
    assert crop_to_ink(ink).size == (30, 60)
    assert crop_to_ink(ink).getextrema() == (255, 255)
    ink.paste(128, (10, 20, 282, 80))  # half is ink
    assert crop_to_ink(ink).size == (96, 21)
    ink.paste(127, (10, 20, 282, 80))
    ink.paste(255, (10, 20, 40, 80))
    assert crop_to_ink(ink).size == (30, 60)


def bitmap_with(n_ink):
    """A frame with a solid block of ink, filled row by row to a number of pixels."""
    ink = np.zeros((28, 28), dtype=bool)
    ink.ravel()[:n_ink] = True
    return pad(ink[None], 2, 2)[0]


def times(change, bitmap, n):
    for _ in range(n):
        bitmap = change(bitmap[None])[0]
    return bitmap


@pytest.mark.parametrize(
    ("n_ink", "change", "n"),
    [
        (107, dilate, 2),
        (108, dilate, 1),
        (255, dilate, 1),
        (256, dilate, 0),
        (412, erode, 0),
        (413, erode, 1),
        (560, erode, 1),
        (561, erode, 2),
    ],
)
def test_nists_limits_of_ink_and_how_often_the_stroke_is_changed(n_ink, change, n):
    bitmap = bitmap_with(n_ink)
    assert bitmap.sum() == n_ink
    assert np.array_equal(even_out_stroke(bitmap), times(change, bitmap, n))


def test_a_stroke_is_evened_also_where_the_bitmaps_are_counted_by_0_and_1():
    bitmap = bitmap_with(100).astype(np.uint8)
    assert np.array_equal(even_out_stroke(bitmap), even_out_stroke(bitmap.astype(bool)))


def test_half_of_a_frames_pixel_must_be_ink():
    """Of 40x64 pixels, four each make one of 20x32."""
    crop = np.zeros((64, 40), dtype=np.uint8)
    crop[::2, ::2] = 255
    crop[::2, 1::2] = 255
    crop[0, 1] = 0  # a quarter of the first pixel is left
    assert fit_to_frame(Image.fromarray(crop))[:, 6:26].sum() == 32 * 20 - 1


@pytest.mark.parametrize("slant", [leftmost_slope, moment_slope])
def test_each_bitmap_of_a_stack_has_its_own_slant(slant):
    low = np.zeros((1, 32, 32), dtype=bool)
    low[0, 21:32] = slanted_bar(0.2)[0, 21:32]  # lower, and shorter
    blank, short = np.zeros((2, 1, 32, 32), dtype=bool)
    short[0, 4:8, 3:20] = np.tri(4, 17, dtype=bool)  # too short for a row of each
    stack = np.concatenate([slanted_bar(-0.25), low, blank, slanted_bar(0.3), short])
    alone = [slant(bitmap[None])[0] for bitmap in stack]
    assert slant(stack).tolist() == alone
    assert alone[0] < -0.15
    assert alone[1] > 0.1
    if slant is leftmost_slope:
        assert alone[4] == 0


def test_where_one_of_the_two_rows_is_empty_no_slant_is_read():
    for empty in (2, 29):
        bar = slanted_bar(0.3)
        bar[0, empty] = False
        assert leftmost_slope(bar).tolist() == [0]
