"""One thing after another, and nobody's wishes before everybody else's.

A training holds the processor for seconds. In a plain queue one visitor who asks for
sixty of them keeps all others waiting for sixty. Here each owner (a visitor's session)
has one place to wait in, and whoever had the last turn comes last.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Generic, TypeVar, cast

Result = TypeVar("Result")

MAX_REMEMBERED: Final = 1000
"""How many owners' last turns are remembered."""


@dataclass
class _Job(Generic[Result]):
    """A piece of work, and who wants it: owners in the order in which they asked."""

    work: Callable[[], Result]
    owners: list[Hashable]
    future: Future[Result] = field(default_factory=Future)


class FairQueue(Generic[Result]):
    """Does work in a thread or two, by turns among those who ask for it.

    An owner has at most one job that runs and one that waits: a new wish takes the place
    of the one that waits. The same work asked for by several owners is done once, at the
    turn of whoever comes first. Of those who wait the next is the one whose last turn
    was longest ago; who had none yet goes first, in the order of asking.

    Parameters
    ----------
    name : str
        Name of the thread.
    n_threads : int, default=1
        How many pieces of work may run at the same time.

    Examples
    --------
    >>> queue = FairQueue("sums")
    >>> queue.ask("a session", key=(2, 3), work=lambda: 2 + 3).result()
    5
    """

    def __init__(self, name: str, n_threads: int = 1) -> None:
        self._threads = ThreadPoolExecutor(max_workers=n_threads, thread_name_prefix=name)
        self._waiting: OrderedDict[Hashable, _Job[Result]] = OrderedDict()
        self._running: dict[Hashable, _Job[Result]] = {}
        self._last_turns: OrderedDict[Hashable, int] = OrderedDict()
        self._turn = 0
        self._lock = Lock()

    def ask(
        self, owner: Hashable, key: Hashable, work: Callable[[], Result]
    ) -> Future[Result]:
        """Ask for a piece of work.

        Parameters
        ----------
        owner : hashable
            Who asks: one visitor's session.
        key : hashable
            What is asked for. Work that waits or runs under this key is shared.
        work : callable
            Does it; called without arguments in the queue's thread.

        Returns
        -------
        concurrent.futures.Future
            Cancelled when nobody wants it any more and it has not begun.
        """
        with self._lock:
            if key in self._running:
                self._leave_place(owner)
                return self._running[key].future
            job = self._waiting.get(key)
            if job is None or owner not in job.owners:
                self._leave_place(owner)
            if job is None:
                job = self._waiting[key] = _Job(work, [])
                self._threads.submit(self._do_next)
            if owner not in job.owners:
                job.owners.append(owner)
            return job.future

    def withdraw(self, owner: Hashable, key: Hashable | None = None) -> None:
        """Give up the owner's place: what nobody else wants is not begun.

        Parameters
        ----------
        owner : hashable
            Who asked.
        key : hashable or None
            Only if the place is for this; None for whatever it is for.
        """
        with self._lock:
            self._leave_place(owner, key)

    @property
    def n_waiting(self) -> int:
        """How many jobs have not begun."""
        with self._lock:
            return len(self._waiting)

    def _leave_place(self, owner: Hashable, only: Hashable | None = None) -> None:
        for key, job in self._waiting.items():
            if owner in job.owners and only in (None, key):
                job.owners.remove(owner)
                if not job.owners:
                    del self._waiting[key]
                    job.future.cancel()
                return

    def _do_next(self) -> None:
        with self._lock:
            if not self._waiting:
                return  # it was withdrawn
            key = min(self._waiting, key=self._last_turn_of)
            job = self._waiting.pop(key)
            if not job.future.set_running_or_notify_cancel():
                return
            self._running[key] = job
            self._note_turn(job.owners)
        result, error = None, None
        try:
            result = job.work()
        except BaseException as raised:  # whoever asked gets to know
            error = raised
        with self._lock:
            del self._running[key]
        if error is not None:
            job.future.set_exception(error)
        else:
            job.future.set_result(cast(Result, result))

    def _last_turn_of(self, key: Hashable) -> int:
        """Earliest of its owners' last turns; 0 where one of them had none yet."""
        return min(self._last_turns.get(owner, 0) for owner in self._waiting[key].owners)

    def _note_turn(self, owners: list[Hashable]) -> None:
        self._turn += 1
        for owner in owners:
            self._last_turns[owner] = self._turn
            self._last_turns.move_to_end(owner)
        while len(self._last_turns) > MAX_REMEMBERED:
            self._last_turns.popitem(last=False)
