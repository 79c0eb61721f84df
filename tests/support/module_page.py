"""A blank page that imports our JavaScript modules as the app serves them: as files."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

from playwright.sync_api import Browser, Page

from digits_app.network.classifiers import load_classifier
from digits_app.network.weight_files import FOLDER, pack_weights
from tests.support.serving import ROOT

MODULES: Final = ROOT / "digits_app" / "browser"

POLICY: Final = "script-src 'self' blob:"
"""As strict as the app's own."""

NETWORKS: Final = {
    "augmented-10": (10, "augmented"),
    "lesson-10": (10, "lesson"),
    "augmented-2": (2, "augmented"),
    "lesson-2": (2, "lesson"),
}
"""By the name under which the browser knows a network: what `load_classifier` takes."""

_TYPES: Final = {".js": "text/javascript", ".html": "text/html"}


@dataclass
class ModulePage:
    """A page, and the server behind it.

    Attributes
    ----------
    page : Page
        Blank, with `import` of "/browser/..." and `fetch` of all else.
    files : dict of str to bytes
        What else is served, by its path.
    """

    page: Page
    files: dict[str, bytes] = field(default_factory=dict)

    def run(self, script: str, argument: Any = None) -> Any:
        """Run a script in the page; it may `await`, and gets the argument as `given`."""
        return self.page.evaluate(f"async given => {{{script}}}", argument)

    def run_beside(self, module: str, code: str, given: Any = None) -> Any:
        """Evaluate an expression beside one of the modules, whose names it uses.

        `run_beside("board/words.js", "percent(given)", 0.5)` is "50%".
        """
        address = f"/browser/{module}"
        names = self.run("return Object.keys(await import(given))", address)
        exported = f"const {{ {', '.join(names)} }} = await import('{address}')"
        return self.run(f"{exported}; return ({code})", given)

    def fetch_json(self, path: str, value: Any) -> None:
        """Let the page fetch a value; large ones are quicker so."""
        self.files[path] = json.dumps(value).encode()


def network_files() -> dict[str, bytes]:
    """All networks as the browser fetches them, by their path."""
    packed = {
        f"/{name}.weights": pack_weights(load_classifier(*model))
        for name, model in NETWORKS.items()
    }
    return {**packed, "/guard.weights": (FOLDER / "guard.weights").read_bytes()}


@contextmanager
def serve_modules(files: dict[str, bytes]) -> Iterator[str]:
    """Serve our modules, a blank page and some more files; hand out the page's address."""
    files.setdefault("/", b"<!doctype html><title>Modules</title><body>")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(files))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def module_page(browser: Browser) -> Iterator[ModulePage]:
    """Open a blank page, and serve our modules and networks to it."""
    page = browser.new_page()
    ours = ModulePage(page, network_files())
    with serve_modules(ours.files) as address:
        page.goto(address)
        yield ours
        page.close()


def _handler(files: dict[str, bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            content = files.get(path) or _module(path)
            self.send_response(404 if content is None else 200)
            suffix = Path(path).suffix or ".html"
            self.send_header("Content-Type", _TYPES.get(suffix, "application/octet-stream"))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


def _module(path: str) -> bytes | None:
    file = MODULES / path.removeprefix("/browser/")
    is_ours = path.startswith("/browser/") and file.suffix == ".js" and ".." not in path
    return file.read_bytes() if is_ours and file.is_file() else None
