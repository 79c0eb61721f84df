"""Files: only where a page asks for one, and few of them."""

import asyncio
import uuid
from collections.abc import Iterator

import pytest
from starlette.types import Message, Receive, Scope, Send

from digits_app.server import uploads
from digits_app.server.uploads import (
    MAX_ARRIVING,
    MAX_SESSION,
    MEGABYTE,
    SETTLING,
    SLOW,
    ExpectedUploads,
)
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


def test_files_that_are_never_finished_keep_nobody_out_for_long(server: Server):
    size = int(4.9 * MEGABYTE)

    async def visit() -> tuple[int, int]:
        visitors = [await arrive(server, "asks=1") for _ in range(5)]
        for visitor in visitors:
            await visitor.run()
        *senders, honest = [Uploader(server, visitor.session) for visitor in visitors]
        stalled = [
            await asyncio.to_thread(sender.begin, size, bytes(3 * MEGABYTE))
            for sender in senders
            for _ in range(MAX_SESSION // size)
        ]
        assert len(stalled) == MAX_ARRIVING // size
        while_they_stall = await asyncio.to_thread(honest.send, size - 1000)
        for connection in stalled:
            connection.close()
        afterwards = 503
        while afterwards == 503:
            afterwards = await asyncio.to_thread(honest.send, size - 1000)
        for visitor in visitors:
            await visitor.leave()
        return while_they_stall, afterwards

    assert asyncio.run(visit()) == (503, 204)


def test_the_log_is_quiet(server: Server):
    assert "Traceback" not in server.log.read_text()


def test_the_app_takes_no_files_on_draw(healthy_server: Server):
    async def visit() -> int:
        visitor, _ = await Visitor.arrive(healthy_server.address)
        sender = Uploader(healthy_server, visitor.session)
        status = await asyncio.to_thread(sender.send, 100)
        await visitor.leave()
        return status

    assert asyncio.run(visit()) == 403


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


class Sender:
    """Announces a file of 9 MB and sends some of it, and the rest when it is told to."""

    def __init__(self, n_bytes: int = 0) -> None:
        self._first = n_bytes
        self.goes_on = asyncio.Event()
        self.has_begun = asyncio.Event()
        self.heard: list[Message] = []

    async def receive(self) -> Message:
        if not self.has_begun.is_set():
            self.has_begun.set()
            return {"type": "http.request", "body": bytes(self._first), "more_body": True}
        await self.goes_on.wait()
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(self, message: Message) -> None:
        self.heard.append(message)

    @property
    def status(self) -> int:
        return self.heard[0]["status"]

    @property
    def said(self) -> str:
        return self.heard[1]["body"].decode()


async def reading_app(scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class Door:
    """The app's, where every session's page asks for a file, with a clock of its own."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, free: int = 10**9) -> None:
        monkeypatch.setattr(uploads.runtime, "exists", lambda: True)
        monkeypatch.setattr(uploads, "asks_for_file", lambda session: True)
        monkeypatch.setattr(uploads, "stored_bytes", dict)
        monkeypatch.setattr(uploads, "free_bytes", lambda: free)
        self._app = ExpectedUploads(reading_app)
        self._app._arrivals.now = lambda: self.seconds
        self.seconds = 0.0
        self._n_sessions = 0

    async def begin(self, sender: Sender) -> asyncio.Task[None]:
        """Let a file arrive in a session of its own, until it waits or is answered."""
        self._n_sessions += 1
        path = f"/_stcore/upload_file/{self._n_sessions}/a"
        size = str(9 * MEGABYTE).encode()
        scope = {"type": "http", "method": "PUT", "path": path}
        scope["headers"] = [(b"content-length", size)]
        task = asyncio.create_task(self._app(scope, sender.receive, sender.send))
        begun = asyncio.create_task(sender.has_begun.wait())
        await asyncio.wait([task, begun], return_when=asyncio.FIRST_COMPLETED)
        begun.cancel()
        return task


ROOM = MAX_ARRIVING // (9 * MEGABYTE)


def test_what_is_arriving_is_bounded_and_the_next_is_told_to_wait(monkeypatch):
    async def visit() -> None:
        door, late = Door(monkeypatch), Sender()
        arriving = [Sender() for _ in range(ROOM)]
        tasks = [await door.begin(each) for each in arriving]
        await (await door.begin(late))
        assert (late.status, "Try again" in late.said) == (503, True)
        for each in arriving:
            each.goes_on.set()
        await asyncio.gather(*tasks)
        assert [each.status for each in arriving] == [204] * ROOM
        again = Sender()
        again.goes_on.set()
        await (await door.begin(again))
        assert again.status == 204

    asyncio.run(visit())


def test_what_hardly_moves_gives_way_to_the_next(monkeypatch):
    async def visit() -> None:
        door, honest = Door(monkeypatch), Sender()
        fast = [Sender(n_bytes=2 * round(SETTLING * SLOW)) for _ in range(ROOM - 1)]
        tasks = [await door.begin(each) for each in fast]
        stalled = Sender()
        given_up = await door.begin(stalled)
        door.seconds = SETTLING
        tasks.append(await door.begin(honest))
        await given_up
        assert (stalled.status, "give way" in stalled.said) == (503, True)
        late = Sender()  # those that come fast stay
        await (await door.begin(late))
        assert late.status == 503
        for each in (*fast, honest):
            each.goes_on.set()
        await asyncio.gather(*tasks)
        assert [each.status for each in (*fast, honest)] == [204] * ROOM

    asyncio.run(visit())


def test_no_more_arrives_than_the_disk_has_room_for(monkeypatch):
    async def visit() -> None:
        door = Door(monkeypatch, free=20 * MEGABYTE)
        senders = [Sender(), Sender(), Sender()]
        tasks = [await door.begin(each) for each in senders]
        await tasks[2]
        assert senders[2].status == 503
        for each in senders[:2]:
            each.goes_on.set()
        await asyncio.gather(*tasks)
        assert [each.status for each in senders[:2]] == [204, 204]

    asyncio.run(visit())


def test_a_visitor_who_leaves_while_sending_is_cancelled_as_ever(monkeypatch):
    async def visit() -> None:
        sender = Sender()
        task = await Door(monkeypatch).begin(sender)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert sender.heard == []

    asyncio.run(visit())
