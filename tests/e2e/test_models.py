"""The switches of the Draw page, in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.drawing import answer, draw_with_mouse, open_page, reading, settle

FIVE = [[(190, 50), (100, 50), (95, 130), (150, 115), (195, 150), (190, 210), (90, 225)]]


def test_the_training_switch_reads_the_same_drawing_and_stands_in_the_link(page: Page):
    open_page(page)
    expect(page.get_by_role("radio", name="Augmented")).to_be_checked()
    draw_with_mouse(page, FIVE)
    assert reading(page) == 5
    page.get_by_text("Lesson", exact=True).last.click()
    settle(page)
    assert reading(page) == 5
    assert "training_draw=Lesson" in page.url


def test_averaging_can_be_switched_off_and_on(page: Page):
    open_page(page)
    draw_with_mouse(page, FIVE)
    copies = page.get_by_text("tilted copies", exact=False).filter(visible=True)
    expect(copies).to_have_count(1)
    page.get_by_text("Average over small tilts").click()
    expect(copies).to_have_count(0)
    assert reading(page) == 5
    page.get_by_text("Average over small tilts").click()
    expect(copies).to_have_count(1)


def test_the_two_class_model_says_that_a_5_is_strange_to_it(page: Page):
    open_page(page)
    draw_with_mouse(page, FIVE)
    strange = page.get_by_text("not like any digit I learned")
    expect(strange).to_have_count(0)
    page.get_by_text("0 or 1", exact=True).click()
    expect(strange).to_be_visible()
    expect(answer(page)).to_have_text(re.compile("^[01]$"))


def test_all_four_models_stand_under_the_answer(page: Page):
    open_page(page)
    draw_with_mouse(page, FIVE)
    table = page.get_by_role("table", name="What each model reads")
    expect(table.get_by_role("columnheader")).to_have_count(4)
    expect(table.get_by_role("cell").first).to_contain_text("5")
