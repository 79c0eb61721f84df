"""What stands around the pages, put together: the start, the routes, the protection."""

import asyncio
import os
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware

from digits_app.server.browser_files import browser_files
from digits_app.server.first_page import FirstPage, first_html
from digits_app.server.framing import FilesInFrames
from digits_app.server.headers import (
    KnownEndpoints,
    SecurityHeaders,
    content_security_policy,
)
from digits_app.server.logs import log_as_json
from digits_app.server.messages import BoundedMessages
from digits_app.server.patience import SpeakingSessions, TimelyBodies
from digits_app.server.process import (
    RoomForSessions,
    raise_file_limit,
    sessions_per_address,
    share_memory_pools,
    speak_utf8,
    take_short_turns,
)
from digits_app.server.protection import KnownHosts, SameOriginSessions
from digits_app.server.readiness import Readiness, probes
from digits_app.server.start import warm_up
from digits_app.server.sweeping import seconds_between, sweep_from_time_to_time
from digits_app.server.theme import write_theme_once
from digits_app.server.uploads import ExpectedUploads
from digits_app.server.welcome import welcome

PAGES: Final = Path(__file__).parents[1] / "pages" / "navigation.py"
"""What runs for each visitor."""

SORRY: Final = (
    "Something went wrong on our side, and it is written in the server's log. "
    "Please reload the page and try again."
)

NO_ANSWER: Final = (
    "The place where this server keeps classes does not answer, or is full. Nothing that "
    "was written is lost: phones keep it and send it again. The reason is in the "
    "server's log. Try again in a minute."
)


def around_the_pages() -> dict[str, Any]:
    """Return what `st.App` takes beside the script: life span, routes and middleware."""
    speak_utf8()
    share_memory_pools()
    take_short_turns()
    readiness = Readiness()
    framed_by = os.environ.get("DIGITS_FRAMED_BY", "").split()
    policy = content_security_policy(first_html(), framed_by)

    @asynccontextmanager
    async def lifespan(_app: st.App) -> AsyncIterator[None]:
        """Set up the log, and warm up while the first visitor's page still loads."""
        log_as_json()
        raise_file_limit()
        write_theme_once()
        welcome()
        threading.Thread(
            target=warm_up, args=(readiness,), name="warm-up", daemon=True
        ).start()
        sweeping = asyncio.create_task(sweep_from_time_to_time(seconds_between()))
        yield
        sweeping.cancel()
        # Only if somebody needed one: the start does not wait for its import.
        if helper := sys.modules.get("digits_app.helper_process.helper"):
            helper.end_helpers()

    return {
        "lifespan": lifespan,
        "routes": [*probes(readiness, base_path()), browser_files().route()],
        "middleware": [
            Middleware(SecurityHeaders, policy=policy),
            Middleware(KnownHosts, allowed_hosts=allowed_hosts),
            Middleware(SameOriginSessions, allowed_origins=allowed_origins),
            Middleware(RoomForSessions, max_per_address=sessions_per_address()),
            Middleware(
                KnownEndpoints, with_metrics=os.environ.get("DIGITS_METRICS") == "1"
            ),
            Middleware(TimelyBodies),
            Middleware(ExpectedUploads),
            Middleware(FilesInFrames, framed_by=framed_by, allowed_origins=allowed_origins),
            Middleware(BoundedMessages),
            Middleware(SpeakingSessions),
            Middleware(FirstPage, base=base_path),
        ],
        "on_script_error": apologise,
    }


def apologise(error: Exception) -> bool:
    """Show a sentence where a page failed; Streamlit has logged the error."""
    # Where no class was ever asked for, nothing is imported for it.
    database = sys.modules.get("sqlalchemy.exc")
    is_store = database is not None and isinstance(error, database.SQLAlchemyError)
    st.error(NO_ANSWER if is_store else SORRY, icon=":material/error:")
    return True


def base_path() -> str:
    """Path below which the app is served, such as "tools/digits"; empty at the root."""
    path: str = st.get_option("server.baseUrlPath")
    return path.strip("/")


def allowed_hosts() -> list[str]:
    """Names to answer under, where somebody has set them."""
    hosts: list[str] = st.get_option("server.allowedHosts")
    return hosts


def allowed_origins() -> list[str] | None:
    """Origins that may open sessions beside our own; None for all."""
    if not st.get_option("server.enableCORS"):
        return None
    return [origin.rstrip("/") for origin in st.get_option("server.corsAllowedOrigins")]
