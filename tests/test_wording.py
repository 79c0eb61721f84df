import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digits_app.wording import CERTAINTY_WORDS, a_digit, certainty, percent


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (1e-9, "<0.1%"),
        (0.0009, "<0.1%"),
        (0.001, "0.1%"),
        (0.004, "0.4%"),
        (0.01, "1%"),
        (0.5, "50%"),
        (0.914, "91%"),
        (0.99, "99%"),
        (0.996, "99.6%"),
        (0.999, "99.9%"),
        (0.9991, ">99.9%"),
        (1 - 1e-9, ">99.9%"),
        (1, "100%"),
    ],
)
def test_a_percentage_as_it_is_written(share, text):
    assert percent(share) == text


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_a_percentage_never_rounds_to_certainty(share):
    text = percent(share)
    figure = float(re.sub("[<>%]", "", text))
    assert 0 < figure < 100
    if text[0] not in "<>":
        assert figure == pytest.approx(100 * share, abs=0.51)


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1, "very sure"),
        (0.95, "very sure"),
        (0.9499, "fairly sure"),
        (0.8, "fairly sure"),
        (0.7999, "not so sure"),
        (0.5, "not so sure"),
        (0.4999, "just guessing"),
        (0, "just guessing"),
    ],
)
def test_how_sure_a_model_is_said_to_be(probability, words):
    assert certainty(probability) == words


def test_the_surer_the_words_the_more_is_asked_for():
    least = [probability for probability, _ in CERTAINTY_WORDS]
    assert least == sorted(least, reverse=True)


def test_only_the_eight_begins_with_a_vowel():
    assert [a_digit(digit)[:2] for digit in range(10)] == ["a "] * 8 + ["an", "a "]
