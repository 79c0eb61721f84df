"""Who has left is forgotten, also when nobody comes after."""

import asyncio
import logging
import re
import time
from pathlib import Path

import pytest

from digits_app.server import sweeping
from tests.support.serving import PATIENCE, Server, run_server
from tests.support.visitor import Visitor


def forgotten(server: Server) -> int:
    """How many sessions the log tells of."""
    told = re.findall(r"forgot (\d+) sessions", server.log.read_text(encoding="utf-8"))
    return sum(map(int, told))


def test_left_sessions_are_forgotten_though_nobody_else_comes(tmp_path: Path):
    async def visit(server: Server) -> None:
        visitors = [(await Visitor.arrive(server.address))[0] for _ in range(3)]
        for visitor in visitors:
            await visitor.leave()

    environment = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "2"}
    with run_server(tmp_path / "log", environment=environment) as server:
        asyncio.run(visit(server))
        give_up = time.monotonic() + PATIENCE
        while forgotten(server) < 3:
            assert time.monotonic() < give_up
            time.sleep(0.2)
    assert server.complaints() == []


def test_a_sweep_that_fails_is_logged_and_the_next_one_comes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    async def sweep_until_the_third() -> None:
        third = asyncio.Event()
        n_swept = 0

        def forget() -> int:
            nonlocal n_swept
            n_swept += 1
            if n_swept == 3:
                third.set()
            raise RuntimeError("Streamlit remembers in another way")

        def find_no_store() -> None:
            raise OSError("no room")

        monkeypatch.setattr(sweeping, "forget_left_sessions", forget)
        monkeypatch.setattr(sweeping, "end_expired_classes", find_no_store)
        task = asyncio.create_task(sweeping.sweep_from_time_to_time(seconds=0))
        async with asyncio.timeout(PATIENCE):
            await third.wait()
        task.cancel()

    with caplog.at_level(logging.ERROR, "digits"):
        asyncio.run(sweep_until_the_third())
    assert caplog.messages[0] == "the sessions that were left could not be forgotten"
    # A line for each try would fill the disk that is full already.
    assert caplog.messages.count("the classes whose time is over could not be erased") == 1
