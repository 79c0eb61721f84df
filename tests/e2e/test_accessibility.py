"""axe-core finds nothing on any page, in light and dark; each page has one title."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.drawing import SEVEN, draw_with_mouse, open_page
from tests.e2e.test_draw import SCRIBBLE
from tests.e2e.test_picture import ONE, choose, open_dialog, photo
from tests.e2e.test_why import open_why
from tests.e2e.test_widths import show
from tests.support.serving import ROOT

AXE = ROOT / "tests" / "support" / "axe" / "axe.min.js"
PAGES = ["/", "/my_hand", "/mistakes", "/lesson"]

# Of axe's findings, the rule and where; without what is Streamlit's own and out of reach.
RUN_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(node => ({
    rule: id, at: node.target.flat().join(" "), html: node.html.slice(0, 200),
    why: node.any.map(check => check.message).join("; ").slice(0, 200),
  })));
}"""


def findings(page: Page) -> list[dict[str, Any]]:
    """What axe finds once nothing fades any more: half faded, no text has its contrast."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning"
    )
    page.wait_for_function(
        "() => !document.getAnimations().some(each => each instanceof CSSTransition)"
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE)
    return found


@pytest.fixture(params=["light", "dark"])
def page_in(request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict):
    with browser.new_context(
        **{**browser_context_args, "color_scheme": request.param}
    ) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(page_in: Page, path: str):
    show(page_in, path)
    assert findings(page_in) == []


def test_axe_finds_nothing_where_the_drawing_is_like_no_digit(page_in: Page):
    open_page(page_in)
    assert findings(page_in) == []
    draw_with_mouse(page_in, SCRIBBLE)
    expect(page_in.get_by_role("heading", name="never seen anything")).to_be_visible()
    assert findings(page_in) == []


def test_axe_finds_nothing_in_the_reasons_for_a_drawing(page_in: Page):
    open_page(page_in)
    draw_with_mouse(page_in, SEVEN)
    page_in.get_by_role("button", name="Why a 7?").click()
    dialog = page_in.get_by_role("dialog")
    expect(dialog.get_by_role("gridcell")).to_have_count(64)
    assert findings(page_in) == []


def test_axe_finds_nothing_in_the_reasons_for_a_test_digit(page_in: Page):
    dialog = open_why(page_in)
    dialog.get_by_text("Beside a network that learned nothing").click()
    expect(dialog.locator(".why-maps figure")).to_have_count(3)
    assert findings(page_in) == []


def test_axe_finds_nothing_where_a_digit_is_typed(page_in: Page):
    open_page(page_in)
    page_in.get_by_role("button", name="Type").click()
    expect(page_in.get_by_role("dialog").get_by_role("gridcell")).to_have_count(64)
    assert findings(page_in) == []


def test_axe_finds_nothing_where_a_picture_is_read(page_in: Page):
    dialog = open_dialog(page_in)
    expect(dialog.get_by_text("Upload", exact=True)).to_be_visible()
    expect(dialog.locator("section[role=presentation]")).to_have_count(0)
    assert findings(page_in) == []
    choose(page_in, photo(ONE, ONE))
    expect(dialog.get_by_role("status")).to_have_text("It reads 11")
    assert findings(page_in) == []


def test_axe_finds_nothing_on_a_phone(phone: Page):
    show(phone, "/")
    assert findings(phone) == []


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_its_title_and_one_first_heading(page: Page, path: str):
    show(page, path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    names = {"/": "Draw", "/my_hand": "My hand", "/mistakes": "Mistakes"}
    name = names.get(path, "Lesson")
    expect(page).to_have_title(f"{name} · Eight by Eight")
