"""The app below a path of a site, as a browser sees it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.e2e.drawing import SEVEN, answer, draw_with_mouse, open_page
from tests.support.serving import run_server

BASE = "/tools/digits"


@pytest.fixture
def below(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page whose addresses begin at the path, and that asks for nothing in vain."""
    failed: list[str] = []

    def look(response: Response) -> None:
        if response.status >= 400:
            failed.append(f"{response.status} {response.url}")

    with (
        run_server(tmp_path / "log", base=BASE) as server,
        browser.new_context(
            base_url=f"{server.address}/", viewport={"width": 1280, "height": 800}
        ) as context,
    ):
        page = context.new_page()
        page.on("response", look)
        yield page
        assert failed == []


def test_a_drawing_is_read_and_tabs_links_and_addresses_stay_below_the_path(below: Page):
    open_page(below, "./")
    draw_with_mouse(below, SEVEN)
    expect(answer(below)).to_have_text("7")
    below.get_by_role("link", name="Lesson").click()
    expect(below).to_have_url(re.compile(f"{BASE}/lesson"))
    below.reload()
    expect(below.get_by_role("heading", level=1)).to_be_visible()
    below.goto(f"{BASE}/mistakes")
    expect(below.get_by_role("heading", level=1)).to_be_visible()
    below.goto(BASE)  # without a slash at its end
    expect(below.locator("canvas").first).to_be_visible()
