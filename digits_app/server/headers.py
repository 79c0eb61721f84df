"""What every answer tells the browser not to do."""

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METRICS: Final = "metrics"

PAGES_NEED: Final = frozenset({"health", "host-config", "upload_file", "bidi-components"})
"""What Streamlit's page asks for below `/_stcore/`, beside the connection itself (1.67)."""

_INSIDE: Final = re.compile(r"/_stcore(?:/(?P<name>[^/]*)|$)")

_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_security_policy(page: str, framed_by: Iterable[str] = ()) -> str:
    """Say what Streamlit's page may load and run: what comes from us, and nothing else.

    Its own inline scripts are named by their hashes. Code of components comes as text
    over the connection and is run from a `blob:`. Styles are written at run time all
    over Streamlit and by its canvas, so inline ones are allowed.

    Parameters
    ----------
    page : str
        Streamlit's index.html.
    framed_by : iterable of str
        Sites that may show the app in a frame, such as "https://school.example".

    Returns
    -------
    str
        Value of the header Content-Security-Policy.
    """
    scripts = (hashlib.sha256(text.encode()).digest() for text in _SCRIPT.findall(page))
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in scripts]
    # No WebAssembly: Streamlit's protobuf tries it for whole numbers of 64 bits, and does
    # without (1.67). Firefox logs the refusal on each page; nothing is missing for it.
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "blob:", *hashes],
        "style-src": ["'self'", "'unsafe-inline'", "blob:"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'", "data:", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'", *framed_by],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


class SecurityHeaders:
    """Add the headers that make a browser careful (ASGI middleware).

    Parameters
    ----------
    app : ASGI application
        Whose answers get them.
    policy : str
        See `content_security_policy`.
    """

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self._headers = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "geolocation=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Content-Security-Policy": policy,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class KnownEndpoints:
    """Serve of Streamlit's own addresses only those that a page needs (ASGI middleware).

    What an upgrade adds there, or moves there, is closed until somebody has looked at it.

    Parameters
    ----------
    app : ASGI application
        What it protects.
    with_metrics : bool
        Whether somebody asked for the metrics, which tell how many visitors there are.
    """

    def __init__(self, app: ASGIApp, with_metrics: bool) -> None:
        self.app = app
        self._known = PAGES_NEED | {METRICS} if with_metrics else PAGES_NEED

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or say that there is nothing."""
        inside = _INSIDE.search(scope["path"]) if scope["type"] == "http" else None
        if inside is not None and inside["name"] not in self._known:
            hint = ": DIGITS_METRICS=1 opens it" if inside["name"] == METRICS else ""
            await PlainTextResponse(f"Not found{hint}.\n", 404)(scope, receive, send)
            return
        await self.app(scope, receive, send)
