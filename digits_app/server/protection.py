"""Only the app's own page may open a session."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send


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
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, receive, send)

    def _is_welcome(self, scope: Scope) -> bool:
        headers = {
            name.lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        origin = headers.get(b"origin")
        if origin is None or urlsplit(origin).netloc == headers.get(b"host"):
            return True
        allowed = self.allowed_origins()
        return allowed is None or origin.rstrip("/") in allowed
