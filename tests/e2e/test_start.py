"""The first seconds: the page opens, on our host alone, without a complaint."""

import re

from playwright.sync_api import Page, expect


def test_the_draw_page_opens_without_deploy_button(page: Page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("Deploy")).to_have_count(0)


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
