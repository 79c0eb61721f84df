"""What the board relies on inside the canvas component, which has no promise about it.

Seen in streamlit-drawable-canvas 0.13.0 (Fabric 7.4.0). Where this fails after an update,
`digits_app/browser/board/canvas.js` is what must change.
"""

from importlib.metadata import version

from playwright.sync_api import Page, expect

from tests.e2e.drawing import (
    canvas,
    draw_with_mouse,
    expect_more_ink,
    open_page,
    still_box,
)

PARTS = (
    "canvas-root",
    "dc-root",
    "dc-scroll",
    "dc-container",
    "canvas-container",
    "canvas-container .upper-canvas",
    "canvas-container .lower-canvas",
    "dc-toolbar",
)


def test_the_version_is_the_one_that_was_seen():
    assert version("streamlit-drawable-canvas") == "0.13.0"
    assert version("streamlit") == "1.67.0"


def test_the_canvas_lies_in_an_open_shadow_root_with_these_parts(page: Page):
    open_page(page)
    for part in PARTS:
        expect(page.locator(f".st-key-draw_canvas .{part}")).to_have_count(1)
    assert canvas(page).evaluate("element => element.getRootNode().mode") == "open"
    expect(page.locator(".st-key-draw_canvas .dc-toolbar")).to_be_hidden()


def test_the_pixels_of_the_canvas_do_not_depend_on_its_size(page: Page):
    open_page(page)
    assert canvas(page).evaluate("element => [element.width, element.height]") == [560, 560]
    assert still_box(canvas(page))["width"] < 560


def test_the_canvas_draws_by_mouse_events_that_a_script_sends(page: Page):
    """Show me one relies on it."""
    open_page(page)
    draw_with_mouse(page, [])
    page.evaluate(
        """() => {
          const host = [...document.querySelectorAll(".st-key-draw_canvas *")]
            .find(element => element.shadowRoot);
          const canvas = host.shadowRoot.querySelector(".upper-canvas");
          const box = canvas.getBoundingClientRect();
          const send = (type, x) => canvas.dispatchEvent(new MouseEvent(type, {
            clientX: box.left + x, clientY: box.top + 50, button: 0, buttons: 1,
            bubbles: true, composed: true, view: window,
          }));
          send("mousedown", 50); send("mousemove", 150); send("mousemove", 250);
          send("mouseup", 250);
        }"""
    )
    expect_more_ink(page, 750)
