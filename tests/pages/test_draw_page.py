import base64
import io
import itertools
import json
import re
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from digits_app.dataset import load_split
from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.colours import CHALK, SLATE, rgb
from digits_app.network import classifiers
from digits_app.network.weight_files import pack_weights
from digits_app.pages.draw.invitation import ten_digits
from digits_app.pages.shared import chosen_sign
from digits_app.pages.shared.digit_pictures import bitmap_picture
from digits_app.pages.shared.drawing_state import Drawing
from digits_app.reading.recognition import read_digit
from digits_app.server.browser_files import browser_files
from tests.pages.conftest import APP
from tests.support.canvas_json import straight_path, to_canvas_json
from tests.support.pen_drawings import SEVEN
from tests.support.serving import PATIENCE, ROOT

ONE = [np.array([(140, 40), (140, 240)])]
FIVE = [
    np.array(
        [(190, 50), (100, 50), (95, 130), (150, 115), (195, 150), (190, 210), (90, 225)]
    )
]


revisions = itertools.count(1)


def draw(app: AppTest, drawing: object, **sent: object) -> AppTest:
    """Let the browser send a drawing: anything, with the next revision where it can."""
    if isinstance(drawing, dict):
        drawing = {"revision": next(revisions), "placed": "", **drawing, **sent}
    app.session_state["draw_board"] = {"drawing": drawing}
    return app.run()


def sent(app: AppTest, component: str) -> Any:
    """What was handed last to one of our components."""
    protos = [element.proto for element in app.get("bidi_component")]
    (proto,) = [proto for proto in protos if proto.component_name.endswith(component)]
    return json.loads(proto.json)


def board(app: AppTest) -> dict[str, Any]:
    """What was handed last to the board."""
    (handed,) = sent(app, "digit_board")
    return handed


def answered(app: AppTest) -> dict[str, Any]:
    """What the server says of the drawing."""
    return board(app)["answer"]


def parts(app: AppTest) -> dict[str, str]:
    """The parts of the answer that the server makes."""
    return answered(app)["parts"]


def read_digit_of(app: AppTest) -> str:
    """The digit that is read, with a question mark where it is only a guess."""
    answer = answered(app)
    return f"{np.argmax(answer['proba'])}{'?' * answer['isUnfamiliar']}"


def is_empty(app: AppTest) -> bool:
    """The server knows of no drawing."""
    return not {"proba", "complaint"} & set(answered(app))


def choose_digits(app: AppTest, name: str) -> AppTest:
    return app.segmented_control(key="classes").set_value(name).run()


def test_an_empty_canvas_says_what_to_do(app):
    app.run()
    assert not app.exception
    assert is_empty(app)
    assert board(app)["words"]["empty"]["title"] == "Your turn"
    assert any("Draw any digit here" in html.body for html in app.get("html"))


def test_the_empty_canvas_does_not_wait_for_scikit_learn():
    code = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        f"app = AppTest.from_file({str(APP)!r}, default_timeout={PATIENCE}); "
        "assert not app.run().exception; "
        "sys.exit({'sklearn', 'scipy', 'matplotlib'} & set(sys.modules) or None)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_drawn_7_is_read_with_its_certainty(app):
    draw(app.run(), to_canvas_json([SEVEN]))
    assert read_digit_of(app) == "7"
    assert sum(answered(app)["proba"]) == pytest.approx(1, abs=1e-5)


def test_the_64_numbers_can_be_read(app):
    draw(app.run(), to_canvas_json([SEVEN]))
    grid = re.search(r"The 64 numbers: ([\d; ]+)", parts(app)["saw"])
    assert grid
    numbers = np.array([row.split() for row in grid[1].split(";")], dtype=int)
    picture = render_drawing(to_canvas_json([SEVEN]))
    assert picture is not None
    seen = read_digit(picture, 10, "augmented").image
    np.testing.assert_array_equal(numbers, seen.astype(int))


def test_the_answer_does_not_wait_for_the_other_networks(app, monkeypatch):
    """Right after the start those of the lesson are still fitted."""
    monkeypatch.setattr(
        classifiers, "is_at_hand", lambda _, training: training == "augmented"
    )
    draw(app.run(), to_canvas_json([SEVEN]))
    assert read_digit_of(app) == "7"
    assert parts(app)["others"] is None
    assert answered(app)["again"]
    monkeypatch.undo()
    draw(app, to_canvas_json([SEVEN]))
    assert parts(app)["others"].count("<button") == 4
    assert not answered(app)["again"]


def test_each_answer_says_which_drawing_it_answers(app):
    draw(app.run(), to_canvas_json(ONE))
    draw(app, to_canvas_json([SEVEN]), revision=10_000)
    assert answered(app)["revision"] == 10_000


def test_the_drawing_survives_the_switch_of_digits(app):
    draw(app.run(), to_canvas_json(ONE))
    choose_digits(app, "0 or 1")
    assert read_digit_of(app) == "1"
    assert len(answered(app)["proba"]) == 2
    assert board(app)["nClasses"] == 2


def test_the_drawing_survives_another_page(app):
    draw(app.run(), to_canvas_json([SEVEN]))
    app.switch_page("mistakes/mistakes.py").run()
    assert not app.exception
    app.switch_page("draw/draw.py").run()
    assert read_digit_of(app) == "7"
    assert answered(app)["revision"] > 0


def test_a_session_that_does_not_know_the_drawing_is_told_it(app):
    objects = to_canvas_json([SEVEN])["objects"]
    draw(app, {"objects": objects}, revision=57)
    assert read_digit_of(app) == "7"
    assert answered(app)["revision"] == 57


def test_undo_and_clear_are_drawings_as_any_other(app):
    draw(app.run(), to_canvas_json([SEVEN, *ONE]))
    draw(app, to_canvas_json([SEVEN]))
    assert read_digit_of(app) == "7"
    draw(app, {"objects": []})
    assert is_empty(app)
    assert not app.exception


def test_what_the_server_puts_on_the_canvas_is_offered_until_the_browser_has_it(app):
    draw(app.run(), to_canvas_json(ONE), revision=2_000)
    app.query_params["open"] = "10.0.00c0ffee"
    app.run()
    placed = board(app)["placed"]
    assert placed["name"] == "10.0.00c0ffee"
    assert is_empty(app)
    draw(app, to_canvas_json(ONE), revision=2_001)  # the browser does not know of it yet
    assert board(app)["placed"] == placed
    assert is_empty(app)
    draw(app, {"objects": placed["objects"]}, revision=2_002, placed=placed["name"])
    assert board(app)["placed"] is None
    assert read_digit_of(app) == "4"  # as the first test digit is


def test_the_canvas_gets_its_drawing_from_python_where_the_browser_asks_for_it(app):
    draw(app.run(), to_canvas_json([SEVEN]))
    (canvas,) = (
        each.proto
        for each in app.get("bidi_component")
        if "drawable" in each.proto.component_name
    )
    assert json.loads(canvas.json)["initialDrawing"].get("objects", []) == []
    asked = {
        "objects": to_canvas_json([SEVEN])["objects"],
        "width": 30,
        "colour": "#1b1f2a",
    }
    app.session_state["draw_canvas_asked"] = {
        "drawing": {"objects": asked["objects"], "number": 1},
        "width": 30,
        "colour": "#1b1f2a",
    }
    app.run()
    (canvas,) = (
        each.proto
        for each in app.get("bidi_component")
        if "drawable" in each.proto.component_name
    )
    handed = json.loads(canvas.json)
    assert (handed["strokeWidth"], handed["strokeColor"]) == (60, "#1b1f2a")
    assert handed["initialDrawing"]["objects"] == asked["objects"]


WIDE_ROW = to_canvas_json([ONE[0] - (100, 0), SEVEN + np.array([300, 0])])


def test_a_number_on_the_wide_canvas_is_read(app):
    draw(app.run(), WIDE_ROW, width=560)
    assert [sign["strokes"] for sign in answered(app)["signs"]] == [[0], [1]]
    assert [np.argmax(sign["proba"]) for sign in answered(app)["signs"]] == [1, 7]


def test_other_pages_get_the_digit_that_draw_is_about(monkeypatch):
    drawn = Drawing(WIDE_ROW["objects"], revision=1, width=560)
    monkeypatch.setattr(chosen_sign, "kept_drawing", lambda: drawn)
    picture = chosen_sign.current_drawing()
    assert picture is not None
    assert picture.size == (280, 280)
    assert read_digit(picture).label == 7


def test_a_dot_gets_a_sentence_and_no_reading(app):
    draw(app.run(), {"objects": [straight_path([(100, 100), (101, 100)])]})
    assert "only a dot" in answered(app)["complaint"]
    assert "proba" not in answered(app)


@pytest.mark.parametrize(
    "drawing",
    [
        "scribble",
        {"objects": 3},
        {"objects": [{"path": [["M", "a", None]]}]},
        {"objects": [{**straight_path([(40, 40), (90, 90)]), "path": [["M", None, None]]}]},
        {"objects": [{**straight_path([(40, 40), (90, 90)]), "strokeWidth": [20]}]},
        {"objects": [], "width": 300},
        [1, 2],
        0,
    ],
)
def test_a_damaged_drawing_gets_a_sentence_and_can_be_cleared(app, drawing):
    draw(app.run(), to_canvas_json([SEVEN]))
    draw(app, drawing)
    assert not app.exception
    assert "Clear the canvas" in answered(app)["complaint"]
    draw(app, {"objects": []})
    assert not app.exception
    assert is_empty(app)


def test_far_too_much_ink_gets_a_sentence(app):
    scribble = straight_path(np.random.default_rng(0).uniform(0, 280, (10_000, 2)))
    draw(app.run(), json.loads(json.dumps({"objects": [scribble]})))
    assert "more ink than a digit needs" in answered(app)["complaint"]


def test_two_visitors_do_not_see_each_others_drawing(app):
    other = AppTest.from_file(str(APP), default_timeout=PATIENCE).run()
    draw(app.run(), to_canvas_json([SEVEN]))
    other.run()
    assert is_empty(other)


@pytest.mark.parametrize(
    "asked",
    [
        "4",
        "10.450.00c0ffee",
        "7.4.00c0ffee",
        "10.4.nonsense",
        "10.\N{SUPERSCRIPT TWO}.00c0ffee",
        "x" * 9999,
    ],
)
def test_a_link_to_no_digit_opens_none_and_says_so(app, asked):
    app.query_params["open"] = asked
    app.run()
    assert not app.exception
    assert is_empty(app)
    assert "not here" in app.toast[0].value


def test_nonsense_in_the_address_falls_back_with_a_sentence(app):
    app.query_params["classes"] = "banana"
    app.query_params["training_draw"] = "apple"
    app.run()
    assert not app.exception
    (toast,) = app.toast
    assert "not here" in toast.value
    assert app.segmented_control(key="classes").value == "0 to 9"
    assert read_with(draw(app, to_canvas_json([SEVEN]))) == "10 augmented"


def opinions(app: AppTest) -> dict[str, str]:
    """What each network says, by its name in the buttons."""
    found = re.findall(r'value="([^"]*)".*?<b>(.*?)</b>', parts(app)["others"])
    return dict(found)


def read_with(app: AppTest) -> str:
    """The network that answers."""
    pressed = re.findall(r'value="([^"]*)" aria-pressed="true"', parts(app)["others"])
    (asked,) = pressed
    return asked


def test_all_four_networks_read_the_same_drawing(app):
    draw(app.run(), to_canvas_json(FIVE))
    said = opinions(app)
    assert len(said) == 4
    assert said["10 lesson"].startswith("5")
    assert said["10 augmented"] == "5"
    assert {said["2 lesson"][0], said["2 augmented"][0]} <= {"0", "1"}


def test_a_5_is_nothing_that_the_two_class_network_learned(app):
    draw(app.run(), to_canvas_json(FIVE))
    assert not answered(app)["isUnfamiliar"]
    choose_digits(app, "0 or 1")
    assert read_digit_of(app).endswith("?")


def test_the_address_chooses_how_the_network_learned(app):
    app.query_params["training_draw"] = "as they are"
    draw(app.run(), to_canvas_json([SEVEN]))
    assert read_with(app) == "10 lesson"
    app.switch_page("mistakes/mistakes.py").run()
    app.switch_page("draw/draw.py").run()
    assert read_with(app) == "10 lesson"


def test_the_ten_digits_shown_are_training_digits():
    split = load_split(10)
    for label, image in enumerate(ten_digits()):
        same = (split.X_train == image.ravel()).all(axis=1)
        assert label in split.y_train[same]


@pytest.mark.parametrize("training", ["in many hands", "as they are"])
@pytest.mark.parametrize("digits", ["0 to 9", "0 or 1"])
def test_the_browser_is_told_where_the_weights_of_the_asked_network_are(
    app, training, digits
):
    app.query_params["training_draw"] = training
    choose_digits(draw(app.run(), to_canvas_json(ONE)), digits)
    reading = board(app)["reading"]
    assert reading["network"] == read_with(app)
    n_classes, name = reading["network"].split()
    file = browser_files()._files[reading["weights"]]
    assert file.data == pack_weights(classifiers.load_classifier(int(n_classes), name))


def test_who_has_no_pen_types_a_digit(app):
    app.run().button(key="draw_to_type").click().run()
    assert not app.exception
    assert [
        each for each in app.get("bidi_component") if "editor" in each.proto.component_name
    ]


def test_a_step_is_shown_pixel_by_pixel_in_chalk_on_slate():
    bitmap = np.random.default_rng(0).random((32, 32)) > 0.5
    (address,) = re.findall('src="data:image/bmp;base64,([^"]+)"', bitmap_picture(bitmap))
    with Image.open(io.BytesIO(base64.b64decode(address))) as shown:
        colours = np.asarray(shown.convert("RGB"))
    assert (colours == np.where(bitmap[..., None], rgb(CHALK), rgb(SLATE)).round()).all()
