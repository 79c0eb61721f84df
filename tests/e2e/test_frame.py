"""The app in a frame of another site: a school's platform, or Hugging Face Spaces."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, expect

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


@contextmanager
def framed(browser: Browser, folder: Path, is_named: bool) -> Iterator[Page]:
    """Open a platform's page; the app is on another site, 127.0.0.1, and may know it."""
    port = free_port()
    with platform(f"http://127.0.0.1:{port}") as site:
        names = {"DIGITS_FRAMED_BY": site if is_named else "https://school.example"}
        with (
            run_server(folder / "log", port=port, environment=names),
            browser.new_context(viewport={"width": 1280, "height": 800}) as context,
        ):
            page = context.new_page()
            page.goto(site)
            yield page


def test_a_file_is_read_in_a_frame_of_a_site_that_is_named(
    browser: Browser, tmp_path: Path
):
    with framed(browser, tmp_path, is_named=True) as page:
        app = page.frame_locator("iframe")
        app.get_by_role("button", name="From a picture").click()
        dialog = app.get_by_role("dialog")
        expect(dialog.get_by_text("Choose a file")).to_be_visible()
        assert page.context.cookies() == []  # the browser keeps ours back
        app.locator("input[type=file]").set_input_files(
            FilePayload(name="a.jpg", mimeType="image/jpeg", buffer=photo(SEVEN, ONE))
        )
        expect(dialog.get_by_role("status")).to_have_text("It reads 71", timeout=30_000)


def test_another_site_gets_no_frame(browser: Browser, tmp_path: Path):
    with framed(browser, tmp_path, is_named=False) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.reload()
        expect(page.frame_locator("iframe").get_by_text("Eight by Eight")).to_have_count(0)
        assert any("frame-ancestors" in text for text in said)
