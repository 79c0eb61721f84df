"""From the command to the first answered stroke, and the same page in a slow network.

    python -m benchmarks.start

The server starts as `make run` starts it, Chromium opens the page as soon as it answers,
and a 7 is drawn as soon as the canvas is there. A bare script with the same canvas takes
turns with it: what it takes is Streamlit's, Chromium's and the machine's.

Then a server that is warm is visited through a network as a classroom has it, by a browser
that was never there.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.chromium import launch
from tests.support.serving import BARE, ROOT, run_server, wait_until_warm
from tests.support.slow_network import Network, slow_network

SEVEN: Final = [(80, 60), (140, 60), (200, 60), (165, 145), (130, 230)]
CANVAS: Final = "canvas.upper-canvas"
NETWORK: Final = Network()
PATIENCE: Final = 300_000  # milliseconds
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


class Weight:
    """What has come to a page so far, headers and what the session sends included.

    Attributes
    ----------
    files, bytes : int
    """

    def __init__(self, page: Page) -> None:
        self.files = self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._weigh)
        session.on("Network.webSocketFrameReceived", self._weigh_message)

    def _weigh(self, event: dict[str, Any]) -> None:
        self.files += 1
        self.bytes += int(event["encodedDataLength"])

    def _weigh_message(self, event: dict[str, Any]) -> None:
        data = event["response"]["payloadData"]  # base64
        self.bytes += len(data) * 3 // 4


def time_start(
    browser: Browser, folder: Path, script: Path, answer: str
) -> dict[str, float]:
    """Start an app once; return moments in seconds."""
    began = time.perf_counter()
    moments: dict[str, float] = {}

    def note(name: str) -> None:
        moments[name] = time.perf_counter() - began

    with run_server(folder / "log", script) as server, browser.new_context() as context:
        note("the server answers")
        page = context.new_page()
        page.goto(server.address)
        canvas = page.locator(CANVAS)
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
    return moments


def time_slow_visit(browser: Browser, folder: Path, script: Path) -> dict[str, float]:
    """Visit a warm app through a slow network; return seconds, files and bytes."""
    found: dict[str, float] = {}
    with (
        run_server(folder / "log", script) as server,
        slow_network(server.port, NETWORK) as address,
        browser.new_context() as context,
    ):
        if script.name == "app.py":
            wait_until_warm(server)
        page = context.new_page()
        weight = Weight(page)
        began = time.perf_counter()
        page.goto(address, wait_until="commit", timeout=PATIENCE)
        if script.name == "app.py":
            page.get_by_text("is loading").wait_for(timeout=PATIENCE)
            found["it says that it loads, s"] = time.perf_counter() - began
        page.locator(CANVAS).wait_for(timeout=PATIENCE)
        found["the canvas is there, s"] = time.perf_counter() - began
        found["files until then"] = weight.files
        found["MB until then"] = weight.bytes / 1e6
        page.wait_for_load_state("networkidle", timeout=PATIENCE)
        found["MB in all"] = weight.bytes / 1e6
    return found


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


def print_table(heading: str, columns: list[dict[str, float]], form: str) -> None:
    """Print a column for each app and a line for each figure."""
    print(f"| {heading} | {' | '.join(name for name, *_ in APPS)} |")
    print("|---|" + "---:|" * len(APPS))
    for name in columns[0]:
        cells = " | ".join(form.format(c[name]) if name in c else "–" for c in columns)
        print(f"| {name} | {cells} |")
    print()


def main() -> None:
    """Print the best of three starts of each, the slow visits and the imports."""
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
        slow = [time_slow_visit(browser, Path(folder), script) for _, script, _ in APPS]
    best = [
        min(starts, key=lambda start: max(start.values()))
        for starts in zip(*rounds, strict=True)
    ]
    print_table("seconds until", best, "{:.1f}")
    speed = (
        f"{NETWORK.bytes_per_second / 1000:.0f} KB/s, {NETWORK.round_trip * 1000:.0f} ms"
    )
    print_table(f"a first visit at {speed}", slow, "{:.2f}")
    print("| import, alone | seconds |\n|---|---:|")
    for module in IMPORTS:
        print(f"| `{module}` | {time_import(module):.1f} |")


if __name__ == "__main__":
    main()
