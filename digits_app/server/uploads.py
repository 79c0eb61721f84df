"""Files come in only where a page asks for one, and a session holds few of them.

Streamlit takes any number of files for any session that is alive, and keeps them until
some minutes after it ends. What it knows of its sessions is private; this module alone
reads it, as it is in Streamlit 1.67, and `tests/server/test_uploads.py` fails when it
changes.
"""

import re
from collections import defaultdict
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from digits_app.server.protection import header

MEGABYTE: Final = 1024 * 1024

MAX_SESSION: Final = 10 * MEGABYTE
"""Bytes of all files that one session holds."""

MAX_ALL: Final = 200 * MEGABYTE
"""Bytes of all files that all sessions hold."""

_UPLOAD: Final = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)/?$")


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
        self._arriving: dict[str, int] = defaultdict(int)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or refuse it."""
        upload = _UPLOAD.search(scope["path"]) if scope["type"] == "http" else None
        if upload is None or scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        session = upload["session"]
        size = header(scope, b"content-length") or ""
        refusal = self._refusal(session, size)
        if refusal is not None:
            status, sentence = refusal
            await PlainTextResponse(f"{sentence}\n", status)(scope, receive, send)
            return
        self._arriving[session] += int(size)
        try:
            await self.app(scope, receive, send)
        finally:
            self._arriving[session] -= int(size)
            if not self._arriving[session]:
                del self._arriving[session]

    def _refusal(self, session: str, size: str) -> tuple[int, str] | None:
        """Status and sentence that refuse a file; None to let it in."""
        if not runtime.exists() or not asks_for_file(session):
            return 403, "No page of this session asks for a file."
        if not size.isdecimal():
            return 411, "Say how long the file is."
        held = stored_bytes()
        if held.get(session, 0) + self._arriving[session] + int(size) > MAX_SESSION:
            return 413, "This session already holds all the files it may. Remove one."
        if sum(held.values()) + sum(self._arriving.values()) + int(size) > MAX_ALL:
            return 503, "The server holds all the files it may. Try again later."
        return None


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
