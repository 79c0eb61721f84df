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
from playwright.sync_api import (
    FloatRect,
    Locator,
    Page,
    Request,
    WebSocket,
    expect,
)
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.e2e.conftest import PATIENCE
from tests.support.visitor import FINISHED

UNITS = 280
"""Height of the canvas in the units in which strokes are given, whatever its size."""

PEN_HEARD_MS = 50
"""Time for the browser to hand on what the pen did, and for the page to send it."""

SEVEN = [[(80, 60), (140, 60), (200, 60), (165, 145), (130, 230)]]
"""A plain 7, as a mouse reports it."""

Strokes = Iterable[Sequence[Sequence[float]] | np.ndarray]
Place = tuple[float, float]


def wait_until(page: Page, is_right: Callable[[], object], wanted: object = "") -> None:
    """Ask again and again until something is true.

    Parameters
    ----------
    page : Page
        It goes on meanwhile.
    is_right : callable
        What it asks for may be read piece by piece, and the page may change in between.
    wanted : object
        What the message says that was wanted; shown as it is then.

    Raises
    ------
    AssertionError
        It does not become true.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    while not is_right():
        assert time.monotonic() < deadline, f"never true: {wanted}"
        page.wait_for_timeout(50)


def open_page(page: Page, path: str = "/") -> None:
    """Open the Draw page and wait until it can be drawn on."""
    if page not in _traffic:
        _traffic[page] = Traffic(page)
    page.goto(path)
    expect_canvas(page)
    settle(page)


def canvas(page: Page) -> Locator:
    return page.locator("canvas.upper-canvas")


def expect_canvas(page: Page) -> None:
    """Wait until the canvas can be drawn on; its tools may be there before."""
    expect(canvas(page)).to_have_attribute("aria-label", "Drawing area")


def draw_with_mouse(page: Page, strokes: Strokes) -> None:
    move_pen(page, strokes)
    settle(page)


def move_pen(page: Page, strokes: Strokes) -> None:
    """Draw with the mouse, without waiting for the answer."""
    for points in all_on_screen(page, strokes):
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points:
            page.mouse.move(*point)
        page.mouse.up()


def draw_with_finger(page: Page, strokes: Strokes) -> None:
    """Send touch events as a phone does; the context needs `has_touch`."""
    with Fingers(page) as fingers:
        for first, *rest in all_on_screen(page, strokes):
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
    wait_until(page, lambda: _traffic[page].answered, "an answer")
    expect(page.locator("body:not([data-asking])")).to_be_attached()
    expect_run_done(page)


RUN_DONE = ".stApp[data-test-script-state=notRunning]:not(:has([data-testid=stSkeleton]))"
"""Streamlit 1.67 fetches the script of a kind of element when one comes: until then a grey
block stands in its place, though the page's script has ended."""


def expect_run_done(page: Page) -> None:
    """Wait until the script has run to its end, which puts the last parts in place."""
    expect(page.locator(RUN_DONE)).to_be_attached()


class Traffic:
    """Whether the server has answered all that the page has sent."""

    def __init__(self, page: Page) -> None:
        self.answered = False
        page.on("request", self._leave)
        page.on("websocket", self._listen)

    def _leave(self, request: Request) -> None:
        """Of a page that is loaded anew nothing is answered yet."""
        if request.is_navigation_request():
            self.answered = False

    def _listen(self, socket: WebSocket) -> None:
        self.answered = False
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
    wait_until(page, lambda: ink(page) == wanted, f"ink of {wanted}")


def expect_more_ink(page: Page, than: float) -> None:
    """Wait until the canvas shows more ink than it did."""
    wait_until(page, lambda: ink(page) > than, f"ink of more than {than}")


def expect_less_ink(page: Page, than: float) -> None:
    """Wait until the canvas shows less ink than it did."""
    wait_until(page, lambda: ink(page) < than, f"ink of less than {than}")


def drawn_ink(page: Page, least: float = 0) -> int:
    """Ink of a drawing, once it is painted: the canvas empties itself before it loads one.

    Parameters
    ----------
    page : Page
    least : float, default=0
        The drawing has more than this; what was there before has not.
    """
    expect_more_ink(page, least)
    return ink(page)


def expect_none(page: Page, script: str) -> None:
    """Wait until a script that lists faults of the page finds none.

    A style sheet may come after what it styles.
    """
    faults: list[Any] = []

    def look() -> bool:
        faults[:] = page.evaluate(script)
        return not faults

    wait_until(page, look, faults)


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


# Where an element is, as soon as it was there in three frames after each other; what moves
# without end is taken as it is.
STILL_BOX = """element => new Promise(done => {
  let frames = 600;
  const place = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  };
  const look = (before, times) => requestAnimationFrame(() => {
    const now = place();
    const isSame = Object.keys(now).every(name => now[name] === before[name]);
    if ((isSame && times === 1) || !frames--) done(now);
    else look(now, isSame ? times - 1 : 2);
  });
  look(place(), 2);
})"""


def still_box(locator: Locator) -> FloatRect:
    """Where something is, once it does not move any more: presses aim at what stands."""
    box: FloatRect = locator.evaluate(STILL_BOX)
    return box


def expect_still(page: Page) -> None:
    """Wait until all of a page is in its place.

    Components, pictures and fonts come after the script has run, and push the rest about.
    """
    expect_run_done(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => [...document.images].every(each => each.complete)")
    page.evaluate(QUIET, 5)
    expect_run_done(page)


def go_back(page: Page) -> None:
    """Press Back, once the page has nothing more to say.

    Until then Streamlit 1.67 loses its way.
    """
    expect_quiet(page)
    page.go_back()


def go_forward(page: Page) -> None:
    expect_quiet(page)
    page.go_forward()


# Waits until nothing was loaded or moved in so many turns of the page; a page that is busy
# takes none.
QUIET = """wanted => new Promise(done => {
  let turns = 0;
  const changes = new PerformanceObserver(() => { turns = 0; });
  for (const type of ["resource", "layout-shift"]) changes.observe({ type });
  const turn = () => {
    turns += 1;
    if (turns < wanted) return setTimeout(turn, 20);
    changes.disconnect();
    done();
  };
  document.fonts.ready.then(turn);
})"""


def expect_quiet(page: Page) -> None:
    """Wait until the page does not run, and no component has anything to say."""
    expect_run_done(page)
    page.evaluate(QUIET, 35)
    expect_run_done(page)


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
    """Where points of the canvas, in its units, lie on the screen, once it stands still."""
    (places,) = all_on_screen(page, [points])
    return places


def all_on_screen(page: Page, strokes: Strokes) -> list[list[Place]]:
    """The same for several strokes."""
    expect_canvas(page)
    box = still_box(canvas(page))
    scale = box["height"] / UNITS
    return [
        [(box["x"] + float(x) * scale, box["y"] + float(y) * scale) for x, y in stroke]
        for stroke in strokes
    ]
