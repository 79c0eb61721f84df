"""Give back the memory of those who left, and erase the classes whose time is over.

Streamlit remembers a session for two minutes, but forgets it only when the next one is
put aside, so what the last visitors of a lesson left behind stays until the next lesson.
How it remembers is private; this module alone reaches for it, as it is in Streamlit 1.67,
and `tests/server/test_sweeping.py` fails when that changes.
"""

import asyncio
import ctypes
import gc
import sys
from contextlib import suppress
from typing import Any, Final

import streamlit as st
from streamlit import runtime

from digits_app.classroom.place import may_hold_classes
from digits_app.server.logs import logger

SECONDS_BETWEEN: Final = 15.0
"""Most seconds from one sweep to the next."""


def seconds_between() -> float:
    """Seconds to the next sweep: no longer than Streamlit remembers a session."""
    remembered: int = st.get_option("server.disconnectedSessionTTL")
    return max(1.0, min(SECONDS_BETWEEN, remembered))


async def sweep_from_time_to_time(seconds: float) -> None:
    """Forget sessions whose time is over, until cancelled."""
    reaches_classes = True
    while True:
        await asyncio.sleep(seconds)
        try:
            sweep()
        except Exception:
            # Once is no reason to let the memory grow until the next start.
            logger.exception("the sessions that were left could not be forgotten")
        try:
            await asyncio.to_thread(end_expired_classes)
            reaches_classes = True
        except Exception:
            if reaches_classes:  # once, or a full disk would be filled by the log
                logger.exception("the classes whose time is over could not be erased")
            reaches_classes = False


def end_expired_classes() -> None:
    """Erase the classes whose time is over; it waits for a disk, so call it in a thread."""
    if not may_hold_classes():
        return
    # Most servers never see a class, and need no database.
    from digits_app.classroom.ending import end_expired
    from digits_app.classroom.store import the_store

    if n_ended := end_expired(the_store()):
        logger.info("%d classes ended by themselves", n_ended)


def sweep() -> None:
    """Forget sessions whose time is over, and give back what they held."""
    if n_forgotten := forget_left_sessions():
        logger.info("forgot %d sessions that were left", n_forgotten)
        gc.collect()  # a session is a circle of objects
        give_back()


def forget_left_sessions() -> int:
    """Forget the sessions whose time is over; return how many there were."""
    manager: Any = runtime.get_instance()._session_mgr
    with manager._storage_lock:
        remembered = manager._session_storage._cache
        before = len(remembered._data)
        remembered.expire()
        return before - len(remembered._data)


def give_back() -> None:
    """Hand free memory back to the system, where the C library keeps it."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
