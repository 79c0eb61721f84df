"""The first seconds: the page opens, on our host alone, without a complaint."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from benchmarks.start import Weight
from tests.e2e.drawing import SEVEN, answer, draw_with_mouse, open_page, wait_until
from tests.support.serving import run_server

# Notes whether the page, once it has its style, invites before the board has its place.
WATCH_THE_INVITATION = """
  window.early = [];
  new MutationObserver(() => {
    const find = (selector) => document.querySelector(selector);
    const [draw, button] = [find(".st-key-draw_page"), find(".st-key-draw_to_type")];
    const isSeen = button?.checkVisibility({ visibilityProperty: true });
    const hasStyle = draw && getComputedStyle(draw).display === "grid";
    if (isSeen && hasStyle && !find(".part-answer > *")) early.push(button.innerText);
  }).observe(document, { childList: true, subtree: true });
"""


def test_the_draw_page_opens_with_its_icon_and_nothing_moves_under_a_finger(page: Page):
    page.add_init_script(WATCH_THE_INVITATION)
    page.goto("/")
    expect(page.get_by_role("button", name="No pen? Type one")).to_be_visible()
    assert page.evaluate("early") == []
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Deploy")).to_have_count(0)
    expect(page).to_have_title("Draw · Eight by Eight")
    icon = page.locator("link[rel*=icon]").first
    expect(icon).to_have_attribute("href", re.compile("^data:image/png;base64,"))


def test_the_first_stroke_is_answered_before_all_networks_are_there(
    browser: Browser, tmp_path: Path
):
    """Their opinions follow without another stroke."""
    with run_server(tmp_path / "log") as server, browser.new_context() as context:
        page = context.new_page()
        open_page(page, server.address)
        draw_with_mouse(page, SEVEN)
        expect(answer(page)).to_have_text("7")
        expect(page.locator("button.op")).to_have_count(4)


def test_a_link_opens_the_two_class_model(page: Page):
    page.goto("/?classes=0+or+1")
    expect(page.get_by_role("radio", name="0 or 1")).to_be_checked()


def test_a_nonsense_link_is_answered_with_a_sentence(page: Page):
    page.goto("/?classes=banana")
    expect(page.get_by_text("The link asks for")).to_be_visible()
    expect(page.get_by_role("radio", name="0 to 9")).to_be_checked()


def test_a_first_visit_weighs_little(browser: Browser, base_url: str):
    """Until one can draw, and until nothing more comes."""
    with browser.new_context(base_url=base_url) as context:
        page = context.new_page()
        weight = Weight(page)
        page.goto("/")
        page.locator("canvas").first.wait_for()
        assert 300_000 < weight.bytes <= 1_000_000  # from the server, not from a cache
        page.wait_for_load_state("networkidle")
        assert weight.bytes <= 1_300_000


LOADING = "Eight by Eight is loading"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_while_it_loads_the_page_says_so_in_its_own_colours(
    browser: Browser, base_url: str, scheme: Literal["light", "dark"]
):
    with browser.new_context(base_url=base_url, color_scheme=scheme) as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/static/js/protobuf.*", lambda route: held.append(route))
        page.goto("/", wait_until="commit")
        expect(page.get_by_text(LOADING)).to_be_visible()
        before = page.evaluate("getComputedStyle(document.documentElement).background")
        wait_until(page, lambda: held, "what is held, which may come after the words")
        held[0].continue_()
        expect(page.locator("canvas").first).to_be_visible()
        expect(page.get_by_text(LOADING)).to_be_hidden()
        colour = re.compile(r"rgb\([^)]*\)")
        app = page.locator(".stApp")

        def is_the_same() -> bool:
            now = app.evaluate("app => getComputedStyle(app).background")
            return colour.findall(now) == colour.findall(before)

        wait_until(page, is_the_same, before)


def test_the_words_stay_until_the_style_sheet_is_there(browser: Browser, base_url: str):
    """A phone's tabs stood one below the other for two seconds in a slow network."""
    with browser.new_context(base_url=base_url) as context:
        page = context.new_page()
        held: list[Route] = []
        page.route("**/static/js/Html.*.js", lambda route: held.append(route))
        page.goto("/", wait_until="commit")
        expect(page.get_by_text("My hand", exact=True).first).to_be_attached()
        wait_until(page, lambda: held, "what the style sheet waits for")
        expect(page.get_by_text(LOADING)).to_be_visible()
        held[0].continue_()
        expect(page.get_by_text(LOADING)).to_be_hidden()
        expect(page.locator("canvas").first).to_be_visible()


def test_without_javascript_the_page_says_what_is_missing(browser: Browser, base_url: str):
    with browser.new_context(base_url=base_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_text(LOADING)).to_be_visible()
        expect(page.locator("noscript p")).to_be_visible()
