"""A drawing is never lost: not by a restart of the server, nor by a session that expired.

The browser's copy is the truth. What was done before, Clear, Undo, a reload or a change of
the page, must not make the new session or the canvas forget it. All visitors live through
one setback together.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.e2e.conftest import new_laptop
from tests.e2e.drawing import (
    SEVEN,
    answer,
    canvas,
    clear,
    draw_with_mouse,
    drawn_ink,
    expect_ink,
    expect_more_ink,
    expect_strokes,
    likelihoods,
    move_pen,
    open_page,
    settle,
)
from tests.support.serving import Server, run_server

BASE = [[(60, 230), (140, 230), (220, 230)]]
ONE = [[(140, 40), (140, 90), (140, 140), (140, 190), (140, 240)]]
NEARLY = 0.03
CONNECTED = ("data-test-connection-state", "CONNECTED")

# The style sheet puts our words into Streamlit's dialog.
WORDS = """dialog => [dialog, ...dialog.querySelectorAll("*")]
  .map(element => getComputedStyle(element, "::after").content).join(" ")"""

Setback = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def visitors(browser: Browser) -> Iterator[list[Page]]:
    """As many pages as there are deeds; none may fail."""
    with ExitStack() as stack:
        yield [stack.enter_context(new_laptop(browser)) for _ in DEEDS]


@pytest.fixture(scope="module")
def restart(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Setback]]:
    """The address of a server, and how it is restarted."""
    log = tmp_path_factory.mktemp("restarted") / "log"
    running: list[AbstractContextManager[Server]] = [run_server(log)]
    server = running[0].__enter__()

    @contextmanager
    def setback() -> Iterator[None]:
        running.pop().__exit__(None, None, None)
        try:
            yield
        finally:
            running.append(run_server(log, port=server.port))
            running[0].__enter__()

    yield server.address, setback
    running.pop().__exit__(None, None, None)
    assert server.complaints() == []


@pytest.fixture
def expiry(
    visitors: list[Page], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Setback]]:
    """A server's address, and how it forgets all sessions, as those of locked phones."""
    away = False
    connections: list[WebSocketRoute] = []

    def pass_on(connection: WebSocketRoute) -> None:
        if away:
            connection.close(code=1001)
            return
        connection.connect_to_server()
        connections.append(connection)

    @contextmanager
    def setback() -> Iterator[None]:
        nonlocal away
        away = True
        for connection in connections:
            connection.close(code=1001)
        yield
        away = False

    for page in visitors:
        page.route_web_socket("**/_stcore/stream", pass_on)
    log = tmp_path_factory.mktemp("forgetful") / "log"
    at_once = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "0"}
    with run_server(log, environment=at_once) as server:
        yield server.address, setback


def after_clear(page: Page) -> None:
    draw_with_mouse(page, ONE)
    clear(page)
    draw_with_mouse(page, SEVEN)


def after_undo(page: Page) -> None:
    draw_with_mouse(page, SEVEN)
    draw_with_mouse(page, BASE)
    page.get_by_role("button", name="Undo").click()
    settle(page)


def after_a_reload(page: Page) -> None:
    draw_with_mouse(page, SEVEN)
    page.reload()


def after_another_page(page: Page) -> None:
    draw_with_mouse(page, SEVEN)
    page.get_by_role("link", name="Mistakes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where it goes wrong")
    settle(page)
    page.get_by_role("link", name="Draw").click()
    expect(canvas(page)).to_be_visible()


DEEDS = (after_clear, after_undo, after_a_reload, after_another_page)


@pytest.mark.parametrize("kind", ["restart", "expiry"])
def test_the_drawing_outlives(
    visitors: list[Page], kind: str, request: pytest.FixtureRequest
):
    address, setback = request.getfixturevalue(kind)
    drawn = []
    for visitor, deed in zip(visitors, DEEDS, strict=True):
        open_page(visitor, address)
        deed(visitor)
        expect(answer(visitor)).to_have_text("7")
        settle(visitor)
        drawn.append(drawn_ink(visitor))
    with setback():
        for visitor in visitors:
            app = visitor.get_by_test_id("stApp")
            expect(app).not_to_have_attribute(*CONNECTED)
    for visitor, ink_before in zip(visitors, drawn, strict=True):
        expect_all_is_there(visitor, ink_before)


def expect_all_is_there(visitor: Page, drawn: int) -> None:
    """The drawing is as it was, can be drawn on, and outlives a reload."""
    expect(visitor.get_by_test_id("stApp")).to_have_attribute(*CONNECTED)
    settle(visitor)
    expect(answer(visitor)).to_have_text("7")
    expect_ink(visitor, pytest.approx(drawn, rel=NEARLY))
    expect_strokes(visitor, 1)
    draw_with_mouse(visitor, BASE)
    expect_more_ink(visitor, drawn)
    expect_strokes(visitor, 2)
    visitor.reload()
    expect(answer(visitor)).to_be_visible()
    settle(visitor)
    expect_strokes(visitor, 2)
    expect_more_ink(visitor, drawn)


def test_a_restart_is_announced_and_what_was_open_and_drawn_is_there_again(
    browser: Browser, restart: tuple[str, Setback]
):
    address, setback = restart
    with new_laptop(browser) as drawing, new_laptop(browser) as choosing:
        open_page(drawing, address)
        draw_with_mouse(drawing, SEVEN)
        expect(answer(drawing)).to_have_text("7")
        drawn = drawn_ink(drawing)
        read = likelihoods(drawing).get_attribute("aria-label") or ""
        open_page(choosing, address)
        choosing.get_by_role("button", name="From a picture").click()
        picture = choosing.get_by_role("dialog")
        expect(picture.get_by_text("Choose a file")).to_be_visible()
        with setback():
            app = choosing.get_by_test_id("stApp")
            expect(app).not_to_have_attribute(*CONNECTED)
            move_pen(drawing, BASE)
            gone = drawing.get_by_role("dialog")
            expect(gone).to_be_visible()
            for words in ("Your drawing is safe", "Leave this page open"):
                drawing.wait_for_function(
                    f"([dialog, words]) => ({WORDS})(dialog).includes(words)",
                    arg=[gone.element_handle(), words],
                )
        expect(gone).to_be_hidden()
        expect(likelihoods(drawing)).not_to_have_attribute("aria-label", read)
        expect_more_ink(drawing, drawn)
        expect(app).to_have_attribute(*CONNECTED)
        expect(picture.get_by_text("Choose yours again")).to_be_visible()
