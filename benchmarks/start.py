"""From the command to the first answered stroke, and what the page weighs.

    python -m benchmarks.start

The server starts as `make run` starts it, Chromium opens the page as soon as it answers,
and a 7 is drawn as soon as the canvas is there. A bare script with the same canvas takes
turns with it: what it takes is Streamlit's, Chromium's and the machine's.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Response, sync_playwright

from tests.support.chromium import launch
from tests.support.serving import BARE, ROOT, run_server

SEVEN: Final = [(80, 60), (140, 60), (200, 60), (165, 145), (130, 230)]
IMPORTS: Final = (
    "streamlit",
    "digits_app",
    "digits_app.reading.recognition",
    "matplotlib.figure",
)


# Name, script, and where its page shows the answer.
APPS: Final = (
    ("ours", ROOT / "app.py", ".part-near .near"),
    ("canvas and `st.write`", BARE, "text=Strokes: 1"),
)


def time_start(
    browser: Browser, folder: Path, script: Path, answer: str
) -> tuple[dict[str, float], dict[str, int]]:
    """Start an app once; return moments in seconds, and bytes and files of its page."""
    began = time.perf_counter()
    moments: dict[str, float] = {}
    weight = {"files": 0, "bytes": 0}

    def weigh(response: Response) -> None:
        weight["files"] += 1
        weight["bytes"] += int(response.headers.get("content-length", 0))

    def note(name: str) -> None:
        moments[name] = time.perf_counter() - began

    with run_server(folder / "log", script) as server, browser.new_context() as context:
        note("the server answers")
        page = context.new_page()
        page.on("response", weigh)
        page.goto(server.address)
        canvas = page.locator("canvas.upper-canvas")
        canvas.wait_for()
        note("the canvas is there")
        box = canvas.bounding_box()
        assert box is not None
        scale = box["width"] / 280
        for number, (x, y) in enumerate(SEVEN):
            page.mouse.move(box["x"] + scale * x, box["y"] + scale * y)
            if number == 0:
                page.mouse.down()
        page.mouse.up()
        page.locator(answer).wait_for()
        note("the first stroke is answered")
    return moments, weight


def time_import(module: str) -> float:
    """Seconds that a fresh Python takes to import a module, without its own start."""
    code = (
        "import sys, time; began = time.perf_counter(); "
        f"import {module}; print(time.perf_counter() - began)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return float(done.stdout or "nan")


def main() -> None:
    """Print the best of three starts of each, our page's weight and the imports."""
    with (
        sync_playwright() as playwright,
        launch(playwright) as browser,
        tempfile.TemporaryDirectory() as folder,
    ):
        rounds = [
            [
                time_start(browser, Path(folder), script, answer)
                for _, script, answer in APPS
            ]
            for _ in range(3)
        ]
    best = [
        min(starts, key=lambda start: max(start[0].values()))
        for starts in zip(*rounds, strict=True)
    ]
    print(f"| seconds until | {' | '.join(name for name, *_ in APPS)} |")
    print("|---|" + "---:|" * len(APPS))
    for moment in best[0][0]:
        cells = " | ".join(f"{moments[moment]:.1f}" for moments, _ in best)
        print(f"| {moment} | {cells} |")
    weight = best[0][1]
    print(f"\nPage: {weight['files']} files, {weight['bytes'] / 1e6:.1f} MB unpacked\n")
    print("| import, alone | seconds |\n|---|---:|")
    for module in IMPORTS:
        print(f"| `{module}` | {time_import(module):.1f} |")


if __name__ == "__main__":
    main()
