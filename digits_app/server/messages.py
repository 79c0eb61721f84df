"""What a browser's page may send over its connection, and how much of it.

Streamlit keeps whatever arrives: the message, and every value in it as Python objects,
which take up to thirty times the room of their JSON. A digit is a few kilobytes. What
is far more never comes from our pages, so it is left out before Streamlit sees it.

Seen in Streamlit 1.67: `BackMsg` is what the page sends, each widget's value is a
`WidgetState` with an `oneof` named "value".
"""

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from itertools import accumulate
from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from digits_app.server.logs import logger

MAX_VALUE: Final = 128 * 1024
"""Bytes of one widget's value."""

MAX_VALUES: Final = 192 * 1024
"""Bytes of all values of a message together."""

MAX_WIDGETS: Final = 300
MAX_QUERY: Final = 2000
"""Characters of the page's address after the question mark."""

MAX_FILES: Final = 4
"""Files that one message may ask to upload."""

MAX_LISTS: Final = 6_000
"""Lists and objects in a value. A drawing has one for each command of its paths."""

MAX_ITEMS: Final = 30_000
"""Numbers and other entries in a value."""

MAX_DEPTH: Final = 40
"""Lists within lists in a value."""

REFUSED_KEY: Final = "refused"
"""In the value that a component gets in place of one that was refused."""

_REFUSED: Final = json.dumps({REFUSED_KEY: True})
_DEEPER: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_NO_BRACKETS: Final = bytes(set(range(256)) - set(_DEEPER))

# What the page has to say in this app. Left out: emptying everybody's caches, looking
# at the source's history, and what only Streamlit's own tests send.
_WELCOME: Final = frozenset(
    {
        "rerun_script",
        "stop_script",
        "file_urls_request",
        "app_heartbeat",
        "backend_operation_request",
    }
)


def admit(data: bytes) -> bytes | None:
    """Return what the app may see of a page's message.

    Parameters
    ----------
    data : bytes
        A serialised `BackMsg`, or anything else.

    Returns
    -------
    bytes or None
        The same bytes where nothing is wrong. A component's value that is too large, no
        JSON, or nested too deeply is replaced by `{"refused": true}`, so that its page
        can say so; other values of such a size are left out. None: the app has no use
        for the message.
    """
    message = _parsed(data)
    return data if message is None else _admitted(message, data)


def _parsed(data: bytes) -> BackMsg | None:
    """Read a message; None where it is none, for which Streamlit closes the connection."""
    message = BackMsg()
    try:
        message.ParseFromString(data)
    except DecodeError:
        return None
    return message


def _admitted(message: BackMsg, data: bytes) -> bytes | None:
    kind = message.WhichOneof("type")
    if kind not in _WELCOME:
        _log_unknown(kind or "none")
        return None
    if kind == "file_urls_request":
        return data if len(message.file_urls_request.file_names) <= MAX_FILES else None
    if kind != "rerun_script":
        return data
    return message.SerializeToString() if _trim(message) else data


@cache  # one line for each kind: a flood of them must not fill the log
def _log_unknown(kind: str) -> None:
    logger.warning("left out a message that no page of ours sends, of the kind %s", kind)


def _trim(message: BackMsg) -> bool:
    """Leave out what is too much; return whether there was any."""
    rerun = message.rerun_script
    trimmed = False
    if len(rerun.query_string) > MAX_QUERY:
        rerun.query_string = ""
        trimmed = True
    widgets = rerun.widget_states.widgets
    if len(widgets) > MAX_WIDGETS:
        del widgets[MAX_WIDGETS:]
        trimmed = True
    room = MAX_VALUES
    for widget in widgets:
        size = widget.ByteSize()
        if size > min(room, MAX_VALUE) or not _is_sound(widget):
            _refuse(widget)
            trimmed = True
        room -= widget.ByteSize()
    return trimmed


def _is_sound(widget: WidgetState) -> bool:
    """Whether a value can be turned into Python objects, and not too many of them."""
    kind = widget.WhichOneof("value")
    if kind not in ("json_value", "json_trigger_value"):
        return True
    text: str = getattr(widget, kind)
    if text.count("[") + text.count("{") > MAX_LISTS or text.count(",") > MAX_ITEMS:
        return False
    brackets = text.encode("utf-8").translate(None, _NO_BRACKETS)
    if max(accumulate(map(_DEEPER.__getitem__, brackets)), default=0) > MAX_DEPTH:
        return False
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _refuse(widget: WidgetState) -> None:
    kind = widget.WhichOneof("value")
    if kind == "json_value":
        widget.json_value = _REFUSED
    elif kind is not None:
        widget.ClearField(kind)


def _is_page(message: BackMsg) -> bool:
    """Whether it lets the whole page run, which takes as long as several fragments."""
    return message.HasField("rerun_script") and not message.rerun_script.fragment_id


class Pace:
    """How fast something may come; what comes faster waits.

    Parameters
    ----------
    per_second : float
        In the long run.
    burst : float
        How much may come in one go, saved up while nothing came.
    saved : float
        How much is saved up at the start.
    now : callable
        A clock, in seconds.
    """

    def __init__(
        self,
        per_second: float,
        burst: float,
        saved: float,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_second = per_second
        self._burst = burst / per_second
        self._now = now
        self._paid_until = now() - saved / per_second

    def seconds_to_wait(self, amount: float = 1) -> float:
        """Count what comes and return how long it has to wait."""
        now = self._now()
        self._paid_until = max(self._paid_until, now - self._burst)
        self._paid_until += amount / self._per_second
        return max(0.0, self._paid_until - now)


class ConnectionPace:
    """How fast one connection may send: messages, bytes, and runs of the whole page.

    A new connection has saved up the page with what it tells at first, and the largest
    value once. With more bytes of them, opening another would be the way to send more.

    Parameters
    ----------
    now : callable
        A clock, in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        # A drawing takes one for each stroke.
        self._messages = Pace(15, burst=45, saved=20, now=now)
        self._bytes = Pace(256 * 1024, burst=768 * 1024, saved=180 * 1024, now=now)
        # A quick hand on a stepper. Ten who ask for five a second take a whole core.
        self._pages = Pace(2, burst=10, saved=3, now=now)

    def seconds_to_wait(self, n_bytes: int, is_page: bool = False) -> float:
        """Count a message and return how long it has to wait.

        Parameters
        ----------
        n_bytes : int
        is_page : bool
            It lets the whole page run.
        """
        waits = [self._messages.seconds_to_wait(), self._bytes.seconds_to_wait(n_bytes)]
        if is_page:
            waits.append(self._pages.seconds_to_wait())
        return max(waits)


class BoundedMessages:
    """Show the app what `admit` lets in, at a `ConnectionPace` (ASGI middleware).

    Parameters
    ----------
    app : ASGI application
        What it protects.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; of a WebSocket, look at what it receives."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        pace = ConnectionPace()

        async def receive_bounded() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                data = message.get("bytes")
                if data is None:  # text, which no page sends and Streamlit fails on
                    return {"type": "websocket.disconnect", "code": 1003}
                parsed = _parsed(data)
                if parsed is None:
                    return message
                wait = pace.seconds_to_wait(len(data), _is_page(parsed))
                if wait > 0:
                    await asyncio.sleep(wait)
                admitted = _admitted(parsed, data)
                if admitted is not None:
                    return {"type": "websocket.receive", "bytes": admitted}

        # Streamlit tries to close a connection again that has broken off.
        with suppress(WebSocketDisconnected):
            await self.app(scope, receive_bounded, send)
