"""Each log record as one line of JSON that names no drawing."""

import json
import logging
import re
import threading
import time
from traceback import extract_tb
from types import TracebackType
from typing import Any

logger = logging.getLogger("digits")

# Anyone with the id of a live session can take it over.
_SESSION_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class JsonLineRecord(logging.LogRecord):
    """A log record whose message is one line of JSON, whichever handler prints it.

    Of an exception the line keeps the type and the places it passed, not the text: the
    text may quote what a visitor drew. The text is kept for missing modules and files.
    Ids of sessions are blotted out. A handler that wants the exception itself, such as
    an error tracker's, finds it in `exc_info` as ever.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__["exc_text"] = ""
        super().__init__(*args, **kwargs)

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep formatters from adding the traceback, over many lines, to the message."""
        if name != "exc_text":
            super().__setattr__(name, value)

    def getMessage(self) -> str:  # noqa: N802
        """Return the line."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(self.created))
        line = {
            "time": f"{moment}.{int(self.msecs):03d}Z",
            "level": self.levelname.lower(),
            "logger": self.name,
            "event": super().getMessage(),
        }
        error = describe_error(self.exc_info)
        return _SESSION_ID.sub("…", json.dumps(line | error, ensure_ascii=False))


def describe_error(exc_info: Any) -> dict[str, Any]:
    """Name an exception's type and the places it passed, innermost last.

    Parameters
    ----------
    exc_info : tuple or None
        As `sys.exc_info` returns it.

    Returns
    -------
    dict
        Empty where there is no exception.
    """
    if not isinstance(exc_info, tuple) or exc_info[1] is None:
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
    threading.excepthook = _report_thread


def _report_thread(failed: threading.ExceptHookArgs) -> None:
    logger.error("a thread failed", exc_info=failed.exc_value)
