"""The system's Chromium, for measurements in a real page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Browser, Playwright

NAMES: Final = (
    # The same without a window's own parts: it takes a sixth less processor time.
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)
FLAGS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

MISSING: Final = "No Chromium found. Debian: apt-get install chromium-headless-shell"


def chromium_path() -> str | None:
    """Path of the system's Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launch(playwright: Playwright) -> Iterator[Browser]:
    """Start Chromium, and close it when the block is left.

    Raises
    ------
    RuntimeError
        There is none.
    """
    path = chromium_path()
    if path is None:
        raise RuntimeError(MISSING)
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    try:
        yield browser
    finally:
        browser.close()
