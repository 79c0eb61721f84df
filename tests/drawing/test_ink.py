"""Levels of ink in pictures whose levels are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from scipy import ndimage

from digits_app import BlankDrawingError, TooSmallDrawingError
from digits_app.drawing.five_steps import strengthen
from digits_app.drawing.ink import away_from, cut_out_digit, ink_intensity, near


def picture(levels, ground, mode="L", dtype=np.uint8):
    """A ground of one level with a row of others across its middle."""
    pixels = np.full((5, len(levels) + 2), ground, dtype=dtype)
    pixels[2, 1:-1] = levels
    return Image.fromarray(pixels).convert(mode)


def row(ink):
    return np.asarray(ink)[2, 1:-1].tolist()


def test_ink_is_counted_from_the_ground_and_the_strongest_is_255():
    assert row(ink_intensity(picture([0, 100, 200], ground=0))) == [0, 128, 255]
    assert row(ink_intensity(picture([255, 155, 55], ground=255))) == [0, 128, 255]
    assert row(ink_intensity(picture([100, 140, 60, 180], ground=100))) == [
        *(0, 128, 128, 255)
    ]
    assert row(ink_intensity(picture([0, 7, 255], ground=0))) == [0, 7, 255]


def test_of_colours_the_one_furthest_from_the_ground_counts():
    pixels = np.zeros((5, 5, 3), dtype=np.uint8)
    pixels[2, 1:4] = [(200, 0, 0), (0, 100, 0), (50, 0, 20)]
    assert row(ink_intensity(Image.fromarray(pixels))) == [255, 128, 64]


@pytest.mark.parametrize(("strongest", "is_ink"), [(39, False), (40, True)])
def test_so_much_contrast_is_ink(strongest, is_ink):
    sheet = picture([strongest], ground=0)
    if is_ink:
        assert row(ink_intensity(sheet)) == [255]
    else:
        with pytest.raises(BlankDrawingError, match="nothing in this picture"):
            ink_intensity(sheet)


@pytest.mark.parametrize(
    ("dtype", "ground", "levels"),
    [
        (np.int32, 1000, [1000, 3000, 5000]),
        (np.int32, -4000, [-4000, -2000, 0]),
        (np.uint16, 60_000, [60_000, 30_000, 0]),
        (np.float32, 0.25, [0.25, 0.5, 0.75]),
        (np.float32, 1.0, [1.0, 0.5, 0.0]),
    ],
)
def test_more_than_eight_bits_are_scaled_and_not_clipped(dtype, ground, levels):
    pixels = np.full((5, 5), ground, dtype=dtype)
    pixels[2, 1:4] = levels
    assert row(ink_intensity(Image.fromarray(pixels))) == [
        0,
        pytest.approx(128, abs=1),
        255,
    ]


def test_what_is_no_number_is_no_ink():
    pixels = np.zeros((5, 7), dtype=np.float32)
    pixels[2, 1:6] = [np.nan, np.inf, -np.inf, 0.5, 1.0]
    assert row(ink_intensity(Image.fromarray(pixels))) == [
        *(0, 0, 0, pytest.approx(128, abs=1), 255)
    ]


def test_deep_pictures_of_one_level_are_blank():
    with pytest.raises(BlankDrawingError):
        ink_intensity(Image.fromarray(np.full((5, 5), 7.0, dtype=np.float32)))


@pytest.mark.parametrize(("alpha", "counts"), [(0, True), (127, True), (128, False)])
def test_where_the_rim_is_more_transparent_than_not_opacity_is_ink(alpha, counts):
    pixels = np.zeros((5, 5, 4), dtype=np.uint8)
    pixels[..., 3] = alpha
    pixels[2, 2] = (0, 0, 0, 255)
    if counts:
        assert np.asarray(ink_intensity(Image.fromarray(pixels)))[2, 2] == 255
    else:
        with pytest.raises(BlankDrawingError):
            ink_intensity(Image.fromarray(pixels))


def test_what_to_do_is_said_in_a_sentence():
    with pytest.raises(BlankDrawingError, match=r"^This picture has no pixels\. Choose"):
        ink_intensity(Image.new("L", (0, 4)))
    with pytest.raises(TypeError, match=r"^expected a PIL\.Image\.Image, got str$"):
        ink_intensity("seven.png")  # type: ignore[arg-type]
    with pytest.raises(TooSmallDrawingError, match=r"^That mark is too small to be a dig"):
        cut_out_digit(ink_intensity(picture([255], ground=0)))


@pytest.mark.parametrize(("side", "length"), [(280, 28), (30, 4)])
def test_the_least_digit_is_a_tenth_of_the_picture_and_four_pixels(side, length):
    for n_pixels in (length - 1, length):
        ink = Image.new("L", (side, side))
        ink.paste(255, (3, 3, 3 + n_pixels, 5))
        if n_pixels == length:
            assert cut_out_digit(ink).size == (length, 2)
        else:
            with pytest.raises(TooSmallDrawingError):
                cut_out_digit(ink)


def test_the_median_of_the_stronger_half_becomes_full_ink():
    faint = Image.fromarray(np.array([[0, 9, 10, 12, 16, 20]], dtype=np.uint8))
    # 10, 12, 16 and 20 are at least half of 20; their median is 14.
    assert np.asarray(strengthen(faint)).tolist() == [[0, 163, 182, 218, 255, 255]]


def test_full_ink_and_none_stay_as_they_are():
    full = Image.fromarray(np.array([[255, 255, 130, 3]], dtype=np.uint8))
    assert strengthen(full) is full
    blank = Image.new("L", (4, 4))
    assert strengthen(blank) is blank


@pytest.mark.parametrize("turns", range(4))
def test_the_ground_is_the_median_of_all_four_sides(turns):
    """Ink on two sides and a grey next to them: five more pixels of the rim decide."""
    pixels = np.full((5, 5), 200, dtype=np.uint8)
    pixels[1:4, 1:4] = 0
    pixels[0] = pixels[:, 0] = 100
    pixels[0, 4] = pixels[4, 0] = 200
    ink = np.asarray(ink_intensity(Image.fromarray(np.rot90(pixels, turns).copy())))
    assert np.rot90(ink, -turns)[4, 4] == 0
    assert np.rot90(ink, -turns)[2, 2] == 255


@given(
    mask=arrays(bool, st.tuples(st.integers(1, 30), st.integers(1, 30))),
    reach=st.integers(0, 35),
)
def test_what_is_near_a_mask_is_what_scipys_filter_says(mask, reach):
    window = 2 * reach + 1
    assert np.array_equal(near(mask, reach), ndimage.maximum_filter(mask, window))
    assert np.array_equal(~near(~mask, reach), ndimage.minimum_filter(mask, window))


@pytest.mark.parametrize("shape", [(40, 30, 3), (40, 30, 1), (50, 3), (0, 3)])
def test_a_pixel_is_as_far_from_a_colour_as_the_furthest_of_its_bands(shape):
    levels = np.random.default_rng(0).integers(0, 256, shape).astype(np.int16)
    colour = levels.reshape(-1, shape[-1])[:1].sum(axis=0)
    expected = np.abs(levels - colour).max(axis=-1)
    assert np.array_equal(away_from(levels, colour), expected)
