"""The page on every screen: the canvas is whole, and large, and drawn on to its corners."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.drawing import (
    SEVEN,
    answer,
    canvas,
    draw_with_mouse,
    on_screen,
    open_page,
    settle,
    stored_strokes,
)

CORNERS = [(4, 4), (276, 4), (276, 276), (4, 276)]

# Width and height in CSS pixels, and the least side of the canvas.
SCREENS = {
    "small phone": (320, 640, 280),
    "phone": (390, 660, 330),
    "between phone and tablet": (641, 900, 400),
    "tablet, small": (768, 1024, 520),
    "tablet": (820, 1180, 540),
    "tablet on its side": (1024, 768, 380),
    "small laptop": (1165, 800, 380),
    "laptop": (1280, 800, 420),
    "large laptop": (1440, 900, 460),
    "projector": (1920, 1080, 560),
    "phone on its side": (844, 390, 300),
    "laptop at 200 %": (640, 400, 270),
    "projector at 200 %": (960, 540, 400),
}

# Visible text smaller than 16 px, and its size.
SMALL_PRINT = """() => [...document.querySelectorAll("main *, header *, nav *")]
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(e => e.checkVisibility() && e.getClientRects().length)
  .filter(e => !/inset/.test(getComputedStyle(e).clipPath) && !e.closest("[role=status]"))
  .filter(e => !e.closest("svg") && parseFloat(getComputedStyle(e).fontSize) < 16)
  .map(e => e.textContent.trim().slice(0, 30) + " " + getComputedStyle(e).fontSize)"""

# Waits until nothing changes for half a second: the style sheet may come after the text.
STILL = """() => new Promise(done => {
  let timer = setTimeout(done, 500);
  new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 500); })
    .observe(document, { childList: true, subtree: true, characterData: true });
})"""

# Controls in sight that a finger could miss.
SMALL_TARGETS = """() => [...document.querySelectorAll("main button, nav a")]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 1)
  .map(e => [e.innerText || e.ariaLabel, e.getBoundingClientRect()])
  .filter(([, box]) => Math.min(box.width, box.height) < 39.5)
  .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""

# Tabs and switches that lie upon each other.
OVERLAPS = """() => {
  const shown = [...document.querySelectorAll("nav a, a, [role=radio], main label")]
    .filter(e => e.closest(".st-key-tabs, .st-key-draw_knows"))
    .map(e => [e.innerText, e.getBoundingClientRect()])
    .filter(([words, box]) => words.trim() && box.width > 1);
  return shown.flatMap(([one, a], i) => shown.slice(i + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
    .map(([other]) => `${one} and ${other}`));
}"""


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict):
    """A page as large as one of the screens, its name, and the canvas' least side."""
    width, height, least = SCREENS[request.param]
    size = {"viewport": {"width": width, "height": height}}
    with browser.new_context(**{**browser_context_args, **size}) as context:
        yield context.new_page(), width, height, least


def test_the_canvas_is_whole_and_can_be_drawn_on_to_its_corners(screen):
    page, width, height, least = screen
    open_page(page)
    before = canvas(page).bounding_box()
    draw_with_mouse(page, SEVEN)
    box = canvas(page).bounding_box()
    assert box == before  # nothing moves under the pen
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] >= least
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    draw_with_mouse(page, [[corner, (140, 140)] for corner in CORNERS])
    settle(page)
    assert canvas(page).bounding_box() == before  # not for the longest answer either
    for corner, stroke in zip(CORNERS, stored_strokes(page)[-4:], strict=True):
        assert stroke["path"][0][1:] == pytest.approx(corner, abs=1)
    for x, y in on_screen(page, CORNERS):
        assert page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('.st-key-draw_canvas')"
            " !== null",
            [x, y],
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_answer_switch_and_tabs_are_in_sight_while_drawing(screen):
    page, width, height, _ = screen
    open_page(page)
    draw_with_mouse(page, SEVEN)
    shown = [
        answer(page),
        page.get_by_role("radio", name="0 or 1"),
        page.get_by_role("link", name="Mistakes").filter(visible=True).first,
    ]
    for locator in shown:
        box = locator.bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        assert 0 <= box["y"] < box["y"] + box["height"] <= height
    assert page.evaluate(OVERLAPS) == []
    pen = canvas(page).bounding_box()
    read = answer(page).bounding_box()
    above = read["y"] + read["height"] <= pen["y"] + 1
    beside = read["x"] >= pen["x"] + pen["width"]
    assert above or beside


def test_controls_can_be_hit_with_a_finger(screen):
    page, *_ = screen
    open_page(page)
    draw_with_mouse(page, SEVEN)
    assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize(
    "path", ["/", "/mistakes", "/my_hand", "/lesson", "/lesson?step=4"]
)
def test_on_a_projector_no_text_is_small(
    browser: Browser, browser_context_args: dict, path: str
):
    size = {"viewport": {"width": 1920, "height": 1080}}
    with browser.new_context(**{**browser_context_args, **size}) as context:
        page = context.new_page()
        show(page, path)
        assert page.evaluate(SMALL_PRINT) == []


def show(page: Page, path: str) -> None:
    """Open a page; on the Draw page, draw."""
    if path == "/":
        open_page(page)
        draw_with_mouse(page, SEVEN)
        settle(page)
    else:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )
        page.evaluate(STILL)
        if path == "/my_hand":
            expect(canvas(page)).to_have_attribute("aria-label", "Drawing area")
