"""One glossary for all pages, and the network's card, whose figures the documents print."""

import re

import pytest

from digits_app.lesson.steps import steps
from digits_app.pages.lesson.model_card import CARD
from digits_app.pages.shared.glossary import SENTENCES, linked
from tests.support.serving import ROOT


@pytest.mark.parametrize("word", SENTENCES)
def test_each_word_is_said_in_one_sentence_and_links_to_it(word: str):
    sentence = SENTENCES[word]
    assert re.fullmatch(r"[^.]+\.", sentence)
    assert linked(word) == f"[{word}](#word-{word.replace(' ', '-')})"


def test_the_words_of_the_lesson_explain_themselves_where_they_first_stand():
    texts = "".join(linked(f"{step.text} {step.note or ''}") for step in steps())
    for word in ("iteration", "loss", "fit", "score", "hidden-unit", "random_state"):
        assert f"(#word-{word})" in texts


@pytest.mark.parametrize("text", ["`mlp.fit(X)`", "profit", "`n_classes`", "scores"])
def test_code_and_parts_of_words_stay_as_they_are(text: str):
    assert linked(text).count("#word-") == text.count("#word-")


def test_the_cards_figures_are_those_of_the_documents():
    document = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")

    def row(start: str) -> list[str]:
        """The cells after the beginning of a line of a table."""
        (line,) = re.findall(rf"^\| {re.escape(start)} \|(.*)\|$", document, re.MULTILINE)
        return [cell.strip() for cell in line.split("|")]

    for drawn, written in (
        ("many countries", "134 people of many countries"),
        ("one school, filling", "30 people of one school, large"),
        ("one school, as written", "the same, small as they wrote"),
    ):
        shares = [
            row(f"10 | {by} | {drawn}")[2].rstrip("%") for by in ("augmented", "lesson")
        ]
        assert f"| {written} | {shares[0]} | {shares[1]} |" in CARD
    hands, lesson = (row(f"{by} | 101") for by in ("augmented", "lesson"))
    assert f"all digits of {hands[0]} of them, but of {hands[1]} people" in CARD
    assert f"it gets {hands[2]} right, of the worst single one {hands[3]}" in CARD
    assert f"lesson’s network gets {lesson[2]} and {lesson[3]}." in CARD
    passed = {
        kind: 100 - int(row(f"10 | {kind}")[1].rstrip("%"))
        for kind in ("letters and symbols of UniPen", "shapes", "scribbles", "letters")
    }
    real, shapes, scribbles, letters = passed.values()
    assert (
        f"{real} of 100 letters and signs of real people, {shapes} of 100 shapes, "
        f"{scribbles} of 100 scribbles" in CARD
    )
    assert letters == 0
