import json
import re
import subprocess
import sys

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.preparation import prepare_image
from tests.pages.conftest import APP
from tests.support.canvas_json import pen_path, to_canvas_json
from tests.support.serving import ROOT

SEVEN = [np.array([(80, 60), (200, 60), (130, 230)])]
ONE = [np.array([(140, 40), (140, 240)])]


def draw(app: AppTest, drawing: object) -> AppTest:
    app.session_state["draw_canvas"] = {"drawing": {"raw": drawing, "data": None}}
    return app.run()


def answer(app: AppTest) -> str:
    return next(html.body for html in app.get("html") if 'role="status"' in html.body)


def choose_model(app: AppTest, name: str) -> AppTest:
    return app.segmented_control(key="classes").set_value(name).run()


def sentences(app: AppTest) -> str:
    return " ".join(box.value for box in [*app.info, *app.warning])


def test_an_empty_canvas_says_what_to_do(app):
    app.run()
    assert not app.exception
    assert "Draw a digit" in sentences(app)


def test_the_empty_canvas_does_not_wait_for_scikit_learn():
    code = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        f"assert AppTest.from_file({str(APP)!r}, default_timeout=60).run().info; "
        "sys.exit({'sklearn', 'scipy', 'matplotlib'} & set(sys.modules) or None)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_drawn_7_is_read_with_its_certainty(app):
    draw(app.run(), to_canvas_json(SEVEN))
    assert ">7</div>" in answer(app)
    assert "sure" in answer(app)
    assert sentences(app) == ""


def test_the_64_numbers_can_be_read(app):
    draw(app.run(), to_canvas_json(SEVEN))
    rows = re.findall("<tr>(.*?)</tr>", pictures(app).partition("64 numbers")[2])[:8]
    numbers = np.array([re.findall(r">(\d+)</td>", row) for row in rows], dtype=int)
    picture = render_drawing(to_canvas_json(SEVEN))
    assert picture is not None
    np.testing.assert_array_equal(numbers, prepare_image(picture))


def test_the_drawing_survives_the_model_switch(app):
    draw(app.run(), to_canvas_json(ONE))
    choose_model(app, "0 or 1")
    assert ">1</div>" in answer(app)
    assert answer(app).count("<span>") == 2


def test_the_drawing_survives_another_page(app):
    draw(app.run(), to_canvas_json(SEVEN))
    app.switch_page("mistakes/mistakes.py").run()
    assert not app.exception
    app.switch_page("draw/draw.py").run()
    assert ">7</div>" in answer(app)


def test_undo_takes_back_one_stroke_and_clear_all(app):
    draw(app.run(), to_canvas_json([*SEVEN, *ONE]))
    app.button(key="draw_undo").click().run()
    assert ">7</div>" in answer(app)
    app.button(key="draw_clear").click().run()
    assert "Draw a digit" in sentences(app)
    app.button(key="draw_undo").click().run()
    assert not app.exception


def test_a_dot_gets_a_sentence_and_no_reading(app):
    draw(app.run(), {"objects": [pen_path([(100, 100), (101, 100)])]})
    assert "only a dot" in sentences(app)
    assert not any('role="status"' in html.body for html in app.get("html"))


@pytest.mark.parametrize(
    "drawing",
    ["scribble", {"objects": 3}, {"objects": [{"path": [["M", "a", None]]}]}, [1, 2], 0],
)
def test_a_damaged_drawing_gets_a_sentence_and_can_be_cleared(app, drawing):
    draw(app.run(), to_canvas_json(SEVEN))
    draw(app, drawing)
    assert not app.exception
    assert "Clear the canvas" in sentences(app)
    app.button(key="draw_undo").click().run()
    app.button(key="draw_clear").click().run()
    assert not app.exception
    assert "Draw a digit" in sentences(app)


def test_far_too_much_ink_gets_a_sentence(app):
    scribble = pen_path(np.random.default_rng(0).uniform(0, 280, (10_000, 2)))
    draw(app.run(), json.loads(json.dumps({"objects": [scribble]})))
    assert "more ink than a digit needs" in sentences(app)


def test_two_visitors_do_not_see_each_others_drawing(app):
    other = AppTest.from_file(str(APP), default_timeout=60).run()
    draw(app.run(), to_canvas_json(SEVEN))
    other.run()
    assert "Draw a digit" in sentences(other)


def test_a_nonsense_model_in_the_address_falls_back_with_a_sentence(app):
    app.query_params["classes"] = "banana"
    app.run()
    assert not app.exception
    assert "unknown" in app.toast[0].value
    assert app.segmented_control(key="classes").value == "0 to 9"


FIVE = [
    np.array(
        [(190, 50), (100, 50), (95, 130), (150, 115), (195, 150), (190, 210), (90, 225)]
    )
]


def pictures(app: AppTest) -> str:
    return next(html.body for html in app.get("html") if "<figure" in html.body)


def captions(app: AppTest) -> list[str]:
    return re.findall("<figcaption[^>]*>(.*?)<", pictures(app))


def test_draw_opens_with_augmented_training(app):
    app.run()
    assert app.segmented_control(key="training_draw").value == "Augmented"


def test_all_four_models_read_the_same_drawing(app):
    draw(app.run(), to_canvas_json(FIVE))
    table = pictures(app).rpartition("<table")[2]
    assert table.count("0 to 9") == table.count("0 or 1") == 2
    assert table.count("<b>5</b>") == 2
    assert table.count("<b>0</b>") + table.count("<b>1</b>") == 2


def test_a_5_is_nothing_that_the_two_class_model_learned(app):
    draw(app.run(), to_canvas_json(FIVE))
    assert sentences(app) == ""
    choose_model(app, "0 or 1")
    assert "not like any digit I learned" in sentences(app)
    assert "I know only 0 and 1" in sentences(app)


def test_averaging_shows_its_copies_and_can_be_switched_off(app):
    draw(app.run(), to_canvas_json(SEVEN))
    assert "Tilted copies" in captions(app)
    app.toggle(key="draw_average").set_value(False).run()
    assert not app.exception
    assert "Tilted copies" not in captions(app)
    assert ">7</div>" in answer(app)


def test_the_training_switch_keeps_the_drawing_and_its_own_page(app):
    draw(app.run(), to_canvas_json(SEVEN))
    app.segmented_control(key="training_draw").set_value("Lesson").run()
    assert ">7</div>" in answer(app)
    app.switch_page("mistakes/mistakes.py").run()
    assert app.segmented_control(key="training_mistakes").value == "Lesson"
    app.switch_page("draw/draw.py").run()
    assert app.segmented_control(key="training_draw").value == "Lesson"
