"""The app in a real browser: one server, a fresh visitor for each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect

from tests.support.chromium import FLAGS, MISSING, chromium_path
from tests.support.module_page import ModulePage, module_page
from tests.support.serving import run_server

KNOWN = (
    # In the log: a stroke that arrives after the Draw page was left.
    "Couldn't find fragment with id",
    # Streamlit's page sends a stroke and a switch in one message where they meet;
    # `test_class` tests that both count.
    "Multiple different fragmentIds detected in a single batch",
    # The canvas component, where its page is left in the moment in which it loads: it goes
    # on loading, and finds that it has been taken down.
    "Cannot read properties of undefined (reading 'clearRect')",
)

PATIENCE = 90_000
"""Milliseconds that only a page that hangs lets anybody wait."""

expect.set_options(timeout=PATIENCE)


def unknown(complaints: list[str]) -> list[str]:
    """Leave out what is known to do no harm."""
    return [line for line in complaints if not any(known in line for known in KNOWN)]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = chromium_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the app as `make run` does and hand out its address."""
    with run_server(tmp_path_factory.mktemp("server") / "log") as server:
        yield server.address
    assert unknown(server.complaints()) == []


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict, base_url: str) -> dict:
    return {
        **browser_context_args,
        "base_url": base_url,
        "viewport": {"width": 1280, "height": 800},
    }


@pytest.fixture
def context(context: BrowserContext, base_url: str) -> Iterator[BrowserContext]:
    """A visitor who can reach no host but ours, and whose console must stay quiet."""
    context.set_default_timeout(PATIENCE)
    with ConsoleWatch(base_url).guarding(context):
        yield context


@pytest.fixture(scope="session")
def modules(browser: Browser) -> Iterator[ModulePage]:
    """One blank page for all tests of our JavaScript modules."""
    with module_page(browser) as page:
        yield page


@pytest.fixture
def phone(browser: Browser, browser_context_args: dict, base_url: str) -> Iterator[Page]:
    """A page on a phone, held upright."""
    portrait = {**browser_context_args, "viewport": {"width": 390, "height": 844}}
    with (
        browser.new_context(
            **portrait, has_touch=True, is_mobile=True, device_scale_factor=3
        ) as context,
        ConsoleWatch(base_url).guarding(context),
    ):
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


class ConsoleWatch:
    """Collects what a page must never do: ask other hosts, or complain."""

    def __init__(self, base_url: str) -> None:
        self.host = urlsplit(base_url).netloc
        self.outside_requests: list[str] = []
        self.complaints: list[str] = []

    @contextmanager
    def guarding(self, context: BrowserContext) -> Iterator[None]:
        context.route(lambda url: urlsplit(url).netloc != self.host, self._block)
        context.on("page", self._listen)
        yield
        assert self.outside_requests == []
        assert unknown(self.complaints) == []

    def _block(self, route: Route) -> None:
        if route.request.url.startswith(("data:", "blob:")):
            route.fallback()
            return
        self.outside_requests.append(route.request.url)
        route.abort()

    def _listen(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({where})")


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A page whose console may complain of a lost connection, but not of errors."""
    errors: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
    assert errors == []
