"""The browser's history: one click makes one entry, and Back undoes it."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.e2e.drawing import expect_quiet, go_back, go_forward, open_page


def shown_at(address: str) -> str:
    """Name of the page at an address."""
    path = urlsplit(address).path.strip("/")
    return path.capitalize() or "Draw"


def test_one_click_makes_one_entry_and_back_undoes_it(page: Page, base_url: str):
    open_page(page)

    def tab(name: str) -> Callable[[], None]:
        return page.locator(".st-key-tabs").get_by_role("link", name=name).click

    def switch(name: str) -> Callable[[], None]:
        return page.get_by_role("radio", name=name).click

    def button(name: str) -> Callable[[], None]:
        return page.get_by_role("button", name=name).click

    def choose(label: str, option: str) -> Callable[[], None]:
        def press() -> None:
            page.get_by_label(label, exact=True).click()
            page.get_by_role("option", name=option, exact=True).click()

        return press

    two = "classes=0+or+1"
    clicks = [
        (switch("0 or 1"), f"/?{two}"),
        (tab("Mistakes"), f"/mistakes?{two}"),
        (switch("0 to 9"), "/mistakes"),
        (choose("Sort", "By digit"), "/mistakes?sort=By+digit"),
        (switch("Map"), "/mistakes?sort=By+digit&look=Map"),
        (tab("Lesson"), "/lesson"),
        (button("2 Pixels"), "/lesson?step=2"),
        (tab("Draw"), "/"),
        (tab("Lesson"), "/lesson?step=2"),
        (tab("Mistakes"), "/mistakes?look=Map"),
    ]
    entries = page.evaluate("history.length")
    for number, (click, address) in enumerate(clicks, start=1):
        click()
        expect(page).to_have_url(base_url + address)
        expect_quiet(page)
        expect(page.locator(".st-key-tabs [aria-current=page]")).to_have_text(
            re.compile(shown_at(address))
        )
        page.wait_for_function("n => history.length === n", arg=entries + number)
    before = [f"{base_url}/", *[base_url + address for _, address in clicks[:-1]]]
    for address in reversed(before):
        go_back(page)
        expect(page).to_have_url(address)
        expect(page).to_have_title(f"{shown_at(address)} · Eight by Eight")
    expect(page.get_by_role("radio", name="0 to 9")).to_be_checked()
    go_forward(page)
    expect(page.get_by_role("radio", name="0 or 1")).to_be_checked()
    page.wait_for_function("n => history.length === n", arg=entries + len(clicks))
