"""The one entry: `streamlit run app.py`.

`digits_app/pages/navigation.py` is what runs for each visitor.
"""

import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from digits_app.server.logs import log_as_json, logger
from digits_app.server.protection import SameOriginSessions
from digits_app.server.start import missing_packages, network_address, warm_up

SORRY = (
    "Something went wrong on our side, and it is written in the server's log. "
    "Please reload the page and try again."
)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Set up the log, and warm up while the first visitor's page still loads."""
    log_as_json()
    everywhere = not st.get_option("server.address")
    if everywhere and (address := network_address()):
        logger.info("in this network: http://%s:%s", address, st.get_option("server.port"))
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield


def apologise(_error: Exception) -> bool:
    """Show a sentence where a page failed; Streamlit has logged the error."""
    st.error(SORRY, icon=":material/error:")
    return True


def allowed_origins() -> list[str] | None:
    """Origins that may open sessions beside our own; None for all."""
    if not st.get_option("server.enableCORS"):
        return None
    return [origin.rstrip("/") for origin in st.get_option("server.corsAllowedOrigins")]


if missing := missing_packages(Path(__file__).parent / "requirements.txt"):
    sys.exit(f"Not installed: {', '.join(missing)}. Run `make setup`, then try again.")

app = st.App(
    "digits_app/pages/navigation.py",
    lifespan=lifespan,
    middleware=[Middleware(SameOriginSessions, allowed_origins=allowed_origins)],
    on_script_error=apologise,
)
