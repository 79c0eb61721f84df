"""Whether the reader in the browser says what Python says, how fast, and in how many bytes.

Run as `python -m benchmarks.browser_reader`; `--quick` reads one drawing in ten. They are
those of tests/data. Both readers get the same strokes, and draw them by themselves.
"""

import argparse
import gzip
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright
from threadpoolctl import threadpool_limits

from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.reading.recognition import Prediction, read_drawing
from tests.support.chromium import launch
from tests.support.module_page import MODULES, NETWORKS, ModulePage, module_page
from tests.support.reader_cases import (
    PENS,
    Drawing,
    digits,
    drawn,
    half_drawn,
    letters,
    with_eraser,
)

CHUNK: Final = 250
"""How many drawings go into the page at a time."""

TIMED: Final = 200
"""How many drawings are timed, after as many to warm up."""

SLOWER: Final = 4
"""How many times slower a phone is taken to be. Only the main thread can be slowed down."""

_LOAD: Final = """
    const { DigitReader } = await import("/browser/reader/read.js");
    const { Reader } = await import("/browser/reader/client.js");
    globalThis.digitReader = new DigitReader();
    globalThis.client = new Reader("/browser/reader/worker.js");
    for (const name of ["guard", "augmented-10"]) {
      const response = await fetch(`/${name}.weights`);
      digitReader.load(name, await response.arrayBuffer());
      await client.load(name, `/${name}.weights`);
    }
"""

_READ_ALL: Final = """
    const drawings = await (await fetch("/drawings.json")).json();
    const pictures = new Uint8Array(await (await fetch("/pictures")).arrayBuffer());
    return drawings.map((paths, i) => {
      const size = pictures.length / drawings.length;
      const picture = pictures.subarray(i * size, (i + 1) * size);
      const levels = digitReader.draw(paths)?.levels;
      const isSame = levels?.every((level, pixel) => level === picture[pixel]) ?? false;
      const part = digitReader.part(paths); // a letter may be split: here it is one sign
      return { ...(part && digitReader.answer("augmented-10", part)), isSame };
    });
"""

_TIME: Final = """
    const drawings = await (await fetch("/drawings.json")).json();
    const times = [];
    for (const paths of drawings) {
      const began = performance.now();
      await globalThis[given].read("augmented-10", paths);
      times.push(performance.now() - began);
    }
    return times.slice(drawings.length / 2);
"""


@dataclass
class Parity:
    """How far the two readers agree about drawings of one kind.

    Attributes
    ----------
    same_picture, same_label, same_verdict : list of bool
        For each drawing that Python can read; the verdict is the guard's.
    apart : list of float
        Greatest difference of a probability, for each.
    """

    same_picture: list[bool] = field(default_factory=list)
    same_label: list[bool] = field(default_factory=list)
    same_verdict: list[bool] = field(default_factory=list)
    apart: list[float] = field(default_factory=list)

    @property
    def cells(self) -> list[str]:
        """The figures of a row of the table."""
        shares = (self.same_picture, self.same_label, self.same_verdict)
        return [
            str(len(self.apart)),
            *(f"{np.mean(share):.2%}" for share in shares),
            f"{max(self.apart):.0e}",
        ]


def kinds(every: int) -> Iterator[tuple[str, list[Drawing]]]:
    """Drawings by kind, one in this many."""
    some = digits()[::every]
    for pen in PENS:
        yield f"digits, pen {pen}", [drawn(strokes, pen) for strokes in some]
    yield "digits, half drawn", [drawn(half_drawn(strokes), 20) for strokes in some]
    yield "digits, with an eraser", [with_eraser(strokes, 20) for strokes in some]
    yield "letters and symbols", [drawn(s, 20) for s in letters()[::every]]


def compare(page: ModulePage, drawings: list[Drawing]) -> Parity:
    """Let both readers read drawings; those with nothing to read are left out."""
    parity = Parity()
    for begin in range(0, len(drawings), CHUNK):
        ours = [
            (each, *read)
            for each in drawings[begin : begin + CHUNK]
            if (read := _read(each))
        ]
        page.fetch_json("/drawings.json", [drawing["objects"] for drawing, _, _ in ours])
        page.files["/pictures"] = b"".join(picture.tobytes() for _, picture, _ in ours)
        for (_, _, our), their in zip(ours, page.run(_READ_ALL), strict=True):
            parity.same_picture.append(their["isSame"])
            parity.same_label.append(their.get("label") == our.label)
            parity.same_verdict.append(their.get("isUnfamiliar") == our.is_unfamiliar)
            proba = their.get("proba", np.zeros(10))
            parity.apart.append(float(np.abs(our.proba - proba).max()))
    return parity


def _read(drawing: Drawing) -> tuple[Image.Image, Prediction] | None:
    """What Python draws and reads; None where there is nothing to read."""
    try:
        picture = render_drawing(drawing)
        if picture is None:
            return None
        return picture, read_drawing(picture, [(10, "augmented")])[0]
    except UnreadableDrawingError:
        return None


def parity_table(page: ModulePage, every: int) -> Iterator[str]:
    """One line for each kind of drawings."""
    yield "| drawings | read | same picture | same label | same verdict | apart |"
    yield "|---|---:|---:|---:|---:|---:|"
    for kind, drawings in kinds(every):
        yield f"| {kind} | {' | '.join(compare(page, drawings).cells)} |"


def time_table(page: ModulePage) -> Iterator[str]:
    """One line for each place in which a drawing can be read."""
    all_digits = digits()
    timed = all_digits[:: len(all_digits) // TIMED][:TIMED]
    # With two pens: what was read before is remembered.
    drawings = [drawn(s, pen)["objects"] for pen in (19, 20) for s in timed]
    page.fetch_json("/drawings.json", drawings)
    yield "| one reading | median ms | 95 % within ms |"
    yield "|---|---:|---:|"
    for place, reader, rate in (
        ("in the worker, with the way there and back", "client", 1),
        ("on the main thread", "digitReader", 1),
        (f"on the main thread, {SLOWER} times slower", "digitReader", SLOWER),
    ):
        with slowed(page, rate):
            times: list[float] = page.run(_TIME, reader)
        median, p95 = statistics.median(times), float(np.percentile(times, 95))
        yield f"| {place} | {median:.1f} | {p95:.1f} |"


@contextmanager
def slowed(page: ModulePage, rate: int) -> Iterator[None]:
    """Make the main thread of a page this many times slower while the block runs."""
    session = page.page.context.new_cdp_session(page.page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    yield
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})


def size_table(page: ModulePage) -> Iterator[str]:
    """Bytes of each network and of the modules."""
    modules = b"".join(p.read_bytes() for p in sorted((MODULES / "reader").glob("*.js")))
    files = {name: page.files[f"/{name}.weights"] for name in ("guard", *NETWORKS)} | {
        "the modules": modules
    }
    yield "| file | KB | packed |"
    yield "|---|---:|---:|"
    for name, content in files.items():
        packed = len(gzip.compress(content, 9))
        yield f"| {name} | {len(content) / 1000:.0f} | {packed / 1000:.0f} |"


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one drawing in ten")
    every = 10 if parser.parse_args().quick else 1
    with (
        threadpool_limits(limits=1, user_api="blas"),
        sync_playwright() as playwright,
        launch(playwright) as browser,
        module_page(browser) as page,
    ):
        page.run(_LOAD)
        for table in (parity_table(page, every), time_table(page), size_table(page)):
            for line in table:
                print(line, flush=True)
            print()


if __name__ == "__main__":
    main()
