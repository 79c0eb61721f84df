"""How long the app waits for those who have something to say.

uvicorn (0.54) waits for ever: for a page that connects and says nothing, and for a body
that was announced and does not come. Headers that do not come are out of reach from here;
nginx has a time for them (`deploy/nginx.conf.template`).
"""

import asyncio
import re
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digits_app.server.protection import header

FIRST_WORD: Final = 15.0
"""Seconds until a connection has to say its first word. A page asks for itself as soon as
it is connected."""

BODY_START: Final = 15.0
"""Seconds that any body may take."""

BODY_BYTES_PER_SECOND: Final = 8 * 1024
"""So slowly it may come: a sixth of the slowest network that a class should need."""

_SESSION: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class SpeakingSessions:
    """Close a WebSocket whose first message does not come (ASGI middleware).

    A page that was connected before names its session (the third word of the header) and
    stays silent until somebody touches it, so it is left in peace. Who makes such a name up
    holds one of the places for an address, as by saying any word: `RoomForSessions`.

    Parameters
    ----------
    app : ASGI application
        What it protects.
    seconds : float
        Until the first message.
    """

    def __init__(self, app: ASGIApp, seconds: float = FIRST_WORD) -> None:
        self.app = app
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; of a WebSocket, do not wait long for its first message."""
        if scope["type"] != "websocket" or _names_session(scope):
            await self.app(scope, receive, send)
            return
        deadline = asyncio.get_running_loop().time() + self._seconds
        has_spoken = False

        async def receive_in_time() -> Message:
            nonlocal has_spoken
            if has_spoken:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                await send({"type": "websocket.close", "code": 1008, "reason": "silent"})
                return {"type": "websocket.disconnect", "code": 1008}
            has_spoken = message["type"] == "websocket.receive"
            return message

        await self.app(scope, receive_in_time, send)


def _names_session(scope: Scope) -> bool:
    words = (header(scope, b"sec-websocket-protocol") or "").split(",")
    return len(words) >= 3 and _SESSION.fullmatch(words[2].strip()) is not None


class LateBodyError(Exception):
    """The body of a request did not come in time."""


class TimelyBodies:
    """Give up a request whose body does not come (ASGI middleware).

    Parameters
    ----------
    app : ASGI application
        What it protects.
    seconds : float
        That any body may take.
    bytes_per_second : float
        More of them for a body that says that it is long.
    """

    def __init__(
        self,
        app: ASGIApp,
        seconds: float = BODY_START,
        bytes_per_second: float = BODY_BYTES_PER_SECOND,
    ) -> None:
        self.app = app
        self._seconds = seconds
        self._bytes_per_second = bytes_per_second

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; do not wait long for its body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        size = header(scope, b"content-length") or ""
        n_bytes = int(size) if size.isdecimal() and len(size) < 12 else 0
        patience = self._seconds + n_bytes / self._bytes_per_second
        deadline = asyncio.get_running_loop().time() + patience
        is_whole = has_answered = False

        async def receive_in_time() -> Message:
            nonlocal is_whole
            if is_whole:  # the app waits for the visitor to leave
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise LateBodyError from None
            is_whole = not message.get("more_body", False)
            return message

        async def send_and_note(message: Message) -> None:
            nonlocal has_answered
            has_answered = True
            await send(message)

        try:
            await self.app(scope, receive_in_time, send_and_note)
        except LateBodyError:
            if not has_answered:
                response = PlainTextResponse(
                    "The rest did not come. Try again.\n", 408, {"Connection": "close"}
                )
                await response(scope, receive, send)
