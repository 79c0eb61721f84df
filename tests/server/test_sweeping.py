"""Who has left is forgotten, also when nobody comes after."""

import asyncio
import re
import time
from pathlib import Path

from tests.support.serving import Server, run_server
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
        give_up = time.monotonic() + 60
        while forgotten(server) < 3:
            assert time.monotonic() < give_up
            time.sleep(0.2)
    assert server.complaints() == []
