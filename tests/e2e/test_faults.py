"""What goes wrong in a classroom: reloads, and lost connections."""

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.drawing import (
    SEVEN,
    answer,
    draw_with_mouse,
    drawn_ink,
    expect_canvas,
    expect_ink,
    expect_more_ink,
    likelihoods,
    move_pen,
    open_page,
    settle,
)

BASE = [[(60, 230), (140, 230), (220, 230)]]


def draw_seven(page: Page, address: str = "/") -> tuple[int, str]:
    """Draw a 7 on a new page; return its ink and what it is read as, in full."""
    open_page(page, address)
    draw_with_mouse(page, SEVEN)
    expect(answer(page)).to_have_text("7")
    return drawn_ink(page), likelihoods(page).get_attribute("aria-label") or ""


def test_a_reload_in_the_middle_of_a_drawing_keeps_it(page: Page):
    drawn, _ = draw_seven(page)
    page.reload()
    expect(answer(page)).to_have_text("7")
    settle(page)
    expect_ink(page, pytest.approx(drawn, rel=0.03))
    draw_with_mouse(page, BASE)
    expect_more_ink(page, drawn)


def test_a_dropped_connection_loses_no_stroke(visitor: Page, base_url: str):
    connections: list[WebSocketRoute] = []

    def pass_on(connection: WebSocketRoute) -> None:
        connection.connect_to_server()
        connections.append(connection)

    visitor.route_web_socket("**/_stcore/stream", pass_on)
    visitor.goto(base_url)
    expect_canvas(visitor)
    move_pen(visitor, SEVEN)
    # The complete answer: what was read while the pen was down differs from it.
    expect(visitor.locator(".part-near .near")).to_be_visible()
    expect(visitor.locator("body:not([data-asking])")).to_be_attached()
    expect(answer(visitor)).to_have_text("7")
    drawn = drawn_ink(visitor)
    read = likelihoods(visitor).get_attribute("aria-label") or ""
    connections[-1].close(code=1001)
    move_pen(visitor, BASE)
    expect(likelihoods(visitor)).not_to_have_attribute("aria-label", read)
    # The browser reads by itself; the server has to hear of the line, too.
    expect(visitor.locator("body:not([data-asking])")).to_be_attached()
    assert len(connections) >= 2
    expect_more_ink(visitor, drawn)


def test_the_page_opens_with_every_other_host_out_of_reach(page: Page):
    # The page fixture blocks every other host and fails if one is asked.
    draw_seven(page)
