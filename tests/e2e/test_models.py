"""The switches of the Draw page, in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.drawing import (
    answer,
    draw_with_mouse,
    expect_reading,
    open_page,
    settle,
)

FIVE = [[(190, 50), (100, 50), (95, 130), (150, 115), (195, 150), (190, 210), (90, 225)]]


def test_an_opinion_that_is_pressed_answers_and_stands_in_the_link(page: Page):
    open_page(page)
    draw_with_mouse(page, FIVE)
    expect_reading(page, 5)
    strange = page.get_by_role("heading", name="never seen anything like this")
    expect(strange).to_have_count(0)
    opinions = page.locator("button[data-ask=network]")
    expect(opinions).to_have_count(4)
    expect(opinions.and_(page.locator("[aria-pressed=true]"))).to_have_count(1)
    opinions.nth(2).click()
    expect(opinions.nth(2)).to_have_attribute("aria-pressed", "true")
    settle(page)
    expect_reading(page, 5)
    expect(page).to_have_url(re.compile(r"training_draw=as\+they\+are"))
    page.reload()
    expect(opinions.nth(2)).to_have_attribute("aria-pressed", "true")
    opinions.nth(1).click()
    expect(page.get_by_role("radio", name="0 or 1")).to_be_checked()
    expect(answer(page)).to_have_text(re.compile(r"^[01]\?$"))
    expect(page).to_have_url(re.compile(r"classes=0\+or\+1"))
    expect(page).not_to_have_url(re.compile(r"training_draw"))
    expect(strange).to_be_visible()  # a network of 0 and 1 has never seen a 5
