"""One thing after another, and nobody's wishes before everybody else's.

A training holds the processor for seconds. In a plain queue one visitor who asks for
sixty of them keeps all others waiting for sixty. Here each owner (a visitor's session)
has one place to wait in, and the one who had the last turn comes last.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Generic, TypeVar, cast

Result = TypeVar("Result")

MAX_QUICK: Final = 8
"""How many quick jobs may go before a long one that waits."""

MAX_REMEMBERED: Final = 1000
"""How many owners' last turns are remembered."""


@dataclass
class _Job(Generic[Result]):
    """A piece of work, and who wants it: owners in the order in which they asked."""

    work: Callable[[], Result]
    is_quick: bool
    owners: list[Hashable] = field(default_factory=list)
    future: Future[Result] = field(default_factory=Future)


class FairQueue(Generic[Result]):
    """Does work in a thread or two, by turns among those who ask for it.

    An owner has at most one job that runs and one that waits: a new wish takes the place
    of the one that waits. The same work asked for by several owners is done once, at the
    turn of the first who comes. Of those who wait the next is the one whose last turn
    was longest ago; who had none yet goes first, in the order of asking. What is quick goes
    before what takes long, but never more than `MAX_QUICK` in a row.

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
        self._n_quick = 0  # in a row
        self._lock = Lock()

    def ask(
        self,
        owner: Hashable,
        key: Hashable,
        work: Callable[[], Result],
        is_quick: bool = False,
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
        is_quick : bool
            It takes a tenth of a second, where others take one.

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
                job = self._waiting[key] = _Job(work, is_quick)
                self._threads.submit(self._do_next)
            job.owners.append(owner)  # twice where two runs of one page overlap
            return job.future

    def withdraw(self, owner: Hashable, key: Hashable | None = None) -> None:
        """Give up the owner's place: what nobody else wants is not begun.

        Parameters
        ----------
        owner : hashable
            Who asked.
        key : hashable or None
            Only if the place is for this; who asked for it twice keeps it until both are
            given up. None gives up whatever it is for.
        """
        with self._lock:
            if key is None:
                self._leave_place(owner)
            elif key in self._waiting and owner in self._waiting[key].owners:
                self._waiting[key].owners.remove(owner)
                self._drop_unwanted(key)

    @property
    def n_waiting(self) -> int:
        """How many jobs have not begun."""
        with self._lock:
            return len(self._waiting)

    def _leave_place(self, owner: Hashable) -> None:
        for key, job in self._waiting.items():
            if owner in job.owners:
                job.owners = [other for other in job.owners if other != owner]
                self._drop_unwanted(key)
                return

    def _drop_unwanted(self, key: Hashable) -> None:
        if not self._waiting[key].owners:
            self._waiting.pop(key).future.cancel()

    def _do_next(self) -> None:
        with self._lock:
            if not self._waiting:
                return  # it was withdrawn
            key = self._choose()
            job = self._waiting.pop(key)
            if not job.future.set_running_or_notify_cancel():
                return
            self._running[key] = job
            self._note_turn(job.owners)
        result, error = None, None
        try:
            result = job.work()
        except BaseException as raised:  # the one who asked gets to know
            error = raised
        with self._lock:
            del self._running[key]
        if error is not None:
            job.future.set_exception(error)
        else:
            job.future.set_result(cast(Result, result))

    def _choose(self) -> Hashable:
        quick = [key for key, job in self._waiting.items() if job.is_quick]
        long = [key for key, job in self._waiting.items() if not job.is_quick]
        goes_first = bool(quick) and (not long or self._n_quick < MAX_QUICK)
        self._n_quick = self._n_quick + 1 if goes_first else 0
        return min(quick if goes_first else long, key=self._last_turn_of)

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
