"""Start the app as `make run` does, on a free port of this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

ROOT: Final = Path(__file__).parents[2]

BARE: Final = ROOT / "benchmarks" / "bare_app.py"
"""The least a Streamlit app with the same canvas can do."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes
    ----------
    address : str
        As typed into a browser: http://127.0.0.1:PORT.
    process : subprocess.Popen
        Its process.
    log : Path
        What it printed.
    """

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def port(self) -> int:
        """The port it listens on."""
        port = urlsplit(self.address).port
        assert port is not None
        return port

    @property
    def store(self) -> str:
        """Address of the store in which it keeps its classes, where nothing else is set."""
        return _store_beside(self.log)

    def complaints(self) -> list[str]:
        """Lines of the log that tell of an error or a warning."""
        marks = ('"level": "error"', '"level": "warning"', "Traceback", "Warning")
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if any(mark in line for mark in marks)]


def _store_beside(log: Path) -> str:
    return f"sqlite:///{log.parent / 'classes.db'}"


def copy_app(folder: Path) -> Path:
    """Copy what a user installs into an empty folder; return its `app.py`."""
    for name in ("app.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    for name in (".streamlit", "digits_app"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    return folder / "app.py"


def free_port() -> int:
    """Ask the system for a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def run_server(
    log: Path,
    script: Path = ROOT / "app.py",
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
    base: str = "",
) -> Iterator[Server]:
    """Run a Streamlit script on the loopback interface until the block is left.

    Parameters
    ----------
    log : Path
        File that takes what the server prints.
    script : Path
        `app.py` of the app, or a script to compare with.
    port : int or None
        None takes a free one.
    environment : mapping of str or None
        Variables beside the present ones.
    base : str
        Path below which it serves, such as "/tools/digits".

    Yields
    ------
    Server
        It answers its health check.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    folder = script.parent if script.name == "app.py" else ROOT
    with run_command(command, port, log, folder, environment, base) as server:
        yield server


@contextmanager
def run_command(
    command: Sequence[str | Path],
    port: int,
    log: Path,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    base: str = "",
) -> Iterator[Server]:
    """Run a command that serves on a port until the block is left.

    Parameters
    ----------
    command : sequence of str or Path
        With all its options.
    port : int
        On which it will listen.
    log : Path
        File that takes what it prints.
    folder : Path
        Where it is typed.
    environment : mapping of str or None
        Variables beside the present ones.
    base : str
        Path below which it serves, such as "/tools/digits".

    Yields
    ------
    Server
        It answers its health check.
    """
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={
                **os.environ,
                "STREAMLIT_SERVER_BASE_URL_PATH": base,
                # Not in the user's own folder, where the classes of real pupils may lie.
                "DIGITS_STORE": _store_beside(log),
                **(environment or {}),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}{base}", process, log)
    try:
        wait_until_healthy(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


PATIENCE: Final = 300.0
"""Seconds that only a dead server lets anybody wait; nobody waits for one that stopped."""


def wait_until_healthy(server: Server, patience: float = PATIENCE) -> None:
    """Wait until the server answers its health check.

    Raises
    ------
    RuntimeError
        It stopped, or does not answer.
    """
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start:\n" + server.log.read_text())


def wait_until_warm(server: Server, patience: float = PATIENCE) -> None:
    """Wait until the app has imported and fitted what it does before any visitor.

    Raises
    ------
    RuntimeError
        It does not come to an end.
    """
    give_up = time.monotonic() + patience
    while "warmed up" not in server.log.read_text(encoding="utf-8"):
        if time.monotonic() > give_up or server.process.poll() is not None:
            raise RuntimeError("no warm-up:\n" + server.log.read_text())
        time.sleep(0.05)
