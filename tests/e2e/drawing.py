"""Drawing on the real canvas, with the mouse and with a finger."""

import base64
import io
import time
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.support.visitor import FINISHED

CANVAS_WAIT_MS = 200
"""How long the canvas waits after the pen lifts before it reports the stroke."""

Strokes = Iterable[Sequence[Sequence[float]] | np.ndarray]


def open_page(page: Page, path: str = "/") -> None:
    """Open the Draw page and wait until it can be drawn on."""
    _traffic[page] = Traffic(page)
    page.goto(path)
    expect(canvas(page)).to_have_attribute("aria-label", "Drawing area", timeout=30_000)
    settle(page)


def canvas(page: Page) -> Locator:
    return page.locator("canvas.upper-canvas")


def draw_with_mouse(page: Page, strokes: Strokes) -> None:
    move_pen(page, strokes)
    settle(page)


def move_pen(page: Page, strokes: Strokes) -> None:
    """Draw with the mouse, without waiting for the answer."""
    left, top = _corner(page)
    for stroke in strokes:
        points = [(left + float(x), top + float(y)) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points:
            page.mouse.move(*point)
        page.mouse.up()


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
    """Wait until the strokes are reported and the page has answered them.

    The wait is the browser's own, so that on a busy machine the canvas' timer, set
    before, still fires first.
    """
    page.evaluate(f"() => new Promise(done => setTimeout(done, {CANVAS_WAIT_MS + 50}))")
    deadline = time.monotonic() + 30
    while not _traffic[page].answered:
        assert time.monotonic() < deadline, "the page did not answer"
        page.wait_for_timeout(10)
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=20_000
    )


class Traffic:
    """Whether the server has answered all that the page has sent."""

    def __init__(self, page: Page) -> None:
        self.answered = False
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", self._sent)
        socket.on("framereceived", self._received)

    def _sent(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self.answered = False

    def _received(self, frame: str | bytes) -> None:
        if isinstance(frame, bytes):
            message = ForwardMsg.FromString(frame)
            if message.HasField("script_finished") and message.script_finished in FINISHED:
                self.answered = True


_traffic: WeakKeyDictionary[Page, Traffic] = WeakKeyDictionary()


def ink(page: Page) -> int:
    """Pixels that are not black on the visible canvas."""
    lower = canvas(page).locator("xpath=..").locator("canvas.lower-canvas")
    url = lower.evaluate("element => element.toDataURL()")
    image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
    return int(np.sum(np.asarray(image.convert("L")) > 128))


def answer(page: Page) -> Locator:
    """The digit that the page says it reads."""
    return page.get_by_role("status", name="Reading").locator("div").first


def reading(page: Page) -> int:
    """The digit that the page says it reads, as a number."""
    return int(answer(page).inner_text())


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("Lift the pen and it is read")).to_be_visible(timeout=20_000)
    settle(page)


def _corner(page: Page) -> tuple[float, float]:
    box = canvas(page).bounding_box()
    assert box is not None
    return box["x"], box["y"]
