"""A picture's size and polarity say nothing about the digit on it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageOps

from digits_app import UnreadableDrawingError, read_digits
from digits_app.drawing.original import as_positive, flattened, without_enlargement
from tests.support.pen_drawings import load_pen_drawings, render

DRAWINGS = load_pen_drawings()

small_pictures = arrays(
    np.uint8,
    st.tuples(st.integers(1, 24), st.integers(1, 24), st.sampled_from([1, 3])),
    elements=st.sampled_from([0, 1, 16, 40, 128, 200, 255]),
).map(lambda pixels: Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels))


@st.composite
def drawings(draw):
    """Somebody's digit, dark on a light ground, as large as programs save it."""
    drawing = draw(st.sampled_from(DRAWINGS))
    pen, side = draw(st.floats(8, 40)), draw(st.integers(20, 120))
    picture = render(drawing.placed(draw(st.sampled_from(["filling", "as written"]))), pen)
    small = picture.resize((side, side), draw(st.sampled_from(Image.Resampling)))
    ground, ink = draw(st.integers(150, 255)), draw(st.integers(0, 90))
    return small.point([round(ground + (ink - ground) * v / 255) for v in range(256)])


def reading(picture):
    """All that is read in a picture."""
    try:
        return [(d.label, d.prediction.proba.tolist()) for d in read_digits(picture)]
    except UnreadableDrawingError as error:
        return str(error)


@settings(deadline=None, max_examples=25)
@given(drawings())
def test_light_and_dark_exchanged_give_the_same_answer(picture):
    assert reading(ImageOps.invert(picture)) == reading(picture)


@settings(deadline=None, max_examples=25)
@given(small_pictures | drawings(), st.integers(2, 15))
def test_enlarged_by_a_whole_number_it_gives_the_same_answer(picture, times):
    size = (times * picture.width, times * picture.height)
    large = picture.resize(size, Image.Resampling.NEAREST)
    assert reading(large) == reading(picture)


@given(small_pictures, st.integers(1, 90), st.sampled_from(["L", "RGB", "RGBA", "P", "1"]))
def test_the_size_a_picture_was_made_at_comes_back(picture, times, mode):
    picture = without_enlargement(picture.convert(mode))
    size = (times * picture.width, times * picture.height)
    again = without_enlargement(picture.resize(size, Image.Resampling.NEAREST))
    if picture.getcolors(1) is None:
        assert again.convert("RGBA") == picture.convert("RGBA")
    assert again.width * picture.height == again.height * picture.width


@given(small_pictures)
def test_a_picture_and_its_negative_become_one(picture):
    assert as_positive(ImageOps.invert(picture)) == as_positive(picture)


@pytest.mark.parametrize("middle", [3, 8])
@pytest.mark.parametrize("is_white", [True, False])
def test_noise_of_few_levels_is_no_counts(middle, is_white):
    noise = np.random.default_rng(0).normal(middle, 2, (300, 400)).clip(0, 16)
    noise[:2, :2] = 0  # the paper at its whitest
    sheet = Image.fromarray((255 - noise if is_white else noise).astype(np.uint8))
    assert flattened(sheet) == sheet


@pytest.mark.parametrize("width", [1, 6])
def test_a_large_mask_is_spread_however_thin_its_lines(width):
    mask = np.zeros((300, 300), dtype=np.uint8)
    mask[50:250, 150 : 150 + width] = 1
    assert np.asarray(flattened(Image.fromarray(mask))).max() == 255


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.float32])
@pytest.mark.parametrize("high", [1, 16])
def test_counts_are_spread_over_all_levels(dtype, high):
    counts = np.zeros((8, 8), dtype=dtype)
    counts[2:6, 3:5] = high
    levels = np.asarray(flattened(Image.fromarray(counts)))
    assert abs(int(levels[3, 3]) - int(levels[0, 0])) == 255
