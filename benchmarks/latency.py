"""How long from the pen lifted to the complete answer, and how often one comes before.

    python -m benchmarks.latency          # all of it
    python -m benchmarks.latency --costs  # the processor time alone

In Chromium, 30 strokes on an emptied canvas, drawn as fast as a hand draws, each timed in
the page: until the message is sent, it travels and the script starts, the script runs, the
page shows the complete answer and paints. While the pen is down the answers are counted. A
bare script with the same canvas is timed in the same run, and the server alone, without a
browser, beside the same app in Gradio. Gradio's page is not timed: its canvas needs a
graphics card, and without one says nothing about Gradio.
"""

import argparse
import asyncio
import itertools
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import psutil
from playwright.sync_api import Page, sync_playwright

from benchmarks.gradio_server import GradioVisitor, run_gradio
from tests.support.chromium import launch
from tests.support.pen_drawings import load_pen_drawings, render
from tests.support.serving import BARE, ROOT, Server, run_server, wait_until_warm
from tests.support.visitor import Visitor, canvas_json

PARTS: Final = ("canvas", "transport", "script", "page")

STROKE_SECONDS: Final = 1.0
"""How long the pen is down in each stroke."""

POINTS_A_SECOND: Final = 60

N_COSTED: Final = 500
"""Drawings over which the processor time is averaged: it is counted in hundredths."""

COST_TURNS: Final = 5
"""So often each server is costed, by turns: the medians are printed."""

COMPLETE: Final = "document.querySelector('.part-near .near')"
"""JavaScript: the page shows what comes only when the pen has lifted."""

# Notes when the pen lifts, when the page sends, what it gets, and when the answer shows.
STOPWATCH: Final = """
window.stopwatch = {};
window.between = 0;
addEventListener("pointerup", () => { stopwatch = { up: performance.now() }; }, true);
addEventListener("pointerdown", () => {
  window.down = performance.now();
  between = 0;
  const answer = document.querySelector(".part-answer");
  if (answer && !answer.watched) {
    answer.watched = true;
    new MutationObserver(() => { between += 1; }).observe(answer, { childList: true });
  }
}, true);
addEventListener("pointerup", () => {
  stopwatch.rate = 1000 * between / (performance.now() - down);
}, true);
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (...data) {
  if (!this.timed) {
    this.timed = true;
    this.addEventListener("message", () => {
      stopwatch.first ??= performance.now();
      stopwatch.last = performance.now();
    });
  }
  stopwatch.sent ??= performance.now();
  return send.apply(this, data);
};
window.timeAnswer = isThere => new Promise(done => {
  const look = () => {
    if (!isThere()) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      stopwatch.shown = performance.now();
      setTimeout(() => done(stopwatch), 300);
    }));
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
});
"""


def single_strokes(count: int) -> list[np.ndarray]:
    """Digits drawn in one stroke."""
    drawings = [d for d in load_pen_drawings() if len(d.strokes) == 1]
    return [d.placed("filling")[0] for d in drawings[:: len(drawings) // count][:count]]


def time_in_chromium(
    address: str, strokes: list[np.ndarray], answered: str, empty: Callable[[Page], None]
) -> dict[str, np.ndarray]:
    """Draw each stroke on an empty canvas and time its answer.

    Parameters
    ----------
    answered : str
        JavaScript: whether the page shows an answer.
    empty : callable
        Empties the canvas and waits until the page shows no answer.

    Returns
    -------
    dict of ndarray of shape (n_strokes,)
        Milliseconds of each part.
    """
    timed: list[dict[str, float]] = []
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(STOPWATCH)
        page.goto(address)
        page.locator("canvas.upper-canvas").wait_for()
        page.wait_for_timeout(3000)
        for stroke in strokes:
            empty(page)
            page.wait_for_timeout(500)
            box = page.locator("canvas.upper-canvas").bounding_box()
            assert box is not None
            page.evaluate(f"() => {{ window.answer = timeAnswer(() => {answered}) }}")
            draw_slowly(page, at_pace(stroke) * (box["width"] / 280), box)
            timed.append(page.evaluate("() => window.answer"))
    moments = {name: np.array([t[name] for t in timed]) for name in timed[0]}
    return {
        "rate": moments["rate"],
        "canvas": moments["sent"] - moments["up"],
        "transport": moments["first"] - moments["sent"],
        "script": moments["last"] - moments["first"],
        "page": moments["shown"] - moments["last"],
        "all": moments["shown"] - moments["up"],
    }


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
    """Press Clear and wait for the empty page."""
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function(f"() => !{COMPLETE}")


def reload_bare(page: Page) -> None:
    """Load the bare script's page anew."""
    page.reload()
    page.get_by_text("Strokes: 0").wait_for()


def row(name: str, times: dict[str, np.ndarray]) -> str:
    """One line of the table: median and 95th percentile of each part."""
    parts = [*(times[part] for part in PARTS), times["all"]]
    cells = [f"{np.median(part):.0f} / {np.percentile(part, 95):.0f}" for part in parts]
    return f"| {name} | " + " | ".join(cells) + f" | {np.median(times['rate']):.1f} |"


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


async def processor_time(server: Server, live: bool) -> float:
    """Milliseconds of processor time that an answer costs the server, of `N_COSTED`.

    Eight visitors take turns, so that none meets the limit on messages.
    """
    drawings = [canvas_json(d.placed("filling")) for d in load_pen_drawings()[:N_COSTED]]
    visitors = [(await Visitor.arrive(server.address))[0] for _ in range(8)]
    for visitor in visitors:
        await visitor.draw(drawings[0], live)
    process = psutil.Process(server.process.pid)
    before = sum(process.cpu_times()[:2])
    for visitor, drawing in zip(itertools.cycle(visitors), drawings, strict=False):
        await visitor.draw(drawing, live)
    return 1000 * (sum(process.cpu_times()[:2]) - before) / len(drawings)


def print_costs(logs: Path) -> None:
    """Print what an answer costs each server, costed by turns on the same machine."""
    with (
        run_server(logs / "costed") as ours,
        run_server(logs / "bare, costed", script=BARE) as bare,
    ):
        wait_until_warm(ours)
        costs = [
            [asyncio.run(processor_time(each, live)) for live in (False, True)]
            for _ in range(COST_TURNS)
            for each in (ours, bare)
        ]
    print("\nMilliseconds of the server's processor time for an answer, medians")
    print("| server | pen up | in between |\n|---|---:|---:|")
    for name, of_server in (("ours", costs[::2]), ("canvas and `st.write`", costs[1::2])):
        pen_up, between = np.median(of_server, axis=0)
        print(f"| {name} | {pen_up:.1f} | {between:.1f} |", flush=True)


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
        print("Median / p95 in milliseconds, pen up to the complete answer, in Chromium")
        print("| app | waits | transport | script | page | all | answers a second before |")
        print("|---|" + "---:|" * 6, flush=True)
        with run_server(logs / "ours in Chromium") as server:
            wait_until_warm(server)
            ours = time_in_chromium(
                server.address,
                strokes,
                COMPLETE,
                clear_ours,
            )
        print(row("ours", ours), flush=True)
        with run_server(logs / "bare in Chromium", script=BARE) as server:
            least = time_in_chromium(
                server.address,
                strokes,
                "document.body.innerText.includes('Strokes: 1')",
                reload_bare,
            )
        print(row("canvas and `st.write`", least), flush=True)
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
