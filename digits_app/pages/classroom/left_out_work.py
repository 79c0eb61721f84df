"""Leaving out runs in the helpers beside the server, once for each version of a class.

Each pupil is a task of its own, so that what others ask of the helpers gets in between. A
thread waits for them and keeps what they find: the page may be left meanwhile, and pupils
on other processes see their rows.
"""

import threading
from collections.abc import Collection
from dataclasses import replace
from typing import Final

import numpy as np

from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.findings import (
    findings_of,
    forget_other_versions,
    keep_finding,
)
from digits_app.classroom.joining import NoClassError
from digits_app.classroom.leaving_out import Finding, compare_splits, leave_one_out
from digits_app.classroom.store import the_store
from digits_app.helper_process.tasks import Helpers, Task
from digits_app.server.logs import logger

_running: Final[set[tuple[int, str]]] = set()
_lock: Final = threading.Lock()


def is_running(class_id: int, version: str) -> bool:
    """Whether this process leaves out the pupils of a class."""
    with _lock:
        return (class_id, version) in _running


def begin(helpers: Helpers, class_id: int, version: str, digits: ClassDigits) -> None:
    """Leave out the pupils of a class, unless that is under way; returns immediately."""
    with _lock:
        if (class_id, version) in _running:
            return
        _running.add((class_id, version))
    threading.Thread(
        target=_work,
        args=(helpers, class_id, version, digits),
        name="leaving out",
        daemon=True,
    ).start()


def _work(helpers: Helpers, class_id: int, version: str, digits: ClassDigits) -> None:
    store = the_store()
    try:
        forget_other_versions(store, class_id, version)
        known = {row.pupil for row in findings_of(store, class_id, version).rows}
        tasks = _tasks(digits, known)
        with helpers.ask(("leaving out", class_id), *tasks):
            for task in tasks:
                while not task.wait(1.0):
                    pass
                keep_finding(store, class_id, version, task.result)
    except NoClassError:
        logger.info("a class ended while its pupils were left out")
    except Exception:
        logger.exception("leaving out failed")
    finally:
        with _lock:
            _running.discard((class_id, version))


def _tasks(digits: ClassDigits, known: Collection[int]) -> list[Task[Finding]]:
    """One task for each pupil without a row yet, and one for the two splits."""
    without_strokes = replace(digits, drawings=())  # nobody needs them, and they are long
    pupils = np.unique(digits.pupils).tolist()
    return [
        *(
            Task[Finding](leave_one_out, without_strokes, pupil)
            for pupil in pupils
            if pupil not in known
        ),
        Task[Finding](compare_splits, without_strokes),
    ]
