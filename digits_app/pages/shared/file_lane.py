"""What people hand over is read in a lane of its own, one file at a time and by turns.

Reading a file takes as long as fifty strokes, and a bad one takes longest. In the strokes'
line everybody who draws would wait for it. Here it shares the processor with them, and
a visitor who sends many files waits for those who send one.
"""

from collections.abc import Callable
from concurrent.futures import wait
from functools import partial
from typing import Any, Final, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from digits_app.fair_queue import FairQueue
from digits_app.server.sweeping import give_back

Result = TypeVar("Result")

SECONDS_BETWEEN: Final = 0.1
"""How often a page that waits looks whether its visitor still wants this."""

_LANE: Final[FairQueue[Any]] = FairQueue("files")


def in_file_lane(work: Callable[[], Result]) -> Result:
    """Do a piece of work when the visitor's turn comes, and wait for it.

    Parameters
    ----------
    work : callable
        Reads a file that was handed over; called without arguments in the lane's thread,
        so it may show nothing.

    Returns
    -------
    object
        What the work returned; what it raises is raised here.
    """
    context = get_script_run_ctx()
    visitor = context.session_id if context is not None else object()
    wish = object()
    future = _LANE.ask(visitor, wish, partial(_do, work))
    try:
        while not wait([future], SECONDS_BETWEEN).done:
            # Looking at the session lets Streamlit break this run off (1.67): for a press
            # on another button, or because the visitor has left.
            _ = "any key" in st.session_state
    finally:
        _LANE.withdraw(visitor, wish)
    result: Result = future.result()
    return result


def _do(work: Callable[[], Result]) -> Result:
    """Do it, and hand back what a large picture took: the next may come in an hour."""
    try:
        return work()
    finally:
        give_back()
