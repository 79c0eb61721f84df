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
    neighbour_sentence,
    reading_sentence,
    select,
    to_csv,
    view_sentence,
)
from digits_app.mistakes.evaluation import Evaluation, evaluate
from digits_app.network.classifiers import load_classifier
from digits_app.wording import percent


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


def shown_by(result: Evaluation, view: View) -> np.ndarray:
    """What a view shows where there is nothing to compare with."""
    return select(result, view, compare(result, result))


def test_mistakes_come_in_the_lesson_order(lesson):
    shown = shown_by(lesson, View("mistakes"))
    assert np.array_equal(shown, lesson.misclassified)
    assert (lesson.y_true[shown[0]], lesson.y_pred[shown[0]]) == (4, 9)


def test_matrix_gallery_score_and_csv_count_alike(lesson, two_classes):
    for result in (lesson, two_classes):
        counts = result.confusion
        n_wrong = counts.sum() - np.trace(counts)
        assert counts.sum() == len(result.y_true)
        assert n_wrong == len(shown_by(result, View("mistakes")))
        assert n_wrong == round((1 - result.accuracy) * len(result.y_true))
        assert n_wrong == len(to_csv(result, result.misclassified).splitlines()) - 1
        for true, predicted in np.ndindex(counts.shape):
            shown = shown_by(result, View("all", true, predicted))
            assert len(shown) == counts[true, predicted]
            assert set(result.y_true[shown]) <= {true}
            assert set(result.y_pred[shown]) <= {predicted}


def test_a_row_of_the_matrix_is_a_true_digit_and_a_column_a_predicted_one(lesson):
    wrong = lesson.confusion - np.diag(np.diag(lesson.confusion))
    for digit in range(10):
        assert len(shown_by(lesson, View(true=digit))) == wrong[digit].sum()
        assert len(shown_by(lesson, View(predicted=digit))) == wrong[:, digit].sum()


def test_most_confident_mistake_comes_first(lesson):
    shown = shown_by(lesson, View("mistakes", order="most confident"))
    assert sorted(shown) == lesson.misclassified.tolist()
    assert np.all(np.diff(lesson.confidence[shown]) <= 0)


def test_all_digits_start_with_the_mistakes_and_end_with_the_clearest(lesson):
    shown = shown_by(lesson, View("all", order="most confident"))
    assert len(set(shown.tolist())) == 450
    assert lesson.is_wrong[shown[:18]].all()
    assert np.all(np.diff(lesson.margin[shown[18:]]) >= 0)


def test_by_true_digit_keeps_the_lesson_order_within_a_digit(lesson):
    shown = shown_by(lesson, View("all", order="by digit"))
    keys = list(zip(lesson.y_true[shown].tolist(), shown.tolist(), strict=True))
    assert keys == sorted(keys)


def test_closest_calls_are_right_answers_with_the_smallest_margin(two_classes):
    shown = shown_by(two_classes, View("closest calls", order="most confident"))
    rest = np.setdiff1d(np.arange(90), shown)
    assert len(shown) == 18
    assert not two_classes.is_wrong.any()
    assert two_classes.margin[shown].max() <= two_classes.margin[rest].min()


def test_closest_calls_of_a_cell_are_chosen_within_it(lesson):
    shown = shown_by(lesson, View("closest calls", true=8, predicted=8))
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
        ((15, 1, 3), "fixes 15 of these 18 and makes 1 new mistake."),
        ((0, 0, 1), "fixes none of these 1 and makes no new mistakes."),
        ((0, 2, 0), "many hands makes 2 new mistakes."),
    ],
)
def test_a_comparison_is_told_with_its_counts(counts, sentence):
    said = comparison_sentence(Comparison(*map(np.arange, counts)))
    assert said.startswith("The network that learned many hands ")
    assert said.endswith(sentence)


def test_doubtful_labels_come_first(lesson):
    doubt = np.arange(450)[::-1].astype(float)
    shown = select(lesson, View(order="doubtful label"), compare(lesson, lesson), doubt)
    assert sorted(shown) == shown.tolist()
    shown = select(lesson, View(order="doubtful label"), compare(lesson, lesson), -doubt)
    assert shown.tolist() == lesson.misclassified[::-1].tolist()


def test_an_order_by_doubt_needs_the_doubt(lesson):
    with pytest.raises(ValueError, match="needs the doubt"):
        shown_by(lesson, View(order="doubtful label"))


def test_reading_sentence_tells_where_the_true_digit_came(lesson):
    assert reading_sentence(lesson, 179).startswith("Read as 9 with 93%. The true digit 4")
    assert "was second with 7%" in reading_sentence(lesson, 179)
    assert ", and right. Second was" in reading_sentence(lesson, 0)


@pytest.mark.parametrize(
    ("labels", "is_hard", "sentence"),
    [
        ([4, 4, 4, 4, 4], True, "five 4s. All are 4s, so this one should not be hard."),
        ([4, 9, 4, 9, 4], True, "three 4s and two 9s."),
        ([4, 7, 4, 9, 4], False, "three 4s, one 7 and one 9."),
        ([4, 9, 9, 7, 9], False, "three 9s, one 4 and one 7."),
        (
            [9, 9, 9, 9, 9],
            True,
            "five 9s. Most are not 4s, and both networks fail: a person might argue about "
            "this one, too.",
        ),
    ],
)
def test_a_digit_is_doubted_only_where_both_networks_fail(labels, is_hard, sentence):
    assert neighbour_sentence(4, np.array(labels), is_hard) == f"Nearest: {sentence}"


@pytest.mark.parametrize(
    ("view", "n_shown", "sentence"),
    [
        (View(), 18, "All 18 mistakes"),
        (View("mistakes", 4, 9), 1, "1 mistake: a 4 read as a 9"),
        (View("mistakes", 8), 2, "2 mistakes: an 8"),
        (View("all", None, 3), 45, "45 test digits: any digit read as a 3"),
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


@pytest.mark.parametrize(
    ("n_shown", "sentence"),
    [(0, "0 mistakes"), (1, "1 mistake"), (2, "All 2 mistakes")],
)
def test_all_is_said_of_more_than_one(n_shown, sentence):
    assert view_sentence(View("mistakes"), n_shown) == sentence


def test_a_right_reading_names_the_second_and_its_probability(lesson):
    index = int(np.flatnonzero(~lesson.is_wrong)[0])
    ranking = np.argsort(-lesson.proba[index])
    second = f"Second was {ranking[1]} with {percent(lesson.proba[index, ranking[1]])}."
    assert reading_sentence(lesson, index).endswith(second)
