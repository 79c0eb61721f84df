"""What the server does once, before and around the visitors: `streamlit run serve.py`.

`app.py` is what runs for each visitor, and works alone too. Around it this module checks
that the packages are there, writes each log record as one line of JSON that names no
drawing, and warms up the models while the first visitor's page still loads.

Nothing of `digits_app` is imported before the server listens: scikit-learn alone takes
longer than the rest of the start.
"""

import json
import logging
import re
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any

import streamlit as st

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
SORRY = (
    "Something went wrong on our side, and it is written in the server's log. "
    "Please reload the page and try again."
)

logger = logging.getLogger("digits")


class JsonLineRecord(logging.LogRecord):
    """A log record whose message is one line of JSON, whichever handler prints it.

    Of an exception it keeps the type and the places it passed, not the text: the text
    may quote what a visitor drew. Texts about missing modules and files are kept.
    """

    def getMessage(self) -> str:  # noqa: N802
        """Return the line."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.created))
        line: dict[str, Any] = {
            "time": f"{moment}.{int(self.msecs):03d}Z",
            "level": self.levelname.lower(),
            "logger": self.name,
            "event": super().getMessage(),
        }
        return json.dumps(line | self.error, ensure_ascii=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error = describe_error(self.exc_info)
        # Handlers would print the traceback over many lines.
        self.exc_info = None


def describe_error(exc_info: Any) -> dict[str, Any]:
    """Name an exception's type and the places it passed, innermost last."""
    if not exc_info or exc_info is True or exc_info[1] is None:
        return {}
    error: BaseException = exc_info[1]
    traceback: TracebackType | None = error.__traceback__
    described: dict[str, Any] = {"error": type(error).__name__}
    if isinstance(error, ImportError | OSError):
        described["reason"] = str(error)
    described["where"] = [
        f"{place.filename}:{place.lineno} {place.name}" for place in extract_tb(traceback)
    ]
    return described


def log_as_json() -> None:
    """Make every logger of this process write one JSON object a line to stderr."""
    logging.setLogRecordFactory(JsonLineRecord)
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    for name in ("uvicorn", "uvicorn.error"):
        for handler in logging.getLogger(name).handlers:
            handler.setFormatter(logging.Formatter("%(message)s"))
    threading.excepthook = report_thread


def report_thread(failed: threading.ExceptHookArgs) -> None:
    """Log an exception that ended a thread."""
    logger.error("a thread failed", exc_info=failed.exc_value)


def missing_packages(requirements: Path = REQUIREMENTS) -> list[str]:
    """List the packages of a requirements file that are not installed."""
    missing = []
    for line in requirements.read_text(encoding="utf-8").splitlines():
        name = re.match(r"[A-Za-z0-9._-]+", line)
        if name is None:
            continue
        try:
            version(name[0])
        except PackageNotFoundError:
            missing.append(name[0])
    return missing


def network_address() -> str | None:
    """Address of this machine in its own network, for the pupils' phones."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Picks the outgoing interface; nothing is sent (192.0.2.1 is for examples).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def warm_up() -> None:
    """Import and fit what the first visitor would otherwise wait for."""
    started = time.perf_counter()
    from PIL import Image, ImageDraw
    from threadpoolctl import threadpool_limits

    from digits_app import read_digit

    # One thread for each product of small matrices; more only wait for each other.
    threadpool_limits(limits=1, user_api="blas")
    bar = Image.new("L", (280, 280))
    ImageDraw.Draw(bar).line((140, 60, 140, 220), fill=255, width=20)
    read_digit(bar)
    logger.info("warmed up in %.1f s", time.perf_counter() - started)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Set up logging and start the warm-up beside the server, which already listens."""
    log_as_json()
    if address := network_address():
        logger.info("in this network: http://%s:%s", address, st.get_option("server.port"))
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    yield


def apologise(_error: Exception) -> bool:
    """Show a sentence where a page failed; Streamlit has logged the error."""
    st.error(SORRY, icon=":material/error:")
    return True


if missing := missing_packages():
    sys.exit(f"Not installed: {', '.join(missing)}. Run `make setup`, then try again.")

app = st.App("app.py", lifespan=lifespan, on_script_error=apologise)
