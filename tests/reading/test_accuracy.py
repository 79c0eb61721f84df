"""The benchmark of accuracy in its quick form, with the figures that may not be lost."""

import numpy as np
import pytest

from benchmarks import accuracy
from benchmarks.preparation import accuracies
from digits_app.reading.recognition import read_digit
from tests.support.pen_drawings import render


@pytest.mark.parametrize(
    ("source", "training", "averaged", "least"),
    [
        ("one school, filling", "lesson", False, 0.87),
        ("one school, as written", "lesson", False, 0.87),
        ("one school, filling", "lesson", True, 0.915),
        ("one school, as written", "lesson", True, 0.915),
        ("one school, filling", "augmented", True, 0.975),
        ("one school, as written", "augmented", True, 0.97),
        ("many countries", "augmented", True, 0.965),
    ],
)
def test_ten_classes_read_peoples_handwriting(prepared, source, training, averaged, least):
    right = prepared[source].is_right(10, training, averaged)
    assert len(right) == (1961 if source == "many countries" else 1000)
    assert right.mean() >= least


@pytest.mark.parametrize("training", accuracy.TRAININGS)
@pytest.mark.parametrize("source", accuracy.SOURCES[1:])
def test_two_classes_read_peoples_zeros_and_ones(prepared, source, training):
    right = prepared[source].is_right(2, training)
    assert len(right) == 200
    assert right.mean() >= 0.97


@pytest.mark.parametrize("source", accuracy.SOURCES)
def test_sureness_is_honest(prepared, source):
    confidence = prepared[source].proba().max(axis=1)
    right = prepared[source].is_right()
    assert accuracy.expected_calibration_error(confidence, right) <= 0.02


def test_the_benchmark_reads_as_the_app_does():
    strokes, labels = accuracy.drawings_of("many countries")
    pictures = [render(drawing) for drawing in strokes[::200]]
    prepared = accuracy.prepare(pictures, labels[::200])
    for averaged in (False, True):
        proba = prepared.proba(averaged=averaged)
        for picture, expected in zip(pictures, proba, strict=True):
            app = read_digit(picture, 10, "augmented", averaged)
            assert app.proba == pytest.approx(expected, abs=1e-5)


def test_calibration_error_of_a_worked_example():
    # Ten answers at 0.95 of which nine are right, and ten at 0.55 of which five are.
    confidence = np.repeat([0.95, 0.55], 10)
    right = np.arange(20) % 10 < np.repeat([9, 5], 10)
    assert accuracy.expected_calibration_error(confidence, right) == pytest.approx(0.05)


def test_wilson_interval_of_a_published_example():
    # R. G. Newcombe, Statistics in Medicine 17, 1998: 81 of 263.
    low, high = accuracy.wilson_interval(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize("placement", ["filling", "as written"])
def test_every_step_of_the_preparation_pays(placement):
    shares = accuracies(placement, one_in=3)
    assert shares[-1] >= 0.87
    assert shares[-1] == max(shares)
    assert shares[-1] > shares[0] + 0.2
