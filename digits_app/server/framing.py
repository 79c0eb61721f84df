"""Files from our own page in a frame of another site, to which browsers give no cookie.

Streamlit takes a file only with a cookie that a stranger's page cannot send along. In a
frame of another site our own page cannot either. There the browser itself tells whose page
asks, in headers that no page can write: Origin, and Sec-Fetch-Site where the connection is
encrypted. What Streamlit wants to see then is private to it: seen in 1.67.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from digits_app.server.protection import header

UPLOADS: Final = "/_stcore/upload_file/"


class FilesInFrames:
    """Vouch for files that our own page sends or takes back (ASGI middleware).

    Parameters
    ----------
    app : ASGI application
        What it stands before.
    framed_by : sequence of str
        Sites that may show the app in a frame. Without any, the cookie alone counts.
    allowed_origins : callable
        Returns our own addresses, such as "https://digits.school.example", where a proxy
        does not pass on the name under which we were asked; or None.
    """

    def __init__(
        self,
        app: ASGIApp,
        framed_by: Sequence[str],
        allowed_origins: Callable[[], Iterable[str] | None],
    ) -> None:
        self.app = app
        self._is_framed = bool(framed_by)
        self._allowed_origins = allowed_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if (
            self._is_framed
            and scope["type"] == "http"
            and scope["method"] in ("PUT", "DELETE")
            and UPLOADS in scope["path"]
            and is_from_own_page(scope, self._allowed_origins() or ())
        ):
            scope = {**scope, "headers": _vouched_for(scope["headers"])}
        await self.app(scope, receive, send)


def is_from_own_page(scope: Scope, own_origins: Iterable[str] = ()) -> bool:
    """Whether the browser says that a page of ours asks.

    Parameters
    ----------
    scope : dict
        Of an HTTP request.
    own_origins : iterable of str
        Our addresses beside the one under which we were asked.
    """
    origin = header(scope, b"origin")
    if origin is None or header(scope, b"sec-fetch-site") not in (None, "same-origin"):
        return False
    parts = urlsplit(origin)
    if parts.scheme not in ("http", "https"):
        return False  # a page without an address says "null"
    return parts.netloc == header(scope, b"host") or origin.rstrip("/") in own_origins


def _vouched_for(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Give a request the token that Streamlit looks for in two places."""
    token = generate_xsrf_token_string().encode()
    ours = [(b"cookie", XSRF_COOKIE_NAME.encode() + b"=" + token), (b"x-xsrftoken", token)]
    return [pair for pair in headers if pair[0].lower() not in dict(ours)] + ours
