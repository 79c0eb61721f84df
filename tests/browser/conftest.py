"""The browser's own modules in a blank page: no server, no Streamlit, no app."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from digits_app.server.browser_files import FOLDER
from tests.e2e.conftest import browser_type_launch_args  # noqa: F401

ORIGIN = "http://blank.test/"


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def blank(page: Page) -> Page:
    """A blank page of a site that serves `digits_app/browser/`."""
    complaints: list[str] = []

    def serve(route: Route) -> None:
        path = FOLDER / route.request.url.removeprefix(ORIGIN)
        if path.is_file():
            route.fulfill(path=path)
        else:
            route.fulfill(body="<!DOCTYPE html><body>", content_type="text/html")

    page.route(f"{ORIGIN}**", serve)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(ORIGIN)
    yield page
    assert complaints == []


@pytest.fixture
def run(blank: Page) -> Callable[..., Any]:
    """Run JavaScript beside one of the modules, whose names it uses.

    `run("board/words.js", "percent(given)", 0.5)` is "50%".
    """

    def run_beside(module: str, code: str, given: Any = None) -> Any:
        body = json.dumps(f"return (async () => ({code}))()")
        return blank.evaluate(
            f"async given => {{ const all = {{ ...(await import('/{module}')), given }};"
            f" return new Function(...Object.keys(all), {body})(...Object.values(all)); }}",
            given,
        )

    return run_beside
