"""The container's health check, against a server of a few lines."""

import http.server
import re
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.serving import PATIENCE, ROOT, free_port

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="it runs in a container, which is Linux"
)


@contextmanager
def answering(before: threading.Event | None = None, **statuses: int) -> Iterator[int]:
    """A server that answers each path, by its last part, with a status.

    The first question, where `before` is given, is answered with status 500 and noted.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status = statuses[self.path.rsplit("/", 1)[1]]
            if before is not None and not before.is_set():
                status = 500
                before.set()
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def app() -> Iterator[subprocess.Popen[bytes]]:
    """A process that stands for the app, with a word of its own in its command line."""
    word = f"digits-{uuid.uuid4().hex}"
    command = [sys.executable, "-c", "import time; time.sleep(300)", word]
    with subprocess.Popen(command) as process:
        yield process
        process.kill()


def start_check(
    port: int, app: subprocess.Popen[bytes], patience: float
) -> subprocess.Popen[bytes]:
    """Run it where no file can grow by a single byte, as on a full disk."""
    import resource  # there is none on Windows

    return subprocess.Popen(
        [sys.executable, "-B", ROOT / "deploy" / "healthcheck.py"],
        env={
            "DIGITS_PORT": str(port),
            "DIGITS_PATIENCE": str(patience),
            "DIGITS_PROCESS": str(app.args[-1]),  # type: ignore[index]
        },
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )


def check(port: int, app: subprocess.Popen[bytes], patience: float = 300) -> int:
    with start_check(port, app, patience) as process:
        return process.wait(timeout=PATIENCE)


def test_a_ready_app_is_healthy(app: subprocess.Popen[bytes]):
    with answering(alive=200, ready=200) as port:
        assert check(port, app) == 0


def test_one_that_cannot_read_is_unhealthy_and_goes_on(app: subprocess.Popen[bytes]):
    """Starting it again would bring back no weights."""
    with answering(alive=200, ready=503) as port:
        assert [check(port, app) for _ in range(5)] == [1] * 5
    assert app.poll() is None


def test_one_that_does_not_answer_in_time_is_ended(app: subprocess.Popen[bytes]):
    assert check(free_port(), app, patience=0) == 1
    assert app.wait(timeout=PATIENCE) < 0


def test_one_that_answers_late_goes_on(app: subprocess.Popen[bytes]):
    """It was busy: the check has asked it in vain at least once."""
    asked = threading.Event()
    with (
        answering(alive=200, ready=200, before=asked) as port,
        start_check(port, app, patience=300) as process,
    ):
        assert asked.wait(timeout=PATIENCE)
        assert process.wait(timeout=PATIENCE) == 0
    assert app.poll() is None


def test_docker_waits_longer_than_the_check():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    (timeout,) = re.findall(r"HEALTHCHECK .*--timeout=(\d+)s", text)
    code = (ROOT / "deploy" / "healthcheck.py").read_text(encoding="utf-8")
    (patience,) = re.findall(r'DIGITS_PATIENCE", "(\d+)"', code)
    assert int(timeout) > int(patience) + 2 * 4  # its last two questions
