"""Who is answered next, where many draw at once.

Python computes on one core at a time. Fifty strokes that all share it wait for each other
at every step, and take twice the processor time of fifty that take turns. So they do:

- Who has lifted the pen waits for the complete answer, and goes first. Streamlit runs one
  script at a time for a session, so nobody stands in the line twice: first come, first
  served is fair to every session.
- Who is still drawing may get an answer in between, if nobody else waits. Otherwise it is
  left out, and the next one will be newer anyway.
- The more people draw, the longer each pauses between two answers in between
  (`Turns.pause`), so that together they leave most of the core to the others.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

SHARE_IN_BETWEEN: Final = 0.2
"""Share of the time in which answers in between may be computed, all sessions together.

What Streamlit does before and after a turn takes about as long as the turn."""

LEAST_PAUSE: Final = 0.04
"""Seconds between two answers in between: no eye follows more than fifteen a second, and a
pen that lifts does not wait for an answer that has just been asked for."""

PATIENCE: Final = 0.05
"""Seconds after which an answer in between is left out."""

USUAL: Final = 0.003
"""Seconds of processor time that an answer in between takes, before one was measured."""

MOST: Final = 0.02
"""Seconds above which it was the first one, which imports and loads, and says little."""

STILL_DRAWING: Final = 2.0
"""Seconds after its last request in which a session counts as drawing."""


class Turns:
    """Lets threads run one after the other, those in a hurry first.

    Parameters
    ----------
    clock : callable
        Seconds from any beginning.
    stopwatch : callable
        Seconds of processor time that the thread has used.

    Examples
    --------
    >>> turns = Turns()
    >>> with turns.take():
    ...     with turns.take_between("another session") as mine:
    ...         mine
    False
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        stopwatch: Callable[[], float] = time.thread_time,
    ) -> None:
        self._clock = clock
        self._stopwatch = stopwatch
        self._changed = threading.Condition()
        self._line: deque[object] = deque()
        self._taken = False
        self._drawing: OrderedDict[str, float] = OrderedDict()
        self._seconds_between = USUAL

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn, however long it takes."""
        ticket = object()
        with self._changed:
            self._line.append(ticket)
            self._changed.wait_for(lambda: not self._taken and self._line[0] is ticket)
            self._line.popleft()
            self._taken = True
        try:
            yield
        finally:
            self._end()

    @contextmanager
    def take_between(self, session: str) -> Iterator[bool]:
        """Take a turn if nobody in a hurry waits for one.

        Parameters
        ----------
        session : str
            Who asks.

        Yields
        ------
        bool
            Whether the turn was given; otherwise leave the answer out.
        """
        with self._changed:
            self._drawing[session] = self._clock()
            self._drawing.move_to_end(session)
            mine = self._changed.wait_for(
                lambda: not self._taken and not self._line, timeout=PATIENCE
            )
            self._taken = self._taken or mine
        began = self._stopwatch()
        try:
            yield mine
        finally:
            if mine:
                took = min(self._stopwatch() - began, MOST)
                self._seconds_between += (took - self._seconds_between) / 20
                self._end()

    def pause(self) -> float:
        """Seconds for which a session should now wait before it asks in between again."""
        with self._changed:
            oldest = self._clock() - STILL_DRAWING
            while self._drawing and next(iter(self._drawing.values())) < oldest:
                self._drawing.popitem(last=False)
            together = len(self._drawing) * self._seconds_between
            return max(LEAST_PAUSE, together / SHARE_IN_BETWEEN)

    def _end(self) -> None:
        with self._changed:
            self._taken = False
            self._changed.notify_all()


TURNS: Final = Turns()
"""The one line in which all sessions stand."""
