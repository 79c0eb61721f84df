"""The container's health check; it ends an app that has not answered three times.

Docker only marks a container as unhealthy. An app that has ended is started again by the
container's restart policy. It has its own file because it must not import the app.
"""

import os
import signal
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError

PORT = os.environ.get("DIGITS_PORT", "8501")
FAILURES = Path(os.environ.get("DIGITS_FAILURES", "/tmp/digits-failures"))
APP = os.environ.get("DIGITS_PROCESS", "streamlit")
"""Part of the app's command line."""

MAX_FAILURES = 3


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


def end_app() -> None:
    """Kill the app: whoever does not answer may not listen to a milder signal either."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if APP in command and int(folder.name) not in (1, os.getpid()):
                os.kill(int(folder.name), signal.SIGKILL)


def main() -> int:
    """Return 0 where drawings are read, 1 where not."""
    if answer("/_stcore/health") == 200:
        FAILURES.unlink(missing_ok=True)
        return 0 if answer("/ready") == 200 else 1
    failures = int(FAILURES.read_text()) + 1 if FAILURES.exists() else 1
    FAILURES.write_text(str(failures))
    if failures >= MAX_FAILURES:
        FAILURES.unlink()
        end_app()
    return 1


if __name__ == "__main__":
    sys.exit(main())
