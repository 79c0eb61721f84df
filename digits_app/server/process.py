"""What the process asks of the system before it serves."""

import ctypes
import errno
import os
import sys
import time
from collections import Counter
from contextlib import suppress
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from digits_app.server.logs import logger

FILES_PER_VISITOR: Final = 4
"""File descriptors that a live session takes; one who left keeps 3 for two minutes."""

WANTED_FILES: Final = 8192

SPARE_FILES: Final = 24
"""Left for what is not a session: reading modules and weights, answering probes."""

MAX_SESSIONS: Final = 400
"""Sessions of one process; fifty that draw at the same time keep it busy."""

MAX_PER_ADDRESS: Final = 200
"""Sessions of one address: a school behind one fits, and cannot keep all others out."""

PER_ADDRESS: Final = "DIGITS_PER_ADDRESS"
"""Environment variable that sets another number."""


MEMORY_POOLS: Final = 2
"""For all threads together."""

_M_ARENA_MAX: Final = -8  # of malloc.h

TURN_SECONDS: Final = 0.001
"""How long a thread computes in Python while others wait; 5 ms unless it is told."""


def speak_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where the system's encoding is another.

    In the C locale with that mode off, a folder with an umlaut in its name reaches
    Streamlit as text that it cannot send, and every session fails. It must be called
    before anything is served.
    """
    if sys.getfilesystemencoding().lower() == "utf-8" or sys.platform == "win32":
        return
    # The server's socket is bound already, and would be handed on.
    os.closerange(3, 1024)
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def share_memory_pools() -> None:
    """Keep the C library from giving each thread a pool of memory of its own.

    A script runs in a thread, and what it frees stays in that thread's pool: the server
    grew by about a megabyte a minute while fifty people drew. MALLOC_ARENA_MAX, where it is
    set, says otherwise. Only glibc has such pools.
    """
    if sys.platform == "linux" and "MALLOC_ARENA_MAX" not in os.environ:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, MEMORY_POOLS)


def take_short_turns() -> None:
    """Let a thread that computes in Python give way sooner to those that wait.

    Each time a stroke's thread hands the interpreter over, and it does so some fifteen
    times, it waits for a turn of every page that runs meanwhile. Beside five who reloaded
    My hand without end a stroke took 450 ms, with turns of 1 ms a quarter to a half of it.
    """
    sys.setswitchinterval(TURN_SECONDS)


def raise_file_limit(wanted: int = WANTED_FILES) -> int | None:
    """Let the process open as many files as it may; return how many that are.

    macOS starts a program with 256, which 50 visitors who reload once use up.

    Parameters
    ----------
    wanted : int
        No need for more.

    Returns
    -------
    int or None
        None where the system has no such limit.
    """
    if sys.platform == "win32":
        return None
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    target = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if target > soft:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
        except (OSError, ValueError):
            target = soft
    soft = max(soft, target)
    if soft < wanted:
        logger.info(
            "%d files may be open at a time, enough for about %d visitors; "
            "`ulimit -n %d` before the start allows more",
            soft,
            soft // (2 * FILES_PER_VISITOR),
            wanted,
        )
    return soft


def free_files() -> int | None:
    """How many more files the process can open; None where nobody counts them."""
    if sys.platform == "win32":
        return None
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        n_open = len(os.listdir("/dev/fd"))
    except OSError as error:
        return 0 if error.errno in (errno.EMFILE, errno.ENFILE) else None
    return None if soft == resource.RLIM_INFINITY else soft - n_open


def sessions_per_address() -> int:
    """Read how many sessions one address may have.

    Raises
    ------
    ValueError
        The setting is no whole number above 0.
    """
    setting = os.environ.get(PER_ADDRESS, str(MAX_PER_ADDRESS))
    if not setting.isdecimal() or int(setting) == 0:
        raise ValueError(f"{PER_ADDRESS} must be a whole number above 0, got {setting!r}")
    return int(setting)


def household(host: str) -> str:
    """Name what belongs to one visitor: an IPv4 address, or an IPv6 network of 64 bits.

    Of the latter everybody has 2**64 addresses to come from.

    Parameters
    ----------
    host : str
        As the server says who is at the other end, or a trusted proxy.

    Examples
    --------
    >>> household("192.0.2.7"), household("::ffff:192.0.2.7")
    ('192.0.2.7', '192.0.2.7')
    >>> household("2001:db8::1"), household("2001:db8::2")
    ('2001:db8::/64', '2001:db8::/64')
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv4Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False))


class RoomForSessions:
    """Turn visitors away while there is no room for one more (ASGI middleware).

    Without a file descriptor left, Streamlit fails in the middle of opening a session,
    and so do the pages of those who have one. Behind a proxy the address is the one that it
    names, where uvicorn was told to trust it (its variable FORWARDED_ALLOW_IPS).

    Parameters
    ----------
    app : ASGI application
        What it protects.
    max_sessions : int
        Sessions that may be open at the same time.
    max_per_address : int
        How many of them by one address.
    """

    def __init__(
        self,
        app: ASGIApp,
        max_sessions: int = MAX_SESSIONS,
        max_per_address: int = MAX_PER_ADDRESS,
    ) -> None:
        self.app = app
        self._max_sessions = max_sessions
        self._max_per_address = max_per_address
        self._open: Counter[str] = Counter()
        self._silent_until = -float("inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; a WebSocket only where there is room."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        address = household((scope.get("client") or ("",))[0])
        lack = self._lack(address)
        if lack is not None:
            self._log(lack)
            await receive()
            await send({"type": "websocket.close", "code": 1013})  # try again later
            return
        self._open[address] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _lack(self, address: str) -> str | None:
        if self._open[address] >= self._max_per_address:
            return (
                f"{self._max_per_address} are connected from one address; if that is a "
                f"proxy, name it in FORWARDED_ALLOW_IPS, else {PER_ADDRESS} allows more"
            )
        if self._open.total() >= self._max_sessions:
            return f"{self._max_sessions} are connected; start more processes"
        free = free_files()
        if free is not None and free < SPARE_FILES:
            return (
                "the process may open no more files, of which a visitor takes "
                f"{FILES_PER_VISITOR}; start it with a higher `ulimit -n`"
            )
        return None

    def _log(self, lack: str) -> None:
        """Say so, but once a minute: a page that is turned away tries again and again."""
        now = time.monotonic()
        if now >= self._silent_until:
            self._silent_until = now + 60
            logger.error("no room for more visitors: %s", lack)
