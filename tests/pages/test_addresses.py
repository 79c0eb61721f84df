"""What stands in a page's address, and what links ask for."""

import json
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from digits_app.lesson.settings import CHOICES, LIMITS
from digits_app.network.classifiers import load_classifier
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
        name.replace("classes", "class"): f"{most - 1}"
        for name, (_, most) in LIMITS.items()
    } | {name: f"{choices[-1]:g}" for name, choices in CHOICES.items()}
    visit(app, LESSON, step="6", **most)
    assert links(app)["Lesson"] == {"step": "6", **most}


def test_the_first_step_is_usual(app):
    visit(app, LESSON, step="2")
    app.button(key="lesson_to_1").click().run()
    assert address(app) == {}


@pytest.mark.parametrize(
    ("step", "label", "page"),
    [
        ("7", "See them all on the Mistakes page", MISTAKES),
        ("9", "Now you: draw a digit and see it read", DRAW),
    ],
)
def test_the_lessons_links_make_sense(app, step, label, page):
    visit(app, LESSON, step=step)
    visit(app, page, **links(app)[label])
    assert not app.toast


def test_what_makes_no_sense_is_said_once_and_goes_with_the_next_choice(app):
    visit(app, MISTAKES, sort="apple", look="pear", true="77", show="All", digit="x")
    assert len(app.toast) == 1
    app.run()
    assert not app.toast
    app.selectbox(key="predicted").set_value("3").run()
    assert not app.toast
    assert address(app) == {"show": "All", "predicted": "3"}
    visit(app, DRAW)
    assert links(app)["Mistakes"] == {}


def test_no_link_asks_for_nonsense_or_says_it_twice(app):
    visit(app, DRAW, classes="apple")
    assert len(app.toast) == 1
    visit(app, MISTAKES, **links(app)["Mistakes"])
    assert not app.toast
    assert links(app)["Draw"] == {}


def test_a_link_to_a_network_that_is_taught_later_is_then_obeyed(app):
    visit(app, DRAW, training_draw="and my hand")
    assert len(app.toast) == 1
    app.session_state["my_network"] = {n: load_classifier(n, "lesson") for n in (2, 10)}
    app.run()
    app.button_group(key="classes").set_value("0 or 1").run()
    assert address(app) == {"classes": "0 or 1", "training_draw": "and my hand"}
    assert links(app)["Draw"] == address(app)


def test_a_step_that_is_not_there_is_said_once(app):
    visit(app, LESSON, step="77")
    assert len(app.toast) == 1
    app.run()
    assert not app.toast
    visit(app, MISTAKES)
    assert links(app)["Lesson"] == {}


def test_no_link_asks_for_a_network_that_was_forgotten():
    app = AppTest.from_function(teach_and_forget).run()
    assert not app.exception
    before, after = (json.loads(each.value) for each in app.json)
    assert before == {"training_draw": "and my hand"}
    assert after == {}


def teach_and_forget() -> None:
    import streamlit as st

    from digits_app.pages.my_hand.teaching import forget_teaching
    from digits_app.pages.shared.addresses import DRAW, address_of, remember_address

    st.query_params["training_draw"] = "and my hand"
    remember_address(DRAW)
    st.json(address_of(DRAW))
    forget_teaching()
    st.json(address_of(DRAW))


def test_a_tab_that_is_pressed_again_shows_the_same_view(app):
    asked = {"show": "All", "sort": "By digit", "true": "3"}
    visit(app, MISTAKES, **asked)
    assert links(app)["Mistakes"] == asked


def test_the_pages_of_another_training_begin_anew(app):
    visit(app, MISTAKES, show="All", page="3")
    app.button_group(key="training_mistakes").set_value("in many hands").run()
    assert address(app) == {"show": "All", "training_mistakes": "in many hands"}


def test_a_quick_second_click_loses_nothing_of_the_first(app):
    visit(app, MISTAKES)
    app.selectbox(key="show_Mistakes").set_value("All").run()
    app.query_params.clear()  # the browser did not know yet of the new address
    app.selectbox(key="sort").set_value("By digit").run()
    assert address(app) == {"show": "All", "sort": "By digit"}


def test_back_right_after_a_click_is_obeyed(app):
    visit(app, MISTAKES)
    app.selectbox(key="show_Mistakes").set_value("All").run()
    app.query_params.clear()
    app.run()
    assert app.selectbox(key="show_Mistakes").value == "Mistakes"
