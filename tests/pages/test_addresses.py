"""What stands in a page's address, and what links ask for."""

from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from digits_app.lesson.settings import LIMITS
from digits_app.pages.shared.addresses import DRAW, LESSON, MISTAKES

Address = dict[str, str]


def links(app: AppTest) -> dict[str, Address]:
    """What each link of the page asks for, by its label."""
    found = {}
    for link in app.get("page_link"):
        asked = parse_qs(link.proto.query_string)
        found[link.proto.label] = {name: value for name, (value,) in asked.items()}
    return found


def address(app: AppTest) -> Address:
    params = app.query_params
    return {name: v if isinstance(v, str) else v[0] for name, v in params.items()}


def visit(app: AppTest, page: str, /, **asked: str) -> AppTest:
    """Go to a page by a link."""
    app.query_params.clear()
    for name, value in asked.items():
        app.query_params[name] = value
    app.switch_page(page).run()
    assert not app.exception
    return app


def test_a_switch_writes_its_choice_and_leaves_out_what_is_usual(app):
    app.run()
    assert address(app) == {}
    app.button_group(key="classes").set_value("0 or 1").run()
    assert address(app) == {"classes": "0 or 1"}
    app.button_group(key="classes").set_value("0 to 9").run()
    assert address(app) == {}


def test_the_address_decides_what_a_switch_shows(app):
    visit(app, DRAW, classes="0 or 1")
    assert app.button_group(key="classes").value == "0 or 1"
    visit(app, DRAW)  # as Back does
    assert app.button_group(key="classes").value == "0 to 9"


def test_tabs_ask_for_the_network_that_was_chosen(app):
    visit(app, DRAW, classes="0 or 1", training_draw="as they are")
    assert links(app)["Draw"] == {"classes": "0 or 1", "training_draw": "as they are"}
    assert links(app)["Mistakes"] == {"classes": "0 or 1"}
    assert links(app)["My hand"] == {}
    visit(app, MISTAKES, classes="0 or 1", training_mistakes="in many hands", look="Map")
    assert links(app)["Draw"] == {"classes": "0 or 1", "training_draw": "as they are"}
    visit(app, MISTAKES)
    assert links(app)["Draw"] == {"training_draw": "as they are"}


def test_another_network_forgets_what_was_filtered(app):
    visit(app, MISTAKES, true="9", show="All", sort="By digit", page="2", look="Map")
    app.button_group(key="classes").set_value("0 or 1").run()
    assert address(app) == {"classes": "0 or 1", "look": "Map"}
    assert not app.toast


def test_another_choice_begins_at_the_first_page(app):
    visit(app, MISTAKES, show="All", page="2")
    app.selectbox(key="sort").set_value("By digit").run()
    assert address(app) == {"show": "All", "sort": "By digit"}


def test_a_tab_asks_for_the_step_and_the_values_that_were_left(app):
    visit(app, LESSON, step="2", n_class="3")
    visit(app, MISTAKES)
    assert links(app)["Lesson"] == {"step": "2", "n_class": "3"}


def test_a_tab_asks_for_all_that_the_lesson_writes_into_its_address(app):
    most = {
        name.replace("classes", "class"): f"{most}" for name, (_, most) in LIMITS.items()
    }
    visit(app, LESSON, step="6", **most)
    assert links(app)["Lesson"] == {"step": "6", **most}


def test_the_first_step_is_usual(app):
    visit(app, LESSON, step="2")
    app.button(key="lesson_to_1").click().run()
    assert address(app) == {}


@pytest.mark.parametrize("step", ["7", "8", "9"])
def test_the_lessons_links_make_sense(app, step):
    visit(app, LESSON, step=step, n_class="3")
    for label, asked in links(app).items():
        if label.startswith(("See them all", "Now you")):
            visit(app, MISTAKES if "Mistakes" in label else DRAW, **asked)
            assert not app.toast


def test_what_makes_no_sense_is_said_once_and_leaves_the_address(app):
    visit(app, MISTAKES, sort="apple", true="77", show="All", digit="x")
    assert len(app.toast) == 1
    assert address(app) == {"show": "All"}
    app.run()
    assert not app.toast
