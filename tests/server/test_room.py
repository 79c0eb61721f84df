"""How many sessions there is room for, in all and for one address."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from starlette.types import Message, Receive, Scope, Send

from digits_app.server.process import RoomForSessions, sessions_per_address
from tests.support.serving import PATIENCE


async def session(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "websocket.accept"})
    await asyncio.Event().wait()


@asynccontextmanager
async def visit(room: RoomForSessions, address: str) -> AsyncIterator[bool]:
    """Come from an address, stay while the block lasts; whether one is let in."""
    heard: asyncio.Queue[Message] = asyncio.Queue()

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    scope: Scope = {"type": "websocket", "client": (address, 1), "headers": []}
    visiting = asyncio.create_task(room(scope, receive, heard.put))
    async with asyncio.timeout(PATIENCE):
        answer = await heard.get()
    try:
        yield answer["type"] == "websocket.accept"
    finally:
        visiting.cancel()
        await asyncio.wait([visiting])


async def come_one_by_one(room: RoomForSessions, *addresses: str) -> list[bool]:
    async with AsyncExitStack() as stack:
        return [
            await stack.enter_async_context(visit(room, address)) for address in addresses
        ]


def test_one_address_keeps_nobody_else_out(caplog: pytest.LogCaptureFixture):
    room = RoomForSessions(session, max_sessions=4, max_per_address=2)
    here, there, third = "192.0.2.1", "192.0.2.2", "192.0.2.3"
    with caplog.at_level(logging.ERROR, "digits"):
        came = asyncio.run(come_one_by_one(room, here, here, here, there, there, third))
    assert came == [True, True, False, True, True, False]
    assert "2 are connected from one address" in caplog.text
    assert here not in caplog.text


def test_who_leaves_makes_room():
    room = RoomForSessions(session, max_sessions=4, max_per_address=1)

    async def come_twice() -> list[list[bool]]:
        return [await come_one_by_one(room, "192.0.2.1") for _ in range(2)]

    assert asyncio.run(come_twice()) == [[True], [True]]


def test_the_many_addresses_of_one_ipv6_network_count_as_one():
    room = RoomForSessions(session, max_per_address=2)
    addresses = (f"2001:db8::{number}" for number in range(1, 4))
    came = asyncio.run(come_one_by_one(room, *addresses, "2001:db8:0:1::1"))
    assert came == [True, True, False, True]


@pytest.mark.parametrize("setting", ["0", "-1", "many", ""])
def test_a_share_that_is_no_number_is_refused(
    monkeypatch: pytest.MonkeyPatch, setting: str
):
    monkeypatch.setenv("DIGITS_PER_ADDRESS", setting)
    with pytest.raises(ValueError, match="whole number above 0"):
        sessions_per_address()
