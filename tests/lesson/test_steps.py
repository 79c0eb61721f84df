"""Each step of the lesson, against the figures of the lesson."""

import pickle
import re

import pytest
from sklearn.datasets import load_digits

from digits_app.dataset import load_split
from digits_app.drawing.preparation import prepare_image
from digits_app.lesson.looking import mistakes, pictures
from digits_app.lesson.running import run_cells
from digits_app.lesson.settings import LESSON, LessonSettings
from digits_app.lesson.step import Choice, Step
from digits_app.lesson.steps import step, steps
from digits_app.network.classifiers import load_classifier
from tests.support.pen_drawings import render


def test_nine_steps_stand_in_order_with_a_few_sentences_each():
    assert [step.number for step in steps()] == list(range(1, 10))
    for each in steps():
        assert len(re.findall(r"[.?](?= |$)", each.text)) in (2, 3, 4), each.title


def test_a_scene_that_nobody_draws_is_refused():
    with pytest.raises(ValueError, match="fireworks"):
        Step(1, "A", "B", "C", (), scenes=("fireworks",))


@pytest.mark.parametrize("row", [0, 1, 359])
def test_step_2_shows_any_datapoint_as_a_matrix(lesson, row):
    assert lesson.printed(2, choice=Choice(row)) == str(load_digits(n_class=2).images[row])


@pytest.mark.parametrize(("number", "n"), [(1, 0), (3, 1), (5, 2), (7, 1), (8, 0)])
def test_as_many_pictures_are_drawn_as_the_lesson_draws(lesson, number, n):
    assert lesson.n_pictures(number) == n


def test_step_4_converges(lesson):
    fitted = lesson.base(4)
    assert fitted.warning is None
    assert fitted.network.n_iter_ < fitted.network.max_iter


def test_step_6_takes_about_120_iterations(lesson):
    assert 110 <= lesson.base(6).network.n_iter_ <= 130


def test_step_7_steps_through_all_18(lesson):
    split, classifier = load_split(10), load_classifier(10)
    predicted = classifier.predict(split.X_test)
    wrong = [
        f"true value: {true}\npredicted value: {read}"
        for true, read in zip(split.y_test, predicted, strict=True)
        if true != read
    ]
    assert len(wrong) == len(pictures("mistake", lesson.values(7))) == 18
    assert [lesson.run(7, choice=Choice(j))[1].printed for j in range(18)] == wrong


def test_the_gallery_shows_the_same_mistakes_as_step_7(lesson):
    found = mistakes(lesson.values(6))
    assert found.n_test == 450
    assert (found.y[0], found.read_as[0]) == (4, 9)
    assert (found.y != found.read_as).all()


@pytest.mark.parametrize("row", [0, 7, 449])
def test_step_8_adds_up_the_votes_to_what_the_network_predicts(lesson, row):
    printed = lesson.printed(8, choice=Choice(row))
    votes, predicted = re.search(
        r"most votes for: (\d)\npredicted: \[(\d)\]", printed
    ).groups()
    assert votes == predicted
    assert re.search(r"lit up: \d+ of 100", printed)


def test_step_9_reads_the_example_only_after_the_five_steps(lesson):
    printed = lesson.printed(9)
    assert "made small as it is: [2]" in printed
    assert "after the five steps: [7]" in printed


def test_step_9_shows_the_very_preparation_of_the_draw_page(lesson, pen_drawings):
    namespace = {}
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
    for number, sentence in ((8, "predicted: [7]"), (9, "after the five steps: [7]")):
        values = lesson.values(number) | names
        outputs = run_cells(values, number, LESSON, Choice(own_drawing=True))
        assert any(output and sentence in output.printed for output in outputs)


@pytest.mark.parametrize("this", steps(), ids=lambda each: each.name)
def test_what_is_folded_away_to_draw_draws_when_unfolded(lesson, this):
    values = lesson.values(this.number)
    for place, cell in enumerate(this.cells):
        if cell.only_draws:
            assert run_cells(values, this.number, LESSON)[place] is None
            assert run_cells(values, this.number, LESSON, unfolded=place)[place].pictures


def test_running_a_step_changes_nothing_that_others_share(lesson):
    values = lesson.values(7)
    before = {name: pickle.dumps(value) for name, value in values.items()}
    lesson.run(7)
    assert {name: pickle.dumps(value) for name, value in values.items()} == before


def test_other_settings_stand_in_the_code_and_change_the_outcome(lesson):
    settings = LessonSettings(n_classes=5, random_state=7, hidden_units=9, max_iter=50)
    code = step(4).cells[0].source(settings)
    for part in ("random_state=7", "hidden_layer_sizes=(9,)", "max_iter=50"):
        assert part in code
    assert "load_digits(n_class=5, return_X_y=True)" in step(1).cells[0].source(settings)
    assert "(901, 64)" in lesson.printed(1, settings=settings)
    assert "lit up" in lesson.printed(8, settings=settings)


def test_from_step_4_on_a_digit_can_be_seen_to_flow_through_the_network():
    for this in steps()[3:8]:
        assert "network" in this.scenes


def test_no_line_of_code_is_longer_than_the_lessons_own():
    for each in steps():
        for cell in each.cells:
            if cell.folded is None:
                assert max(map(len, cell.source(LESSON).splitlines())) <= 75


@pytest.mark.parametrize("row", [-1, 1.5, "0", True])
def test_a_row_that_is_no_whole_number_is_refused(row):
    with pytest.raises(ValueError, match="whole number"):
        Choice(row)
