"""A whole class: many sessions that draw without a break, each answer checked.

    python -m benchmarks.load                      the table, 1 to 200 sessions
    python -m benchmarks.load --levels 50 --soak 10    ten minutes at 50, memory watched

The server is a process of its own, as `make run` starts it, a fresh one for each level.
Visitors speak Streamlit's real WebSocket protocol, and draw a real pen stroke a second.
While the pen is down the browser reads by itself, and asks nobody. When it lifts, the
complete answer must hold the 64 pixels of the visitor's own drawing, so a reading that got
lost or went to a neighbour is counted. Its time counts from the moment the pen was due to
lift, even if an answer before it was late; it ends when the script has finished.
"""

import argparse
import asyncio
import itertools
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from digits_app import UnreadableDrawingError, read_digit
from digits_app.drawing.canvas_json import render_drawing
from digits_app.pages.shared.chosen_sign import newest
from digits_app.reading.numbers import split_drawing
from tests.support.pen_drawings import PenDrawing, load_pen_drawings
from tests.support.serving import Server, run_server, wait_until_warm
from tests.support.visitor import LostError, Visitor, canvas_json

LEVELS = (1, 10, 50, 100, 200)
PEN_DOWN = 0.6
"""Seconds of each stroke: who is patient takes no less for the next."""

Expected = tuple[int, ...] | str


@dataclass
class Tally:
    """What one level came to; times in seconds, memory in bytes."""

    sessions: int
    times: list[float] = field(default_factory=list)
    opening: list[float] = field(default_factory=list)
    lost: int = 0
    wrong: int = 0
    complaints: list[str] = field(default_factory=list)
    cpu: float = 0.0
    memory: list[tuple[float, int]] = field(default_factory=list)
    memory_empty: int = 0

    def row(self) -> str:
        """One line of the table."""
        p50, p95 = np.percentile(self.times, [50, 95]) * 1000 if self.times else [0, 0]
        opened = np.percentile(self.opening, 95) * 1000 if self.opening else 0
        per_session = (self.memory[-1][1] - self.memory_empty) / self.sessions / 1e6
        return (
            f"| {self.sessions} | {len(self.times)} | {p50:.0f} | {p95:.0f} | "
            f"{opened:.0f} | {self.cpu:.0%} | {per_session:.2f} | {self.lost} | "
            f"{self.wrong} | {len(self.complaints)} |"
        )

    def memory_slope(self) -> float:
        """Bytes a minute, by least squares over the last four fifths."""
        settled = self.memory[len(self.memory) // 5 :]
        minutes, sizes = np.array(settled).T
        return float(np.polyfit(minutes / 60, sizes, 1)[0])


HEADER = (
    "| sessions | strokes | p50 ms | p95 ms | open p95 ms | server CPU "
    "| MB a session | lost | wrong | log complaints |\n|" + "---:|" * 10
)


@dataclass(frozen=True)
class Task:
    """A stroke to draw.

    Attributes
    ----------
    strokes : list of ndarray of shape (n_points, 2)
        The drawing with it; the last one is drawn now.
    expected : tuple or str
        The 64 pixels, or the sentence for an unreadable mark.
    """

    strokes: list[np.ndarray]
    expected: Expected

    @property
    def drawing(self) -> Any:
        """The canvas when the last stroke is drawn."""
        return canvas_json(self.strokes)


def strokes_of(drawings: list[PenDrawing], seed: int) -> Iterator[Task]:
    """Draw digit after digit, stroke by stroke."""
    order = random.Random(seed)
    while True:
        strokes = order.choice(drawings).placed("as written")
        for count in range(1, len(strokes) + 1):
            drawn = strokes[:count]
            yield Task(drawn, expected_reading(canvas_json(drawn)))


def expected_reading(drawing: Any) -> Expected:
    """Read a drawing here, as the page must read it: of a number the sign written last."""
    try:
        signs = split_drawing(drawing["objects"])
        paths = signs[newest(signs)].objects if len(signs) > 1 else drawing["objects"]
        image = render_drawing({"objects": paths})
        if image is None:
            return "nothing"
        return tuple(round(float(pixel)) for pixel in read_digit(image).image.ravel())
    except UnreadableDrawingError as error:
        return str(error)


async def visit(
    address: str, script: list[Task], start: float, tally: Tally, patient: bool = False
) -> None:
    """Open the page, draw a stroke each second, check each complete answer.

    Who is patient draws on only when a late answer has come, and leaves in time.
    """
    opened = time.monotonic()
    try:
        visitor, _ = await Visitor.arrive(address)
    except (LostError, OSError, TimeoutError):
        tally.lost += len(script)
        return
    tally.opening.append(time.monotonic() - opened)
    due = start + random.random()
    closing = start + len(script)
    for done, task in enumerate(script):
        if patient and due > closing:
            break
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        try:
            reply = await visitor.lift_pen(task.drawing)
            tally.times.append(time.monotonic() - due)
            if reply.failed or task.expected not in (reply.pixels, *reply.sentences):
                tally.wrong += 1
        except (LostError, OSError):
            tally.lost += len(script) - done
            break
        due += 1.0
        if patient:
            due = max(due, time.monotonic() + PEN_DOWN)
    await visitor.leave()


async def watch_memory(processes: list[psutil.Process], tally: Tally, every: float) -> None:
    """Note the servers' memory until cancelled."""
    started = time.monotonic()
    while True:
        tally.memory.append((time.monotonic() - started, memory(processes)))
        await asyncio.sleep(every)


def memory(processes: list[psutil.Process]) -> int:
    """Resident memory of all processes, in bytes."""
    return sum(process.memory_info().rss for process in processes)


def cpu_seconds(processes: list[psutil.Process]) -> float:
    """Processor time that all processes have used."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


async def measure(
    servers: list[Server], sessions: int, seconds: int, patient: bool = False
) -> Tally:
    """Let a number of visitors draw for a while, spread evenly over the servers."""
    drawings = load_pen_drawings()
    scripts = []
    for seed in range(sessions):
        strokes = strokes_of(drawings, seed)
        scripts.append([next(strokes) for _ in range(min(seconds, 60))])
    repeats = -(-seconds // 60)
    tally = Tally(sessions)
    processes = [psutil.Process(server.process.pid) for server in servers]
    # What is measured is a class, not the start.
    for server in servers:
        wait_until_warm(server)
        await visit(server.address, scripts[0][:1], time.monotonic(), Tally(1))
    tally.memory_empty = memory(processes)
    start = time.monotonic() + 1 + sessions / 20
    visits = []
    watching = asyncio.create_task(watch_memory(processes, tally, max(1, seconds / 60)))
    for script, server in zip(scripts, itertools.cycle(servers), strict=False):
        visits.append(
            asyncio.create_task(
                visit(server.address, script * repeats, start, tally, patient)
            )
        )
        await asyncio.sleep(1 / 25)  # the class opens the page over some seconds
    await asyncio.sleep(max(0.0, start - time.monotonic()))
    busy, began = cpu_seconds(processes), time.monotonic()
    await asyncio.gather(*visits)
    tally.cpu = (cpu_seconds(processes) - busy) / (time.monotonic() - began)
    watching.cancel()
    tally.memory.append((tally.memory[-1][0] + 1, memory(processes)))
    tally.complaints = [text for server in servers for text in server.complaints()]
    return tally


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--levels", type=int, nargs="+", default=LEVELS)
    parser.add_argument("--seconds", type=int, default=20, help="for each level")
    parser.add_argument(
        "--processes", type=int, default=1, help="app processes, as behind nginx"
    )
    parser.add_argument("--soak", type=float, default=0, help="minutes, instead of seconds")
    arguments = parser.parse_args()
    seconds = round(arguments.soak * 60) or arguments.seconds
    print(HEADER, flush=True)
    for sessions in arguments.levels:
        with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
            servers = [
                stack.enter_context(run_server(Path(folder) / f"log{number}"))
                for number in range(arguments.processes)
            ]
            tally = asyncio.run(measure(servers, sessions, seconds))
        print(tally.row(), flush=True)
        for complaint in tally.complaints[:5]:
            print(complaint)
        if arguments.soak:
            sizes = [size / 1e6 for _, size in tally.memory]
            by_minute = sizes[:: max(1, round(len(sizes) / arguments.soak))]
            print(
                f"memory, MB by the minute: {', '.join(f'{m:.1f}' for m in by_minute)}; "
                f"slope over the last four fifths {tally.memory_slope() / 1e6:+.2f} MB a "
                f"minute"
            )


if __name__ == "__main__":
    main()
