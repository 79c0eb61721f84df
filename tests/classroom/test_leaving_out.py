from dataclasses import replace

import numpy as np
import pytest

from digits_app import load_classifier
from digits_app.classroom import leaving_out
from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.leaving_out import READERS, LeftOut, Splits, leave_out
from digits_app.classroom.results import interval_over_pupils, read_class
from tests.support.classes import a_class


@pytest.fixture(scope="module")
def ours() -> ClassDigits:
    return a_class(6)


@pytest.fixture(scope="module")
def findings(ours) -> list:
    return list(leave_out(ours))


def test_there_is_a_row_for_each_pupil_and_then_the_two_splits(ours, findings):
    *rows, splits = findings
    assert [row.pupil for row in rows] == list(range(6))
    assert sum(row.n_digits for row in rows) == len(ours.labels)
    for row in rows:
        assert set(row.n_right) == set(READERS)
        assert all(0 <= right <= row.n_digits for right in row.n_right.values())
    assert isinstance(splits, Splits)
    assert 0 < splits.by_pupil < 1
    assert 0 < splits.by_chance < 1


@pytest.mark.parametrize(
    ("reader", "training"), [("lesson", "lesson"), ("many", "augmented")]
)
def test_who_learned_nothing_of_the_class_reads_it_as_on_the_page_of_results(
    ours, findings, reader, training
):
    n_right = sum(row.n_right[reader] for row in findings if isinstance(row, LeftOut))
    assert n_right == read_class(load_classifier(10, training), ours).n_right


def test_no_reader_has_seen_a_digit_of_the_pupil_that_it_reads(ours, monkeypatch):
    """Each digit gets a number in a corner that no digit's ink reaches."""
    marked = ours.images.copy()
    marked[:, 0, 0] = ours.pupils
    ours = replace(ours, images=marked)
    seen: list[set[int]] = []
    teach, new = leaving_out.teach, leaving_out.MLPClassifier

    def spying_teach(classifier, X, y, **options):
        seen.append(set(X[:, 0].astype(int)))
        return teach(classifier, X, y, **options | {"n_passes": 1})

    class SpyingNetwork(new):
        def fit(self, X, y):
            seen.append(set(X[:, 0].astype(int)))
            return super().fit(X, y)

    monkeypatch.setattr(leaving_out, "teach", spying_teach)
    monkeypatch.setattr(leaving_out, "MLPClassifier", SpyingNetwork)
    for number, finding in enumerate(leave_out(ours)):
        if isinstance(finding, LeftOut):
            others = set(range(6)) - {finding.pupil}
            assert seen[3 * number :] == [others] * 3


def test_splits_by_pupil_never_test_on_a_hand_that_was_learned(ours):
    """A class whose pupils each write one and the same digit: chance reads it all."""
    rng = np.random.default_rng(0)
    hands = rng.integers(0, 17, (10, 8, 8)).astype(float)
    pupils = np.arange(10).repeat(10)
    secret = ClassDigits(
        hands[pupils],
        hands[pupils][:, None],
        np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3])[pupils],
        pupils,
    )
    splits = leaving_out.compare_splits(secret)
    assert splits.by_chance > 0.95
    assert splits.by_pupil < 0.5


def test_a_class_that_never_wrote_some_digit_is_read(ours):
    some = ours.labels % 2 == 0
    even = ClassDigits(
        ours.images[some], ours.copies[some], ours.labels[some], ours.pupils[some]
    )
    row = next(leave_out(even))
    assert isinstance(row, LeftOut)
    assert row.share("new") > 0.4


def test_too_few_pupils_are_not_left_out(ours):
    few = ours.pupils < 4
    with pytest.raises(ValueError, match="5 pupils"):
        next(
            leave_out(
                ClassDigits(
                    ours.images[few], ours.copies[few], ours.labels[few], ours.pupils[few]
                )
            )
        )


def test_the_interval_counts_pupils_not_digits():
    """Whole hands that are read or not: five times the digits make it no narrower."""
    hands = np.arange(30)
    few = interval_over_pupils(hands.repeat(4), (hands % 3 > 0).repeat(4))
    many = interval_over_pupils(hands.repeat(20), (hands % 3 > 0).repeat(20))
    assert few == pytest.approx(many)
    low, high = many
    assert high - low == pytest.approx(2 * 1.96 * np.sqrt(2 / 9 / 30), rel=0.1)


def test_the_hardest_are_the_surest_mistakes(ours):
    reading = read_class(load_classifier(10, "lesson"), ours)
    hardest = reading.hardest
    assert len(hardest) == len(ours.labels) - reading.n_right
    assert (reading.read[hardest] != ours.labels[hardest]).all()
    assert (np.diff(reading.proba[hardest]) <= 0).all()
    assert reading.low <= reading.share <= reading.high
