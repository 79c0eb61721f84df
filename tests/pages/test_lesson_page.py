"""The Lesson page as a learner meets it, without a browser."""

import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digits_app.helper_process.helper import Helper
from digits_app.lesson import looking
from digits_app.lesson.running import run_base
from digits_app.lesson.settings import CHOICES, LESSON, LIMITS
from digits_app.lesson.steps import step, steps
from digits_app.network.classifiers import load_classifier
from digits_app.pages.lesson import body
from digits_app.pages.shared.drawing_state import DRAW_BOARD, Drawing
from tests.pages.conftest import APP
from tests.support.canvas_json import to_canvas_json
from tests.support.pen_drawings import SEVEN
from tests.support.serving import PATIENCE, ROOT

DRAWN_SEVEN = to_canvas_json([SEVEN])


def open_lesson(**address: str) -> AppTest:
    """Open the Lesson page, by a link if there is an address."""
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    for parameter, value in address.items():
        app.query_params[parameter] = value
    app.switch_page("lesson/lesson.py").run()
    assert not app.exception
    return app


def open_lesson_with_a_drawing() -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE).run()
    app.session_state[DRAW_BOARD.drawing_key] = Drawing(DRAWN_SEVEN["objects"])
    app.switch_page("lesson/lesson.py").run()
    assert not app.exception
    return app


@pytest.fixture
def lesson_page() -> AppTest:
    return open_lesson()


def go_to(app: AppTest, number: int) -> AppTest:
    app.pills(key="lesson_step").set_value(number).run()
    assert not app.exception
    return app


def change(app: AppTest, **settings: int | None) -> AppTest:
    for name, value in settings.items():
        app.number_input(key=f"lesson_{name}").set_value(value)
    app.run()
    assert not app.exception
    return app


def title(app: AppTest) -> str:
    assert len(app.title) == 1
    return app.title[0].value


def shown(app: AppTest) -> str:
    """All code, and all that it printed."""
    return "\n".join(block.value for block in app.code)


def test_opening_the_lesson_trains_nothing(monkeypatch):
    ran = []

    def run(self, function, arguments, listen):
        ran.append((function, *arguments))
        return theirs(self, function, arguments, listen)

    theirs = Helper.run
    monkeypatch.setattr(Helper, "run", run)
    app = open_lesson()
    for number in (2, 3):
        go_to(app, number)
    assert {number for function, number, *_ in ran if function is run_base} <= {1}
    assert ran


@pytest.mark.parametrize("number", [each.number for each in steps()])
def test_every_step_shows_the_code_that_ran(lesson_page, number):
    go_to(lesson_page, number)
    assert title(lesson_page) == f"{number}. {step(number).title}"
    code = [block.value for block in lesson_page.code if block.language == "python"]
    assert code == [
        cell.source(LESSON) for cell in step(number).cells if cell.folded is None
    ]
    assert not lesson_page.warning


def test_the_lesson_leads_to_the_figures(lesson_page):
    for number, figure in (
        (1, "(360, 64) (360,)"),
        (2, "[[ 0.  0.  5. 13."),
        (5, "1.0"),
        (6, "0.96"),
        (7, "true value: 4\npredicted value: 9"),
        (8, "predicted: [4]"),
        (9, "after the five steps: [7]"),
    ):
        assert figure in shown(go_to(lesson_page, number))


def test_buttons_lead_to_the_next_step_and_back(lesson_page):
    lesson_page.button(key="lesson_to_2").click().run()
    assert title(lesson_page).startswith("2.")
    lesson_page.button(key="lesson_to_1").click().run()
    assert title(lesson_page).startswith("1.")


@pytest.mark.parametrize("asked", ["6", "6 Ten digits"])
def test_a_link_opens_a_step(asked):
    assert title(open_lesson(step=asked)) == "6. All ten digits"


def test_a_link_opens_a_step_with_its_settings():
    app = open_lesson(step="6", hidden_units="7", max_iter="9", random_state="3")
    for part in ("random_state=3", "hidden_layer_sizes=(7,)", "max_iter=9"):
        assert part in shown(app)
    assert app.number_input(key="lesson_hidden_units").value == 7


@pytest.mark.parametrize(
    "asked", ["0", "10", "banana", "", "\N{SUPERSCRIPT TWO}", "9" * 5000]
)
def test_a_nonsense_link_opens_the_first_step_with_a_sentence(asked):
    app = open_lesson(step=asked)
    assert title(app) == "1. Load two digits"
    assert "unknown “step”" in app.toast[0].value


def test_a_nonsense_setting_in_a_link_gives_the_lessons_value_with_a_sentence():
    app = open_lesson(step="4", max_iter="301")
    assert "unknown “max_iter”" in app.toast[0].value
    assert app.number_input(key="lesson_max_iter").value == 200


def test_step_and_settings_stand_in_the_address(lesson_page):
    change(go_to(lesson_page, 4), n_classes=3, max_iter=7)
    assert dict(lesson_page.query_params) == {
        "step": "4",
        "n_class": "3",
        "max_iter": "7",
    }
    lesson_page.button(key="lesson_reset").click().run()
    assert dict(lesson_page.query_params) == {"step": "4"}


def test_the_browsers_back_returns_to_the_step_and_the_values(lesson_page):
    """Back changes the address; then the page must do what the address says."""
    change(go_to(lesson_page, 6), max_iter=5)
    go_to(lesson_page, 7)
    lesson_page.query_params["step"] = "6"
    lesson_page.query_params.pop("max_iter")
    lesson_page.run()
    assert not lesson_page.exception
    assert title(lesson_page).startswith("6.")
    assert lesson_page.number_input(key="lesson_max_iter").value == 200


def test_more_digits_change_code_and_output_and_the_way_back_is_a_button(lesson_page):
    change(lesson_page, n_classes=4)
    assert "load_digits(n_class=4, return_X_y=True)" in shown(lesson_page)
    assert "(720, 64)" in shown(lesson_page)
    lesson_page.button(key="lesson_reset").click().run()
    assert "(360, 64)" in shown(lesson_page)
    assert all(button.key != "lesson_reset" for button in lesson_page.button)


@pytest.mark.parametrize(("n", "words"), [(7, "7 iterations,"), (1, "1 iteration,")])
def test_too_few_iterations_bring_the_honest_warning(lesson_page, n, words):
    change(go_to(lesson_page, 6), max_iter=n)
    warning = lesson_page.warning[0].value
    assert f"had to stop after {words}" in warning
    assert f"Maximum iterations ({n}) reached" in warning
    lesson_page.button(key="lesson_reset").click().run()
    assert not lesson_page.warning


def test_an_emptied_field_asks_and_the_value_stays(lesson_page):
    change(lesson_page, n_classes=5)
    change(lesson_page, n_classes=None)
    assert "which number, 2 to 10?" in lesson_page.info[0].value
    assert "stays 5" in lesson_page.info[0].value
    assert lesson_page.number_input(key="lesson_n_classes").value is None
    assert "n_class=5," in shown(lesson_page)
    change(lesson_page, n_classes=3)
    assert not lesson_page.info
    assert "n_class=3," in shown(lesson_page)


def test_an_emptied_row_shows_the_first(lesson_page):
    change(go_to(lesson_page, 2), datapoint=9)
    change(lesson_page, datapoint=None)
    assert "print(X[0]" in shown(lesson_page)


@pytest.mark.parametrize("end", [0, 1])
def test_the_limits_themselves_work(lesson_page, end):
    go_to(lesson_page, 4)
    early = {name: limits[end] for name, limits in LIMITS.items() if name != "n_train"}
    change(lesson_page, **early)
    go_to(lesson_page, 6)
    change(lesson_page, n_train=LIMITS["n_train"][end])
    for name, choices in CHOICES.items():
        lesson_page.selectbox(key=f"lesson_{name}").set_value(choices[-end])
    for number in range(4, 10):
        go_to(lesson_page, number)


def test_every_datapoint_can_be_looked_at(lesson_page):
    change(go_to(lesson_page, 2), datapoint=359)
    assert "print(X[359].reshape(8, 8))" in shown(lesson_page)
    assert "plt.matshow(X[359].reshape(8, 8)" in shown(go_to(lesson_page, 3))


def test_a_datapoint_that_is_no_longer_there_gives_way_to_the_last(lesson_page):
    change(lesson_page, n_classes=10)
    change(go_to(lesson_page, 2), datapoint=1796)
    change(lesson_page, n_classes=2)
    assert "print(X[359].reshape(8, 8))" in shown(lesson_page)


def test_a_slider_moves_j_through_all_18(lesson_page):
    go_to(lesson_page, 7)
    slider = lesson_page.slider(key="lesson_mistake")
    assert (slider.min, slider.max) == (0, 17)
    printed = {}
    for j in range(18):
        lesson_page.slider(key="lesson_mistake").set_value(j).run()
        assert f"j = {j}\n" in shown(lesson_page)
        printed[j] = next(c.value for c in lesson_page.code if "true value" in c.value)
    assert printed[0] != printed[17]


def test_no_mistake_is_good_news(lesson_page, monkeypatch):
    nothing = looking.Pictures(np.empty((0, 64)), np.empty(0, dtype=np.int64))
    monkeypatch.setattr(body, "pictures", lambda kind, namespace: nothing)
    go_to(lesson_page, 7)
    assert "no mistake to look at" in lesson_page.success[0].value


def test_the_visitors_drawing_is_looked_at_where_there_is_one():
    app = open_lesson_with_a_drawing()
    # Made small as it is, the visitor's 7 is still read as one; the example is not.
    for number, sentence in ((8, "# from the Draw page"), (9, "made small as it is: [7]")):
        go_to(app, number)
        assert sentence in shown(app)
        app.segmented_control(key="lesson_own_drawing").set_value(False).run()
        assert sentence not in shown(app)
        app.segmented_control(key="lesson_own_drawing").set_value(True).run()


def test_the_lab_switches_single_steps_off(lesson_page):
    go_to(lesson_page, 9)
    lesson_page.pills(key="lesson_lab").set_value(["even", "count"]).run()
    assert not lesson_page.exception
    assert "this 7 after 2 of the five steps; it reads " in flow(lesson_page)
    lesson_page.pills(key="lesson_lab").set_value([]).run()
    assert not lesson_page.exception
    assert "and that is wrong" in flow(lesson_page)


def flow(app: AppTest) -> str:
    """The picture of a digit that flows through the network."""
    drawings = [element.proto.json for element in app.get("bidi_component")]
    (shown,) = [drawing for drawing in drawings if "flows through" in drawing]
    return shown


def test_one_visitors_settings_affect_no_other_and_no_other_page(lesson_page):
    before = [weights.copy() for weights in load_classifier(10).coefs_]
    change(go_to(lesson_page, 6), hidden_units=3, max_iter=9, random_state=50)
    assert "0.96" not in shown(lesson_page)
    other = go_to(open_lesson(), 6)
    assert "0.96" in shown(other)
    for weights, now in zip(before, load_classifier(10).coefs_, strict=True):
        assert np.array_equal(weights, now)
    lesson_page.switch_page("mistakes/mistakes.py").run()
    assert not lesson_page.exception


@pytest.mark.parametrize("value", [0, 11, 10**9])
def test_a_value_beyond_the_limits_is_not_run(lesson_page, value):
    """The browser does not let it through; whoever forges it changes nothing."""
    lesson_page.number_input(key="lesson_n_classes").set_value(value).run()
    assert f"n_class={value}," not in shown(lesson_page)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "digits_app").rglob("*.html")), ids=lambda path: path.name
)
def test_a_heading_has_words_before_its_script_comes(path):
    """A screen reader that is quicker than the script would read an empty heading."""
    html = path.read_text(encoding="utf-8")
    assert re.findall(r"<h[1-6][^>]*>\s*</h[1-6]>", html) == []
