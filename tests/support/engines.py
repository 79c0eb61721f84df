"""Firefox and WebKit as Debian has them, each in its own protocol.

Playwright drives engines of its own make, and Selenium reaches Firefox through a program
that Debian does not have. What one short walk needs is small: open an address, run a
script, move a pointer. Both protocols take the same actions [1]_ [2]_.

References
----------
.. [1] W3C, WebDriver, https://www.w3.org/TR/webdriver2/#actions
.. [2] W3C, WebDriver BiDi, https://w3c.github.io/webdriver-bidi/
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final, Protocol

from websockets.sync.client import ClientConnection, connect

from tests.support.serving import free_port

WIDTH, HEIGHT = 1280, 900

PATIENCE: Final = 90
"""Seconds that only an engine that hangs lets anybody wait."""

MISSING: Final = (
    "No Firefox, or no WebKit with its driver, or no display for it. "
    "Debian: apt-get install firefox-esr webkit2gtk-driver xvfb"
)


class Engine(Protocol):
    """A browser with one page."""

    def open(self, address: str) -> None:
        """Go to an address, and wait until the page has loaded."""

    def run(self, script: str) -> Any:
        """Run the body of a function in the page; return what it returns, as JSON."""

    def act(self, actions: list[dict[str, Any]]) -> None:
        """Let the pointer do what is told."""


class Firefox:
    """Firefox, over WebDriver BiDi."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._send("session.new", capabilities={})
        contexts = self._send("browsingContext.getTree")["contexts"]
        self._context = contexts[0]["context"]
        viewport = {"width": WIDTH, "height": HEIGHT}
        self._send("browsingContext.setViewport", context=self._context, viewport=viewport)

    def open(self, address: str) -> None:
        self._send(
            "browsingContext.navigate", context=self._context, url=address, wait="complete"
        )

    def run(self, script: str) -> Any:
        answer = self._send(
            "script.evaluate",
            expression=f"JSON.stringify((() => {{ {script} }})() ?? null)",
            target={"context": self._context},
            awaitPromise=False,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def act(self, actions: list[dict[str, Any]]) -> None:
        self._send("input.performActions", context=self._context, actions=actions)

    def _send(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(
            json.dumps({"id": number, "method": method, "params": parameters})
        )
        while True:
            heard = json.loads(self._socket.recv(timeout=PATIENCE))
            if heard.get("id") == number:
                if heard["type"] == "error":
                    raise RuntimeError(heard["message"])
                return heard["result"]


class WebKit:
    """WebKit, the engine of Safari, over WebDriver."""

    def __init__(self, address: str) -> None:
        self._session = address
        browser = {"binary": _minibrowser(), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": browser}}
        self._session += f"/session/{self._send('', capabilities=wanted)['sessionId']}"
        self._send("/window/rect", x=0, y=0, width=WIDTH, height=HEIGHT)

    def open(self, address: str) -> None:
        self._send("/url", url=address)

    def run(self, script: str) -> Any:
        return self._send("/execute/sync", script=script, args=[])

    def act(self, actions: list[dict[str, Any]]) -> None:
        self._send("/actions", actions=actions)

    def _send(self, command: str, **parameters: Any) -> Any:
        address = self._session + (command or "/session")
        data = json.dumps(parameters).encode()
        request = urllib.request.Request(
            address, data, {"Content-Type": "application/json"}, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from None


def mouse(*actions: dict[str, Any]) -> list[dict[str, Any]]:
    """Actions of the one mouse."""
    return [
        {
            "type": "pointer",
            "id": "mouse",
            "parameters": {"pointerType": "mouse"},
            "actions": list(actions),
        }
    ]


def move(x: float, y: float) -> dict[str, Any]:
    """Move the mouse, in pixels of the window."""
    return {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 10}


DOWN: Final = {"type": "pointerDown", "button": 0}
UP: Final = {"type": "pointerUp", "button": 0}


@contextmanager
def firefox() -> Iterator[Engine]:
    """Start Firefox without a window, with an empty profile.

    Raises
    ------
    FileNotFoundError
        There is none.
    """
    path = _find("firefox-esr", "firefox")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        ExitStack() as stack,
    ):
        log = Path(home) / "log"
        command = [path, "--headless", "--no-remote", "--profile", home]
        command += ["--remote-debugging-port", str(free_port()), "about:blank"]
        _start(stack, command, log, HOME=home)
        found = _wait_for(log, r"WebDriver BiDi listening on (ws://\S+)")
        socket = stack.enter_context(connect(f"{found[1]}/session", max_size=None))
        yield Firefox(socket)


@contextmanager
def webkit() -> Iterator[Engine]:
    """Start WebKit on a display of its own.

    Raises
    ------
    FileNotFoundError
        There is none, or no display for it.
    """
    driver, display = _find("WebKitWebDriver"), _find("Xvfb")
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home,
        ExitStack() as stack,
    ):
        log, driver_log = Path(home) / "display", Path(home) / "driver"
        size = f"{WIDTH}x{HEIGHT + 100}x24"
        _start(stack, [display, "-displayfd", "1", "-screen", "0", size], log)
        number = _wait_for(log, r"^(\d+)$")[1]
        port = free_port()
        _start(
            stack, [driver, f"--port={port}"], driver_log, HOME=home, DISPLAY=f":{number}"
        )
        _wait_until_open(port)
        yield WebKit(f"http://127.0.0.1:{port}")


def _find(*names: str) -> str:
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        raise FileNotFoundError(MISSING)
    return path


def _minibrowser() -> str:
    found = sorted(Path("/usr").glob("lib*/**/webkit2gtk-4*/MiniBrowser"))
    if not found:
        raise FileNotFoundError(MISSING)
    return str(found[-1])


def _start(stack: ExitStack, command: Sequence[str], log: Path, **environment: str) -> None:
    """Start a program, and everything that it starts; all of it ends with the stack."""
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
    stack.callback(_end, process)


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, 9)
    process.wait()


def _wait_for(log: Path, line: str) -> re.Match[str]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = re.search(line, log.read_text(errors="replace"), re.MULTILINE)
        if found:
            return found
        time.sleep(0.05)
    raise TimeoutError(log.read_text(errors="replace"))


def _wait_until_open(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
