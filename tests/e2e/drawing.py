"""Drawing on the real canvas, with the mouse and with a finger."""

from collections.abc import Iterable, Sequence

import numpy as np
from playwright.sync_api import Locator, Page, expect

CANVAS_WAIT_MS = 200
"""How long the canvas waits after the pen lifts before it reports the stroke."""

Strokes = Iterable[Sequence[Sequence[float]] | np.ndarray]


def open_page(page: Page, path: str = "/") -> None:
    """Open the Draw page and wait until it can be drawn on."""
    page.goto(path)
    expect(canvas(page)).to_have_attribute("aria-label", "Drawing area", timeout=30_000)
    settle(page)


def canvas(page: Page) -> Locator:
    return page.locator("canvas.upper-canvas")


def draw_with_mouse(page: Page, strokes: Strokes) -> None:
    left, top = _corner(page)
    for stroke in strokes:
        points = [(left + float(x), top + float(y)) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points:
            page.mouse.move(*point)
        page.mouse.up()
    settle(page)


def draw_with_finger(page: Page, strokes: Strokes) -> None:
    """Send touch events as a phone does; the context needs `has_touch`."""
    left, top = _corner(page)
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {
                "type": kind,
                "touchPoints": [{"x": left + x, "y": top + y} for x, y in points],
            },
        )

    for stroke in strokes:
        points = [(float(x), float(y)) for x, y in stroke]
        touch("touchStart", points[0])
        for point in points[1:]:
            touch("touchMove", point)
        touch("touchEnd")
    session.detach()
    settle(page)


def settle(page: Page) -> None:
    """Wait until the stroke is reported and the page has answered it."""
    page.wait_for_timeout(CANVAS_WAIT_MS + 150)
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=20_000
    )


def reading(page: Page) -> int:
    """The digit that the page says it reads."""
    return int(page.get_by_role("status").locator("div").first.inner_text())


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Lift the pen and it is read")).to_be_visible()
    settle(page)


def _corner(page: Page) -> tuple[float, float]:
    box = canvas(page).bounding_box()
    assert box is not None
    return box["x"], box["y"]
