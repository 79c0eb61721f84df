"""A slow network: a proxy that delays every byte and lets few through."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

PIECE: Final = 1460
"""Bytes of a packet."""


@dataclass(frozen=True)
class Network:
    """What lies between a phone and the server.

    Attributes
    ----------
    bytes_per_second : float
        To the browser, all connections together.
    round_trip : float
        Seconds there and back.
    """

    bytes_per_second: float = 50_000
    round_trip: float = 0.3


class _Line:
    """Lets the bytes of all connections through one after the other."""

    def __init__(self, bytes_per_second: float) -> None:
        self._bytes_per_second = bytes_per_second
        self._busy_until = 0.0

    async def carry(self, n_bytes: int) -> None:
        self._busy_until = max(self._busy_until, time.monotonic())
        self._busy_until += n_bytes / self._bytes_per_second
        await asyncio.sleep(self._busy_until - time.monotonic())


async def _pass_on(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    line: _Line | None,
    delay: float,
) -> None:
    """Pass on what comes, in order, each piece once the line is free and a time later."""
    on_the_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=200)

    async def arrive() -> None:
        while True:
            when, piece = await on_the_way.get()
            await asyncio.sleep(when - time.monotonic())
            if not piece:
                writer.close()
                return
            writer.write(piece)
            await writer.drain()

    arriving = asyncio.create_task(arrive())
    with suppress(ConnectionError):
        while piece := await reader.read(PIECE):
            if line is not None:
                await line.carry(len(piece))
            await on_the_way.put((time.monotonic() + delay, piece))
    await on_the_way.put((time.monotonic() + delay, b""))
    with suppress(ConnectionError):
        await arriving


@contextmanager
def slow_network(port: int, network: Network) -> Iterator[str]:
    """Stand before a server of this machine until the block is left.

    A connection costs a round trip to open, as TCP's does.

    Parameters
    ----------
    port : int
        Where the server listens.
    network : Network

    Yields
    ------
    str
        The address to open instead: http://127.0.0.1:PORT.
    """
    loop = asyncio.new_event_loop()
    line = _Line(network.bytes_per_second)
    one_way = network.round_trip / 2

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(network.round_trip)
        with suppress(ConnectionError):
            there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(
                _pass_on(reader, there_writer, None, one_way),
                _pass_on(there_reader, writer, line, one_way),
            )

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening = asyncio.start_server(connect, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(listening, loop).result()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        asyncio.run_coroutine_threadsafe(_end_all_else(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end_all_else() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
