"""My hand's "Teach it": a helper does it, and the page may be left meanwhile."""

from concurrent.futures import CancelledError

import pytest
from streamlit.testing.v1 import AppTest

from digits_app.helper_process.helper import Helper, HelperDiedError
from digits_app.helper_process.tasks import Task
from digits_app.my_hand.gain import teach_my_hand
from digits_app.pages.my_hand.state import Hand
from digits_app.pages.shared.drawing_state import HAND_KEY
from tests.support.classes import as_my_digit, hands

PAGE = "my_hand/my_hand.py"


@pytest.fixture
def hand(app: AppTest) -> AppTest:
    """My hand with the result of a test."""
    written = [as_my_digit(sign) for sign in hands(1)[0]]
    app.session_state[HAND_KEY] = Hand(corrected=written, is_shown=True)
    app.switch_page(PAGE).run()
    assert not app.exception
    return app


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which teachings the helpers were given."""
    given: list[str] = []
    run = Helper.run

    def note(self, function, *rest):
        if function is teach_my_hand:
            given.append(rest[0][1])
        return run(self, function, *rest)

    monkeypatch.setattr(Helper, "run", note)
    return given


def press_teach(app: AppTest) -> AppTest:
    app.button(key="hand_teach").click().run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


def test_the_result_stays_and_nothing_is_taught_twice(hand, calls):
    press_teach(hand)
    for _ in range(2):
        assert "never shown to it" in shown(hand)
        assert set(hand.session_state["my_network"]) == {2, 10}
        hand.run()
    assert calls == ["lesson"]


def test_who_leaves_while_it_is_taught_finds_the_result(hand, calls, monkeypatch):
    def leave(*_):
        raise CancelledError

    with monkeypatch.context() as leaving:
        leaving.setattr(Task, "wait", leave)
        press_teach(hand)
    assert "never shown to it" not in shown(hand)
    assert "never shown to it" in shown(hand.run())
    assert calls == ["lesson"]


def test_where_helpers_die_a_sentence_says_so_and_the_page_is_whole(hand, monkeypatch):
    def die(*_):
        raise HelperDiedError

    with monkeypatch.context() as dying:
        dying.setattr(Helper, "run", die)
        press_teach(hand)
    assert "broke off twice" in hand.error[0].value
    assert hand.button(key="hand_forget")
    assert "never shown to it" in shown(press_teach(hand))
    assert not hand.error
