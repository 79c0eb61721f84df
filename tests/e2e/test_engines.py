"""A short walk in the other engines: schools have iPads, and some have Firefox."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from tests.e2e.conftest import unknown
from tests.e2e.drawing import SEVEN, UNITS
from tests.support.engines import DOWN, PATIENCE, UP, Engine, firefox, mouse, move, webkit

FIND = """
const within = (root, selector) => {
  const found = root.querySelector(selector);
  if (found) return found;
  for (const each of root.querySelectorAll("*")) {
    const deeper = each.shadowRoot && within(each.shadowRoot, selector);
    if (deeper) return deeper;
  }
};
const canvas = () => within(document, "canvas.upper-canvas");
const isThere = (element) => element?.getClientRects().length > 0;
const named = (name) => [...document.querySelectorAll("button, a")].find(
  (each) => isThere(each) && `${each.ariaLabel ?? ""} ${each.innerText}`.includes(name));
const heading = (name) => [...document.querySelectorAll("h1, h2, h3")]
  .some((each) => isThere(each) && each.innerText.includes(name));
const boxOf = (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x, y, width, height];
};
const said = () => document.querySelector("[aria-label=Answer] .digit")?.innerText;
const ink = () => {
  const lower = canvas().parentElement.querySelector("canvas.lower-canvas");
  const { width, height } = lower;
  const { data } = lower.getContext("2d").getImageData(0, 0, width, height);
  return data.filter((value, i) => i % 4 === 0 && value > 128).length;
};
"""

WATCH = """
window.complaints ??= [];
addEventListener("error", (event) => window.complaints.push(event.message));
addEventListener("unhandledrejection", ({ reason }) => window.complaints.push(`${reason}`));
"""


class Walk:
    """What a person does, in any engine."""

    def __init__(self, engine: Engine, address: str) -> None:
        self._engine = engine
        self._address = address

    def open(self, path: str) -> None:
        self._engine.open(f"{self._address}{path}")
        # WebKit's driver may answer while the page before is still there.
        self.expect(
            "window.complaints === undefined && document.readyState === 'complete'"
            f" && location.pathname === {json.dumps(path.partition('?')[0])}"
        )
        self._engine.run(WATCH)

    def ask(self, what: str) -> object:
        return self._engine.run(f"{FIND} return {what};")

    def expect(self, what: str) -> None:
        """Wait until something is true in the page."""
        deadline = time.monotonic() + PATIENCE
        while not self.ask(what):
            assert time.monotonic() < deadline, f"never true: {what}"
            time.sleep(0.05)

    def press(self, name: str) -> None:
        """Press a button or a link, where it stands on the screen."""
        named = f"named({json.dumps(name)})"
        self.expect(f"Boolean({named})")
        self.ask(f"{named}.scrollIntoView({{ block: 'center' }})")
        x, y, width, height = self._box(named)
        self._engine.act(mouse(move(x + width / 2, y + height / 2), DOWN, UP))

    def draw(self, strokes: list, *, lift: bool = True) -> None:
        """Draw with the mouse; without `lift` the pen stays down."""
        x, y, width, _ = self._box("canvas()")
        for number, stroke in enumerate(strokes, start=1):
            points = [move(x + a * width / UNITS, y + b * width / UNITS) for a, b in stroke]
            self._engine.act(mouse(points[0], DOWN, *points))
            if lift or number < len(strokes):
                self.lift()

    def lift(self) -> None:
        self._engine.act(mouse(UP))

    def expect_canvas(self) -> None:
        self.expect("canvas()?.ariaLabel === 'Drawing area'")

    def expect_no_complaints(self) -> None:
        complaints = self.ask("window.complaints")
        assert isinstance(complaints, list)
        assert unknown(complaints) == []

    def _box(self, element: str) -> list[float]:
        """Where something is, once it stands still."""
        before: object = None
        while (place := self.ask(f"boxOf({element})")) != before:
            before = place
            time.sleep(0.05)
        assert isinstance(place, list)
        return place


@pytest.fixture(params=[firefox, webkit], ids=["firefox", "webkit"])
def walk(request: pytest.FixtureRequest, base_url: str) -> Iterator[Walk]:
    start: Callable[[], AbstractContextManager[Engine]] = request.param
    try:
        with start() as engine:
            yield Walk(engine, base_url)
    except FileNotFoundError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def test_a_short_walk(walk: Walk):
    walk.open("/")
    walk.expect_canvas()
    walk.draw(SEVEN, lift=False)
    walk.expect("said() === '7'")  # while the pen is down
    walk.lift()
    walk.expect("said() === '7' && Boolean(named('Why'))")

    walk.press("Undo")
    walk.expect("ink() === 0")
    walk.draw(SEVEN)
    walk.expect("said() === '7' && ink() > 1000")
    walk.press("Clear")
    walk.expect("ink() === 0 && !/[0-9]/.test(said())")
    walk.draw(SEVEN)
    walk.expect("said() === '7'")
    walk.open("/")
    walk.expect_canvas()
    walk.expect("said() === '7' && ink() > 1000")

    walk.press("Why")
    walk.expect("document.querySelector('[role=dialog]')?.innerText.includes('What would')")
    walk.press("Close")
    walk.expect("!document.querySelector('[role=dialog]')")
    walk.expect_no_complaints()

    walk.open("/my_hand")
    walk.expect_canvas()
    walk.draw(SEVEN)
    walk.press("Next")
    walk.expect("document.querySelector('[role=progressbar]')?.ariaValueNow === '1'")

    walk.press("Mistakes")
    walk.expect("heading('Mistakes') || heading('wrong')")
    walk.expect("[...document.images].filter(each => each.naturalWidth > 0).length > 0")

    walk.press("Lesson")
    walk.expect("heading('1. ')")
    walk.expect_no_complaints()

    walk.open("/lesson?step=6&hidden_units=7")  # trained now: nobody asked for it before
    walk.expect("document.body.innerText.includes('After iteration')")
    walk.expect_no_complaints()
