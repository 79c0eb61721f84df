"""What a person does on the Draw page, in a real browser."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import (
    SEVEN,
    answer,
    canvas,
    clear,
    draw_with_finger,
    draw_with_mouse,
    drawn_ink,
    expect_ink,
    expect_more_ink,
    expect_reading,
    invitation,
    open_page,
    reading,
    settle,
)

# The canvas leaves one of the last points out; where it is given a drawing it has them all.
NEARLY = 0.03
ONE = [[(140, 40), (140, 140), (140, 240)]]
SCRIBBLE = [
    [
        (60, 60),
        (220, 70),
        (70, 120),
        (210, 150),
        (60, 190),
        (220, 220),
        (90, 240),
        (150, 40),
    ]
]
PER_DIGIT = 1


def handwriting(pen_drawings, placement):
    """`PER_DIGIT` drawings of each digit, as (label, strokes), every other point."""
    for label in range(10):
        chosen = [drawing for drawing in pen_drawings if drawing.label == label]
        for drawing in chosen[:: len(chosen) // PER_DIGIT][:PER_DIGIT]:
            strokes = drawing.placed(placement)
            yield label, [np.vstack([s[:-1:2], s[-1:]]) for s in strokes]


def read_all(page: Page, draw, drawings) -> list[tuple[int, int]]:
    answers = []
    for label, strokes in drawings:
        draw(page, strokes)
        expect(answer(page)).to_have_text(re.compile(r"^\d\??$"))
        answers.append((label, reading(page)))
        clear(page)
    return answers


def share_right(answers: list[tuple[int, int]]) -> float:
    return float(np.mean([label == answer for label, answer in answers]))


def test_handwriting_drawn_with_the_mouse_is_read(page: Page, pen_drawings):
    open_page(page)
    answers = read_all(page, draw_with_mouse, handwriting(pen_drawings, "filling"))
    assert len(answers) == 10 * PER_DIGIT
    assert share_right(answers) >= 0.8, answers


def test_handwriting_drawn_with_a_finger_is_read(phone: Page, pen_drawings):
    open_page(phone)
    answers = read_all(phone, draw_with_finger, handwriting(pen_drawings, "filling"))
    assert len(answers) == 10 * PER_DIGIT
    assert share_right(answers) >= 0.8, answers


def test_the_top_right_corner_can_be_drawn_on_and_tapping_it_does_not_erase(phone: Page):
    open_page(phone)
    for start in ((270, 10), (200, 5), (150, 20)):
        draw_with_finger(phone, [[start, (200, 120), (140, 240)]])
        expect_more_ink(phone, 1000)
        clear(phone)
    draw_with_finger(phone, SEVEN)
    drawn = drawn_ink(phone)
    for x in (150, 190, 230, 270):
        draw_with_finger(phone, [[(x, 8)]])
    expect_more_ink(phone, drawn - 1)
    expect(answer(phone)).to_be_visible()


def test_the_drawing_survives_switching_the_model_and_the_brush(page: Page):
    open_page(page)
    draw_with_mouse(page, ONE)
    drawn = drawn_ink(page)
    page.get_by_text("0 or 1", exact=True).click()
    settle(page)
    expect_reading(page, 1)
    expect(page).to_have_url(re.compile(r"classes=0\+or\+1"))
    page.get_by_role("radio", name="Thick").click()
    settle(page)
    expect_reading(page, 1)
    expect_ink(page, drawn)


def test_the_drawing_survives_another_page(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    drawn = drawn_ink(page)
    for _ in range(2):
        page.get_by_role("link", name="Mistakes").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Where it goes wrong")
        settle(page)
        page.get_by_role("link", name="Draw").click()
        expect(canvas(page)).to_be_visible()
        settle(page)
        expect_reading(page, 7)
        expect_ink(page, pytest.approx(drawn, rel=NEARLY))
    draw_with_mouse(page, [[(100, 150), (200, 150)]])
    expect_more_ink(page, drawn)


def test_undo_and_clear(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    drawn = drawn_ink(page)
    draw_with_mouse(page, [[(20, 20), (20, 260)]])
    expect_more_ink(page, drawn)
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect_reading(page, 7)
    expect_ink(page, pytest.approx(drawn, rel=NEARLY))
    clear(page)
    expect_ink(page, 0)
    draw_with_mouse(page, ONE)
    expect_reading(page, 1)


def test_what_is_said_of_one_stroke_is_gone_with_the_next(page: Page):
    """Sentences come and go while only the canvas' part of the page runs again."""
    open_page(page)
    draw_with_mouse(page, [[(100, 100), (102, 101)]])
    expect(page.get_by_role("region", name="Answer")).to_contain_text("only a dot")
    draw_with_mouse(page, ONE)
    expect(page.get_by_role("region", name="Answer")).not_to_contain_text("only a dot")
    expect_reading(page, 1)
    draw_with_mouse(page, SCRIBBLE)
    expect(
        page.get_by_role("heading", name="never seen anything like this")
    ).to_be_visible()
    expect(answer(page)).to_have_text(re.compile(r"^\d\?$"))
    expect(page.get_by_role("region", name="Answer")).not_to_contain_text("%")
    expect(page.get_by_role("heading", name="What the network saw")).to_have_count(1)


def test_the_drawing_survives_a_reload_of_the_page(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    page.reload()
    expect(answer(page)).to_have_text("7")
    clear(page)
    page.reload()
    expect(invitation(page)).to_be_visible()
    settle(page)
    expect_ink(page, 0)


def test_two_visitors_do_not_see_each_others_drawing(page: Page, phone: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    open_page(phone)
    expect(invitation(phone)).to_be_visible()
    draw_with_finger(phone, ONE)
    expect_reading(phone, 1)
    settle(page)
    expect_reading(page, 7)
