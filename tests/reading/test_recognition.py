import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from digits_app import (
    BlankDrawingError,
    TooSmallDrawingError,
    prepare_image,
    read_digit,
)
from digits_app.dataset import load_split
from digits_app.drawing.five_steps import block_counts
from digits_app.network.classifiers import load_classifier
from digits_app.reading.recognition import read_drawing
from digits_app.reading.unfamiliarity import N_NEAREST, nearest_digits
from tests.support.fuzzing import examples
from tests.support.pen_drawings import load_pen_drawings, render

MODELS = [(10, "augmented"), (10, "lesson"), (2, "augmented"), (2, "lesson")]
DRAWINGS = load_pen_drawings()


@pytest.mark.parametrize(("n_classes", "training"), MODELS)
@pytest.mark.parametrize("averaged", [True, False])
def test_a_reading_tells_all(seven, n_classes, training, averaged):
    prediction = read_digit(seven, n_classes, training, averaged)
    assert prediction.proba.shape == (n_classes,)
    assert prediction.proba.sum() == pytest.approx(1, abs=1e-5)
    assert prediction.label == prediction.proba.argmax()
    assert prediction.image.shape == (8, 8)
    assert prediction.copies.shape == (9 if averaged else 1, 8, 8)
    assert prediction.unfamiliarity > 0
    assert prediction.nearest.images.shape == (N_NEAREST, 8, 8)
    assert prediction.nearest.labels.max() < n_classes


@pytest.mark.parametrize("averaged", [True, False])
def test_what_is_shown_is_what_the_model_saw(averaged):
    for drawing in DRAWINGS[::100]:
        prediction = read_digit(render(drawing.placed("filling")), averaged=averaged)
        shown = [np.array_equal(prediction.image, copy) for copy in prediction.copies]
        assert any(shown)
        assert np.array_equal(prediction.stages.image, prediction.image)
        assert np.array_equal(block_counts(prediction.stages.upright), prediction.image)


def test_the_copy_that_is_shown_is_the_one_that_is_not_tilted(seven):
    prediction = read_digit(seven)
    assert np.array_equal(prediction.image, prediction.copies[4])
    assert not np.array_equal(prediction.copies[4], prediction.copies[3])


def test_read_as_it_is_a_drawing_is_shown_as_prepare_image_prepares_it(seven):
    prediction = read_digit(seven, averaged=False)
    assert np.array_equal(prediction.image, prepare_image(seven))


def test_the_confidence_is_the_probability_of_what_was_read(seven):
    prediction = read_digit(seven, training="lesson")
    assert prediction.confidence == prediction.proba[7] == prediction.proba.max()


def test_augmented_training_and_averaging_are_the_default(seven):
    by_default, spelt_out = read_digit(seven), read_digit(seven, 10, "augmented", True)
    assert np.array_equal(by_default.proba, spelt_out.proba)


def test_a_prediction_cannot_be_changed(seven):
    with pytest.raises(dataclasses.FrozenInstanceError):
        read_digit(seven).label = 3


@pytest.mark.parametrize("training", ["lesson", "augmented"])
def test_a_seven_is_a_seven_and_looks_like_one(seven, training):
    prediction = read_digit(seven, 10, training)
    assert prediction.label == 7
    assert not prediction.is_unfamiliar
    assert 7 in prediction.nearest.labels


@pytest.mark.parametrize("training", ["lesson", "augmented"])
def test_two_classes_find_a_seven_unfamiliar(seven, training):
    prediction = read_digit(seven, 2, training)
    assert prediction.label in (0, 1)
    assert prediction.is_unfamiliar


def test_several_models_read_as_each_alone(seven):
    together = read_drawing(seven, MODELS)
    for prediction, (n_classes, training) in zip(together, MODELS, strict=True):
        alone = read_digit(seven, n_classes, training)
        assert prediction.label == alone.label
        assert np.allclose(prediction.proba, alone.proba)
        assert prediction.unfamiliarity == pytest.approx(alone.unfamiliarity)


def test_a_star_is_unfamiliar_to_every_model():
    corners = np.deg2rad(-90 + 144 * np.arange(6))
    star = 140 + 100 * np.stack([np.cos(corners), np.sin(corners)], axis=1)
    for prediction in read_drawing(render([star]), MODELS):
        assert prediction.is_unfamiliar


@examples(30)
@given(
    drawing=st.sampled_from(DRAWINGS),
    dx=st.integers(-20, 20),
    dy=st.integers(-20, 20),
)
def test_a_moved_drawing_is_read_the_same(drawing, dx, dy):
    image = render(drawing.placed("filling"))
    here = read_digit(image, training="augmented")
    there = read_digit(ImageChops.offset(image, dx, dy), training="augmented")
    assert np.array_equal(there.proba, here.proba)
    assert there.unfamiliarity == here.unfamiliarity


@examples(30)
@given(drawing=st.sampled_from(DRAWINGS))
def test_a_drawing_of_the_other_polarity_is_read_the_same(drawing):
    image = render(drawing.placed("filling"))
    dark_on_light = ImageOps.invert(image)
    here = read_digit(image, training="augmented")
    there = read_digit(dark_on_light, training="augmented")
    assert there.label == here.label
    assert np.allclose(there.proba, here.proba, atol=0.02)


@examples(30)
@given(drawing=st.sampled_from(DRAWINGS), scale=st.sampled_from([2, 3, 5]))
def test_a_bigger_picture_of_a_drawing_is_read_the_same(drawing, scale):
    image = render(drawing.placed("filling"))
    big = image.resize((280 * scale, 280 * scale), Image.Resampling.BICUBIC)
    here = read_digit(image, training="augmented")
    there = read_digit(big, training="augmented")
    # A close call may tip over, a sure reading may not.
    if here.confidence > 0.8:
        assert there.label == here.label


def test_drawings_made_from_training_digits_are_read_with_their_label(load_digits_bitmaps):
    bitmaps, X = load_digits_bitmaps
    split = load_split(10)
    row = {tuple(x): i for i, x in enumerate(X)}
    right = []
    for x, label in list(zip(split.X_train, split.y_train, strict=True))[:300]:
        ink = Image.fromarray(bitmaps[row[tuple(x)]].astype(np.uint8) * 255)
        canvas = ImageOps.expand(ink.resize((200, 200)), 40)
        right.append(read_digit(canvas, training="augmented").label == label)
    assert np.mean(right) >= 0.99


@pytest.mark.parametrize("training", ["lesson", "augmented"])
def test_nothing_and_next_to_nothing_are_refused(training):
    blank = Image.new("L", (280, 280))
    with pytest.raises(BlankDrawingError):
        read_digit(blank, training=training)
    blank.putpixel((140, 140), 255)
    with pytest.raises(TooSmallDrawingError):
        read_digit(blank, training=training)


@pytest.mark.parametrize(("n_classes", "training"), MODELS)
@pytest.mark.parametrize("averaged", [True, False])
def test_the_reading_is_the_named_classifiers_mean_over_what_it_saw(
    seven, n_classes, training, averaged
):
    (prediction,) = read_drawing(seven, [(n_classes, training)], averaged)
    rows = prediction.copies.reshape(-1, 64)
    mean = load_classifier(n_classes, training).predict_proba(rows).mean(axis=0)
    np.testing.assert_allclose(prediction.proba, mean, atol=1e-5)


def test_a_classifier_of_ones_own_reads_too(seven):
    own = load_classifier(10, "lesson")
    by_object, by_name = read_drawing(seven, [(10, own), (10, "lesson")])
    assert np.array_equal(by_object.proba, by_name.proba)


@pytest.mark.parametrize("n_classes", [2, 10])
def test_the_nearest_digits_are_those_at_the_least_distance_of_any_copy(n_classes):
    split = load_split(n_classes)
    copies = split.test_images[[0, 7]]
    apart = split.X_train[:, None] - copies.reshape(1, 2, 64)
    distance = np.sqrt((apart**2).sum(axis=2)).min(axis=1)
    nearest = nearest_digits(copies, n_classes)
    of_nearest = nearest.images.reshape(-1, 1, 64) - copies.reshape(1, 2, 64)
    found = np.sqrt((of_nearest**2).sum(axis=2)).min(axis=1)
    assert found == pytest.approx(np.sort(distance)[:N_NEAREST])
    rows = {tuple(x): y for x, y in zip(split.X_train, split.y_train, strict=True)}
    assert [rows[tuple(x.ravel())] for x in nearest.images] == nearest.labels.tolist()
    assert np.array_equal(split.X_train[nearest.indices], nearest.images.reshape(-1, 64))
