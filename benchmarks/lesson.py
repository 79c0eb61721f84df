"""A class in the lesson: everyone with a `random_state` of their own, all at the same time.

    python -m benchmarks.lesson                    30 pupils walk steps 6, 7 and 8
    python -m benchmarks.lesson --greedy           one more changes a setting all the time

The server is a process of its own, as `make run` starts it. The pupils speak Streamlit's
real WebSocket protocol, stand at step 1, and go to step 6 in the same moment, each with a
training of their own; those who have it go on to 7, and then to 8. A time ends when the
page is complete. Each page is checked to show the pupil's own `random_state`.
"""

import argparse
import asyncio
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil

from tests.support.serving import Server, run_server, wait_until_warm
from tests.support.visitor import LostError, Reply, Visitor

STEPS = (6, 7, 8)
AIMS = {6: 4.0, 7: 0.5, 8: 1.5}
"""Median seconds to stay below."""


@dataclass
class Tally:
    """Seconds by step, and what went wrong."""

    times: dict[int, list[float]] = field(
        default_factory=lambda: {number: [] for number in STEPS}
    )
    lost: int = 0
    wrong: int = 0
    first: float = 0.0
    server_cpu: float = 0.0
    helpers_cpu: float = 0.0
    memory: list[int] = field(default_factory=list)

    def table(self) -> str:
        """One line for each step."""
        lines = [
            "| step | pages | median s | slowest s | aim s |",
            "|---:|---:|---:|---:|---:|",
        ]
        for number, times in self.times.items():
            lines.append(
                f"| {number} | {len(times)} | {np.median(times):.1f} | {max(times):.1f} | "
                f"{AIMS[number]} |"
            )
        lines += [
            f"lost {self.lost}, wrong {self.wrong}",
            f"first visit of step 1 after the start: {self.first:.1f} s",
            f"processor time: {self.server_cpu:.1f} s the server, "
            f"{self.helpers_cpu:.1f} s its helpers",
            "memory of its own, the server first: "
            + ", ".join(f"{size >> 20} MB" for size in self.memory),
        ]
        return "\n".join(lines)


async def go_to(visitor: Visitor, step: int, **settings: int) -> Reply:
    """Open a step by its address."""
    parameters = {"step": step, **settings}
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    visitor.ask_for(query)
    return await visitor.run()


async def walk(visitor: Visitor, random_state: int, tally: Tally) -> None:
    """Walk the steps, as fast as the pages come."""
    for step in STEPS:
        begun = time.monotonic()
        try:
            reply = await go_to(visitor, step, random_state=random_state)
        except LostError:
            tally.lost += 1
            return
        tally.times[step].append(time.monotonic() - begun)
        if reply.failed or not shows(reply, step, random_state):
            tally.wrong += 1


def shows(reply: Reply, step: int, random_state: int) -> bool:
    """Say whether a page is the step asked for, with the pupil's own value."""
    titles = [element.heading.body for element in reply.elements]
    fields = [
        element.number_input.value
        for element in reply.elements
        if "random_state" in element.number_input.label
    ]
    return any(t.startswith(f"{step}. ") for t in titles) and fields == [random_state]


async def be_greedy(visitor: Visitor) -> None:
    """Ask for one training after the other, without waiting for any."""
    for max_iter in range(100, 300):
        with suppress(TimeoutError):
            settings = {"random_state": 99, "max_iter": max_iter}
            await asyncio.wait_for(go_to(visitor, 6, **settings), timeout=0.1)


async def measure(server: Server, pupils: int, greedy: bool) -> Tally:
    """Let a class walk."""
    tally = Tally()
    visitors = []
    for _ in range(pupils + greedy):
        begun = time.monotonic()
        visitor, _ = await Visitor.arrive(server.address, page="lesson")
        tally.first = tally.first or time.monotonic() - begun
        visitors.append(visitor)
    # One after the other they have all seen step 1; what trains first trains alone.
    await go_to(visitors[0], 6)
    await asyncio.sleep(1)
    process = psutil.Process(server.process.pid)
    before, helpers_before = processor_time(process), helpers_time(process)
    nuisance = asyncio.create_task(be_greedy(visitors.pop())) if greedy else None
    await asyncio.gather(
        *(walk(visitor, state, tally) for state, visitor in enumerate(visitors, start=3))
    )
    if nuisance is not None:
        nuisance.cancel()
    tally.server_cpu = processor_time(process) - before
    tally.helpers_cpu = helpers_time(process) - helpers_before
    tally.memory = [each.memory_full_info().uss for each in (process, *helpers(process))]
    return tally


def helpers(server: psutil.Process) -> list[psutil.Process]:
    """The processes in which the lesson's code runs."""
    return server.children(recursive=True)


def processor_time(process: psutil.Process) -> float:
    """Seconds that a process has computed."""
    return sum(process.cpu_times()[:2])


def helpers_time(server: psutil.Process) -> float:
    """Seconds that the helpers have computed."""
    return sum(map(processor_time, helpers(server)))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=30)
    parser.add_argument("--greedy", action="store_true")
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        run_server(Path(folder) / "log") as server,
    ):
        wait_until_warm(server)
        tally = asyncio.run(measure(server, arguments.pupils, arguments.greedy))
        print(tally.table())
        for complaint in server.complaints()[:5]:
            print(complaint)


if __name__ == "__main__":
    main()
