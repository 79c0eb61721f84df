"""The first seconds: the page opens, on our host alone, without a complaint."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.drawing import SEVEN, answer, draw_with_mouse, open_page
from tests.support.serving import run_server


def test_the_draw_page_opens_without_deploy_button(page: Page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Deploy")).to_have_count(0)


def test_the_first_stroke_is_answered_before_all_networks_are_there(
    browser: Browser, tmp_path: Path
):
    """Their opinions follow without another stroke."""
    with run_server(tmp_path / "log") as server, browser.new_context() as context:
        page = context.new_page()
        open_page(page, server.address)
        draw_with_mouse(page, SEVEN)
        expect(answer(page)).to_have_text("7")
        expect(page.locator("button.op")).to_have_count(4, timeout=20_000)


def test_the_icon_comes_with_the_page(page: Page):
    page.goto("/")
    expect(page).to_have_title("Draw · Eight by Eight")
    icon = page.locator("link[rel*=icon]").first
    expect(icon).to_have_attribute("href", re.compile("^data:image/png;base64,"))


def test_a_link_opens_the_two_class_model(page: Page):
    page.goto("/?classes=0+or+1")
    expect(page.get_by_role("radio", name="0 or 1")).to_be_checked()


def test_a_nonsense_link_is_answered_with_a_sentence(page: Page):
    page.goto("/?classes=banana")
    expect(page.get_by_text("The link asks for")).to_be_visible()
    expect(page.get_by_role("radio", name="0 to 9")).to_be_checked()
