"""Pictures of every page and dialog, to be looked at one by one.

    python -m benchmarks.screens screens
    python -m benchmarks.screens screens --only draw why --widths 390 --looks dark

One file for each screen, width and look: light, dark, and forced colours. In each look a
screen is opened twice, as on a phone and as on a computer, and shown at all widths of each.
It is no check: what is wrong with a page, an eye sees.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from benchmarks.screens_of_class import CLASS_SCREENS, FullClass, fill_class
from benchmarks.screens_of_pages import PAGE_SCREENS
from tests.e2e.test_widths import CUT_WORDS
from tests.support.chromium import launch
from tests.support.serving import Server, run_server, wait_until_warm

HEIGHTS: Final = MappingProxyType(
    {320: 568, 390: 844, 820: 1180, 1280: 800, 1920: 1080, 2560: 1440}
)
"""Height of the window for each width, in CSS pixels."""

WIDEST_PHONE: Final = 390

LOOKS: Final[Mapping[str, dict[str, Any]]] = MappingProxyType(
    {
        "light": {"color_scheme": "light", "forced_colors": "none"},
        "dark": {"color_scheme": "dark", "forced_colors": "none"},
        "forced": {"color_scheme": "light", "forced_colors": "active"},
    }
)
PATIENCE: Final = 120_000  # milliseconds
STILL: Final = 700
"""Milliseconds until a page stands still in another size or look."""

TALLEST: Final = 6000  # pixels of a picture

SCREENS: Final = (*PAGE_SCREENS, *CLASS_SCREENS)


def take(
    browser: Browser,
    server: Server,
    name: str,
    widths: Sequence[int],
    look: str,
    a_class: FullClass | None,
    folder: Path,
) -> None:
    """Open a screen as a visitor who was never there, and keep what it looks like."""
    is_phone = widths[0] <= WIDEST_PHONE
    window = {"width": widths[0], "height": HEIGHTS[widths[0]]}
    with browser.new_context(
        base_url=server.address,
        viewport=window,
        has_touch=is_phone,
        is_mobile=is_phone,
        **LOOKS[look],
    ) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if name in PAGE_SCREENS:
            PAGE_SCREENS[name](page)
        else:
            assert a_class is not None
            CLASS_SCREENS[name](page, a_class)
        page.wait_for_load_state("networkidle")
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            page.wait_for_timeout(STILL)
            _keep(page, width, folder / f"{name}-{width}-{look}.png")


def _keep(page: Page, width: int, file: Path) -> None:
    """Keep what is in sight; of what is higher than the window, all of it, too.

    Pages scroll in a box of their own, so a window as high as the page shows all of it.
    """
    page.screenshot(path=file)
    print(file.stem, *page.evaluate(CUT_WORDS), sep="; ", flush=True)
    height = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.stMain, .stDialog, [role=dialog]')]"
        ".map(box => box.scrollHeight))"
    )
    if height > HEIGHTS[width]:
        whole = {"width": width, "height": min(height + 100, TALLEST)}
        page.set_viewport_size(whole)
        page.wait_for_timeout(STILL)
        page.screenshot(path=file.with_stem(f"{file.stem}-whole"))
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})


def main() -> None:
    """Take all pictures; print the name of each, and what words are cut off there."""
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
    on_phone = [width for width in asked.widths if width <= WIDEST_PHONE]
    on_computer = [width for width in asked.widths if width > WIDEST_PHONE]
    with (
        tempfile.TemporaryDirectory() as logs,
        run_server(Path(logs) / "log") as server,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        wait_until_warm(server)
        is_class = any(name in CLASS_SCREENS for name in asked.only)
        a_class = fill_class(server) if is_class else None
        for name in asked.only:
            for widths, look in product(filter(None, (on_phone, on_computer)), asked.looks):
                try:
                    take(browser, server, name, widths, look, a_class, asked.folder)
                except (Error, AssertionError) as error:
                    print(f"{name}: {error}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
