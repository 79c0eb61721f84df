"""How much memory and time reading pictures takes, in a process of its own.

    python -m tests.support.measuring FILE ...

For each file it prints the megabytes by which the process was larger at most than before,
the seconds of processor time, and what was said. Linux alone forgets the highest memory
when it is asked to; elsewhere each figure is the highest so far.
"""

import resource
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Final

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.draw.sheet import read_sheet
from digits_app.server.sweeping import give_back
from tests.support.bad_pictures import file_of
from tests.support.pen_drawings import SEVEN, render
from tests.support.serving import ROOT

_FORGET: Final = Path("/proc/self/clear_refs")
_STATUS: Final = Path("/proc/self/status")


@dataclass(frozen=True)
class Cost:
    """What one picture cost.

    Attributes
    ----------
    megabytes : float
        At most, while it was read.
    seconds : float
        Of processor time.
    said : str
        How many digits were found, or why none was looked for.
    """

    megabytes: float
    seconds: float
    said: str


def costs_of(files: Iterable[Path]) -> list[Cost]:
    """Read picture files, one after the other, in a process of its own."""
    command = [sys.executable, "-m", "tests.support.measuring", *map(str, files)]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    lines = [line.split(" ", 2) for line in run.stdout.splitlines()]
    return [Cost(float(megabytes), float(time), said) for megabytes, time, said in lines]


def _main() -> None:
    for kind in ("PNG", "JPEG", "WEBP", "AVIF"):  # their decoders are there now
        read_sheet(file_of(render([SEVEN]), kind))
    for name in sys.argv[1:]:
        data = Path(name).read_bytes()
        give_back()
        before, began = _peak(), process_time()
        try:
            said = f"{len(read_sheet(data).digits)} digits"
        except UnreadableDrawingError as error:
            said = str(error)
        took = process_time() - began
        print(f"{_peak(forget=False) - before:.1f} {took:.2f} {said}")


def _peak(forget: bool = True) -> float:
    """Megabytes that the process had at most since this was last forgotten."""
    if not _FORGET.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if forget:
        _FORGET.write_text("5", encoding="ascii")
    (line,) = (row for row in _STATUS.read_text().splitlines() if row.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    _main()
