"""The page on every screen: the canvas is whole, and large, and drawn on to its corners."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.drawing import (
    SEVEN,
    answer,
    canvas,
    draw_with_mouse,
    expect_canvas,
    expect_none,
    expect_run_done,
    expect_still,
    on_screen,
    open_page,
    settle,
    still_box,
    stored_strokes,
    wait_until,
)

CORNERS = [(4, 4), (276, 4), (276, 276), (4, 276)]

# Width and height in CSS pixels, and the least side of the canvas.
SCREENS = {
    "smallest phone": (320, 568, 250),
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

# Buttons and tabs whose words are cut off, as Streamlit does where there is no room.
CUT_WORDS = """() => [...document.querySelectorAll("button, a")]
  .flatMap(e => [...e.querySelectorAll(".stMarkdownEllipsis, p")])
  .filter(e => e.checkVisibility() && e.clientWidth && e.scrollWidth > e.clientWidth + 1)
  .map(e => `${e.textContent}: ${e.clientWidth} of ${e.scrollWidth}`)"""

# Tabs, switches, and what can be done next, that lie upon each other.
OVERLAPS = """() => {
  const pieces = "a, [role=radio], main label, .stHtml p, .stPopover button";
  const shown = [...document.querySelectorAll(pieces)]
    .filter(e => e.closest(".st-key-tabs, .st-key-draw_knows, .st-key-draw_next"))
    .map(e => [e.innerText, e.getBoundingClientRect()])
    .filter(([words, box]) => words.trim() && box.width > 1);
  return shown.flatMap(([one, a], i) => shown.slice(i + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
    .map(([other]) => `${one} and ${other}`));
}"""


@pytest.mark.parametrize("screen", SCREENS)
def test_all_of_the_page_is_in_sight_and_the_canvas_in_reach(page: Page, screen: str):
    width, height, least = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    open_page(page)
    expect_still(page)
    before = still_box(canvas(page))
    draw_with_mouse(page, SEVEN)
    box = still_box(canvas(page))
    assert box == before  # nothing moves under the pen
    assert box["width"] == pytest.approx(box["height"], abs=1)
    assert box["width"] >= least
    expect_on_screen(canvas(page), width, height)
    expect_answer_switch_and_tabs(page, width, height)
    expect_none(page, SMALL_TARGETS)
    expect_the_tools_above_the_tabs(page, height)
    if screen == "projector":
        expect_none(page, SMALL_PRINT)
        expect_the_presenters_view(page, width, height)
    expect_the_corners_to_be_drawn_on(page)
    assert still_box(canvas(page)) == before  # not for the longest answer either
    page.wait_for_function(
        "width => document.documentElement.scrollWidth <= width", arg=width
    )


def expect_on_screen(locator: Locator, width: int, height: int) -> None:
    expect(locator).to_be_visible()

    def is_on_screen() -> bool:
        box = still_box(locator)
        is_across = 0 <= box["x"] < box["x"] + box["width"] <= width
        return is_across and 0 <= box["y"] < box["y"] + box["height"] <= height

    wait_until(locator.page, is_on_screen, locator)


def expect_answer_switch_and_tabs(page: Page, width: int, height: int) -> None:
    """They are in sight while one draws, and cover each other nowhere."""
    expect_on_screen(answer(page), width, height)
    expect_on_screen(page.get_by_role("radio", name="0 or 1"), width, height)
    tab = page.get_by_role("link", name="Mistakes").filter(visible=True).first
    expect_on_screen(tab, width, height)
    expect_none(page, OVERLAPS)
    assert is_apart(canvas(page), answer(page))


def expect_the_corners_to_be_drawn_on(page: Page) -> None:
    draw_with_mouse(page, [[corner, (140, 140)] for corner in CORNERS])
    settle(page)
    for corner, stroke in zip(CORNERS, stored_strokes(page)[-4:], strict=True):
        assert stroke["path"][0][1:] == pytest.approx(corner, abs=1)
    for x, y in on_screen(page, CORNERS):
        page.wait_for_function(
            "([x, y]) => document.elementFromPoint(x, y)?.closest('.st-key-draw_canvas')",
            arg=[x, y],
        )


def expect_the_tools_above_the_tabs(page: Page, height: int) -> None:
    """All tools are in sight while one draws, none behind the tabs below."""
    tools = still_box(page.locator(".part-tools"))
    tabs = still_box(page.locator(".st-key-tabs"))
    end = tabs["y"] if tabs["y"] > height / 2 else height
    assert tools["y"] + tools["height"] <= end


def expect_the_presenters_view(page: Page, width: int, height: int) -> None:
    """F2 shows three things alone, as large as the screen gives, and the page again."""
    usual = still_box(canvas(page))
    page.keyboard.press("F2")
    expect(page.get_by_role("button", name="Back (F2)")).to_be_visible()
    draw_with_mouse(page, [[(60, 140), (200, 140)]])
    slate = page.locator(".st-key-draw_slate")
    parts = (slate, page.locator(".part-answer"), page.locator(".part-saw .step.last"))
    for place, part in enumerate(parts):
        expect_on_screen(part, width, height)
        for other in parts[:place]:
            assert is_apart(part, other)
    assert still_box(slate)["height"] > 0.9 * height
    for hidden in (".st-key-tabs", ".part-near", ".st-key-draw_next"):
        expect(page.locator(hidden)).to_be_hidden()
    page.keyboard.press("F2")
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_visible()
    page.wait_for_function(
        "width => document.querySelector('.st-key-draw_canvas')"
        ".getBoundingClientRect().width === width",
        arg=usual["width"],
    )


def is_apart(one: Locator, other: Locator) -> bool:
    """Two pieces do not lie upon each other."""
    boxes = still_box(one), still_box(other)
    return any(
        first[start] + first[side] <= second[start] + 1
        for start, side in (("x", "width"), ("y", "height"))
        for first, second in (boxes, boxes[::-1])
    )


def show(page: Page, path: str) -> None:
    """Open a page; on the Draw page, draw."""
    if path == "/":
        open_page(page)
        draw_with_mouse(page, SEVEN)
        settle(page)
    else:
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect_run_done(page)
        page.evaluate(STILL)
        if path == "/my_hand":
            expect_canvas(page)
