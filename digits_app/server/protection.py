"""Who is served: under which names, and to whose pages."""

import socket
from collections.abc import Callable, Iterable
from functools import cache
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PROBES: Final = ("/_stcore/health", "/alive", "/ready")
"""Paths that answer under any name: an orchestrator asks by its own."""

PLATFORMS: Final = ("*.streamlit.app", "*.hf.space")
"""Names under which free hosts serve an app; no stranger can make them point here."""

UNKNOWN_HOST: Final = (
    "This server does not answer under this name. Use its address, such as "
    "http://192.168.0.10:8501, or ask the person who runs it to allow the name: set "
    'STREAMLIT_SERVER_ALLOWED_HOSTS=name, or "*" for all.\n'
)


def is_known_host(host: str | None, allowed: Iterable[str] = ()) -> bool:
    """Whether to answer a request that came under this name.

    A stranger's page can make a name of its own point to this machine ("DNS rebinding")
    and then talk to it as to its own server. It cannot do so with an address, with a
    name without a dot, or with a name of somebody else.

    Parameters
    ----------
    host : str or None
        The request's Host header: a name or an address, perhaps with a port.
    allowed : iterable of str
        Names to answer under; "*.school.example" are all below it, "*" is any. Without
        any: addresses, names without a dot, this machine's own, and `PLATFORMS`.

    Examples
    --------
    >>> is_known_host("192.168.0.10:8501"), is_known_host("localhost:8501")
    (True, True)
    >>> is_known_host("evil.example"), is_known_host("evil.example", ["evil.example"])
    (False, True)
    """
    try:
        parts = urlsplit(f"//{host or ''}")
        _ = parts.port  # raises where it is no port
    except ValueError:
        return False
    name = (parts.hostname or "").rstrip(".")
    if not name or "@" in parts.netloc or parts.netloc != host:
        return False
    patterns = [pattern.strip().lower().rstrip(".") for pattern in allowed]
    if patterns:
        return any(_fits(name, pattern) for pattern in patterns)
    return (
        "." not in name
        or _is_address(name)
        or name in _own_names()
        or any(_fits(name, pattern) for pattern in PLATFORMS)
    )


def _fits(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern in ("*", name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@cache
def _own_names() -> tuple[str, ...]:
    name = socket.gethostname().lower().rstrip(".")
    return name, f"{name.split('.')[0]}.local"


class KnownHosts:
    """Answer only under names that are known (ASGI middleware); see `is_known_host`.

    Parameters
    ----------
    app : ASGI application
        What it protects.
    allowed_hosts : callable
        Returns the names to answer under.
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Callable[[], Iterable[str]]) -> None:
        self.app = app
        self.allowed_hosts = allowed_hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if (
            scope["type"] not in ("http", "websocket")
            or scope["path"].endswith(PROBES)
            or is_known_host(header(scope, b"host"), self.allowed_hosts())
        ):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await refuse_session(receive, send)
        else:
            await PlainTextResponse(UNKNOWN_HOST, 421)(scope, receive, send)


class SameOriginSessions:
    """Turn away WebSockets that another site's page opens (ASGI middleware).

    Streamlit would too, but first asks an outside host for this machine's address, and
    while that host does not answer, no visitor is served.

    Parameters
    ----------
    app : ASGI application
        What it protects.
    allowed_origins : callable
        Returns the origins, such as "https://school.example", that may open sessions
        beside the address of the request itself; None allows all.
    """

    def __init__(
        self, app: ASGIApp, allowed_origins: Callable[[], Iterable[str] | None]
    ) -> None:
        self.app = app
        self.allowed_origins = allowed_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        if scope["type"] == "websocket" and not self._is_welcome(scope):
            await refuse_session(receive, send)
        elif scope["type"] == "http" and not _is_origin(header(scope, b"origin")):
            response = PlainTextResponse("The Origin header is no address.\n", 400)
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _is_welcome(self, scope: Scope) -> bool:
        origin = header(scope, b"origin")
        if not _is_origin(origin):
            return False
        if origin is None or urlsplit(origin).netloc == header(scope, b"host"):
            return True
        allowed = self.allowed_origins()
        return allowed is None or origin.rstrip("/") in allowed


def header(scope: Scope, name: bytes) -> str | None:
    """Return a request's header, given its name in lower case; the last of several."""
    headers = {key.lower(): value for key, value in scope["headers"]}
    value = headers.get(name)
    return None if value is None else value.decode("latin-1")


def _is_origin(origin: str | None) -> bool:
    """Whether it can be taken apart; a page without an address says "null"."""
    try:
        urlsplit(origin or "")
    except ValueError:
        return False
    return True


async def refuse_session(receive: Receive, send: Send) -> None:
    """Refuse a WebSocket before it is opened; the browser sees status 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})
