"""Record the README's moving picture: a digit is drawn, and read while it grows.

Run as `python -m benchmarks.moving_picture docs/draw.webp`.
"""

import argparse
import io
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.e2e.drawing import on_screen, open_page, settle
from tests.support.chromium import launch
from tests.support.serving import run_server, wait_until_warm

FIVE: Final = (
    ((196, 66), (110, 66)),
    ((110, 66), (100, 128), (150, 108), (196, 136), (196, 188), (150, 222), (88, 204)),
)
"""Corners of the strokes, in the canvas' units; they are drawn as a smooth curve."""

VIEW: Final = {"width": 1120, "height": 680}
FRAME_WIDTH: Final = 760
FRAME_MS: Final = 110
LAST_MS: Final = 2600
POINTS_A_FRAME: Final = 4


def smooth(corners: tuple[tuple[float, float], ...]) -> NDArray[np.float64]:
    """Round off the corners of a stroke by cutting them (Chaikin): shape (n, 2)."""
    points = np.asarray(corners, dtype=float)
    for _ in range(4):
        ends, first, second = points[[0, -1]], points[:-1], points[1:]
        cut = np.stack([0.75 * first + 0.25 * second, 0.25 * first + 0.75 * second], axis=1)
        points = np.concatenate([ends[:1], cut.reshape(-1, 2), ends[1:]])
    return points


def picture(page: Page) -> Image.Image:
    """What the page shows, as small as the README wants it."""
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    height = round(shot.height * FRAME_WIDTH / shot.width)
    return shot.resize((FRAME_WIDTH, height), Image.Resampling.LANCZOS)


def record(page: Page) -> list[Image.Image]:
    """Draw a five with the mouse and photograph the page all along."""
    frames = [picture(page)]
    for corners in FIVE:
        points = on_screen(page, smooth(corners))
        page.mouse.move(*points[0])
        page.mouse.down()
        for number, point in enumerate(points):
            page.mouse.move(*point)
            if number % POINTS_A_FRAME == 0:
                page.wait_for_timeout(80)
                frames.append(picture(page))
        page.mouse.up()
    settle(page)
    return [*frames, picture(page)]


def main() -> None:
    """Start the app, draw, and write the moving picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="a .webp or .gif")
    file = parser.parse_args().file
    with (
        tempfile.TemporaryDirectory() as folder,
        run_server(Path(folder) / "log") as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        wait_until_warm(server)
        page = browser.new_page(base_url=server.address, viewport=VIEW)
        open_page(page)
        first, *others = record(page)
    times = [10 * FRAME_MS, *[FRAME_MS] * (len(others) - 1), LAST_MS]
    first.save(file, save_all=True, append_images=others, duration=times, quality=80)
    print(f"{file}: {len(times)} pictures, {file.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
