"""axe-core finds nothing on any page, in light and dark, and no text is small."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import (
    SEVEN,
    clear,
    draw_with_mouse,
    expect_none,
    expect_run_done,
    light_and_dark,
    open_page,
    wait_until,
)
from tests.e2e.test_draw import SCRIBBLE
from tests.e2e.test_picture import ONE, choose, open_dialog, photo
from tests.e2e.test_why import ask_for_more, open_why
from tests.e2e.test_widths import CUT_WORDS, SMALL_PRINT, show
from tests.support.serving import ROOT

AXE = ROOT / "tests" / "support" / "axe" / "axe.min.js"
PAGES = {
    "/": "Draw",
    "/my_hand": "My hand",
    "/mistakes": "Mistakes",
    "/lesson": "Lesson",
    "/lesson?step=4": "Lesson",
    "/class": "Class",
}
"""Addresses, and the title of each."""

# Of axe's findings, the rule and where. Only when asked it looks at targets (WCAG 2.2).
RUN_AXE = """async () => {
  const { violations } = await axe.run(document,
    { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
  return violations.flatMap(({ id, nodes }) => nodes.map(node => ({
    rule: id, at: node.target.flat().join(" "), html: node.html.slice(0, 200),
    why: node.any.map(check => check.message).join("; ").slice(0, 200),
  })));
}"""


ON_THE_PAGES_GROUND = """element => {
  const ground = each => getComputedStyle(each).backgroundColor;
  return ground(element) === ground(document.querySelector(".stApp"));
}"""


def findings(page: Page) -> list[dict[str, Any]]:
    """What axe finds once nothing fades any more: half faded, no text has its contrast."""
    expect_run_done(page)
    page.wait_for_function(
        "() => !document.getAnimations().some(each => each instanceof CSSTransition)"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE)
    return found


def expect_axe_finds_nothing(page: Page) -> None:
    """What comes after the script's end may be missing for a moment."""
    found: list[dict[str, Any]] = []

    def look() -> bool:
        found[:] = findings(page)
        return not found

    wait_until(page, look, found)


def expect_no_findings(page: Page) -> None:
    for _ in light_and_dark(page):
        expect_axe_finds_nothing(page)


@pytest.mark.parametrize("path", PAGES)
def test_each_page(page: Page, path: str):
    """It has its title, one first heading, and words that the last row can read."""
    show(page, path)
    expect_none(page, CUT_WORDS)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page).to_have_title(f"{PAGES[path]} · Eight by Eight")
    expect_no_findings(page)
    page.set_viewport_size({"width": 1920, "height": 1080})
    expect_none(page, SMALL_PRINT)


def test_axe_finds_nothing_whatever_the_draw_page_shows(page: Page):
    open_page(page)
    expect_no_findings(page)
    draw_with_mouse(page, SCRIBBLE)
    expect(page.get_by_role("heading", name="never seen anything")).to_be_visible()
    expect_no_findings(page)
    clear(page)
    page.get_by_role("button", name="Type").click()
    expect(page.get_by_role("dialog").get_by_role("gridcell")).to_have_count(64)
    expect_no_findings(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    draw_with_mouse(page, SEVEN)
    page.get_by_role("button", name="Why a 7?").click()
    expect(page.get_by_role("dialog").get_by_role("gridcell")).to_have_count(64)
    expect_no_findings(page)


def test_axe_finds_nothing_in_the_reasons_for_a_test_digit(page: Page):
    dialog = open_why(page)
    ask_for_more(dialog)
    dialog.get_by_text("Beside a network that learned nothing").click()
    expect(dialog.locator(".why-maps figure")).to_have_count(2)
    expect_no_findings(page)


def test_axe_finds_nothing_where_a_picture_is_read(page: Page):
    dialog = open_dialog(page)
    expect(dialog.get_by_text("Upload", exact=True)).to_be_visible()
    expect(dialog.locator("section[role=presentation]")).to_have_count(0)
    expect_no_findings(page)
    choose(page, photo(ONE, ONE))
    expect(dialog.get_by_role("status")).to_have_text("It reads 11")
    expect_no_findings(page)
    close = dialog.get_by_label("Close")
    for _ in light_and_dark(page):  # an open dialog, too, changes with the system
        wait_until(page, lambda: close.evaluate(ON_THE_PAGES_GROUND), "the page's ground")


def test_axe_finds_nothing_on_a_phone(phone: Page):
    show(phone, "/")
    expect_no_findings(phone)
