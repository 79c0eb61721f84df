"""The drawing lives in the browser: it is drawn, read and changed while the server is away.

What the server has not confirmed is marked, and in the end both sides hold the same.
"""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from itertools import pairwise

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    WebSocketRoute,
    expect,
)

from tests.e2e.conftest import new_laptop
from tests.e2e.drawing import (
    SEVEN,
    answer,
    draw_with_mouse,
    drawn_ink,
    expect_canvas,
    expect_ink,
    expect_less_ink,
    expect_more_ink,
    expect_reading,
    expect_strokes,
    move_pen,
    open_page,
    settle,
    stored_strokes,
)
from tests.support.serving import Server, run_server, wait_until_warm

CORNERS = [(92, 96), (104, 62), (142, 46), (182, 62), (190, 98), (170, 136), (132, 180)]
CORNERS += [(92, 226), (204, 224)]
# In small steps: of a mouse that leaps, the canvas draws what it sees in each frame, while
# the drawing that is kept has all.
TWO = [
    [
        (x + (to_x - x) * i / 8, y + (to_y - y) * i / 8)
        for (x, y), (to_x, to_y) in pairwise(CORNERS)
        for i in range(9)
    ]
]
BASE = [(60, 230), (140, 230), (220, 230)]
AWAY_SECONDS = float(os.environ.get("AWAY_SECONDS", "30"))

Absence = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that is stopped now and then, and goes on."""
    with run_server(tmp_path_factory.mktemp("stopped") / "log") as server:
        wait_until_warm(server)
        yield server


@pytest.fixture
def stopped(own_server: Server) -> Absence:
    """The server's process stands still."""

    @contextmanager
    def absence() -> Iterator[None]:
        own_server.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            own_server.process.send_signal(signal.SIGCONT)

    return absence


def hang(page: Page) -> Absence:
    """The connection is open, and nothing comes through, in either direction."""
    is_hung = False
    held: list[Callable[[], None]] = []

    def pass_on(connection: WebSocketRoute) -> None:
        server = connection.connect_to_server()

        def forward(send: Callable[[str | bytes], None]) -> Callable[[str | bytes], None]:
            def take(message: str | bytes) -> None:
                if is_hung:
                    held.append(lambda: send(message))
                else:
                    send(message)

            return take

        connection.on_message(forward(server.send))
        server.on_message(forward(connection.send))

    page.route_web_socket("**/_stcore/stream", pass_on)

    @contextmanager
    def absence() -> Iterator[None]:
        nonlocal is_hung
        is_hung = True
        yield
        is_hung = False
        for send in held:
            send()
        held.clear()

    return absence


def cut(page: Page) -> Absence:
    """The connection breaks, and there is no other until the absence is over."""
    is_cut = False
    connections: list[WebSocketRoute] = []

    def pass_on(connection: WebSocketRoute) -> None:
        if is_cut:
            connection.close(code=1001)
        else:
            connection.connect_to_server()
            connections.append(connection)

    page.route_web_socket("**/_stcore/stream", pass_on)

    @contextmanager
    def absence() -> Iterator[None]:
        nonlocal is_cut
        is_cut = True
        connections[-1].close(code=1001)
        yield
        is_cut = False

    return absence


@pytest.mark.parametrize("kind", ["stopped", "hung", "cut"])
def test_a_digit_is_read_and_cleared_and_another_read_while_the_server_is_away(
    visitor: Page, own_server: Server, kind: str, stopped: Absence
):
    absence = {"stopped": lambda _: stopped, "hung": hang, "cut": cut}[kind](visitor)
    open_page(visitor, own_server.address)
    wait_for_reader(visitor)
    with absence():
        move_pen(visitor, SEVEN)
        expect(answer(visitor)).to_have_text("7")
        expect(visitor.locator("body[data-behind]")).to_be_attached()
        visitor.get_by_role("button", name="Clear").click()
        expect(visitor.get_by_role("heading", name="Your turn")).to_be_visible()
        expect_ink(visitor, 0)
        move_pen(visitor, TWO)
        expect(answer(visitor)).to_have_text("2")
        expect(visitor.get_by_text("The server is not answering just now")).to_be_visible()
        expect_strokes(visitor, 1)
        shown = drawn_ink(visitor)
    settle_without_traffic(visitor)
    expect(answer(visitor)).to_have_text("2")
    expect_strokes(visitor, 1)
    expect_ink(visitor, pytest.approx(shown, rel=0.05))
    # The server holds the 2 as well: it made the steps of it.
    expect(visitor.locator(".part-near .near figcaption").first).to_have_text("a 2")
    expect(visitor.get_by_text("The server is not answering just now")).to_be_hidden()


def test_half_a_minute_without_the_server_loses_nothing(
    visitor: Page, browser: Browser, own_server: Server
):
    with new_laptop(browser) as other:
        absences = {visitor: hang(visitor), other: cut(other)}
        for page in absences:
            open_page(page, own_server.address)
            draw_with_mouse(page, SEVEN)
        shown: dict[Page, int] = {}
        with ExitStack() as stack:
            for page, absence in absences.items():
                stack.enter_context(absence())
                move_pen(page, [BASE])
            # A wait for a time, for once: it is the time itself that must do no harm.
            visitor.wait_for_timeout(1000 * AWAY_SECONDS)
            for page in absences:
                page.get_by_role("button", name="Undo").click()
                page.get_by_role("radio", name="Thick").click()
                move_pen(page, [BASE])
                expect_strokes(page, 2)
                shown[page] = drawn_ink(page, least=7000)
        for page in absences:
            settle_without_traffic(page)
            expect_both_lines(page, shown[page])
            page.reload()
            settle_without_traffic(page)
            expect_both_lines(page, shown[page])


def expect_both_lines(page: Page, shown: int) -> None:
    """The 7, and the line that was drawn last, which is thick."""
    assert [stroke["strokeWidth"] for stroke in stored_strokes(page)] == [20, 30]
    expect_ink(page, pytest.approx(shown, rel=0.03))


def wait_for_reader(page: Page) -> None:
    """Wait until the browser reads by itself."""
    expect(page.locator("body[data-reads]")).to_be_attached()


def settle_without_traffic(page: Page) -> None:
    """Wait until the server has confirmed all, by whatever connection."""
    expect_canvas(page)
    expect(page.locator("body:not([data-asking])")).to_be_attached()


def test_undo_and_clear_take_one_frame(visitor: Page, own_server: Server, stopped: Absence):
    open_page(visitor, own_server.address)
    draw_with_mouse(visitor, SEVEN)
    drawn = drawn_ink(visitor)
    draw_with_mouse(visitor, [BASE])
    with stopped():
        assert ink_after_a_press(visitor, "Undo") == pytest.approx(drawn, rel=0.03)
        assert ink_after_a_press(visitor, "Clear") == 0
    settle_without_traffic(visitor)
    assert stored_strokes(visitor) == []


def ink_after_a_press(page: Page, name: str) -> int:
    """Lit pixels of the canvas in the second frame after a button is pressed.

    The first frame may begin before the press is handled.
    """
    return page.get_by_role("button", name=name).evaluate(
        """button => new Promise(done => {
          const host = [...document.querySelectorAll(".st-key-draw_canvas *")]
            .find(element => element.shadowRoot);
          const upper = host.shadowRoot.querySelector(".upper-canvas");
          const lower = upper.parentElement.querySelector(".lower-canvas");
          button.click();
          requestAnimationFrame(() => requestAnimationFrame(() => {
            const { data } = lower.getContext("2d").getImageData(0, 0, 560, 560);
            let lit = 0;
            for (let i = 0; i < data.length; i += 4) lit += data[i] > 128;
            done(lit / 4);
          }));
        })"""
    )


def test_the_eraser_and_the_width_count_from_the_next_stroke_on(
    visitor: Page, own_server: Server, stopped: Absence
):
    open_page(visitor, own_server.address)
    with stopped():
        visitor.get_by_role("radio", name="Thin").click()
        move_pen(visitor, [BASE])
        thin = drawn_ink(visitor)
        visitor.get_by_role("radio", name="Thick").click()
        visitor.get_by_role("radio", name="Eraser").click()
        move_pen(visitor, [BASE])
        expect_less_ink(visitor, thin / 10)
        visitor.get_by_role("button", name="Clear").click()
        expect(visitor.get_by_role("radio", name="Pen", exact=True)).to_be_checked()
        move_pen(visitor, [BASE])
        expect_more_ink(visitor, 2 * thin)
    settle_without_traffic(visitor)


def test_undo_right_after_clear_brings_the_drawing_back(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    drawn = drawn_ink(page)
    page.get_by_role("button", name="Clear").click()
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect(answer(page)).to_have_text("7")
    expect_ink(page, pytest.approx(drawn, rel=0.03))


def test_the_width_outlives_a_reload(page: Page):
    open_page(page)
    page.get_by_role("radio", name="Thick").click()
    page.reload()
    expect(page.get_by_role("radio", name="Thick")).to_be_checked()
    draw_with_mouse(page, [BASE])
    expect_strokes(page, 1)
    assert [stroke["strokeWidth"] for stroke in stored_strokes(page)] == [30]


def test_without_module_workers_the_answer_comes_when_the_pen_lifts(
    context: BrowserContext,
):
    page = context.new_page()
    page.add_init_script("delete window.Worker")
    open_page(page)
    draw_with_mouse(page, SEVEN)
    expect(answer(page)).to_have_text("7")
    expect(page.locator("body[data-reads]")).to_have_count(0)
    expect(page.locator("body[data-unread]")).to_have_count(0)


def test_two_tabs_of_one_browser_hold_each_their_own_drawing(context: BrowserContext):
    first, second = context.new_page(), context.new_page()
    open_page(first)
    draw_with_mouse(first, SEVEN)
    open_page(second)
    draw_with_mouse(second, TWO)
    first.bring_to_front()
    draw_with_mouse(first, [BASE])
    expect_strokes(first, 2)
    expect_strokes(second, 1)
    expect(answer(second)).to_have_text("2")


def test_a_tab_in_the_background_goes_on_where_it_was(context: BrowserContext):
    page = context.new_page()
    open_page(page)
    draw_with_mouse(page, SEVEN)
    other = context.new_page()
    other.goto("about:blank")
    other.bring_to_front()
    other.wait_for_timeout(1000)
    page.bring_to_front()
    draw_with_mouse(page, [BASE])
    expect_strokes(page, 2)
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect_reading(page, 7)


def test_the_canvas_is_shown_again_where_streamlit_hands_it_something_else(page: Page):
    """As after a change of the theme: it calls the canvas with what Python said."""
    open_page(page)
    draw_with_mouse(page, SEVEN)
    drawn = drawn_ink(page)
    page.evaluate(
        """async () => {
          const host = [...document.querySelectorAll(".st-key-draw_canvas *")]
            .find(element => element.shadowRoot);
          const script = performance.getEntriesByType("resource")
            .find(({ name }) => /drawable.canvas.*\\.js$/.test(name));
          const { default: call } = await import(script.name);
          call({ parentElement: host.shadowRoot, setStateValue() {}, data: {
            drawingMode: "freedraw", initialDrawing: { background: "#1b1f2a" },
            strokeColor: "#fbf7ee", strokeWidth: 40, canvasWidth: 560, canvasHeight: 560,
          } });
        }"""
    )
    expect_ink(page, pytest.approx(drawn, rel=0.03))


def test_where_the_canvas_takes_nothing_python_hands_it_the_drawing(
    context: BrowserContext,
):
    """The way back, should an update of the canvas hide its script from us."""
    page = context.new_page()
    context.route(
        re.compile(r"/board/canvas\.js$"),
        lambda route: route.fulfill(
            body=route.fetch().text().replace("static async over(", "static async over_(")
            + "\nCommand.over = async () => null;",
            content_type="text/javascript",
        ),
    )
    open_page(page)
    draw_with_mouse(page, [*SEVEN, BASE])
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect_reading(page, 7)
    expect_strokes(page, 1)
    expect_more_ink(page, 3000)
    page.get_by_role("button", name="Clear").click()
    settle(page)
    expect_ink(page, 0)
