"""The Lesson page as a learner meets it, without a browser."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digits_app.lesson import training
from digits_app.lesson.settings import LESSON, LIMITS
from digits_app.lesson.steps import step, steps
from digits_app.network.classifiers import load_classifier
from digits_app.pages import caches
from tests.pages.conftest import APP
from tests.support.canvas_json import to_canvas_json

SEVEN = to_canvas_json([np.array([(80, 60), (200, 60), (130, 230)])])


def open_lesson() -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.switch_page("lesson/lesson.py").run()
    assert not app.exception
    return app


@pytest.fixture
def lesson_page() -> AppTest:
    return open_lesson()


def go_to(app: AppTest, number: int) -> AppTest:
    app.pills(key="step").set_value(number).run()
    assert not app.exception
    return app


def change(app: AppTest, **settings: int) -> AppTest:
    for name, value in settings.items():
        app.number_input(key=f"lesson_{name}").set_value(value)
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """All code, and all that it printed."""
    return "\n".join(block.value for block in app.code)


def test_opening_the_lesson_trains_nothing(monkeypatch):
    begun = []
    monkeypatch.setattr(training.Training, "_run", lambda self: begun.append(self))
    app = open_lesson()
    for number in (2, 3):
        go_to(app, number)
    assert begun == []


@pytest.mark.parametrize("number", [each.number for each in steps()])
def test_every_step_shows_the_code_that_ran(lesson_page, number):
    go_to(lesson_page, number)
    assert lesson_page.header[0].value == f"{number}. {step(number).title}"
    code = [block.value for block in lesson_page.code if block.language == "python"]
    assert code == [cell.source(LESSON) for cell in step(number).cells]
    assert not lesson_page.warning


def test_the_lesson_leads_to_the_figures(lesson_page):
    for number, figure in (
        (1, "X.shape: (360, 64)"),
        (2, "Label: 0"),
        (4, "Iterations: "),
        (5, "Score: 1.0"),
        (6, "Score: 0.96"),
        (7, "18 of 450 wrong"),
        (8, "Predicted: 4"),
        (9, "Prepared in five steps:  7"),
    ):
        assert figure in shown(go_to(lesson_page, number))


def test_buttons_lead_to_the_next_step_and_back(lesson_page):
    lesson_page.button(key="lesson_to_2").click().run()
    assert lesson_page.header[0].value.startswith("2.")
    lesson_page.button(key="lesson_to_1").click().run()
    assert lesson_page.header[0].value.startswith("1.")


@pytest.mark.parametrize("asked", ["6", "6 Ten digits"])
def test_a_link_opens_a_step(asked):
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["step"] = asked
    app.switch_page("lesson/lesson.py").run()
    assert not app.exception
    assert app.header[0].value == "6. All ten digits"


@pytest.mark.parametrize("asked", ["0", "10", "banana", ""])
def test_a_nonsense_link_opens_the_first_step_with_a_sentence(asked):
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params["step"] = asked
    app.switch_page("lesson/lesson.py").run()
    assert not app.exception
    assert app.header[0].value == "1. Load two digits"
    assert "unknown 'step'" in app.toast[0].value


def test_more_digits_change_code_and_output_and_the_way_back_is_a_button(lesson_page):
    change(lesson_page, n_classes=4)
    assert "load_digits(n_class=4, return_X_y=True)" in shown(lesson_page)
    assert "X.shape: (720, 64)" in shown(lesson_page)
    lesson_page.button(key="lesson_reset").click().run()
    assert "X.shape: (360, 64)" in shown(lesson_page)
    assert all(button.key != "lesson_reset" for button in lesson_page.button)


def test_too_few_iterations_bring_the_honest_warning(lesson_page):
    change(go_to(lesson_page, 6), max_iter=7)
    warning = lesson_page.warning[0].value
    assert "had to stop after 7 iterations" in warning
    assert "Maximum iterations (7) reached" in warning
    assert "Iterations: 7" in shown(lesson_page)
    lesson_page.button(key="lesson_reset").click().run()
    assert not lesson_page.warning


@pytest.mark.parametrize("end", [0, 1])
def test_the_limits_themselves_work(lesson_page, end):
    go_to(lesson_page, 4)
    change(lesson_page, **{name: limits[end] for name, limits in LIMITS.items()})
    for number in range(4, 10):
        go_to(lesson_page, number)


def test_every_datapoint_can_be_looked_at(lesson_page):
    go_to(lesson_page, 2).number_input(key="lesson_datapoint").set_value(359).run()
    assert "i = 359" in shown(lesson_page)
    assert "i = 359" in shown(go_to(lesson_page, 3))


def test_a_datapoint_that_is_no_longer_there_gives_way_to_the_last(lesson_page):
    change(lesson_page, n_classes=10)
    go_to(lesson_page, 2).number_input(key="lesson_datapoint").set_value(1796).run()
    change(lesson_page, n_classes=2)
    assert "i = 359" in shown(lesson_page)


def test_the_mistakes_can_be_stepped_through(lesson_page):
    go_to(lesson_page, 7)
    seen = set()
    for row in range(18):
        lesson_page.number_input(key="lesson_mistake").set_value(row).run()
        seen.add(lesson_page.code[-1].value)
    assert lesson_page.number_input(key="lesson_mistake").max == 17
    assert all(text.startswith("True: ") for text in seen)


def test_no_mistake_is_good_news(lesson_page, monkeypatch):
    fixed_cells = caches.lesson_fixed_cells

    def without_mistakes(*args):
        run = fixed_cells(*args)
        return replace(run, namespace=run.namespace | {"incorrect": np.empty((0, 64))})

    monkeypatch.setattr(caches, "lesson_fixed_cells", without_mistakes)
    go_to(lesson_page, 7)
    assert "no mistake to look at" in lesson_page.success[0].value


def test_the_visitors_drawing_is_looked_at_where_there_is_one():
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    app.session_state["draw_canvas"] = {"drawing": {"raw": SEVEN, "data": None}}
    app.run()
    app.switch_page("lesson/lesson.py").run()
    for number, sentence in ((8, "Predicted: 7"), (9, "Prepared in five steps:  7")):
        go_to(app, number)
        app.segmented_control(key=f"lesson_look_at_{number}").set_value(
            "Your drawing"
        ).run()
        assert not app.exception
        assert "# from the Draw page" in shown(app)
        assert sentence in shown(app)


def test_one_visitors_settings_affect_no_other_and_no_other_page(lesson_page):
    before = [weights.copy() for weights in load_classifier(10).coefs_]
    change(go_to(lesson_page, 6), hidden_units=3, max_iter=9, random_state=50)
    assert "Score: 0.96" not in shown(lesson_page)
    other = go_to(open_lesson(), 6)
    assert "Score: 0.96" in shown(other)
    for weights, now in zip(before, load_classifier(10).coefs_, strict=True):
        assert np.array_equal(weights, now)
    lesson_page.switch_page("mistakes/mistakes.py").run()
    assert any("18 of 450 wrong" in text.value for text in lesson_page.markdown)


def test_settings_outlive_a_visit_to_another_page(lesson_page):
    change(lesson_page, n_classes=3)
    lesson_page.switch_page("mistakes/mistakes.py").run()
    lesson_page.switch_page("lesson/lesson.py").run()
    assert "n_class=3" in shown(lesson_page)


@pytest.mark.parametrize("value", [0, 11, 10**9])
def test_a_value_beyond_the_limits_is_not_run(lesson_page, value):
    """The browser does not let it through; whoever forges it gets the lesson's own."""
    lesson_page.number_input(key="lesson_n_classes").set_value(value).run()
    assert f"n_class={value}," not in shown(lesson_page)
