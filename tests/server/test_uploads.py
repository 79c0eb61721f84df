"""Files: only where a page asks for one, and few of them."""

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from digits_app.server.uploads import MAX_SESSION, MEGABYTE
from tests.support.serving import ROOT, Server, run_server
from tests.support.uploader import Uploader
from tests.support.visitor import Visitor

PAGE = """
import streamlit as st
from digits_app.server.uploads import forget_files

if st.query_params.get("forgets"):
    forget_files()
if st.query_params.get("asks"):
    st.file_uploader("A file", key="file")
else:
    st.write("No file, please.")
"""

SITE = """
import sys
sys.path.insert(0, {root!r})

import streamlit as st
from starlette.middleware import Middleware
from digits_app.server.uploads import ExpectedUploads

app = st.App("page.py", middleware=[Middleware(ExpectedUploads)])
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one page, which asks for a file if its address says so."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "page.py").write_text(PAGE)
    (folder / "uploading.py").write_text(SITE.format(root=str(ROOT)))
    with run_server(folder / "log", folder / "uploading.py") as server:
        yield server


async def arrive(server: Server, query: str) -> Visitor:
    visitor, _ = await Visitor.arrive(server.address)
    await go(visitor, query)
    return visitor


async def go(visitor: Visitor, query: str) -> None:
    visitor._message.rerun_script.query_string = query
    await visitor.run()


def test_no_page_asks_so_no_file_is_taken(server: Server):
    async def visit() -> int:
        visitor = await arrive(server, "")
        status = await asyncio.to_thread(Uploader(server, visitor.session).send, 100)
        await visitor.leave()
        return status

    assert asyncio.run(visit()) == 403


def test_nobody_sends_files_to_a_session_that_is_not_there(server: Server):
    assert Uploader(server, str(uuid.uuid4())).send(100) == 403


def test_where_a_page_asks_a_session_holds_few_files(server: Server):
    """The uploader is there in the run that shows it, and in those after."""

    async def visit() -> list[int]:
        visitor = await arrive(server, "asks=1")
        await visitor.run()
        sender = Uploader(server, visitor.session)
        statuses = [await asyncio.to_thread(sender.send, 4 * MEGABYTE) for _ in range(5)]
        await visitor.leave()
        return statuses

    room = MAX_SESSION // (4 * MEGABYTE)
    assert asyncio.run(visit()) == [204] * room + [413] * (5 - room)


def test_a_file_of_unknown_length_is_refused(server: Server):
    async def visit() -> int:
        visitor = await arrive(server, "asks=1")
        sender = Uploader(server, visitor.session)

        status = await asyncio.to_thread(sender.send_in_pieces, [b"x"] * 10)
        await visitor.leave()
        return status

    assert asyncio.run(visit()) == 411


def test_the_page_that_asks_is_left(server: Server):
    async def visit() -> tuple[int, int]:
        visitor = await arrive(server, "asks=1")
        sender = Uploader(server, visitor.session)
        before = await asyncio.to_thread(sender.send, 100)
        await go(visitor, "")
        after = await asyncio.to_thread(sender.send, 100)
        await visitor.leave()
        return before, after

    assert asyncio.run(visit()) == (204, 403)


def test_the_log_is_quiet(server: Server):
    assert "Traceback" not in server.log.read_text()


def test_the_app_takes_no_files_on_draw(tmp_path: Path):
    async def visit(server: Server) -> int:
        visitor, _ = await Visitor.arrive(server.address)
        status = await asyncio.to_thread(Uploader(server, visitor.session).send, 100)
        await visitor.leave()
        return status

    with run_server(tmp_path / "log") as server:
        assert asyncio.run(visit(server)) == 403


def test_files_that_were_read_are_let_go(server: Server):
    async def visit() -> list[int]:
        visitor = await arrive(server, "asks=1")
        await visitor.run()
        sender = Uploader(server, visitor.session)
        statuses = [await asyncio.to_thread(sender.send, 4 * MEGABYTE) for _ in range(3)]
        await go(visitor, "asks=1&forgets=1")
        statuses.append(await asyncio.to_thread(sender.send, 4 * MEGABYTE))
        await visitor.leave()
        return statuses

    full = 413
    assert asyncio.run(visit())[1:] == [204, full, 204]
