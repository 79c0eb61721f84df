"""A drawing is never lost: not by a restart of the server, nor by a session that expired.

The browser's copy is the truth. What was done before, Clear, Undo, a reload or a change of
the page, must not make the new session or the canvas forget it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.drawing import (
    SEVEN,
    answer,
    canvas,
    clear,
    draw_with_mouse,
    expect_ink,
    ink,
    open_page,
    settle,
    stored_strokes,
)
from tests.support.serving import Server, run_server

BASE = [[(60, 230), (140, 230), (220, 230)]]
ONE = [[(140, 40), (140, 90), (140, 140), (140, 190), (140, 240)]]
NEARLY = 0.03
KEPT_SECONDS = 1
CONNECTED = ("data-test-connection-state", "CONNECTED")

Setback = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def restart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Setback]]:
    """The address of a server, and how it is restarted; the next test goes on with it."""
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


@pytest.fixture(scope="module")
def forgetful_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that forgets a session soon after its visitor has gone."""
    log = tmp_path_factory.mktemp("forgetful") / "log"
    soon = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(KEPT_SECONDS)}
    with run_server(log, environment=soon) as server:
        yield server


@pytest.fixture
def expiry(visitor: Page, forgetful_server: Server) -> tuple[str, Setback]:
    """The address of a server, and how it forgets a session, as of a locked phone."""
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
        connections[-1].close(code=1001)
        yield
        time.sleep(3 * KEPT_SECONDS)
        away = False

    visitor.route_web_socket("**/_stcore/stream", pass_on)
    return forgetful_server.address, setback


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


@pytest.mark.parametrize("kind", ["restart", "expiry"])
@pytest.mark.parametrize(
    "act", [after_clear, after_undo, after_a_reload, after_another_page]
)
def test_the_drawing_outlives(
    visitor: Page, kind: str, act: Callable[[Page], None], request: pytest.FixtureRequest
):
    address, setback = request.getfixturevalue(kind)
    open_page(visitor, address)
    act(visitor)
    expect(answer(visitor)).to_have_text("7")
    settle(visitor)
    app, drawn = visitor.get_by_test_id("stApp"), ink(visitor)
    with setback():
        expect(app).not_to_have_attribute(*CONNECTED)
    expect(app).to_have_attribute(*CONNECTED)
    settle(visitor)
    expect(answer(visitor)).to_have_text("7")
    expect_ink(visitor, pytest.approx(drawn, rel=NEARLY))
    assert len(stored_strokes(visitor)) == 1
    draw_with_mouse(visitor, BASE)
    assert ink(visitor) > drawn
    assert len(stored_strokes(visitor)) == 2
    visitor.reload()
    expect(answer(visitor)).to_be_visible()
    settle(visitor)
    assert len(stored_strokes(visitor)) == 2
    assert ink(visitor) > drawn


def test_the_dialog_for_pictures_is_there_again_after_a_restart(visitor: Page, restart):
    address, setback = restart
    open_page(visitor, address)
    visitor.get_by_role("button", name="From a picture").click()
    dialog = visitor.get_by_role("dialog")
    expect(dialog.get_by_text("Choose a file")).to_be_visible()
    app = visitor.get_by_test_id("stApp")
    with setback():
        expect(app).not_to_have_attribute(*CONNECTED, timeout=30_000)
    expect(app).to_have_attribute(*CONNECTED, timeout=60_000)
    expect(dialog.get_by_text("Choose yours again")).to_be_visible()
