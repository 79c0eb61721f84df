"""Who asks the helpers for what, and who comes next.

The same task is done once for all who ask for it, by turns among them (`FairQueue`). What
nobody waits for any more is not begun; what has begun is finished, and can be kept.
"""

import os
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from threading import Event, Lock
from typing import Any, Final, Generic, TypeVar

from digits_app.fair_queue import FairQueue
from digits_app.helper_process.helper import IDLE, Helper, HelperDiedError

Result = TypeVar("Result")

N_HELPERS: Final = min(2, os.cpu_count() or 1)
"""How many there are at most. The second is started only where two have work."""


class Task(Generic[Result]):
    """A call to be made in a helper: hand it to `Helpers.ask`.

    Parameters
    ----------
    function : callable
        Of a module: it is sent by its name. What a generator yields is reported item by
        item, and its result is the list of them; others wait until its end, so what takes
        more than a second or two is better several tasks.
    *arguments
        They are pickled, and so is what comes back.
    is_quick : bool
        It takes a tenth of a second, so it goes before what takes long.

    Attributes
    ----------
    reports : list
        What the function has told by `report` so far.
    has_begun : bool
        Its turn has come.
    """

    def __init__(
        self, function: Callable[..., Result], *arguments: object, is_quick: bool = False
    ) -> None:
        self.is_quick = is_quick
        self.reports: list[Any] = []
        self.has_begun = False
        self._call: tuple[Callable[..., Result], tuple[object, ...]] = function, arguments
        self._future: Future[Result] | None = None
        self._results: list[Result] = []
        self._over = Event()

    @property
    def is_over(self) -> bool:
        """It has come to its end, and `result` is there."""
        return bool(self._results)

    @property
    def is_left(self) -> bool:
        """Nobody waits for it, or it failed: when somebody asks it begins anew."""
        future = self._future
        is_under_way = future is not None and not future.done()
        return not self.is_over and not is_under_way

    @property
    def result(self) -> Result:
        """What the function has returned; others get it, too, so nobody changes it."""
        return self._results[0]

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, but not longer than so many seconds.

        Returns
        -------
        bool
            Whether it is over.

        Raises
        ------
        concurrent.futures.CancelledError
            Who waits has asked for something else meanwhile.
        Exception
            What the function raised.
        """
        future = self._future
        try:
            if future is None:  # it is far down a long list
                self._over.wait(seconds)
            elif not self.is_over:
                future.result(seconds)
        except TimeoutError:
            if future is not None and future.done():
                raise  # it is the function's own
        return self.is_over


class Helpers:
    """Does tasks in helpers, by turns among those who ask.

    Parameters
    ----------
    n_helpers : int
        How many processes at most.
    idle : float
        Seconds without work after which each ends.

    Examples
    --------
    >>> import math
    >>> helpers, task = Helpers(), Task(math.hypot, 3, 4)
    >>> with helpers.ask("a session", task):
    ...     task.wait(60)
    True
    >>> task.result
    5.0
    """

    def __init__(self, n_helpers: int = N_HELPERS, idle: float = IDLE) -> None:
        self.queue: FairQueue[Any] = FairQueue("helper", n_helpers)
        # The next task takes the helper that was used last, so the others can end.
        self._free = [Helper(idle) for _ in range(n_helpers)]
        self._n_helpers = n_helpers

    @contextmanager
    def ask(self, owner: Hashable, *tasks: Task[Any]) -> Iterator[None]:
        """Want tasks while the block runs.

        Those that are not begun when it ends are given up, unless others want them. Of
        several, as many are asked for at a time as there are helpers, in this order; so
        a long list lets others in between.

        Parameters
        ----------
        owner : hashable
            Who asks: one visitor's session. What it asks for elsewhere takes the place of
            what it waits for here.
        *tasks : Task
            What is over already costs nothing.
        """
        left = deque(task for task in tasks if not task.is_over)
        asked: dict[Hashable, Task[Any]] = {}

        def ask_for_next(place: Hashable, before: "Future[Any] | None" = None) -> None:
            if before is not None and before.cancelled():
                return
            try:
                task = asked[place] = left.popleft()
            except IndexError:
                return
            future = self.queue.ask(place, task, partial(self._do, task), task.is_quick)
            task._future = future
            future.add_done_callback(partial(ask_for_next, place))

        for number in range(min(len(left), self._n_helpers)):
            ask_for_next((owner, number))
        try:
            yield
        finally:
            left.clear()
            for place, task in asked.items():
                self.queue.withdraw(place, task)

    def _do(self, task: Task[Result]) -> Result:
        if task.is_over:  # just before somebody asked
            return task.result
        task.has_begun = True
        helper = self._free.pop()
        try:
            try:
                result = _run(helper, task)
            except HelperDiedError:  # whatever killed it, once more in a new one
                result = _run(helper, task)
        finally:
            self._free.append(helper)
        task._results.append(result)
        task._over.set()
        task._call = (
            task._call[0],
            (),
        )  # who keeps the result need not keep these
        return result


def _run(helper: Helper, task: Task[Result]) -> Result:
    task.reports.clear()
    result: Result = helper.run(*task._call, task.reports.append)
    return result


class Shelf(Generic[Result]):
    """Keeps the latest tasks, for those who ask for the same.

    Parameters
    ----------
    max_kept : int
        How many. What was given up pushes out nothing that somebody may come back to.
    """

    def __init__(self, max_kept: int) -> None:
        self._max_kept = max_kept
        self._tasks: OrderedDict[Hashable, Task[Result]] = OrderedDict()
        self._lock = Lock()

    def find(
        self,
        key: Hashable,
        function: Callable[..., Result],
        *arguments: object,
        is_quick: bool = False,
    ) -> Task[Result]:
        """Hand out the task that is known by a key, or a new one.

        Parameters
        ----------
        key : hashable
            What it is known by.
        function, *arguments, is_quick
            See `Task`.
        """
        with self._lock:
            task = self._tasks.pop(key, None) or Task(
                function, *arguments, is_quick=is_quick
            )
            for other in [key for key, each in self._tasks.items() if each.is_left]:
                del self._tasks[other]
            self._tasks[key] = task
            while len(self._tasks) > self._max_kept:
                self._tasks.popitem(last=False)
            return task
