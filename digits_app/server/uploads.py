"""Files come in only where a page asks for one, and a session holds few of them.

Streamlit takes any number of files for any session that is alive, and keeps them until
some minutes after it ends. While a file arrives, Starlette (1.10) writes it to the folder
for temporary files, which may be small: what is arriving is bounded, too, and where there
is no room for one more, one that hardly moves gives way. What Streamlit knows of its
sessions is private; this module alone reads it, as it is in Streamlit 1.67, and
`tests/server/test_uploads.py` fails when it changes.
"""

import asyncio
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from digits_app.server.protection import header

MEGABYTE: Final = 1024 * 1024

MAX_SESSION: Final = 10 * MEGABYTE
"""Bytes of all files that one session holds."""

MAX_ALL: Final = 200 * MEGABYTE
"""Bytes of all files that all sessions hold."""

MAX_ARRIVING: Final = 40 * MEGABYTE
"""Bytes of all files that arrive at the same time: less than the image's /tmp of 64 MB."""

SETTLING: Final = 5.0
"""Seconds in which an upload may find its pace."""

SLOW: Final = 50_000
"""Bytes a second. What comes more slowly gives way where there is no room."""

FULL: Final = "The server holds all the files it may. Try again in a minute."
GAVE_WAY: Final = "This file came so slowly that it had to give way. Try again in a minute."

_UPLOAD: Final = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)/?$")


@dataclass(eq=False)
class _Arrival:
    """A file that is arriving.

    Attributes
    ----------
    session : str
    size : int
        Bytes that were announced.
    began : float
        Time, in seconds.
    task : asyncio.Task
        Serves it.
    n_bytes : int
        So many are here.
    gave_way : bool
        It was given up, to make room for another.
    """

    session: str
    size: int
    began: float
    task: asyncio.Task[object]
    n_bytes: int = 0
    gave_way: bool = False


@dataclass(eq=False)
class _Arrivals:
    """All files that are arriving, and how much room there is for more."""

    now: Callable[[], float] = time.monotonic
    all: list[_Arrival] = field(default_factory=list)

    def of(self, session: str) -> int:
        """Bytes of the files that a session is sending."""
        return sum(each.size for each in self.all if each.session == session)

    def make_room(self, size: int) -> bool:
        """Whether that many bytes have room, once files that hardly move have given way."""
        staying = sorted(
            (each for each in self.all if not each.gave_way), key=self._pace, reverse=True
        )
        while not self._have_room(size, staying):
            if not staying or self._pace(staying[-1]) >= SLOW:
                return False
            slowest = staying.pop()
            slowest.gave_way = True
            slowest.task.cancel()
        return True

    def _have_room(self, size: int, staying: list[_Arrival]) -> bool:
        if sum(each.size for each in staying) + size > MAX_ARRIVING:
            return False
        still_to_come = sum(each.size - each.n_bytes for each in staying)
        given_back = sum(each.n_bytes for each in self.all if each not in staying)
        return still_to_come + size <= free_bytes() + given_back

    def _pace(self, arrival: _Arrival) -> float:
        """Bytes a second; a file that has just begun may still be as fast as any."""
        seconds = self.now() - arrival.began
        return float("inf") if seconds < SETTLING else arrival.n_bytes / seconds


class ExpectedUploads:
    """Refuse files that no page asked for, and too many of them (ASGI middleware).

    A page asks by showing `st.file_uploader` (or a camera): nothing else is to be done.

    Parameters
    ----------
    app : ASGI application
        What it protects.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._arrivals = _Arrivals()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] != "http" or scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        upload = _UPLOAD.search(scope["path"])
        if upload is None:  # should an upgrade move the address, nothing gets in there
            await PlainTextResponse("Nothing is put here.\n", 404)(scope, receive, send)
            return
        session = upload["session"]
        size = header(scope, b"content-length") or ""
        refusal = self._refusal(session, size)
        if refusal is not None:
            status, sentence = refusal
            await PlainTextResponse(f"{sentence}\n", status)(scope, receive, send)
            return
        await self._let_arrive(session, int(size), scope, receive, send)

    async def _let_arrive(
        self, session: str, size: int, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Serve an upload, unless it has to give way before it is whole."""
        task = asyncio.current_task()
        assert task is not None
        arrival = _Arrival(session, size, self._arrivals.now(), task)

        async def receive_and_count() -> Message:
            message = await receive()
            arrival.n_bytes += len(message.get("body", b""))
            return message

        self._arrivals.all.append(arrival)
        try:
            # A client that breaks off in the middle would be an error in the log.
            with suppress(ClientDisconnect):
                await self.app(scope, receive_and_count, send)
        except asyncio.CancelledError:
            if not arrival.gave_way:
                raise
            task.uncancel()
            response = PlainTextResponse(f"{GAVE_WAY}\n", 503, {"Connection": "close"})
            await response(scope, receive, send)
        finally:
            self._arrivals.all.remove(arrival)

    def _refusal(self, session: str, size: str) -> tuple[int, str] | None:
        """Status and sentence that refuse a file; None to let it in."""
        if not runtime.exists() or not asks_for_file(session):
            return 403, "No page of this session asks for a file."
        if not size.isdecimal() or len(size) > len(str(MAX_ALL)):
            return 411, "Say how long the file is."
        held = stored_bytes()
        if held.get(session, 0) + self._arrivals.of(session) + int(size) > MAX_SESSION:
            return 413, "This session already holds all the files it may. Remove one."
        if sum(held.values()) + MAX_ARRIVING > MAX_ALL:
            return 503, FULL
        return None if self._arrivals.make_room(int(size)) else (503, FULL)


def free_bytes() -> int:
    """Bytes that the folder for temporary files has room for."""
    return shutil.disk_usage(tempfile.gettempdir()).free


def asks_for_file(session_id: str) -> bool:
    """Whether a session's page now shows a widget that takes files."""
    info = runtime.get_instance()._session_mgr.get_active_session_info(session_id)
    if info is None:
        return False
    state = info.session.session_state
    # A value moves from the new state to the old one when the next run begins; both are
    # cleared of what the page no longer shows.
    new, old = state._new_widget_state, state._old_state
    return any(
        widget.value_type == "file_uploader_state_value"
        and (name in new.states or name in old)
        for name, widget in list(new.widget_metadata.items())
    )


def stored_bytes() -> dict[str, int]:
    """Bytes of the files that each session holds."""
    storage = runtime.get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    return {
        session: sum(len(file.data) for file in list(files.values()))
        for session, files in list(storage.items())
    }


def forget_files() -> None:
    """Let go of the files that the session of this run has sent, once they were read."""
    context = get_script_run_ctx()
    if context is not None and runtime.exists():
        manager = runtime.get_instance().uploaded_file_mgr
        manager.remove_session_files(context.session_id)
