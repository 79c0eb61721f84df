"""The Class page, as the browser's keys open it: every way in which an end is met."""

import json
import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from digits_app.classroom.ending import end_class
from digits_app.classroom.joining import (
    Pupil,
    class_of_teacher,
    join_by_link,
    link_of,
    set_door,
    start_class,
)
from digits_app.classroom.store import MAX_DIGITS, Store, classes, the_store
from digits_app.classroom.wall import (
    N_PROMPTS,
    digits_of_class,
    take_out,
)
from digits_app.my_hand.keeping import pack_drawing
from digits_app.pages.classroom import own_result, writing
from digits_app.pages.classroom.identity import LESSON_OF_CLASS
from tests.pages.conftest import APP
from tests.support.classes import hands, write_sign
from tests.support.serving import PATIENCE
from tests.support.visitor import canvas_json

ENDED = "This class has ended, and everything in it was erased."


@pytest.fixture
def store(tmp_path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("DIGITS_STORE", f"sqlite:///{tmp_path / 'classes.db'}")
    the_store.cache_clear()
    yield the_store()
    the_store().engine.dispose()
    the_store.cache_clear()


@pytest.fixture
def key(store: Store) -> str:
    """The teacher's key of a class."""
    _, key = start_class(store)
    return key


def end(store: Store, key: str) -> None:
    end_class(store, class_of_teacher(store, key).id)


def let_time_run_out(store: Store, key: str) -> None:
    """The time is over, and nobody has erased the class yet."""
    with store.writing() as connection:
        connection.execute(classes.update().values(ends_at=1.0))


ENDS = pytest.mark.parametrize("end", [end, let_time_run_out])


class Browser:
    """A browser with the Class page, as far as it decides who somebody is.

    It keeps what the page asks it to keep, and tells it back in a run of its own
    (`browser/classroom/keeper.js`).
    """

    def __init__(
        self, view: str = "room", page: str = "classroom/classroom.py", **me: Any
    ) -> None:
        self.me = {
            "role": None,
            "teacher": None,
            "pupil": None,
            "link": None,
            "leads": False,
            "opened": 0,
            "secret": "5" * 32,
        } | me
        self.app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
        self.app.run()
        self.app.switch_page(page)
        self.app.query_params["view"] = view
        self.app.query_params["digits"] = "our-class"
        self.tell()

    def tell(self) -> None:
        self.app.session_state["unseen_class_keeper"] = SimpleNamespace(me={**self.me})
        self.app.run()
        self.take_over()

    def take_over(self) -> None:
        """Keep what is to be kept, and say so: the page runs once more."""
        state = self.app.session_state  # which has no `get`
        kept = state["class_keep"] if "class_keep" in state else None  # noqa: SIM401
        if kept and kept["number"] != self.me.get("number"):
            role = None if kept["key"] is None else kept["role"]
            self.me |= {"role": role, kept["role"]: kept["key"], "number": kept["number"]}
            if kept["key"] is not None:
                self.me["link"] = None
            self.tell()

    def press(self, key: str) -> None:
        self.app.button(key=key).click().run()
        self.take_over()

    def press_in_dialog(self, opens: str, key: str) -> None:
        """Press a button of a dialog, which `AppTest` opens anew in each run."""
        for step in (self.app.run, lambda: self.press(key)):
            self.app.session_state[opens] = True
            step()

    @property
    def said(self) -> list[str]:
        assert not self.app.exception
        return [element.value for element in self.app.warning]

    @property
    def texts(self) -> list[str]:
        return [element.value for element in self.app.markdown]

    @property
    def code(self) -> list[str]:
        assert not self.app.exception
        return [element.value for element in self.app.code]

    @property
    def is_at_the_door(self) -> bool:
        return any(button.key == "class_start_button" for button in self.app.button)


@pytest.fixture
def pupil(store: Store, key: str) -> tuple[Pupil, str]:
    return join_by_link(store, link_of(key), "5" * 32)


def write_all(store: Store, pupil: Pupil) -> None:
    for place, sign in enumerate(hands(1)[0][:N_PROMPTS]):
        write_sign(store, pupil, place, sign)


@ENDS
def test_a_teacher_who_opens_an_ended_class_is_told(store, key, end: Callable):
    end(store, key)
    browser = Browser(role="teacher", teacher=key)
    assert browser.is_at_the_door
    assert browser.said == [ENDED]
    assert browser.me["teacher"] is None


@pytest.mark.parametrize("view", ["room", "wall", "results", "left-out"])
def test_a_view_that_is_open_says_that_the_class_has_ended(store, key, view: str):
    browser = Browser(view, role="teacher", teacher=key)
    assert browser.said == []
    end(store, key)
    browser.app.run()
    browser.take_over()
    assert browser.is_at_the_door
    assert browser.said == [ENDED]


@ENDS
def test_a_pupil_who_comes_back_to_an_ended_class_is_told(store, key, pupil, end: Callable):
    end(store, key)
    browser = Browser(role="pupil", pupil=pupil[1])
    assert browser.is_at_the_door
    assert browser.said == [ENDED]


@ENDS
def test_the_link_of_an_ended_class_says_so(store, key, end: Callable):
    end(store, key)
    assert Browser(link=link_of(key), opened=1).said == [ENDED]
    assert Browser(link=key, leads=True, opened=1).said == [ENDED]


@ENDS
def test_a_digit_for_an_ended_class_is_answered_with_the_sentence(
    store, key, pupil, end: Callable
):
    browser = Browser(role="pupil", pupil=pupil[1])
    end(store, key)
    strokes = pack_drawing(canvas_json(hands(1)[0][0].on_canvas))
    digit = {"token": "a" * 20, "place": 0, "label": 3, "strokes": strokes}
    browser.app.session_state["class_pupil"] = SimpleNamespace(outbox={"digits": [digit]})
    browser.app.run()
    browser.take_over()
    assert browser.is_at_the_door
    assert browser.said == [ENDED]


def test_a_digit_stays_on_the_phone_while_the_store_is_full(
    store, key, pupil, monkeypatch: pytest.MonkeyPatch
):
    def has_no_room(*_: object) -> str:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    def told() -> dict[str, Any]:
        """What the phone was told last, and it was told nothing else."""
        assert not browser.app.error
        assert browser.said == []
        protos = [element.proto for element in browser.app.get("bidi_component")]
        (slate,) = [each for each in protos if each.id.endswith("-class_pupil")]
        return json.loads(slate.json)[0]

    browser = Browser(role="pupil", pupil=pupil[1])
    strokes = pack_drawing(canvas_json(hands(1)[0][0].on_canvas))
    digit = {"token": "a" * 20, "place": 0, "label": 3, "strokes": strokes}
    browser.app.session_state["class_pupil"] = SimpleNamespace(outbox={"digits": [digit]})
    with monkeypatch.context() as patches:
        patches.setattr(writing, "write_digit", has_no_room)
        browser.app.run()
        assert told()["fates"] == {}
    browser.app.run()
    assert told()["fates"].keys() == {"a" * 20}


def test_a_page_whose_store_does_not_answer_says_so():
    def page(name: str) -> None:
        from sqlalchemy.exc import OperationalError

        from digits_app.server.assembly import apologise

        apologise(OperationalError("", {}, Exception()) if name == "store" else OSError())

    sentences = [
        AppTest.from_function(page, kwargs={"name": name}).run().error[0].value
        for name in ("store", "other")
    ]
    assert ["keeps classes does not answer" in each for each in sentences] == [True, False]


def test_the_sentence_stays_until_somebody_goes_on(store, key, pupil):
    end(store, key)
    browser = Browser(role="pupil", pupil=pupil[1])
    browser.app.run()  # the connection was lost, and is there again
    assert browser.said == [ENDED]
    browser.app.text_input(key="class_typed").set_value("CDHKLM")
    browser.press("class_join_button")
    assert [text for text in browser.said if "No class with an open door" in text]
    assert len(browser.said) == 1
    browser.press("class_start_button")
    assert not browser.is_at_the_door
    assert browser.said == []


def test_who_ends_a_class_is_told_that_it_is_gone(store, key):
    browser = Browser(role="teacher", teacher=key)
    browser.press_in_dialog("class_ending", "class_end_now")
    assert browser.is_at_the_door
    assert browser.said == ["The class has ended, and everything in it was erased."]


@ENDS
def test_taking_out_of_a_class_that_just_ended_is_no_fault(
    store, key, pupil, end: Callable, monkeypatch: pytest.MonkeyPatch
):
    def take_out_too_late(store: Store, pupil: Pupil) -> None:
        end(store, key)
        take_out(store, pupil)

    monkeypatch.setattr(own_result, "take_out", take_out_too_late)
    write_all(store, pupil[0])
    browser = Browser(role="pupil", pupil=pupil[1])
    browser.press_in_dialog("class_taking_out", "class_out_now")
    assert browser.is_at_the_door
    assert browser.said == [ENDED]


def test_a_pupil_goes_on_in_my_hand_though_the_class_has_ended(store, key, pupil):
    write_all(store, pupil[0])
    browser = Browser(role="pupil", pupil=pupil[1])
    end(store, key)
    browser.app.button(key="class_to_my_hand").click().run()
    assert not browser.app.exception
    assert "How well it reads your hand" in [each.value for each in browser.app.title]


def test_a_link_that_leads_nowhere_takes_nobody_out_of_their_class(store, key, pupil):
    _, other = start_class(store)
    set_door(store, class_of_teacher(store, other).id, False)
    of_pupil = Browser(role="pupil", pupil=pupil[1], link=link_of(other), opened=1)
    of_teacher = Browser(role="teacher", teacher=key, link="9-gone", leads=True, opened=1)
    for browser, said in ((of_pupil, "closed the door"), (of_teacher, "has ended")):
        assert not browser.is_at_the_door
        assert len(browser.said) == 1
        assert said in browser.said[0]
        browser.press("class_complaint_read")
        assert browser.said == []
    assert of_pupil.me["pupil"] == pupil[1]
    assert of_teacher.me["teacher"] == key


def test_a_link_can_be_opened_again_when_the_door_is_open(store, key):
    class_id = class_of_teacher(store, key).id
    set_door(store, class_id, False)
    browser = Browser(link=link_of(key), opened=1)
    assert browser.is_at_the_door
    set_door(store, class_id, True)
    browser.me["opened"] = 2
    browser.tell()
    assert not browser.is_at_the_door
    assert browser.said == []


def test_who_was_taken_out_on_another_tab_is_told(store, key, pupil):
    browser = Browser(role="pupil", pupil=pupil[1])
    take_out(store, pupil[0])
    browser.app.run()
    browser.take_over()
    assert browser.is_at_the_door
    assert browser.said == [ENDED]


def write_class(store: Store, key: str, n_pupils: int) -> None:
    for number, hand in enumerate(hands(n_pupils)):
        pupil, _ = join_by_link(store, link_of(key), f"{number:032}")
        for place, sign in enumerate(hand[:MAX_DIGITS]):
            write_sign(store, pupil, place, sign)


def test_the_lesson_runs_with_the_class(store, key):
    write_class(store, key, 7)
    n_digits = len(digits_of_class(store, class_of_teacher(store, key).id).labels)
    browser = Browser(page="lesson/lesson.py", role="teacher", teacher=key)
    assert [text for text in browser.texts if f"{n_digits} digits by 7 pupils" in text]
    assert f"({n_digits}, 64) ({n_digits},)" not in browser.code  # zeros and ones first
    browser.app.query_params["step"] = "6"
    browser.app.run()
    assert any(re.fullmatch(r"0\.[6-9]\d*", text) for text in browser.code)
    browser.press("lesson_leave_class")
    assert "0.96" in browser.code
    assert browser.app.query_params.get("digits") is None


@pytest.mark.parametrize("who", ["nobody", "pupil", "teacher of few"])
def test_the_lesson_says_why_it_has_no_class(store, key, pupil, who: str):
    me = {"nobody": {}, "pupil": {"role": "pupil", "pupil": pupil[1]}}
    browser = Browser(
        page="lesson/lesson.py", **me.get(who, {"role": "teacher", "teacher": key})
    )
    (said,) = [each.value for each in browser.app.info]
    assert ("needs 10 of each" if who == "teacher of few" else "that leads a class") in said
    assert browser.code == []
    browser.press("lesson_leave_class")
    assert "(360, 64) (360,)" in browser.code


def test_the_lesson_forgets_a_class_that_has_ended(store, key):
    write_class(store, key, 7)
    browser = Browser(page="lesson/lesson.py", role="teacher", teacher=key)
    assert LESSON_OF_CLASS in browser.app.session_state
    end(store, key)
    browser.app.run()
    assert LESSON_OF_CLASS not in browser.app.session_state
    assert browser.code == []


@pytest.mark.parametrize(
    ("n_wrong", "says"),
    [
        (1, "The one it read wrong"),
        (6, "The 6 it read wrong"),
        (8, "6 of the 8 it read wrong"),
    ],
)
def test_a_heading_counts_what_is_shown(n_wrong, says):
    assert own_result.wrong_heading(n_wrong) == says
