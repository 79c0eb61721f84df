"""The app in a real browser: one server, a new visitor for each test.

A visitor has no cookie and has stored nothing. The files of the page are in the cache, for
a browser that must fetch and compile them takes half as long again to show it; `test_start`
opens it as somebody does who was never there.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Request,
    expect,
)

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


# Every other host is out of reach. A route that refuses them would switch the cache off.
OUR_HOSTS_ALONE = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
)

# A process that has shown the app compiles little of it again. So all tabs of a profile
# share one, and its first tab keeps it alive: a quarter off what a load costs.
ONE_PROCESS = "--process-per-site"
KEEPS_IT_ALIVE = "/_stcore/health"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = chromium_path()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    flags = [*FLAGS, OUR_HOSTS_ALONE, ONE_PROCESS]
    return {**browser_type_launch_args, "executable_path": path, "args": flags}


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


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Browser:
    """Every page of it has the patience of `expect`."""
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
    return browser


Profile = Callable[..., AbstractContextManager[BrowserContext]]


@pytest.fixture(scope="session")
def open_profile(
    browser_type: BrowserType,
    browser_type_launch_args: dict,
    browser_context_args: dict,
    tmp_path_factory: pytest.TempPathFactory,
) -> Profile:
    """Start a browser with a folder of its own, which holds its cache."""

    @contextmanager
    def open_profile(**options: Any) -> Iterator[BrowserContext]:
        with browser_type.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            **{**browser_type_launch_args, **browser_context_args, **options},
        ) as profile:
            profile.set_default_timeout(PATIENCE)
            profile.pages[0].goto(KEEPS_IT_ALIVE)
            yield profile

    return open_profile


@pytest.fixture(scope="session")
def laptop_profile(open_profile: Profile) -> Iterator[BrowserContext]:
    with open_profile() as profile:
        yield profile


@pytest.fixture(scope="session")
def phone_profile(open_profile: Profile) -> Iterator[BrowserContext]:
    with open_profile(
        viewport={"width": 390, "height": 844},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=3,
    ) as profile:
        yield profile


@contextmanager
def new_visitor(profile: BrowserContext, base_url: str) -> Iterator[BrowserContext]:
    """A visitor who can reach no host but ours, and whose console must stay quiet.

    Afterwards all that the browser keeps of them is erased, but for the cache.
    """
    first, *left_open = profile.pages
    assert left_open == []
    try:
        with ConsoleWatch(base_url).guarding(profile):
            yield profile
    finally:
        for page in profile.pages[1:]:
            page.close()
        profile.unroute_all()
        profile.clear_cookies()
        session = profile.new_cdp_session(first)
        kept = {"origin": base_url, "storageTypes": "local_storage,indexeddb"}
        session.send("Storage.clearDataForOrigin", kept)
        session.detach()


@pytest.fixture
def context(laptop_profile: BrowserContext, base_url: str) -> Iterator[BrowserContext]:
    with new_visitor(laptop_profile, base_url) as context:
        yield context


@pytest.fixture(scope="session")
def modules(browser: Browser) -> Iterator[ModulePage]:
    """One blank page for all tests of our JavaScript modules."""
    with module_page(browser) as page:
        yield page


@pytest.fixture
def phone(phone_profile: BrowserContext, base_url: str) -> Iterator[Page]:
    """A page on a phone, held upright."""
    with new_visitor(phone_profile, base_url) as context:
        yield context.new_page()


class ConsoleWatch:
    """Collects what a page must never do: ask other hosts, or complain."""

    def __init__(self, base_url: str) -> None:
        self.host = urlsplit(base_url).netloc
        self.outside_requests: list[str] = []
        self.complaints: list[str] = []

    @contextmanager
    def guarding(self, context: BrowserContext) -> Iterator[None]:
        listeners = {"request": self._note, "page": self._listen}
        for event, listener in listeners.items():
            context.on(event, listener)
        try:
            yield
        finally:
            for event, listener in listeners.items():
                context.remove_listener(event, listener)
        assert self.outside_requests == []
        assert unknown(self.complaints) == []

    def _note(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.netloc != self.host and address.scheme not in ("data", "blob"):
            self.outside_requests.append(request.url)

    def _listen(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({where})")


@contextmanager
def new_laptop(browser: Browser) -> Iterator[Page]:
    """A page whose console may complain of a lost connection, but not of errors."""
    errors: list[str] = []
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
    assert errors == []


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    with new_laptop(browser) as page:
        yield page
