"""The same app in Gradio, in an environment of its own, and a visitor to it."""

import asyncio
import io
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

from PIL import Image

from tests.support.serving import ROOT, free_port

ENVIRONMENT: Final = ROOT / ".cache" / "gradio"
VERSION: Final = "6.31.0"
SHARED: Final = ("numpy", "scipy", "scikit-learn", "threadpoolctl")
"""Packages of requirements.txt that the app's core needs, at the same versions."""


def install() -> Path | None:
    """Make Gradio's environment and return its Python; None where that fails."""
    python = ENVIRONMENT / "bin" / "python"
    wanted = [f"gradio=={VERSION}"] + [
        line
        for line in (ROOT / "requirements.txt").read_text().splitlines()
        if line.startswith(SHARED)
    ]
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
        subprocess.run([*pip, *wanted], check=True, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return None
    return python


@contextmanager
def run_gradio(log: Path) -> Iterator[str | None]:
    """Run the Gradio app; yields its address, or None where it cannot be installed."""
    python = install()
    if python is None:
        yield None
        return
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {"PYTHONPATH": str(ROOT), "GRADIO_ANALYTICS_ENABLED": "False"}
    with log.open("ab") as output:
        process = subprocess.Popen(
            [python, ROOT / "benchmarks" / "gradio_app.py", str(port)],
            env={**os.environ, **settings, "OMP_NUM_THREADS": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        for _ in range(600):
            if process.poll() is not None:
                raise RuntimeError("Gradio did not start:\n" + log.read_text())
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


class GradioVisitor:
    """A visitor who makes the fewest requests Gradio's protocol allows.

    Its page makes more: it sends the background and the layer too, and some twice.
    """

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._session = uuid4().hex

    async def draw(self, picture: Image.Image) -> list[object]:
        """Send a drawing and wait for the answer.

        Parameters
        ----------
        picture : PIL.Image.Image
            Ink white on black.
        """
        png = io.BytesIO()
        picture.save(png, format="PNG")
        mark = uuid4().hex
        form = (
            f'--{mark}\r\nContent-Disposition: form-data; name="files"; '
            'filename="composite.png"\r\nContent-Type: image/png\r\n\r\n'
        ).encode()
        form += png.getvalue() + f"\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        (path,) = json.loads(await self._request("POST", "upload", form, kind))
        composite = {"path": path, "meta": {"_type": "gradio.FileData"}}
        sketch = {"background": None, "layers": [], "composite": composite}
        job = {"data": [sketch], "fn_index": 0, "session_hash": self._session}
        await self._request(
            "POST", "queue/join", json.dumps(job).encode(), "application/json"
        )
        stream = await self._request("GET", f"queue/data?session_hash={self._session}")
        for line in stream.decode().splitlines():
            event = json.loads(line[6:]) if line.startswith("data: ") else {}
            if event.get("msg") == "process_completed" and event["success"]:
                answer: list[object] = event["output"]["data"]
                return answer
        raise RuntimeError("Gradio did not answer")

    async def _request(
        self, method: str, path: str, body: bytes = b"", kind: str = "text/plain"
    ) -> bytes:
        """Make one request and return the body of the answer.

        Gradio closes the stream of events after the last answer of the session.
        """
        host, port = self._host.split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(
            f"{method} /gradio_api/{path} HTTP/1.0\r\nHost: {self._host}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        answer = await asyncio.wait_for(reader.read(), timeout=30)
        writer.close()
        return answer.partition(b"\r\n\r\n")[2]
