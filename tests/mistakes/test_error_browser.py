"""Which digits a view shows: the counts of the lesson, everywhere the same."""

import csv
from io import StringIO

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from digits_app.dataset import load_split
from digits_app.mistakes.error_browser import (
    Comparison,
    View,
    compare,
    comparison_sentence,
    is_ambiguous,
    neighbour_sentence,
    reading_sentence,
    select,
    to_csv,
    view_sentence,
)
from digits_app.mistakes.evaluation import Evaluation, evaluate
from digits_app.network.classifiers import load_classifier


@pytest.fixture(scope="module")
def lesson() -> Evaluation:
    return evaluate(load_classifier(10), 10)


@pytest.fixture(scope="module")
def other() -> Evaluation:
    """Another network, trained for a few rounds only."""
    split = load_split(10)
    with pytest.warns(match="Maximum iterations"):
        classifier = MLPClassifier(random_state=5, max_iter=30).fit(
            split.X_train, split.y_train
        )
    return evaluate(classifier, 10)


@pytest.fixture(scope="module")
def two_classes() -> Evaluation:
    return evaluate(load_classifier(2), 2)


def test_mistakes_come_in_the_lesson_order(lesson):
    shown = select(lesson, View("mistakes"))
    assert np.array_equal(shown, lesson.misclassified)
    assert (lesson.y_true[shown[0]], lesson.y_pred[shown[0]]) == (4, 9)


def test_matrix_gallery_score_and_csv_count_alike(lesson, two_classes):
    for result in (lesson, two_classes):
        counts = result.confusion
        n_wrong = counts.sum() - np.trace(counts)
        assert counts.sum() == len(result.y_true)
        assert n_wrong == len(select(result, View("mistakes")))
        assert n_wrong == round((1 - result.accuracy) * len(result.y_true))
        assert n_wrong == len(to_csv(result, result.misclassified).splitlines()) - 1
        for true, predicted in np.ndindex(counts.shape):
            shown = select(result, View("all", true, predicted))
            assert len(shown) == counts[true, predicted]
            assert set(result.y_true[shown]) <= {true}
            assert set(result.y_pred[shown]) <= {predicted}


def test_a_row_of_the_matrix_is_a_true_digit_and_a_column_a_predicted_one(lesson):
    wrong = lesson.confusion - np.diag(np.diag(lesson.confusion))
    for digit in range(10):
        assert len(select(lesson, View(true=digit))) == wrong[digit].sum()
        assert len(select(lesson, View(predicted=digit))) == wrong[:, digit].sum()


def test_most_confident_mistake_comes_first(lesson):
    shown = select(lesson, View("mistakes", order="most confident"))
    assert sorted(shown) == lesson.misclassified.tolist()
    assert np.all(np.diff(lesson.confidence[shown]) <= 0)


def test_all_digits_start_with_the_mistakes_and_end_with_the_clearest(lesson):
    shown = select(lesson, View("all", order="most confident"))
    assert len(set(shown.tolist())) == 450
    assert lesson.is_wrong[shown[:18]].all()
    assert np.all(np.diff(lesson.margin[shown[18:]]) >= 0)


def test_by_true_digit_keeps_the_lesson_order_within_a_digit(lesson):
    shown = select(lesson, View("all", order="by digit"))
    keys = list(zip(lesson.y_true[shown].tolist(), shown.tolist(), strict=True))
    assert keys == sorted(keys)


def test_closest_calls_are_right_answers_with_the_smallest_margin(two_classes):
    shown = select(two_classes, View("closest calls", order="most confident"))
    rest = np.setdiff1d(np.arange(90), shown)
    assert len(shown) == 18
    assert not two_classes.is_wrong.any()
    assert two_classes.margin[shown].max() <= two_classes.margin[rest].min()


def test_closest_calls_of_a_cell_are_chosen_within_it(lesson):
    shown = select(lesson, View("closest calls", true=8, predicted=8))
    assert len(shown) == 18
    assert set(lesson.y_true[shown]) == {8}


def test_comparison_splits_the_mistakes_of_both(lesson, other):
    comparison = compare(lesson, other)
    assert sorted([*comparison.fixed, *comparison.shared]) == lesson.misclassified.tolist()
    assert sorted([*comparison.new, *comparison.shared]) == other.misclassified.tolist()
    assert len(comparison.new) > 0
    for group in ("fixed", "new", "shared"):
        shown = select(lesson, View(group), comparison)
        assert np.array_equal(shown, getattr(comparison, group))


def test_a_model_compared_with_itself_fixes_nothing(lesson):
    comparison = compare(lesson, lesson)
    assert isinstance(comparison, Comparison)
    assert len(comparison.shared) == 18
    assert len(comparison.fixed) == len(comparison.new) == 0


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            (15, 1, 3),
            "Of the lesson's 18 mistakes, Augmented fixes 15; 3 stay. "
            "It makes 1 of its own.",
        ),
        (
            (0, 0, 1),
            "Of the lesson's 1 mistake, Augmented fixes none; 1 stays. "
            "It makes none of its own.",
        ),
        (
            (0, 0, 0),
            "The lesson's model makes no mistake here for Augmented to fix. "
            "It makes none of its own.",
        ),
    ],
)
def test_a_comparison_is_told_with_its_counts(counts, sentence):
    assert comparison_sentence(Comparison(*map(np.arange, counts))) == sentence


def test_a_group_of_a_comparison_needs_one(lesson):
    with pytest.raises(ValueError, match="needs a comparison"):
        select(lesson, View("fixed"))


def test_reading_sentence_tells_where_the_true_digit_came(lesson):
    assert reading_sentence(lesson, 179).startswith("Read as 9 with 93%. The true digit 4")
    assert "was second with 7%" in reading_sentence(lesson, 179)
    assert ", and right. Second was" in reading_sentence(lesson, 0)


@pytest.mark.parametrize(
    ("labels", "ending", "ambiguous"),
    [
        (
            [4, 4, 4, 4, 4],
            "5 × 4. All have its own label: this one should not be hard.",
            False,
        ),
        ([4, 9, 4, 9, 4], "3 × 4, 2 × 9.", False),
        ([4, 9, 9, 7, 9], "Most are not a 4: the digit is ambiguous in itself.", True),
    ],
)
def test_neighbours_that_disagree_with_the_label_make_a_digit_ambiguous(
    labels, ending, ambiguous
):
    assert neighbour_sentence(4, np.array(labels)).endswith(ending)
    assert is_ambiguous(4, np.array(labels)) is ambiguous


@pytest.mark.parametrize(
    ("view", "n_shown", "sentence"),
    [
        (View(), 18, "18 mistakes"),
        (View("mistakes", 4, 9), 1, "1 mistake: true 4, predicted 9"),
        (View("all", None, 3), 45, "45 test digits: predicted 3"),
    ],
)
def test_a_view_is_named_with_its_count(view, n_shown, sentence):
    assert view_sentence(view, n_shown) == sentence


def test_csv_holds_the_pixels_and_probabilities_of_each_digit(lesson):
    indices = np.array([179, 4])
    rows = list(csv.DictReader(StringIO(to_csv(lesson, indices))))
    assert [row["index"] for row in rows] == ["179", "4"]
    for row, index in zip(rows, indices, strict=True):
        assert len(row) == 3 + 10 + 64
        assert (row["true"], row["predicted"]) == ("4", "9")
        pixels = [float(row[f"pixel_{pixel}"]) for pixel in range(64)]
        assert np.array_equal(pixels, lesson.images[index].ravel())
        assert sum(float(row[f"proba_{digit}"]) for digit in range(10)) == pytest.approx(
            1, abs=1e-5
        )
