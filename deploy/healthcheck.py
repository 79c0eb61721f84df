"""The container's health check; it ends an app that does not answer for half a minute.

Docker only marks a container as unhealthy. An app that has ended is started again by the
container's restart policy. It has its own file because it must not import the app, and it
keeps no file: a full /tmp would leave an app that hangs as it is.
"""

import os
import signal
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

PORT = os.environ.get("DIGITS_PORT", "8501")
APP = os.environ.get("DIGITS_PROCESS", "streamlit")
"""Part of the app's command line."""

PATIENCE = float(os.environ.get("DIGITS_PATIENCE", "30"))
"""Seconds; less than the `--timeout` of HEALTHCHECK."""

BETWEEN = 2.0
"""Seconds from one question to the next where nobody listens."""


def answer(path: str) -> int:
    """Ask the app; return the status of its answer, 0 for none in time."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=4) as got:
            return int(got.status)
    except HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def answers_in_time() -> bool:
    """Ask again and again whether the app is there, until patience ends."""
    give_up = time.monotonic() + PATIENCE
    while answer("/alive") != 200:
        if time.monotonic() + BETWEEN > give_up:
            return False
        time.sleep(BETWEEN)
    return True


def end_app() -> None:
    """Kill the app: one that does not answer may not listen to a milder signal either."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if APP in command and int(folder.name) not in (1, os.getpid()):
                os.kill(int(folder.name), signal.SIGKILL)


def main() -> int:
    """Return 0 where drawings are read, 1 where not."""
    if not answers_in_time():
        end_app()
        return 1
    return 0 if answer("/ready") == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
