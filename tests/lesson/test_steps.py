"""Each step of the lesson, against the figures of the lesson."""

import re

import pytest
from sklearn.datasets import load_digits

from digits_app.dataset import load_split
from digits_app.drawing.preparation import prepare_image
from digits_app.lesson.running import Run, run_choice_cells, run_fixed_cells
from digits_app.lesson.settings import LESSON, LessonSettings
from digits_app.lesson.steps import Choice, step, steps
from digits_app.network.classifiers import load_classifier
from tests.support.pen_drawings import render


def test_nine_steps_stand_in_order_with_two_or_three_sentences_each():
    assert [step.number for step in steps()] == list(range(1, 10))
    for each in steps():
        assert len(re.findall(r"[.?](?= |$)", each.text)) in (2, 3), each.title


def test_step_1_loads_360_pictures_of_64_numbers_the_first_a_0(lesson):
    printed = lesson.printed(1)
    assert "X.shape: (360, 64)" in printed
    assert "y.shape: (360,)" in printed
    assert "Label: 0" in printed
    pixels = [float(number) for number in re.findall(r"\b\d+\.0\b", printed)]
    assert pixels == load_digits(n_class=2).data[0].tolist()


@pytest.mark.parametrize("row", [0, 1, 359])
def test_step_2_shows_any_datapoint_as_label_and_matrix(lesson, row):
    printed = lesson.printed(2, choice=Choice(row))
    digits = load_digits(n_class=2)
    assert f"Label: {digits.target[row]}" in printed
    assert str(digits.images[row]) in printed


def test_step_3_draws_the_datapoint_once(lesson):
    assert lesson.n_pictures(3) == 1


def test_step_4_converges_and_draws_its_loss(lesson):
    run = lesson.start(4)
    network = run.namespace["clf"]
    assert run.warning is None
    assert f"Iterations: {network.n_iter_}" in lesson.printed(4)
    assert network.n_iter_ < network.max_iter
    assert lesson.n_pictures(4) == 1


def test_step_5_predicts_0_and_1_and_scores_1(lesson):
    printed = lesson.printed(5)
    assert "Predicted: [0 1]" in printed
    assert "True:      [0 1]" in printed
    assert "Score: 1.0" in printed
    assert lesson.n_pictures(5) == 2


def test_step_6_scores_096_on_ten_digits_after_about_120_iterations(lesson):
    printed = lesson.printed(6)
    assert "X.shape: (1797, 64)" in printed
    assert "Score: 0.96" in printed
    assert 110 <= lesson.start(6).namespace["clf"].n_iter_ <= 130


def test_step_7_finds_18_mistakes_the_first_a_4_read_as_9(lesson):
    printed = lesson.printed(7)
    assert "18 of 450 wrong" in printed
    assert "True: 4\nPredicted: 9" in printed
    assert lesson.n_pictures(7) == 1


def test_step_7_steps_through_all_18(lesson):
    split, classifier = load_split(10), load_classifier(10)
    predicted = classifier.predict(split.X_test)
    wrong = [
        f"True: {true}\nPredicted: {read}"
        for true, read in zip(split.y_test, predicted, strict=True)
        if true != read
    ]
    shown = [lesson.run(7, choice=Choice(row))[-1].printed for row in range(18)]
    assert shown == wrong


@pytest.mark.parametrize("row", [0, 7, 449])
def test_step_8_adds_up_the_votes_to_what_the_network_predicts(lesson, row):
    printed = lesson.printed(8, choice=Choice(row))
    votes, predicted = re.search(r"Most votes for: (\d)\nPredicted: (\d)", printed).groups()
    assert votes == predicted
    assert re.search(r"Lit up: \d+ of 100", printed)
    assert lesson.n_pictures(8) == 2


def test_step_9_reads_the_example_only_after_the_five_steps(lesson):
    printed = lesson.printed(9)
    assert "Whole drawing made 8×8:  2" in printed
    assert "Prepared in five steps:  7" in printed


def test_step_9_shows_the_very_preparation_of_the_draw_page(lesson, pen_drawings):
    namespace = dict(lesson.start(9).namespace)
    preparation = step(9).cells[0].source(LESSON)
    exec(preparation, namespace)
    for drawing in pen_drawings[::20]:
        image = render(drawing.placed("filling"))
        namespace["image"] = image
        exec(
            "prepared = block_counts(deslant(even_out_stroke(fit_to_frame("
            "crop_to_ink(image)))))",
            namespace,
        )
        assert (namespace["prepared"] == prepare_image(image)).all()


def test_steps_8_and_9_take_the_visitors_drawing(lesson, seven):
    names = {"your_drawing": seven, "your_digit": prepare_image(seven).ravel()}
    for number, sentence in ((8, "Predicted: 7"), (9, "Prepared in five steps:  7")):
        fixed = run_fixed_cells(number, lesson.start(number), LESSON)
        own = Run(fixed.namespace | names)
        outputs = run_choice_cells(number, own, LESSON, Choice(own_drawing=True), "black")
        assert any(sentence in output.printed for output in outputs)


def test_other_settings_stand_in_the_code_and_change_the_outcome(lesson):
    settings = LessonSettings(n_classes=5, random_state=7, hidden_units=9, max_iter=50)
    code = step(4).cells[0].source(settings)
    for part in ("random_state=7", "hidden_layer_sizes=(9,)", "max_iter=50"):
        assert part in code
    assert "load_digits(n_class=5, return_X_y=True)" in step(1).cells[0].source(settings)
    assert "X.shape: (901, 64)" in lesson.printed(1, settings=settings)
    assert "Lit up" in lesson.printed(8, settings=settings)


def test_the_lessons_values_give_the_lessons_code():
    assert "clf = MLPClassifier(random_state=2)\n" in step(4).cells[0].source(LESSON)
    assert "load_digits(n_class=2, return_X_y=True)" in step(1).cells[0].source(LESSON)
    assert "load_digits(return_X_y=True)" in step(6).cells[0].source(LESSON)


def test_no_line_of_code_is_too_long_for_half_a_page():
    for each in steps():
        for cell in each.cells:
            if not cell.is_long:
                assert max(map(len, cell.source(LESSON).splitlines())) <= 60


@pytest.mark.parametrize("row", [-1, 1.5, "0", True])
def test_a_row_that_is_no_whole_number_is_refused(row):
    with pytest.raises(ValueError, match="whole number"):
        Choice(row)
