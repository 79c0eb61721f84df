"""The container's health check, against a server of a few lines."""

import http.server
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.serving import ROOT, free_port

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="it runs in a container, which is Linux"
)


@contextmanager
def answering(**statuses: int) -> Iterator[int]:
    """A server that answers each path, by its last part, with a status."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(statuses[self.path.rsplit("/", 1)[1]])
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


def check(port: int, app: subprocess.Popen[bytes], folder: Path) -> int:
    return subprocess.run(
        [sys.executable, ROOT / "deploy" / "healthcheck.py"],
        env={
            "DIGITS_PORT": str(port),
            "DIGITS_FAILURES": str(folder / "failures"),
            "DIGITS_PROCESS": str(app.args[-1]),  # type: ignore[index]
        },
        check=False,
    ).returncode


def test_a_ready_app_is_healthy(app: subprocess.Popen[bytes], tmp_path: Path):
    with answering(health=200, ready=200) as port:
        assert check(port, app, tmp_path) == 0


def test_one_that_cannot_read_is_unhealthy_and_goes_on(
    app: subprocess.Popen[bytes], tmp_path: Path
):
    """Starting it again would bring back no weights."""
    with answering(health=200, ready=503) as port:
        assert [check(port, app, tmp_path) for _ in range(5)] == [1] * 5
    assert app.poll() is None


def test_one_that_does_not_answer_three_times_is_ended(
    app: subprocess.Popen[bytes], tmp_path: Path
):
    nobody = free_port()
    assert [check(nobody, app, tmp_path) for _ in range(2)] == [1, 1]
    with answering(health=200, ready=200) as port:
        assert check(port, app, tmp_path) == 0
    assert [check(nobody, app, tmp_path) for _ in range(2)] == [1, 1]
    assert app.poll() is None
    assert check(nobody, app, tmp_path) == 1
    assert app.wait(timeout=10) < 0
