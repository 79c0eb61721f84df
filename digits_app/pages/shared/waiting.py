"""Wait for work that a helper does, and show meanwhile how far it is."""

import uuid
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any, Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from digits_app.helper_process.helper import HelperDiedError
from digits_app.helper_process.tasks import Task
from digits_app.pages import caches

Result = TypeVar("Result")

_OWNER: Final = "helper_owner"
"""Session key: by what the queue knows this visitor."""

_BEFORE_ANYTHING_IS_SHOWN: Final = 0.15
_BETWEEN_LOOKS: Final = 0.15
_BETWEEN_LOOKS_IN_QUEUE: Final = 0.8
"""Seconds. A class that waits must not keep the processor from the one that trains."""

_TWICE: Final = (
    "The work broke off twice: perhaps the server is short of memory. Nothing of yours is "
    "lost. Wait a minute and try again."
)


def wait_for(task: Task[Result], show: Callable[[list[Any]], None]) -> Result:
    """Wait until a task is over, and show how far it is. The run ends if it cannot be done.

    Parameters
    ----------
    task : Task
    show : callable
        Shows what the task has reported so far: nothing at first.
    """
    if task.is_over:
        return task.result
    owner = st.session_state.setdefault(_OWNER, uuid.uuid4().hex)
    slot = st.empty()
    with caches.helpers().ask(owner, task):
        try:
            _watch(task, slot, show)
        except CancelledError:
            # A newer run of this page has asked for something else: this one is over.
            st.stop()
        except HelperDiedError:
            slot.error(_TWICE, icon=":material/error:")
            st.stop()
    slot.empty()
    return task.result


def wake_helper(get_ready: Callable[[], None]) -> None:
    """Let a helper start, if there is none, while the visitor reads: two seconds.

    Parameters
    ----------
    get_ready : callable
        Imports and loads what will be needed.
    """
    with caches.helpers().ask("the next visitor", Task(get_ready, is_quick=True)):
        pass  # where all have work already, nothing is to be done


def _watch(
    task: Task[Result], slot: DeltaGenerator, show: Callable[[list[Any]], None]
) -> None:
    is_over = task.wait(_BEFORE_ANYTHING_IS_SHOWN)
    shown: object = None
    while not is_over:
        n_reports = len(task.reports)
        if shown != (task.has_begun, n_reports):  # a picture is known by what it shows
            shown = (task.has_begun, n_reports)
            with slot:
                if task.has_begun:
                    show(list(task.reports))
                else:
                    _show_queue()
        hurry = task.has_begun and not caches.helpers().queue.n_waiting
        is_over = task.wait(_BETWEEN_LOOKS if hurry else _BETWEEN_LOOKS_IN_QUEUE)


def _show_queue() -> None:
    st.info(
        "Others are ahead of you. Your turn comes soon.",
        icon=":material/hourglass_empty:",
    )
