"""The benchmark of what is no digit, with the figures that may not be lost."""

import numpy as np
import pytest

from benchmarks.accuracy import SOURCES
from benchmarks.non_digits import (
    UNIPEN,
    auroc,
    guarded,
    guarded_others,
)
from digits_app import read_digit
from digits_app.dataset import CLASS_COUNTS, load_split
from digits_app.reading.unfamiliarity import guard_probabilities, unfamiliarity
from tests.support.pen_drawings import render
from tests.support.unipen import load_unipen

LETTERS = "letters and symbols of UniPen"


@pytest.fixture(scope="module")
def digits(prepared):
    return {
        source: guarded(
            each.copies.reshape(len(each.copies), -1, 8, 8), each.labels.astype(str)
        )
        for source, each in prepared.items()
    }


@pytest.fixture(scope="module")
def others():
    return guarded_others()


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("n_classes", CLASS_COUNTS)
def test_few_real_digits_are_called_strange(digits, source, n_classes):
    known = digits[source].of_classes(n_classes)
    assert known.is_flagged(n_classes).mean() <= 0.03


def test_strange_letters_are_told_from_digits(digits, others):
    assert auroc(digits[UNIPEN], others[LETTERS]) >= 0.97


@pytest.mark.parametrize(
    ("kind", "least"),
    [(LETTERS, 0.85), ("scribbles", 0.88), ("shapes", 0.85), ("letters", 0.97)],
)
def test_most_of_what_is_no_digit_is_called_strange(others, kind, least):
    assert others[kind].is_flagged(10).mean() >= least


@pytest.mark.parametrize(("digit", "least"), [(2, 0.9), (3, 0.95), (7, 0.75), (8, 0.95)])
def test_two_classes_find_the_other_digits_strange(digits, digit, least):
    of_unipen = digits[UNIPEN]
    flagged = of_unipen.is_flagged(2)[of_unipen.labels == str(digit)]
    assert flagged.mean() >= least


def test_the_benchmark_scores_as_the_app_does(digits):
    for i, sign in list(enumerate(load_unipen("digits")))[::200]:
        image = render(sign.on_canvas)
        for n_classes in CLASS_COUNTS:
            score = unfamiliarity(digits[UNIPEN].proba[i], n_classes)
            # The benchmark skips the way through a picture with colours.
            app = read_digit(image.convert("RGB"), n_classes).unfamiliarity
            assert app == pytest.approx(score, abs=1e-5)


def test_how_strange_a_drawing_is_does_not_depend_on_who_reads_it(seven):
    readings = [
        read_digit(seven, 10, training, averaged).unfamiliarity
        for training in ("lesson", "augmented")
        for averaged in (True, False)
    ]
    assert np.ptp(readings) == pytest.approx(0, abs=1e-5)


def test_who_knows_fewer_digits_finds_more_strange(others):
    for drawings in others.values():
        two, ten = drawings.unfamiliarity(2), drawings.unfamiliarity(10)
        assert (two >= ten).all()


def test_the_lessons_test_digits_are_not_strange():
    images = load_split(10).X_test.reshape(-1, 1, 8, 8)
    scores = [unfamiliarity(guard_probabilities(image), 10) for image in images]
    assert np.mean(np.array(scores) > 0.5) <= 0.01
