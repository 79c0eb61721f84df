"""What seldom happens to a server: a crowd, thirty who teach, a full disk, a wrong clock.

    python -m benchmarks.hardships                        all of it, some minutes
    python -m benchmarks.hardships --only crowd teaching

Alone on the machine, on Linux, as root: the full disk is a small one of its own, and the
read-only system is mounted so for the server alone. A line that starts with "!" is a
fault, and ends the program with 1. A network cut of three minutes is a test with a browser:

    AWAY_SECONDS=180 python -m pytest tests/e2e/test_board.py -k half_a_minute
"""

import argparse
import asyncio
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Final

import psutil

from benchmarks.attack import SECONDS_KEPT as KEPT
from benchmarks.attack import FileSender, Neighbour, attacked_server
from benchmarks.load import memory, strokes_of
from digits_app.classroom.joining import link_of, start_class
from digits_app.classroom.store import open_store
from digits_app.my_hand.files import to_npz
from digits_app.server.sweeping import SECONDS_BETWEEN
from tests.support.classes import as_my_digit, hands
from tests.support.classmate import KEEPER, Classmate
from tests.support.pen_drawings import load_pen_drawings
from tests.support.serving import (
    Server,
    free_port,
    run_command,
    run_server,
    wait_until_warm,
)
from tests.support.uploader import Uploader
from tests.support.visitor import LostError, Visitor

CROWD: Final = 1_000
AT_ONCE: Final = 25
PUPILS: Final = 30
CLOCK: Final = """import os, pathlib, time
real, shift = time.time, pathlib.Path(os.environ["CLOCK_SHIFT"])
time.time = lambda: real() + float(shift.read_text())
"""
"""What Python runs before all else where a folder on its path has it as `sitecustomize`."""

Report = Callable[[str, bool], None]


def script(n: int = 20) -> list:
    """Some strokes with what must be answered, as a neighbour draws them."""
    tasks = itertools.islice(strokes_of(load_pen_drawings(), 1), n)
    return [(task.drawing, task.expected) for task in tasks]


@asynccontextmanager
async def neighbour(address: str) -> AsyncIterator[Neighbour]:
    """Somebody who draws a stroke each half second meanwhile."""
    drawing = Neighbour()
    task = asyncio.create_task(drawing.draw(address, script()))
    await asyncio.sleep(1)
    drawing.times.clear()
    try:
        yield drawing
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def crowd(report: Report, folder: Path) -> None:
    """A thousand come, draw, see two pages and go, twenty-five at a time."""
    with attacked_server(str(folder)) as server:
        process = psutil.Process(server.process.pid)
        strokes = script(8)

        async def visit(number: int) -> bool:
            visitor, _ = await Visitor.arrive(server.address)
            drawing, expected = strokes[number % len(strokes)]
            reply = await visitor.draw(drawing)
            await visitor.leave()
            other, _ = await Visitor.arrive(server.address, page="mistakes")
            await other.leave()
            return expected in (reply.pixels, *reply.sentences)

        sizes, n_right, done = [], 0, 0
        while done < CROWD:
            for _ in range(CROWD // 4 // AT_ONCE):
                batch = (visit(done + each) for each in range(AT_ONCE))
                n_right += sum(await asyncio.gather(*batch))
                done += AT_ONCE
            await asyncio.sleep(KEPT + SECONDS_BETWEEN + 2)
            sizes.append(round(memory([process]) / 1e6))
        report(f"{CROWD} came and went, {n_right} read right", n_right == CROWD)
        grown = f"memory after each quarter, MB: {', '.join(map(str, sizes))}"
        report(grown, sizes[-1] - sizes[1] <= 20)


async def teaching(report: Report, folder: Path) -> None:
    """Thirty press "Teach it" in the same moment, and one draws."""
    files = [to_npz([as_my_digit(sign) for sign in of_one]) for of_one in hands(PUPILS)]
    with run_server(folder / "log") as server:
        wait_until_warm(server)
        senders = []
        for file in files:
            visitor, shown = await Visitor.arrive(server.address, page="my_hand")
            senders.append(FileSender(server, visitor, shown))
            await senders[-1].hand_over(file, "my_digits.npz")
        times: list[float] = []
        began = time.monotonic()

        async def teach(sender: FileSender) -> bool:
            reply = await sender.press("Teach it")
            times.append(time.monotonic() - began)
            return not reply.failed and "never shown to it" in str(reply.elements)

        async with neighbour(server.address) as other:
            taught = sum(await asyncio.gather(*map(teach, senders)))
        told = f"{taught} of {PUPILS} taught, the first after {times[0]:.1f} s, "
        report(f"{told}the last after {times[-1]:.1f} s", taught == PUPILS)
        is_well = not other.lost and not other.wrong
        missed = f"{other.lost} lost, {other.wrong} wrong"
        report(f"who draws meanwhile: p95 {other.p95():.0f} ms, {missed}", is_well)


async def helper_killed(report: Report, folder: Path) -> None:
    """The helper process is killed while it trains for the lesson."""
    with run_server(folder / "log") as server:
        wait_until_warm(server)
        visitor, _ = await Visitor.arrive(server.address, page="lesson")
        visitor.ask_for("step=6&random_state=77")
        training = asyncio.create_task(visitor.run())
        await asyncio.sleep(0.5)
        children = psutil.Process(server.process.pid).children(recursive=True)
        for child in children:
            child.kill()
        reply = await training
        said = " ".join(reply.sentences)
        report(
            f"{len(children)} killed, the page says: {said or 'what it learned'}",
            bool(children) and not reply.failed,
        )
        visitor.ask_for("step=6&random_state=78")
        again = await visitor.run()
        report("the next training is done", not again.failed and not again.sentences)


def begin_class(address: str) -> Classmate:
    """A class of one pupil, whose phone has its link."""
    store = open_store(address)
    _, key = start_class(store)
    store.engine.dispose()
    return Classmate(link_of(key), hands(1)[0])


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own."""
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Fill a disk to the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return filler


async def full_disk(report: Report, folder: Path) -> None:
    """A class goes on when its disk, which is the one for uploads, too, has room again."""
    with small_disk(folder / "disk", 24) as disk:
        address = f"sqlite:///{disk / 'classes.db'}"
        mate = begin_class(address)
        environment = {"DIGITS_STORE": address, "TMPDIR": str(disk)}
        with run_server(folder / "log", environment=environment) as server:
            wait_until_warm(server)
            await mate.come_in(server.address)
            mate.write()
            await mate.send()
            filler = fill(disk)
            for _ in range(2):
                mate.write()
                with suppress(LostError):
                    await mate.send()
            report(
                f"full: {len(mate.outbox)} of 2 digits stay on the phone",
                len(mate.outbox) in (0, 2),
            )
            await draw_one(report, server)
            visitor, _ = await Visitor.arrive(server.address)
            visitor.ask_for("picture=open")
            await visitor.run()
            status = Uploader(server, visitor.session).send(4_000_000)
            report(f"full: a file is answered with {status}", status in (204, 503))
            filler.unlink()
            await mate.send()
            report(
                f"room again: {len(mate.fates)} of 3 digits are kept",
                len(mate.fates) == 3 and not mate.outbox,
            )
            report_log(report, server)


async def draw_one(report: Report, server: Server) -> None:
    """Somebody comes and draws."""
    visitor, _ = await Visitor.arrive(server.address)
    drawing, expected = script(1)[0]
    reply = await visitor.draw(drawing)
    report("a drawing is read", expected in (reply.pixels, *reply.sentences))
    await visitor.leave()


def report_log(report: Report, server: Server) -> None:
    """The lines of the log that tell of errors."""
    for line in server.complaints()[:3]:
        report(f"log: {line[:200]}", True)


async def read_only(report: Report, folder: Path) -> None:
    """The system is read-only but for temporary files, as in a locked container."""
    port = free_port()
    command = ["unshare", "--mount", "sh", "-c", 'mount -o remount,bind,ro / && exec "$@"']
    command += ["sh", sys.executable, "-m", "streamlit", "run", "app.py"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    log = folder / "log"
    with small_disk(folder / "scratch", 64) as scratch:
        environment = {"DIGITS_STORE": "", "TMPDIR": str(scratch)}
        with run_command(command, port, log, Path.cwd(), environment) as server:
            wait_until_warm(server)
            await draw_one(report, server)
            for page in ("lesson", "my_hand", "mistakes", "class"):
                visitor, reply = await Visitor.arrive(server.address, page=page)
                report(f"{page} opens", not reply.failed)
                await visitor.leave()
            visitor, shown = await Visitor.arrive(server.address, page="class")
            me = {"link": None, "leads": False, "opened": 0, "secret": "0" * 32}
            shown = await visitor.set_component(KEEPER, {"me": me})
            said = await FileSender(server, visitor, shown).press("Start a class")
            report(f"a class: {' '.join(said.sentences)}", bool(said.sentences))
            report_log(report, server)


async def clock(report: Report, folder: Path) -> None:
    """The clock jumps a quarter of a day on, then back, while a class writes."""
    shift = folder / "shift"
    shift.write_text("0")
    (folder / "sitecustomize.py").write_text(CLOCK)
    address = f"sqlite:///{folder / 'classes.db'}"
    mate = begin_class(address)
    environment = {
        "PYTHONPATH": str(folder),
        "CLOCK_SHIFT": str(shift),
        "DIGITS_STORE": address,
    }
    with run_server(folder / "log", environment=environment) as server:
        wait_until_warm(server)
        await mate.come_in(server.address)
        visitor, _ = await Visitor.arrive(server.address)
        drawings = script(3)
        for number, (jump, (drawing, expected)) in enumerate(
            zip((6, -6, 0), drawings, strict=True)
        ):
            shift.write_text(str(jump * 3600))
            mate.write()
            await mate.send()
            reply = await visitor.draw(drawing)
            is_read = expected in (reply.pixels, *reply.sentences)
            kept = f"{len(mate.fates)} of {number + 1} digits kept"
            report(
                f"{jump:+} hours: {kept}, a drawing is read", is_read and not mate.outbox
            )
        report_log(report, server)


HARDSHIPS: Final = {
    each.__name__: each
    for each in (crowd, teaching, helper_killed, full_disk, read_only, clock)
}
Hardship = Callable[[Report, Path], Coroutine[None, None, None]]


def main() -> None:
    """Print what happened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=HARDSHIPS, default=list(HARDSHIPS))
    n_faults = 0

    def report(line: str, is_well: bool) -> None:
        nonlocal n_faults
        n_faults += not is_well
        print("  " if is_well else "! ", line, sep="", flush=True)

    for name in parser.parse_args().only:
        hardship: Hardship = HARDSHIPS[name]
        print((hardship.__doc__ or "").splitlines()[0], flush=True)
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(hardship(report, Path(folder)))
    sys.exit(n_faults > 0)


if __name__ == "__main__":
    main()
