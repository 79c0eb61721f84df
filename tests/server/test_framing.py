"""Whose page sends a file, where the browser sends no cookie along."""

import asyncio
from collections.abc import Iterator

import pytest

from digits_app.server.framing import is_from_own_page
from tests.support.serving import ROOT, Server, run_server
from tests.support.uploader import Uploader
from tests.support.visitor import Visitor

PAGE = 'import streamlit as st\nst.file_uploader("A file", key="file")\n'

SITE = """
import os
import sys
sys.path.insert(0, {root!r})

import streamlit as st
from starlette.middleware import Middleware
from digits_app.server.framing import FilesInFrames

app = st.App("page.py", middleware=[
    Middleware(
        FilesInFrames,
        framed_by=os.environ.get("DIGITS_FRAMED_BY", "").split(),
        allowed_origins=lambda: ["https://digits.school.example"],
    )
])
"""


@pytest.fixture(scope="module", params=["", "https://school.example"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, bool]]:
    """A page that takes files, and whether a site is named that may frame it."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "page.py").write_text(PAGE)
    (folder / "framed.py").write_text(SITE.format(root=str(ROOT)))
    named = {"DIGITS_FRAMED_BY": request.param}
    with run_server(folder / "log", folder / "framed.py", environment=named) as server:
        yield server, bool(request.param)


def send_without_cookie(server: Server, **headers: str) -> int:
    async def visit() -> int:
        visitor, _ = await Visitor.arrive(server.address)
        sender = Uploader(server, visitor.session, headers)
        status = await asyncio.to_thread(sender.send, 100)
        await visitor.leave()
        return status

    return asyncio.run(visit())


def test_our_own_page_needs_no_cookie_only_where_a_frame_is_named(
    server: tuple[Server, bool],
):
    app, is_named = server
    own = {"Origin": app.address, "Sec-Fetch-Site": "same-origin"}
    assert send_without_cookie(app, **own) == (204 if is_named else 403)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "null"},
        {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:9", "Sec-Fetch-Site": "same-site"},
        {"Origin": "https://school.example", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_nobody_else_sends_files_without_a_cookie(
    server: tuple[Server, bool], headers: dict[str, str]
):
    assert send_without_cookie(server[0], **headers) == 403


def from_own_page(**headers: str) -> bool:
    encoded = [(n.replace("_", "-").encode(), it.encode()) for n, it in headers.items()]
    own = ["https://digits.school.example"]
    return is_from_own_page({"type": "http", "headers": encoded}, own)


def test_the_browsers_word_counts_and_our_address_may_differ_behind_a_proxy():
    host, own = "app1:8501", "https://digits.school.example"
    assert from_own_page(host=host, origin=f"http://{host}")
    assert from_own_page(host=host, origin=own, sec_fetch_site="same-origin")
    assert not from_own_page(
        host=host, origin=f"http://{host}", sec_fetch_site="cross-site"
    )
    assert not from_own_page(host=host, origin=f"ftp://{host}")
    assert not from_own_page(host="null", origin="null")


def test_a_file_is_taken_back_in_the_same_way(server: tuple[Server, bool]):
    app, is_named = server

    async def visit() -> int:
        visitor, _ = await Visitor.arrive(app.address)
        headers = {"Origin": app.address, "Sec-Fetch-Site": "same-origin"}
        sender = Uploader(app, visitor.session, headers)
        status = await asyncio.to_thread(sender.take_back, "0" * 32)
        await visitor.leave()
        return status

    assert asyncio.run(visit()) == (204 if is_named else 403)
