"""Pictures of every page and dialog, to be looked at one by one.

    python -m benchmarks.screens screens
    python -m benchmarks.screens screens --only draw why --widths 390 --looks dark

One file for each screen, width and look: light, dark, and forced colours. It is no check:
what is wrong with a page, an eye sees.
"""

import argparse
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.drawing import SEVEN, draw_with_mouse, open_page
from tests.support.chromium import launch
from tests.support.serving import run_server, wait_until_warm

HEIGHTS: Final = MappingProxyType(
    {320: 568, 390: 844, 820: 1180, 1280: 800, 1920: 1080, 2560: 1440}
)
"""Height of the window for each width, in CSS pixels."""

LOOKS: Final[Mapping[str, dict[str, Any]]] = MappingProxyType(
    {
        "light": {"color_scheme": "light"},
        "dark": {"color_scheme": "dark"},
        "forced": {"forced_colors": "active"},
    }
)
PATIENCE: Final = 120_000  # milliseconds


def draw_empty(page: Page) -> None:
    """Nothing is drawn yet."""
    open_page(page)


def draw(page: Page) -> None:
    """A 7 is read."""
    open_page(page)
    draw_with_mouse(page, SEVEN)


def why(page: Page) -> None:
    """Why it is a 7."""
    draw(page)
    page.get_by_role("button", name="Why").first.click()
    expect(
        page.get_by_role("dialog").get_by_text("What would make it").first
    ).to_be_visible()


def picture(page: Page) -> None:
    """The way in for a picture."""
    open_page(page)
    page.get_by_role("button", name="From a picture").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def type_a_digit(page: Page) -> None:
    """The grid for the keyboard."""
    open_page(page)
    page.get_by_role("button", name="Type").click()
    expect(page.get_by_role("dialog").get_by_role("gridcell")).to_have_count(64)


def my_hand(page: Page) -> None:
    """The first prompt."""
    open_page(page, "/my_hand")


def mistakes(page: Page) -> None:
    """The gallery."""
    page.goto("/mistakes")
    expect(page.get_by_role("img").first).to_be_visible()


def mistake(page: Page) -> None:
    """A mistake that is opened."""
    page.goto("/mistakes?digit=4")
    expect(page.get_by_role("dialog")).to_be_visible()


def lesson(number: int) -> Callable[[Page], None]:
    """A step of the lesson."""

    def show(page: Page) -> None:
        page.goto(f"/lesson?step={number}")
        title = page.get_by_role("heading", level=1, name=re.compile(f"^{number}\\. "))
        expect(title).to_be_visible()
        expect(page.get_by_role("button", name="Python script")).to_be_visible()

    return show


def classes(page: Page) -> None:
    """The way into a class."""
    page.goto("/class")
    expect(page.get_by_role("button", name="Start a class")).to_be_visible()


def lobby(page: Page) -> None:
    """The square and the code of a new class."""
    classes(page)
    page.get_by_role("button", name="Start a class").click()
    expect(page.get_by_role("heading", name="Scan the square")).to_be_visible()


def wall(page: Page) -> None:
    """The wall of a new class."""
    lobby(page)
    page.get_by_role("button", name="Open the wall").click()
    expect(page.get_by_role("heading", name="Our wall")).to_be_visible()


SCREENS: Final[Mapping[str, Callable[[Page], None]]] = MappingProxyType(
    {
        "draw-empty": draw_empty,
        "draw": draw,
        "why": why,
        "picture": picture,
        "type": type_a_digit,
        "my-hand": my_hand,
        "mistakes": mistakes,
        "mistake": mistake,
        **{f"lesson-{number}": lesson(number) for number in range(1, 10)},
        "class": classes,
        "lobby": lobby,
        "wall": wall,
    }
)


def take(
    browser: Browser, address: str, folder: Path, name: str, width: int, look: str
) -> None:
    """Open a screen as a visitor who was never there, and keep what it looks like.

    Pages scroll in a box of their own, so a window as high as the page shows all of it.
    """
    window = {"width": width, "height": HEIGHTS[width]}
    with browser.new_context(base_url=address, viewport=window, **LOOKS[look]) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        SCREENS[name](page)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}-{width}-{look}.png")
        height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
        if height > HEIGHTS[width] and page.get_by_role("dialog").count() == 0:
            page.set_viewport_size({"width": width, "height": min(height + 100, 8000)})
            page.screenshot(path=folder / f"{name}-{width}-{look}-whole.png")


def main() -> None:
    """Take all pictures that are asked for; print the name of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=SCREENS, default=list(SCREENS))
    parser.add_argument(
        "--widths", nargs="+", type=int, choices=HEIGHTS, default=list(HEIGHTS)
    )
    parser.add_argument("--looks", nargs="+", choices=LOOKS, default=list(LOOKS))
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with (
        tempfile.TemporaryDirectory() as logs,
        run_server(Path(logs) / "log") as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        wait_until_warm(server)
        for name in asked.only:
            for width in asked.widths:
                for look in asked.looks:
                    take(browser, server.address, asked.folder, name, width, look)
                    print(f"{name}-{width}-{look}", flush=True)


if __name__ == "__main__":
    main()
