"""Who writes 42 gets 42: a number on the Draw page, with a mouse and with a finger."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.drawing import (
    canvas,
    clear,
    draw_with_finger,
    draw_with_mouse,
    expect_ink,
    expect_more_ink,
    expect_strokes,
    ink,
    move_pen,
    open_page,
    settle,
)
from tests.support.rows import FIVE, FOUR, ONE, TWO, moved, six, zero

YEAR = [*moved(TWO, -130), *zero(95, 22), *moved(TWO, 5), *six(230)]


def digits(page: Page) -> Locator:
    """The digits of the number that is read, each a button."""
    return page.get_by_role("region", name="Answer").locator(".sign b")


def marked(page: Page) -> Locator:
    """The digit that the page is about."""
    return page.get_by_role("region", name="Answer").locator("[aria-pressed=true] b")


def one_digit(page: Page) -> Locator:
    """What stands there while one digit is read."""
    return page.get_by_role("region", name="Answer").locator(".digit")


def test_with_the_mouse(page: Page):
    open_page(page)
    # It follows the pen, and the browser's own reader says the same as the server.
    move_pen(page, ONE)
    expect(one_digit(page)).to_have_text("1")
    move_pen(page, zero(95))
    expect(digits(page)).to_have_text(["1", "0"])
    draw_with_mouse(page, moved(FOUR, 165))
    expect(digits(page)).to_have_text(["1", "0", "4"])
    expect(page.get_by_role("status").filter(has_text="It reads 104.")).to_be_attached()
    # The page is about the digit that was written last, or pressed.
    expect(marked(page)).to_have_text("4")
    expect(page.locator(".part-others .op.on b")).to_have_text("4")
    page.get_by_role("button", name=re.compile("^0, ")).click()
    expect(marked(page)).to_have_text("0")
    expect(page.locator(".part-others .op.on b")).to_have_text("0")
    expect(page.get_by_role("heading", name="it is a 0")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("now a 0$"))).to_be_visible()
    expect(page.locator("body[data-behind]")).to_have_count(0)
    page.get_by_role("button", name="Why a 0?").click()
    why = page.get_by_role("dialog")
    expect(why.get_by_role("heading", name="Why a 0?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(why).to_have_count(0)
    # A digit that is added in front stands in front.
    clear(page)
    draw_with_mouse(page, [*TWO, *FOUR])
    expect(digits(page)).to_have_text(["4", "2"])
    # Undo takes the 4's stem, and one digit is read as ever.
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Undo").click()
    expect(one_digit(page)).to_have_text("2")
    expect(digits(page)).to_have_count(0)


def test_with_a_finger(phone: Page):
    # Opened on its side there is room for a number; upright it is a square.
    phone.set_viewport_size({"width": 844, "height": 390})
    open_page(phone)
    expect(canvas(phone)).to_have_js_property("width", 1120)
    phone.set_viewport_size({"width": 390, "height": 844})
    expect(canvas(phone)).to_have_js_property("width", 560)
    draw_with_finger(phone, FOUR)
    expect(one_digit(phone)).to_have_text("4")
    draw_with_finger(phone, TWO)
    expect(digits(phone)).to_have_text(["4", "2"])
    clear(phone)
    draw_with_finger(phone, FIVE)
    expect(one_digit(phone)).to_have_text("5")
    clear(phone)
    phone.get_by_role("button", name="Thin").or_(phone.get_by_label("Thin")).first.click()
    draw_with_finger(phone, YEAR)
    expect(digits(phone)).to_have_text(["2", "0", "2", "6"])
    # Turned on its side it has room for six, and what is drawn stays where it is.
    phone.set_viewport_size({"width": 844, "height": 390})
    expect(canvas(phone)).to_have_js_property("width", 1120)
    draw_with_finger(phone, [*moved(FOUR, 270), *moved(TWO, 330)])
    expect(digits(phone)).to_have_text(["2", "0", "2", "6", "4", "2"])
    # Upright again it is a square, into which the whole number fits.
    phone.set_viewport_size({"width": 390, "height": 844})
    expect(canvas(phone)).to_have_js_property("width", 560)
    expect(digits(phone)).to_have_text(["2", "0", "2", "6", "4", "2"])


def test_on_the_wide_canvas(page: Page):
    open_page(page)
    draw_with_mouse(page, [*ONE, *zero(95)])
    page.get_by_role("button", name="Wider").click()
    expect(canvas(page)).to_have_js_property("width", 1120)
    expect(digits(page)).to_have_text(["1", "0"])
    settle(page)
    draw_with_mouse(page, [*moved(TWO, 150), *moved(FOUR, 430)])
    expect(digits(page)).to_have_text(["1", "0", "2", "4"])
    expect(page.locator(".part-others .op.on b")).to_have_text("4")
    page.reload()
    expect(digits(page)).to_have_text(["1", "0", "2", "4"])
    expect(canvas(page)).to_have_js_property("width", 1120)
    settle(page)
    # A tap on a digit is no ink: the page is about that one.
    expect_more_ink(page, 0)
    number = ink(page)
    draw_with_mouse(page, [[(330, 140)]])
    expect(marked(page)).to_have_text("2")
    expect(page.locator(".part-others .op.on b")).to_have_text("2")
    expect_ink(page, number)
    expect_strokes(page, 5)
    # A square again: nothing is lost, and on the wide canvas it is as it was.
    page.get_by_role("button", name="Narrower").click()
    expect(digits(page)).to_have_text(["1", "0", "2", "4"])
    page.get_by_role("button", name="Wider").click()
    expect_ink(page, number)
