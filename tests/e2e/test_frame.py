"""The app in a frame of another site: a school's platform, or Hugging Face Spaces."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.e2e.drawing import RUN_DONE
from tests.e2e.test_picture import ONE, photo
from tests.support.pen_drawings import SEVEN
from tests.support.serving import free_port, run_server


@contextmanager
def platform(shown: str) -> Iterator[str]:
    """Another site, with a page that shows an address in a frame; yields its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            frame = f'<iframe src="{shown}" width="1200" height="760"></iframe>'
            self.wfile.write(f"<!DOCTYPE html><title>Platform</title>{frame}".encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("localhost", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="module")
def port() -> int:
    """Where the app will be, on another site than the platform: 127.0.0.1."""
    return free_port()


@pytest.fixture(scope="module")
def named(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A platform that the app knows; yields its address."""
    with platform(f"http://127.0.0.1:{port}") as site:
        names = {"DIGITS_FRAMED_BY": site}
        log = tmp_path_factory.mktemp("framed") / "log"
        with run_server(log, port=port, environment=names):
            yield site


def test_a_file_is_read_in_a_frame_of_a_site_that_is_named(visitor: Page, named: str):
    visitor.goto(named)
    app = visitor.frame_locator("iframe")
    app.get_by_role("button", name="From a picture").click()
    dialog = app.get_by_role("dialog")
    expect(dialog.get_by_text("Choose a file")).to_be_visible()
    # A file is lost where the run that shows the dialog has not ended.
    expect(app.locator(RUN_DONE)).to_be_attached()
    assert visitor.context.cookies() == []  # the browser keeps ours back
    app.locator("input[type=file]").set_input_files(
        FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=photo(SEVEN, ONE))
    )
    expect(dialog.get_by_role("status")).to_have_text("It reads 71")


def test_another_site_gets_no_frame(visitor: Page, named: str, port: int):
    with platform(f"http://127.0.0.1:{port}") as site:
        assert site != named
        refusal = visitor.expect_console_message(
            lambda message: "frame-ancestors" in message.text
        )
        with refusal:
            visitor.goto(site)
        expect(visitor.frame_locator("iframe").get_by_text("Eight")).to_have_count(0)
