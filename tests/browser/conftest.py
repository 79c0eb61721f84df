"""The browser's own modules in a blank page: no Streamlit, no app."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import browser, browser_type_launch_args  # noqa: F401
from tests.support.module_page import ModulePage, serve_modules


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session")
def modules_address() -> Iterator[str]:
    with serve_modules({}) as address:
        yield address


@pytest.fixture
def blank(page: Page, modules_address: str) -> Iterator[Page]:
    """A blank page of a site that serves `digits_app/browser/`."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(modules_address)
    yield page
    assert complaints == []


@pytest.fixture
def run(blank: Page) -> Callable[..., Any]:
    """Evaluate JavaScript beside one of the modules; see `ModulePage.run_beside`."""
    return ModulePage(blank).run_beside
