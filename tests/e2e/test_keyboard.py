"""With the keyboard alone: every stop of the Tab key can be seen, and none is a trap."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PATIENCE
from tests.e2e.drawing import SEVEN, draw_with_mouse, expect_still, open_page

MOST_STOPS = 150

# Where the focus is, what it is called, and what covers its middle.
FOCUSED = """() => new Promise(
  done => requestAnimationFrame(() => requestAnimationFrame(() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return done(null);
  window.stops ??= [];
  if (!window.stops.includes(at)) window.stops.push(at);
  // A field within a label is seen by what stands for it.
  const isChoice = at.matches("input[type=radio], input[type=checkbox]");
  const shown = isChoice ? at.closest("label") : at;
  const { left, right, top, bottom } = (shown ?? at).getBoundingClientRect();
  const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2;
  const y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
  const on = document.elementFromPoint(x, y);
  const seen = on && (on.contains(at) || at.contains(on) || shown?.contains(on)
    || on.shadowRoot?.contains(at) || on.closest("label")?.contains(at));
  const name = at.ariaLabel || at.innerText?.trim() || at.name || at.outerHTML;
  done({ number: window.stops.indexOf(at), name: name.slice(0, 80), seen: Boolean(seen),
         by: seen ? "" : on?.outerHTML.slice(0, 160) });
})))"""


def stops(page: Page) -> list[dict]:
    """Press Tab until the focus comes back to where it was, or leaves the page."""
    found: list[dict] = []
    # What comes late moves what has the focus out of sight.
    expect_still(page)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        deadline = time.monotonic() + PATIENCE / 1000
        while stop and not stop["seen"] and time.monotonic() < deadline:
            stop = page.evaluate(FOCUSED)  # the page scrolls to it
        if stop is None or stop["number"] < len(found):
            return found
        found.append(stop)
    raise AssertionError(f"no end: {found[-3:]}")


def expect_all_seen(page: Page, *names: str) -> None:
    """Each stop is seen, and these are among them."""
    found = stops(page)
    assert [stop for stop in found if not stop["seen"]] == []
    heard = [stop["name"] for stop in found]
    for name in names:
        assert any(name in each for each in heard), (name, heard)


@pytest.mark.parametrize("size", [(390, 800), (844, 390), (1280, 800)])
def test_every_stop_of_the_keyboard_is_seen(page: Page, size: tuple[int, int]):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(page)
    draw_with_mouse(page, SEVEN)
    page.mouse.move(0, 0)
    expect_all_seen(page, "Undo", "Clear", "Show me one", "From a picture", "Why")

    page.get_by_role("button", name="Why").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("What would make it").first).to_be_visible()
    expect_all_seen(page, "Close")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)

    open_page(page, "/my_hand")
    expect_all_seen(page, "Next", "Undo", "Clear")

    page.goto("/mistakes")
    expect(page.get_by_role("table")).to_be_visible()
    expect_all_seen(page)
