"""The painter: digit, words and bars from numbers, with Python's words."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from digits_app.wording import CERTAINTY_WORDS, answer_words, certainty

WORDS = json.loads(json.dumps(answer_words()))


def likely(digit: int, probability: float, n_classes: int = 10) -> list[float]:
    """Probabilities of which one digit has the greatest, and the next digit the rest."""
    proba = [0.0] * n_classes
    proba[digit] = probability
    proba[(digit + 1) % n_classes] = 1 - probability
    return proba


@pytest.fixture
def paint(run, blank: Page):
    def paint_reading(proba: list[float], strange: bool = False, why: bool = False):
        given: dict[str, Any] = {
            "reading": {"proba": proba, "isUnfamiliar": strange},
            "words": WORDS,
            "why": why,
        }
        run(
            "board/answer.js",
            "paintAnswer(document.body, given.reading, given.words, given.why)",
            given,
        )
        return blank.get_by_role("region", name="Answer")

    return paint_reading


@pytest.mark.parametrize(
    "probability",
    [*(least for least, _ in CERTAINTY_WORDS[:-1]), 0.9499, 0.7999, 0.4999, 1.0, 0.3],
)
def test_the_words_are_python_s(paint, probability: float):
    rest = [(1 - probability) / 9] * 10
    rest[8] = probability
    answer = paint(rest)
    words = certainty(probability)
    said = "Only guessing: an 8" if words == "just guessing" else f"{words} it is an 8"
    expect(answer.get_by_role("heading")).to_have_text(said, ignore_case=True)


def test_the_digit_its_bars_and_the_next_digit(paint):
    answer = paint(likely(4, 0.91), why=True)
    expect(answer.locator(".digit")).to_have_text("4")
    expect(answer).to_contain_text("91% for the 4. The 5 comes next, with 9%.")
    expect(answer.get_by_role("img")).to_have_accessible_name(
        "How likely each digit is: 0: 0%, 1: 0%, 2: 0%, 3: 0%, 4: 91%, 5: 9%, 6: 0%, "
        "7: 0%, 8: 0%, 9: 0%"
    )
    expect(answer.locator(".win span")).to_have_text("4")
    expect(answer.locator(".win i")).to_have_css("--p", "91.0%")
    expect(answer.get_by_role("button")).to_have_text("help Why a 4?")


def test_nothing_else_comes_close_where_it_does_not(paint):
    expect(paint(likely(4, 0.9951))).to_contain_text("99.5% for the 4. Nothing else")


def test_what_is_like_no_digit_gets_a_question_mark_and_no_percentages(paint):
    answer = paint(likely(1, 0.9, n_classes=2), strange=True)
    expect(answer.locator(".digit")).to_have_text("1?")
    expect(answer).to_contain_text("It has never seen anything like this")
    expect(answer).to_contain_text("It knows only 0 and 1. If it must choose, it says 1.")
    expect(answer).not_to_contain_text("%")
    expect(answer.locator(".win")).to_have_count(0)


def test_another_network_has_as_many_bars_as_it_knows_digits(paint):
    paint(likely(4, 0.9))
    expect(paint(likely(1, 0.9, n_classes=2)).locator(".bar")).to_have_count(2)
    expect(paint(likely(4, 0.9)).locator(".bar")).to_have_count(10)


def test_before_a_reading_there_is_a_question_mark(run, blank: Page):
    run(
        "board/answer.js",
        "paintNothing(document.body, { title: 'Your turn', detail: 'Draw', nClasses: 10 },"
        " given)",
        WORDS,
    )
    answer = blank.get_by_role("region", name="Answer")
    expect(answer.locator(".digit")).to_have_text("?")
    expect(answer.get_by_role("heading")).to_have_text("Your turn")
    expect(answer).not_to_contain_text("%")
