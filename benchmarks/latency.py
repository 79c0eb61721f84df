"""How fast the page answers: while the pen is down, when it lifts, and to Undo and Clear.

    python -m benchmarks.latency          # all of it
    python -m benchmarks.latency --costs  # the server's processor time alone

In Chromium, strokes on an emptied canvas, drawn as fast as a hand draws. The browser reads
each frame by itself: its readings are counted while the pen is down, alone and while
others draw at the same server. When the pen lifts, two times are taken: until the digit and
its bars are painted, and until the page shows the complete answer of the server. A bare
script with the same canvas is timed in the same run, and the server alone, without a
browser, beside the same app in Gradio. Gradio's page is not timed: its canvas needs a
graphics card, and without one says nothing about Gradio.
"""

import argparse
import asyncio
import itertools
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import psutil
from playwright.sync_api import Page, Request, sync_playwright

from benchmarks.gradio_server import GradioVisitor, run_gradio
from benchmarks.load import Tally, strokes_of, visit
from tests.support.chromium import launch
from tests.support.pen_drawings import load_pen_drawings, render
from tests.support.serving import BARE, ROOT, Server, run_server, wait_until_warm
from tests.support.visitor import Visitor, canvas_json

OTHERS: Final = (0, 30, 50)
"""How many others draw at the same server while one browser is watched."""

STROKE_SECONDS: Final = 1.0
"""How long the pen is down in each stroke."""

POINTS_A_SECOND: Final = 60

N_COSTED: Final = 500
"""Drawings over which the processor time is averaged: it is counted in hundredths."""

COST_TURNS: Final = 5
"""How often each server is costed, by turns: the medians are printed."""

COMPLETE: Final = "document.body.matches('[data-drawn]:not([data-asking])')"
"""JavaScript: the server has confirmed the drawing; the page shows all it says."""

READS: Final = "document.body.matches('[data-reads]')"
"""JavaScript: the browser has all it needs to read by itself."""

# Notes when the pen moves and lifts, and when a Worker hands over a reading. What is
# painted after a message is on the screen with the frame that follows.
STOPWATCH: Final = """
window.readings = [];
addEventListener("pointerdown", () => { window.down = performance.now(); }, true);
addEventListener("pointerup", () => { window.up = performance.now(); }, true);
const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(
  () => done(performance.now()))));
const Native = window.Worker;
window.Worker = class extends Native {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", async ({ data }) => {
      const came = performance.now();
      if (data.reading?.proba) readings.push({ came, shown: await painted() });
    });
  }
};
window.timeAnswer = isThere => new Promise(done => {
  const look = async () => {
    if (!(performance.now() > up && isThere())) return;
    watcher.disconnect();
    const complete = await painted();
    setTimeout(() => {
      // Of a line that ends where it was read last, the digit stands already.
      const last = readings.filter(({ came }) => down < came && came < complete).at(-1);
      const digit = Math.max(up, Math.min(complete, last?.shown ?? complete));
      const between = readings.filter(({ came }) => came > down && came < up).length;
      const rate = 1000 * between / (up - down);
      done({ rate, digit: digit - up, complete: complete - up });
    }, 300);
  };
  window.up = Infinity;
  const watcher = new MutationObserver(look);
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  watcher.observe(document, all);
});
"""

# Milliseconds from a press on a tool to the frame in which the canvas is another.
TIME_PRESS: Final = """button => new Promise(done => {
  const all = [...document.querySelectorAll(".st-key-draw_canvas *")];
  const upper = all.find(e => e.shadowRoot).shadowRoot.querySelector(".upper-canvas");
  const pen = upper.parentElement.querySelector(".lower-canvas").getContext("2d");
  const ink = () => {
    const { data } = pen.getImageData(0, 0, 560, 560);
    return data.reduce((sum, each) => sum + each, 0);
  };
  const before = ink();
  const began = performance.now();
  button.click();
  let frames = 0;
  const look = () => {
    const now = performance.now();
    frames += 1;
    if (ink() !== before || frames > 120) done({ frames, milliseconds: now - began });
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


def single_strokes(count: int) -> list[np.ndarray]:
    """Digits drawn in one stroke."""
    drawings = [d for d in load_pen_drawings() if len(d.strokes) == 1]
    return [d.placed("filling")[0] for d in drawings[:: len(drawings) // count][:count]]


def time_in_chromium(
    page: Page, strokes: list[np.ndarray], answered: str, empty: Callable[[Page], None]
) -> dict[str, np.ndarray]:
    """Draw each stroke on an empty canvas and time its answer.

    Parameters
    ----------
    answered : str
        JavaScript: whether the page shows the complete answer.
    empty : callable
        Empties the canvas and waits until the page shows no answer.

    Returns
    -------
    dict of ndarray of shape (n_strokes,)
        `rate`, answers a second while the pen is down; `digit` and `complete`, milliseconds
        from the pen up.
    """
    timed: list[dict[str, float]] = []
    for stroke in strokes:
        empty(page)
        page.wait_for_timeout(500)
        box = page.locator("canvas.upper-canvas").bounding_box()
        assert box is not None
        page.evaluate(f"() => {{ window.answer = timeAnswer(() => {answered}) }}")
        draw_slowly(page, at_pace(stroke) * (box["width"] / 280), box)
        timed.append(page.evaluate("() => window.answer"))
    return {name: np.array([each[name] for each in timed]) for name in timed[0]}


@contextmanager
def opened(address: str, ready: str) -> Iterator[tuple[Page, list[Request]]]:
    """Open a page in Chromium, and wait until JavaScript says that it is ready."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(STOPWATCH)
        requests: list[Request] = []
        page.on("requestfinished", lambda request: requests.append(request))
        page.goto(address)
        page.locator("canvas.upper-canvas").wait_for()
        page.wait_for_function(f"() => {ready}", timeout=60_000)
        page.wait_for_timeout(1000)
        yield page, requests


@contextmanager
def others_drawing(server: Server, count: int) -> Iterator[None]:
    """Let others draw a stroke a second each at a server, until the block is left."""
    drawings = load_pen_drawings()
    scripts = [list(itertools.islice(strokes_of(drawings, n), 8)) for n in range(count)]
    is_over = threading.Event()

    async def draw() -> None:
        while not is_over.is_set():
            start = time.monotonic() + 1
            visits = (visit(server.address, each, start, Tally(count)) for each in scripts)
            await asyncio.gather(*visits)

    drawing = threading.Thread(target=lambda: asyncio.run(draw()))
    if count:
        drawing.start()
    try:
        yield
    finally:
        is_over.set()
        if count:
            drawing.join()


def print_page(logs: Path, strokes: list[np.ndarray]) -> None:
    """Print what a person sees, alone and beside others, and beside a bare script."""
    print("In Chromium, median / p95")
    print("| page | others | answers a second, pen down | pen up to the digit, ms ", end="")
    print("| pen up to all, ms |\n|---|" + "---:|" * 4, flush=True)
    with run_server(logs / "ours in Chromium") as server:
        wait_until_warm(server)
        for count in OTHERS:
            with (
                others_drawing(server, count),
                opened(server.address, READS) as (page, requests),
            ):
                times = time_in_chromium(page, strokes, COMPLETE, clear_ours)
                print(row("ours", count, times), flush=True)
                if not count:
                    presses, size = time_presses(page), reader_size(requests)
    with (
        run_server(logs / "bare in Chromium", script=BARE) as server,
        opened(server.address, "true") as (page, _),
    ):
        shown = "document.body.innerText.includes('Strokes: 1')"
        times = time_in_chromium(page, strokes, shown, reload_bare)
    print(row("canvas and `st.write`", 0, times), flush=True)
    for name, each in presses.items():
        frames, milliseconds = np.median(each, axis=0)
        print(f"\n{name} to the eye: {frames:.0f} frame(s), {milliseconds:.0f} ms, median")
    print(
        f"\nFor the reader, packed, after the canvas can be drawn on: {size / 1e3:.0f} KB"
    )


def time_presses(page: Page) -> dict[str, list[tuple[float, float]]]:
    """Frames and milliseconds from a press on a tool until the canvas changes."""
    found: dict[str, list[tuple[float, float]]] = {"Undo": [], "Clear": []}
    for name, times in itertools.product(found, range(10)):
        box = page.locator("canvas.upper-canvas").bounding_box()
        draw_slowly(page, at_pace(np.array([[60.0, 60 + 10 * times], [220, 200]])), box)
        button = page.get_by_role("button", name=name)
        timed = button.evaluate(TIME_PRESS)
        found[name].append((timed["frames"], timed["milliseconds"]))
    return found


def reader_size(requests: list[Request]) -> float:
    """Bytes that came over the wire for the reader: its scripts, and weights."""
    return sum(
        request.sizes()["responseBodySize"]
        for request in requests
        if re.search("/files/[^/]+/(reader|weights)/", request.url)
    )


def at_pace(stroke: np.ndarray) -> np.ndarray:
    """Points along a stroke, as many as a screen asks for while it is drawn."""
    steps = np.hypot(*np.diff(stroke, axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    places = np.linspace(0, way[-1], round(STROKE_SECONDS * POINTS_A_SECOND))
    return np.stack([np.interp(places, way, axis) for axis in stroke.T], axis=1)


def draw_slowly(page: Page, points: np.ndarray, box: Any) -> None:
    """Move the mouse through points, evenly over the time of a stroke."""
    began = time.perf_counter()
    for number, (x, y) in enumerate(points.tolist()):
        page.mouse.move(box["x"] + x, box["y"] + y)
        if number == 0:
            page.mouse.down()
        due = began + number / POINTS_A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
    page.mouse.up()


def clear_ours(page: Page) -> None:
    """Press Clear and wait until the server knows."""
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("() => !document.body.matches('[data-drawn], [data-asking]')")


def reload_bare(page: Page) -> None:
    """Load the bare script's page anew."""
    page.reload()
    page.get_by_text("Strokes: 0").wait_for()


def row(name: str, others: int, times: dict[str, np.ndarray]) -> str:
    """One line of the table."""
    cells = [
        f"{np.median(times[part]):.0f} / {np.percentile(times[part], 95):.0f}"
        for part in ("digit", "complete")
    ]
    rate = f"{np.median(times['rate']):.1f}"
    return f"| {name} | {others} | {rate} | {cells[0]} | {cells[1]} |"


async def time_server(
    visitors: list[Any], drawings: list[Any], seconds: int
) -> tuple[float, float]:
    """Let visitors draw a stroke a second; return median and p95 in milliseconds."""
    times: list[float] = []

    async def draw(visitor: Any, offset: float) -> None:
        await asyncio.sleep(offset)
        for number in range(seconds):
            began = time.perf_counter()
            await visitor.draw(drawings[number % len(drawings)])
            times.append(time.perf_counter() - began)
            await asyncio.sleep(max(0.0, 1 - (time.perf_counter() - began)))

    await asyncio.gather(*(draw(v, n / len(visitors)) for n, v in enumerate(visitors)))
    return float(np.median(times) * 1000), float(np.percentile(times, 95) * 1000)


async def time_streamlit(
    server: Server, sessions: int, seconds: int
) -> tuple[float, float]:
    """Time a Streamlit server without a browser."""
    drawings = [canvas_json([stroke]) for stroke in single_strokes(seconds)]
    visitors = [(await Visitor.arrive(server.address))[0] for _ in range(sessions)]
    await visitors[0].draw(drawings[0])
    return await time_server(visitors, drawings, seconds)


async def processor_time(server: Server) -> float:
    """Milliseconds of processor time that an answer costs the server, of `N_COSTED`.

    Eight visitors take turns, so that none meets the limit on messages.
    """
    drawings = [canvas_json(d.placed("filling")) for d in load_pen_drawings()[:N_COSTED]]
    visitors = [(await Visitor.arrive(server.address))[0] for _ in range(8)]
    for visitor in visitors:
        await visitor.draw(drawings[0])
    process = psutil.Process(server.process.pid)
    before = sum(process.cpu_times()[:2])
    for visitor, drawing in zip(itertools.cycle(visitors), drawings, strict=False):
        await visitor.draw(drawing)
    return 1000 * (sum(process.cpu_times()[:2]) - before) / len(drawings)


def print_costs(logs: Path) -> None:
    """Print what an answer costs each server, costed by turns on the same machine."""
    with (
        run_server(logs / "costed") as ours,
        run_server(logs / "bare, costed", script=BARE) as bare,
    ):
        wait_until_warm(ours)
        costs = [
            asyncio.run(processor_time(each))
            for _ in range(COST_TURNS)
            for each in (ours, bare)
        ]
    mine, theirs = np.median(costs[::2]), np.median(costs[1::2])
    print("\nMilliseconds of the server's processor time for a stroke, medians")
    print("| ours | canvas and `st.write` | times as much |\n|---:|---:|---:|")
    print(f"| {mine:.1f} | {theirs:.1f} | {mine / theirs:.1f} |", flush=True)


async def time_gradio(address: str, sessions: int, seconds: int) -> tuple[float, float]:
    """Time the Gradio server without a browser."""
    drawings = [render([stroke]) for stroke in single_strokes(seconds)]
    visitors = [GradioVisitor(address) for _ in range(sessions)]
    await visitors[0].draw(drawings[0])
    return await time_server(visitors, drawings, seconds)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=int, default=30)
    parser.add_argument("--seconds", type=int, default=20, help="for each server alone")
    parser.add_argument("--costs", action="store_true", help="the processor time alone")
    arguments = parser.parse_args()
    strokes = single_strokes(arguments.strokes)
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(folder)
        if arguments.costs:
            print_costs(logs)
            return
        print_page(logs, strokes)
        print("\nMedian / p95 in milliseconds, the server alone, a stroke a second each")
        print("| server | 1 session | 10 sessions |\n|---|---:|---:|", flush=True)
        for name, script in (("ours", ROOT / "app.py"), ("canvas and `st.write`", BARE)):
            with run_server(logs / name, script=script) as server:
                if script != BARE:
                    wait_until_warm(server)
                measured = [
                    asyncio.run(time_streamlit(server, n, arguments.seconds))
                    for n in (1, 10)
                ]
            print(_server_row(name, measured), flush=True)
        print_costs(logs)
        with run_gradio(logs / "Gradio") as address:
            if address is None:
                print("Gradio could not be installed here, so it is not compared.")
                return
            measured = [
                asyncio.run(time_gradio(address, n, arguments.seconds)) for n in (1, 10)
            ]
        print("\nMedian / p95 in milliseconds, the same app in Gradio")
        print(_server_row("Gradio 6.31", measured))


def _server_row(name: str, measured: list[tuple[float, float]]) -> str:
    return f"| {name} | " + " | ".join(f"{a:.0f} / {b:.0f}" for a, b in measured) + " |"


if __name__ == "__main__":
    main()
