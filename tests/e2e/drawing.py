"""Drawing on the real canvas, with the mouse and with a finger."""

import base64
import io
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Self
from weakref import WeakKeyDictionary

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, WebSocket, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.e2e.conftest import PATIENCE
from tests.support.visitor import FINISHED

UNITS = 280
"""Height of the canvas in the units in which strokes are given, whatever its size."""

PEN_HEARD_MS = 50
"""Time for the browser to hand on what the pen did, and for the page to send it."""

FAULT_STAYS_SECONDS = 30
"""What has not gone by then will not go; only a test that fails waits so long."""

SEVEN = [[(80, 60), (140, 60), (200, 60), (165, 145), (130, 230)]]
"""A plain 7, as a mouse reports it."""

Strokes = Iterable[Sequence[Sequence[float]] | np.ndarray]
Place = tuple[float, float]


def open_page(page: Page, path: str = "/") -> None:
    """Open the Draw page and wait until it can be drawn on."""
    _traffic[page] = Traffic(page)
    page.goto(path)
    expect(canvas(page)).to_have_attribute("aria-label", "Drawing area")
    settle(page)


def canvas(page: Page) -> Locator:
    return page.locator("canvas.upper-canvas")


def draw_with_mouse(page: Page, strokes: Strokes) -> None:
    move_pen(page, strokes)
    settle(page)


def move_pen(page: Page, strokes: Strokes) -> None:
    """Draw with the mouse, without waiting for the answer."""
    for stroke in strokes:
        points = on_screen(page, stroke)
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points:
            page.mouse.move(*point)
        page.mouse.up()


def draw_with_finger(page: Page, strokes: Strokes) -> None:
    """Send touch events as a phone does; the context needs `has_touch`."""
    with Fingers(page) as fingers:
        for stroke in strokes:
            first, *rest = on_screen(page, stroke)
            fingers.send("touchStart", first)
            for point in rest:
                fingers.send("touchMove", point)
            fingers.send("touchEnd")
    settle(page)


class Fingers:
    """Fingers on the screen, as many as points are sent."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.detach()

    def send(self, kind: str, *points: tuple[float, float]) -> None:
        """Say where all fingers are; touchEnd and touchCancel take all of them away."""
        self._send(kind, dict(enumerate(points)))

    def lift_first(self, first: Place) -> None:
        """Lift the first of two fingers."""
        self._send("touchEnd", {0: first})

    def put_first(self, first: Place, other: Place) -> None:
        """Put the first finger down again, beside the other one."""
        self._send("touchStart", {0: first, 1: other})

    def _send(self, kind: str, fingers: dict[int, Place]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in fingers.items()]
        self._session.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches}
        )


def settle(page: Page) -> None:
    """Wait until the strokes are sent and the page has answered them."""
    page.evaluate(f"() => new Promise(done => setTimeout(done, {PEN_HEARD_MS}))")
    deadline = time.monotonic() + PATIENCE / 1000
    while not _traffic[page].answered:
        assert time.monotonic() < deadline, "the page did not answer"
        page.wait_for_timeout(10)
    expect(page.locator("body:not([data-asking])")).to_be_attached()
    expect_run_done(page)


def expect_run_done(page: Page) -> None:
    """Wait until the script has run to its end, which puts the last parts in place."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning"
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


# The canvas paints a stroke in the frame after the pen lifts, so two frames are waited for.
PAINTED = """canvas => new Promise(done => requestAnimationFrame(
    () => requestAnimationFrame(() => done(canvas.toDataURL()))))"""


def ink(page: Page) -> int:
    """Ink on the visible canvas, in square units."""
    lower = canvas(page).locator("xpath=..").locator("canvas.lower-canvas")
    url = lower.evaluate(PAINTED)
    image = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
    light = float(np.mean(np.asarray(image.convert("L")) > 128))
    return round(light * UNITS**2)


def stored_strokes(page: Page) -> list[dict]:
    """The browser's own copy of the drawing."""
    return json.loads(
        page.evaluate("sessionStorage.getItem('digit-draw') ?? '{\"objects\": []}'")
    )["objects"]


def expect_strokes(page: Page, wanted: int) -> None:
    """Wait until the browser keeps so many strokes, and has painted them."""
    page.wait_for_function(
        "n => JSON.parse(sessionStorage.getItem('digit-draw') ?? '{\"objects\": []}')"
        ".objects.length === n",
        arg=wanted,
    )
    page.evaluate("() => new Promise(f => requestAnimationFrame(() => setTimeout(f)))")


def expect_ink(page: Page, wanted: object) -> None:
    """Wait until the canvas shows as much ink: it empties itself before it loads a drawing.

    What is wanted is a number, or one of `pytest.approx`.
    """
    _wait_for_ink(page, lambda shown: shown == wanted, f"{wanted}")


def expect_more_ink(page: Page, than: float) -> None:
    """Wait until the canvas shows more ink than it did."""
    _wait_for_ink(page, lambda shown: shown > than, f"more than {than}")


def expect_less_ink(page: Page, than: float) -> None:
    """Wait until the canvas shows less ink than it did."""
    _wait_for_ink(page, lambda shown: shown < than, f"less than {than}")


def _wait_for_ink(page: Page, is_right: Callable[[int], bool], wanted: str) -> None:
    deadline = time.monotonic() + FAULT_STAYS_SECONDS
    while not is_right(shown := ink(page)):
        assert time.monotonic() < deadline, f"{shown} of ink instead of {wanted}"
        page.wait_for_timeout(50)


def expect_none(page: Page, script: str) -> None:
    """Wait until a script that lists faults of the page finds none.

    A style sheet may come after what it styles.
    """
    deadline = time.monotonic() + FAULT_STAYS_SECONDS
    faults: list[Any] = page.evaluate(script)
    while faults and time.monotonic() < deadline:
        page.wait_for_timeout(50)
        faults = page.evaluate(script)
    assert faults == []


def light_and_dark(page: Page) -> Iterator[str]:
    """Show the page in its light colours, then in the dark ones, as the system does."""
    yield "light"
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"light => {ground} !== light", arg=light)
    yield "dark"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"light => {ground} === light", arg=light)


def answer(page: Page) -> Locator:
    """The digit that the page says it reads; with a question mark where it only guesses."""
    return page.get_by_role("region", name="Answer").locator(".digit")


def likelihoods(page: Page) -> Locator:
    """The bars of the answer; their name tells each digit's likelihood."""
    return page.get_by_role("region", name="Answer").get_by_role("img")


def expect_reading(page: Page, digit: int) -> None:
    """Wait until the page says that it reads a digit, surely or not."""
    expect(answer(page)).to_have_text(re.compile(rf"^{digit}\??$"))


def reading(page: Page) -> int:
    """The digit that the page says it reads, as a number; once the server has answered."""
    return int(answer(page).inner_text().rstrip("?"))


def clear(page: Page) -> None:
    page.get_by_role("button", name="Clear").click()
    expect(invitation(page)).to_be_visible()
    settle(page)


def invitation(page: Page) -> Locator:
    """What the empty canvas says."""
    return page.get_by_text("with the mouse, a finger or a pen")


def on_screen(page: Page, points: Sequence[Sequence[float]] | np.ndarray) -> list[Place]:
    """Where points of the canvas, in its units, lie on the screen."""
    box = canvas(page).bounding_box()
    assert box is not None
    scale = box["height"] / UNITS
    return [(box["x"] + float(x) * scale, box["y"] + float(y) * scale) for x, y in points]
