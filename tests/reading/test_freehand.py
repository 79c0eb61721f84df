"""The freehand benchmark in its quick form, with the figures that may not be lost."""

import pytest

from benchmarks import freehand
from benchmarks.preparation import accuracies
from digits_app.reading.recognition import read_digit
from tests.support.pen_drawings import PEN_WIDTH, render


@pytest.fixture(scope="module")
def prepared(pen_drawings):
    return {p: freehand.place(pen_drawings, p, PEN_WIDTH) for p in freehand.PLACEMENTS}


@pytest.fixture(scope="module")
def others():
    return freehand.prepare_non_digits()


@pytest.mark.parametrize(
    ("placement", "training", "averaged", "least"),
    [
        ("filling", "lesson", False, 0.87),
        ("as written", "lesson", False, 0.87),
        ("filling", "lesson", True, 0.915),
        ("as written", "lesson", True, 0.915),
        ("filling", "augmented", True, 0.965),
        ("as written", "augmented", True, 0.96),
    ],
)
def test_ten_classes_read_peoples_handwriting(
    prepared, placement, training, averaged, least
):
    right = freehand.is_right(prepared[placement], 10, training, averaged)
    assert len(right) == 1000
    assert right.mean() >= least


@pytest.mark.parametrize("training", freehand.TRAININGS)
@pytest.mark.parametrize("placement", freehand.PLACEMENTS)
def test_two_classes_read_peoples_zeros_and_ones(prepared, placement, training):
    right = freehand.is_right(prepared[placement], 2, training, True)
    assert len(right) == 200
    assert right.mean() >= 0.97


def test_unfamiliarity_parts_digits_from_other_things(prepared, others):
    shares = freehand.measure_unfamiliarity(
        list(prepared.values()), others, 10, "augmented"
    )
    assert shares.flagged_digits <= 0.05
    assert shares.auroc >= 0.97


def test_two_classes_do_not_know_the_other_digits(prepared, others):
    shares = freehand.measure_unfamiliarity(list(prepared.values()), others, 2, "augmented")
    assert shares.flagged_digits <= 0.05
    assert shares.flagged_others["a 7"] >= 0.5


def test_the_benchmark_reads_as_the_app_does(prepared, pen_drawings):
    for averaged in (False, True):
        proba = prepared["filling"].proba(10, "augmented", averaged)
        for i in range(0, 1000, 100):
            image = render(pen_drawings[i].placed("filling"))
            app = read_digit(image, 10, "augmented", averaged)
            assert app.proba == pytest.approx(proba[i], abs=1e-5)


def test_wilson_interval_of_a_published_example():
    # R. G. Newcombe, Statistics in Medicine 17, 1998: 81 of 263.
    low, high = freehand.wilson_interval(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize("placement", ["filling", "as written"])
def test_every_step_of_the_preparation_pays(placement):
    shares = accuracies(placement)
    assert shares[-1] >= 0.87
    assert shares[-1] == max(shares)
    assert shares[-1] > shares[0] + 0.2
