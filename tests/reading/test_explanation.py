"""Explanations are exact: each number can be computed another way."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from digits_app import explain_digit, explain_drawing, load_classifier, read_digit
from digits_app.dataset import load_split
from digits_app.reading.explanation import log_odds, mean_digit, with_random_weights
from digits_app.reading.gradients import class_logits, pixel_slopes
from tests.support.pen_drawings import load_pen_drawings, render

MODELS = [(10, "lesson"), (2, "lesson"), (10, "augmented"), (2, "augmented")]
DIGITS = load_split(10).X_test
DRAWINGS = load_pen_drawings()


def rubbed_out(digit, row, column):
    without = digit.reshape(8, 8).copy()
    without[row, column] = 0
    return without.reshape(1, -1)


@pytest.mark.parametrize(("n_classes", "training"), MODELS)
def test_occlusion_is_the_change_of_predict_proba_at_every_pixel(n_classes, training):
    classifier = load_classifier(n_classes, training)
    digit = load_split(n_classes).X_test[4]
    why = explain_digit(digit, classifier)
    whole = classifier.predict_proba(digit.reshape(1, -1))[0]
    assert why.label == whole.argmax()
    assert np.allclose(why.proba, whole, atol=1e-5)
    # Float32 weights: a batch of 64 and one digit differ in the last places.
    for (row, column), change in np.ndenumerate(why.heat):
        without = classifier.predict_proba(rubbed_out(digit, row, column))[0]
        assert change == pytest.approx(whole[why.label] - without[why.label], abs=1e-5)


def test_against_another_digit_occlusion_is_the_change_of_the_difference():
    classifier = load_classifier()
    digit = DIGITS[4]
    why = explain_digit(digit, classifier, label=9, against=4)
    for (row, column), change in np.ndenumerate(why.heat):
        proba = classifier.predict_proba(np.vstack([digit, rubbed_out(digit, row, column)]))
        difference = proba[:, 9] - proba[:, 4]
        assert change == pytest.approx(difference[0] - difference[1], abs=1e-12)


def test_pixels_without_ink_count_nothing_when_rubbed_out():
    for digit in DIGITS[:50]:
        assert not explain_digit(digit, load_classifier()).heat.ravel()[digit == 0].any()


@settings(deadline=None, max_examples=50)
@given(
    index=st.integers(0, len(DIGITS) - 1), label=st.integers(0, 9), other=st.integers(1, 9)
)
@pytest.mark.parametrize("against_all", [True, False])
def test_integrated_gradients_sum_to_the_difference_of_outputs(
    against_all, index, label, other
):
    against = None if against_all else (label + other) % 10
    classifier, digit = load_classifier(), DIGITS[index]
    why = explain_digit(digit, classifier, label, against, "integrated gradients")
    here = log_odds(digit, classifier, label, against)
    there = log_odds(mean_digit(10), classifier, label, against)
    assert why.heat.sum() == pytest.approx(here - there, abs=1e-4)


@pytest.mark.parametrize(("n_classes", "training"), MODELS)
def test_integrated_gradients_sum_up_for_every_model(n_classes, training):
    classifier = load_classifier(n_classes, training)
    for digit in load_split(n_classes).X_test[:10]:
        why = explain_digit(digit, classifier, method="integrated gradients")
        difference = log_odds(digit, classifier, why.label) - log_odds(
            mean_digit(n_classes), classifier, why.label
        )
        assert why.heat.sum() == pytest.approx(difference, rel=0.02, abs=0.05)


def test_integrated_gradients_can_speak_for_missing_ink():
    heats = [
        explain_digit(digit, load_classifier(), method="integrated gradients").heat
        for digit in DIGITS[:50]
    ]
    empty = DIGITS[:50].reshape(-1, 8, 8) == 0
    assert np.abs(np.array(heats))[empty].max() > 0.1


def test_log_odds_are_those_of_predict_proba():
    proba = load_classifier().predict_proba(DIGITS[4].reshape(1, -1))[0]
    odds = proba[9] / (1 - proba[9])
    assert log_odds(DIGITS[4], load_classifier(), 9) == pytest.approx(np.log(odds))
    against_4 = np.log(proba[9] / proba[4])
    assert log_odds(DIGITS[4], load_classifier(), 9, 4) == pytest.approx(against_4)


@pytest.mark.parametrize(("n_classes", "training"), MODELS)
def test_slopes_are_those_of_small_steps(n_classes, training):
    classifier = load_classifier(n_classes, training)
    digit = load_split(n_classes).X_test[1].astype(np.float64)

    def score(X):
        return class_logits(classifier, X)[:, 1].astype(np.float64)

    def its_slopes(logits):
        slopes = np.zeros_like(logits)
        slopes[:, 1] = 1
        return slopes

    slopes = pixel_slopes(classifier, digit[None], its_slopes)[0]
    steps = 0.05 * np.eye(64)
    measured = (score(digit + steps) - score(digit - steps)) / 0.1
    inked = digit > 0  # at the edge of the ink the network's own features bend
    assert np.median(np.abs(slopes - measured)[inked]) < 2e-3


def test_random_weights_are_of_the_same_shape_and_have_learned_nothing():
    for n_classes, training in MODELS:
        classifier = load_classifier(n_classes, training)
        random = with_random_weights(classifier)
        split = load_split(n_classes)
        chance = random.score(split.X_test, split.y_test)
        assert chance < classifier.score(split.X_test, split.y_test) - 0.2
        assert len(random.classes_) == n_classes


def test_the_picture_for_random_weights_is_another():
    classifier = load_classifier()
    random = with_random_weights(classifier)
    agreements = []
    for digit in DIGITS[:50]:
        why = explain_digit(digit, classifier)
        nothing_learned = explain_digit(digit, random, label=why.label)
        inked = digit > 0
        ranks = [
            explanation.heat.ravel()[inked].argsort().argsort()
            for explanation in (why, nothing_learned)
        ]
        agreements.append(np.corrcoef(ranks)[0, 1])
    assert abs(np.mean(agreements)) < 0.3


@pytest.mark.parametrize("averaged", [True, False])
@pytest.mark.parametrize("training", ["lesson", "augmented"])
def test_rubbing_out_ink_is_what_an_eraser_does(training, averaged):
    image = render(DRAWINGS[205].placed("filling"))
    why = explain_drawing(image, load_classifier(10, training), averaged=averaged)
    reading = read_digit(image, 10, training, averaged)
    assert why.label == reading.label
    assert np.allclose(why.proba, reading.proba, atol=1e-5)
    assert why.has_ink.sum() > 8
    strongest = np.abs(why.heat).argmax()
    for row, column in [
        np.unravel_index(strongest, why.heat.shape),
        *np.argwhere(why.has_ink)[:3],
    ]:
        left, top = np.array(why.corner) + why.patch_side * np.array([column, row])
        erased = image.copy()
        box = (left, top, left + why.patch_side - 1, top + why.patch_side - 1)
        ImageDraw.Draw(erased).rectangle([int(edge) for edge in box], fill=0)
        without = read_digit(erased, 10, training, averaged).proba[why.label]
        change = reading.confidence - without
        assert why.heat[row, column] == pytest.approx(change, abs=1e-4)


def test_the_patches_cover_all_ink_and_no_patch_without_ink_counts():
    for drawing in DRAWINGS[::200]:
        image = render(drawing.placed("filling"))
        why = explain_drawing(image, load_classifier(), averaged=False)
        covered = np.kron(why.has_ink, np.ones((why.patch_side, why.patch_side)))
        paper = Image.new("L", image.size)
        paper.paste(Image.fromarray((covered * 255).astype(np.uint8)), why.corner)
        inked = np.asarray(image) >= 128
        assert not (inked & (np.asarray(paper) == 0)).any()
        assert not why.heat[~why.has_ink].any()


def test_a_short_line_leaves_nothing_to_read_when_its_middle_goes():
    image = Image.new("L", (280, 280))
    ImageDraw.Draw(image).rectangle((130, 130, 150, 160), fill=255)
    why = explain_drawing(image, load_classifier())
    assert why.heat.max() == pytest.approx(why.proba.max(), abs=0.5)


@pytest.mark.parametrize(
    ("pixels", "wrong", "complaint"),
    [
        (np.zeros((4, 16)), {}, "8x8"),
        (np.zeros(63), {}, "8x8"),
        (np.full(64, 17), {}, "0 to 16"),
        (np.full(64, np.nan), {}, "0 to 16"),
        (np.zeros(64), {"label": 10}, "knows 0 to 9"),
        (np.zeros(64), {"label": 3, "against": 3}, "another digit"),
        (np.zeros(64), {"method": "shap"}, "method"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(pixels, wrong, complaint):
    with pytest.raises(ValueError, match=complaint):
        explain_digit(pixels, load_classifier(), **wrong)
