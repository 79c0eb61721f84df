"""The preparation against the bitmaps behind the dataset, and against anything else."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageOps
from sklearn.datasets import load_digits

from digits_app import (
    BlankDrawingError,
    TooSmallDrawingError,
    UnreadableDrawingError,
    prepare_image,
    read_digit,
)
from digits_app.drawing.five_steps import (
    THICK_STROKE,
    THIN_STROKE,
    block_counts,
    deslant,
    even_out_stroke,
)
from digits_app.drawing.preparation import prepare_stages
from tests.support.fuzzing import examples
from tests.support.pen_drawings import render

BITMAPS = Path(__file__).parents[1] / "data" / "load_digits_bitmaps.npz"


@pytest.fixture(scope="module")
def dataset_bitmaps():
    packed = np.load(BITMAPS)["packed"]
    return np.unpackbits(packed, axis=1).reshape(-1, 32, 32).astype(bool)


def test_block_counts_reproduce_every_row_of_load_digits(dataset_bitmaps):
    assert np.array_equal(block_counts(dataset_bitmaps), load_digits().images)


def test_dataset_bitmaps_already_have_the_frame_of_steps_1_and_2(dataset_bitmaps):
    rows_with_ink = dataset_bitmaps.any(axis=2).sum(axis=1)
    assert np.median(rows_with_ink) == 32


def test_most_dataset_bitmaps_already_have_an_even_stroke(dataset_bitmaps):
    """Step 3 was applied to them, so few may ask for a second, double correction."""
    ink = dataset_bitmaps.sum(axis=(1, 2))
    assert np.mean((ink > THICK_STROKE[0]) | (ink < THIN_STROKE[0])) < 0.02


def test_most_dataset_bitmaps_are_already_upright(dataset_bitmaps):
    """Step 4 was applied to them: taking the slant out again moves little ink."""
    moved = np.mean(deslant(dataset_bitmaps) != dataset_bitmaps, axis=(1, 2))
    assert np.median(moved) < 0.02


def test_a_stack_is_prepared_like_its_bitmaps_one_by_one(dataset_bitmaps):
    few = dataset_bitmaps[:50]
    for step in (even_out_stroke, deslant, block_counts):
        assert np.array_equal(step(few), np.stack([step(bitmap) for bitmap in few]))


def test_deslant_brings_a_leaning_bar_upright():
    bitmap = np.zeros((32, 32), dtype=bool)
    for row in range(32):
        left = 20 - row // 3
        bitmap[row, left : left + 4] = True
    columns = np.flatnonzero(deslant(bitmap).any(axis=0))
    assert columns.max() - columns.min() < 6


@pytest.mark.parametrize(("ink_rows", "changes"), [(4, +1), (8, +1), (16, 0), (24, -1)])
def test_stroke_is_thickened_or_thinned_by_its_ink(ink_rows, changes):
    bitmap = np.zeros((32, 32), dtype=bool)
    bitmap[2 : 2 + ink_rows, 6:26] = True
    difference = int(even_out_stroke(bitmap).sum()) - int(bitmap.sum())
    assert np.sign(difference) == changes


def test_the_stages_tell_how_the_drawing_came_to_its_pixels(seven):
    stages = prepare_stages(seven)
    assert stages.framed.any(axis=0).sum() == 20
    assert stages.framed.any(axis=1).sum() == 32
    assert np.array_equal(even_out_stroke(stages.framed), stages.evened)
    assert np.array_equal(deslant(stages.evened), stages.upright)
    assert np.array_equal(block_counts(stages.upright), stages.image)


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I", "F", "I;16"]
)
def test_a_7_is_read_in_every_mode_and_either_polarity(seven, mode):
    for image in (seven, ImageOps.invert(seven)):
        converted = image.convert(mode)
        assert converted.mode == mode
        assert read_digit(converted).label == 7


def test_ink_on_a_transparent_background_is_read_whatever_its_colour(seven):
    for colour in ("black", "white", "red"):
        image = Image.new("RGBA", seven.size, colour)
        image.putalpha(seven)
        assert read_digit(image).label == 7


@pytest.mark.parametrize("ink", ["yellow", "red", "blue", "#dddddd"])
def test_coloured_and_faint_ink_on_white_paper_is_read(seven, ink):
    if ink == "#dddddd":
        paper = Image.new("RGB", seven.size, "#888888")
    else:
        paper = Image.new("RGB", seven.size, "white")
    paper.paste(ink, mask=seven)
    assert read_digit(paper).label == 7


@pytest.mark.parametrize("side", [8, 32, 97, 4000])
def test_any_size_is_prepared(seven, side):
    image = prepare_image(seven.resize((side, side)))
    assert image.shape == (8, 8)
    assert 0 <= image.min() < image.max() <= 16


@pytest.mark.parametrize("colour", ["black", "white", "#808080"])
def test_a_blank_picture_says_what_to_do(colour):
    for size in ((280, 280), (1, 1)):
        with pytest.raises(BlankDrawingError, match="Draw a digit"):
            prepare_image(Image.new("RGBA", size, colour))


def test_a_transparent_picture_is_blank():
    with pytest.raises(BlankDrawingError):
        prepare_image(Image.new("RGBA", (280, 280)))


def test_a_picture_without_pixels_is_blank():
    with pytest.raises(BlankDrawingError):
        prepare_image(Image.new("L", (0, 5)))


def test_one_pixel_and_a_dot_are_too_small():
    pixel = Image.new("L", (280, 280))
    pixel.putpixel((100, 100), 255)
    dot = render([np.array([[140.0, 140.0]])])
    for image in (pixel, dot):
        with pytest.raises(TooSmallDrawingError, match="too small"):
            prepare_image(image)


def test_what_is_no_picture_is_refused():
    with pytest.raises(TypeError, match=r"PIL\.Image"):
        prepare_image(np.zeros((280, 280)))  # type: ignore[arg-type]


@given(
    arrays(
        np.uint8,
        st.tuples(st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 3, 4])),
    )
)
@examples(150)
def test_any_pixels_are_prepared_or_refused_with_a_sentence(pixels):
    image = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    try:
        prepared = prepare_image(image)
    except UnreadableDrawingError as error:
        sentence = str(error)
    else:
        sentence = "None needed."
        assert prepared.shape == (8, 8)
        assert prepared.dtype == np.float64
        assert prepared.min() >= 0
        assert prepared.max() <= 16
    assert sentence.endswith(".")


@given(dx=st.integers(-40, 40), dy=st.integers(-30, 30), number=st.integers(0, 999))
@examples(60)
def test_where_a_drawing_stands_does_not_matter(pen_drawings, dx, dy, number):
    strokes = pen_drawings[number].placed("filling")
    middle = [(stroke - 140) * 0.6 + 140 for stroke in strokes]
    moved = [stroke + np.array([dx, dy]) for stroke in middle]
    assert np.array_equal(prepare_image(render(middle)), prepare_image(render(moved)))


@given(number=st.integers(0, 999))
@examples(60)
def test_polarity_does_not_matter(pen_drawings, number):
    image = render(pen_drawings[number].placed("as written"))
    difference = prepare_image(image) - prepare_image(ImageOps.invert(image))
    assert np.abs(difference).max() <= 1


@pytest.mark.parametrize("factor", [3, 50])
def test_an_enlargement_and_counts_are_prepared_alike(factor):
    counts = Image.fromarray(load_digits().images[0].astype(np.uint8))
    levels = counts.point(lambda count: round(count * 255 / 16))
    large = levels.resize((8 * factor, 8 * factor), Image.Resampling.NEAREST)
    prepared = prepare_image(counts)
    assert np.array_equal(prepare_image(levels), prepared)
    assert np.array_equal(prepare_image(large), prepared)
