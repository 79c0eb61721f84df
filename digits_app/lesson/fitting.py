"""Fit in the background, so that a page can show how far it is.

`fit` runs exactly as the lesson calls it; how far it is can be read from the network
itself, whose loss curve grows by one number in each iteration. Learners with the same
settings share one training, nobody waits for all the wishes of another one
(`FairQueue`), and a training that nobody waits for any more is not begun.
"""

import os
from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as StillRunningError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from digits_app.fair_queue import FairQueue
from digits_app.lesson.hearing import hearing
from digits_app.lesson.learning import WatchedClassifier
from digits_app.lesson.replay import Replay, replay
from digits_app.lesson.running import Namespace, imports_of, run_base, run_source
from digits_app.lesson.second_process import Losses, losses_file, run_beside
from digits_app.lesson.settings import LessonSettings
from digits_app.lesson.step import Step
from digits_app.lesson.steps import step
from digits_app.network.threads import use_one_blas_thread

MAX_KEPT: Final = 64
"""How many trainings are kept for those who ask next: two for each of a class of 30 with
values of their own. One takes about 2 MB."""

N_THREADS: Final = min(2, os.cpu_count() or 1)
"""How many trainings run at the same time: one in this process, and one beside it."""

_training_here = Lock()


@dataclass(frozen=True)
class Fitted:
    """A training that has come to its end. It is shared, so nobody changes it.

    Attributes
    ----------
    namespace : dict
        The lesson's variables by name, `mlp`, `X_test` and `y_test` among them.
    warning : str or None
        What scikit-learn had to say about it, in its own words.
    """

    namespace: Namespace
    warning: str | None

    @property
    def network(self) -> WatchedClassifier:
        """The lesson's `mlp`."""
        network: WatchedClassifier = self.namespace["mlp"]
        return network

    @cached_property
    def replay(self) -> Replay:
        """The training to watch again."""
        test = self.namespace["X_test"], self.namespace["y_test"]
        return replay(self.network.moments_, *test)


class Fit:
    """The first cell of a step that trains: a training wished for, running or done.

    Parameters
    ----------
    this : Step
        A step that trains.
    settings : LessonSettings
        The learner's values.
    """

    def __init__(self, this: Step, settings: LessonSettings) -> None:
        self.settings = settings
        self._step = this
        self._namespace: Namespace = {}
        self._future: Future[Fitted] = Future()
        self._fitted: Fitted | None = None
        self._queue: FairQueue[Fitted] | None = None
        self._losses_beside: Losses | None = None

    @property
    def losses(self) -> list[float]:
        """The loss after each iteration so far; none while it waits for its turn."""
        if self._losses_beside is not None:
            return self._losses_beside.read()
        return list(getattr(self._namespace.get("mlp"), "loss_curve_", ()))

    @property
    def others_wait(self) -> bool:
        """Somebody else's training has not begun yet."""
        return self._queue is not None and self._queue.n_waiting > 0

    @property
    def has_no_result(self) -> bool:
        """It was given up before it began, or failed: ask for a new one."""
        future = self._future
        return future.cancelled() or (future.done() and future.exception() is not None)

    @property
    def is_done(self) -> bool:
        """It has come to its end."""
        return self._future.done()

    def wait(self, seconds: float) -> Fitted | None:
        """Wait for the result at most so long; None while it is not there.

        Raises
        ------
        concurrent.futures.CancelledError
            Whoever waits has asked for something else meanwhile.
        """
        try:
            return self._future.result(timeout=seconds)
        except StillRunningError:
            return None

    def wish_for(self, queue: FairQueue[Fitted], owner: Hashable) -> None:
        """Take a place in the queue, or join those who wait for it already."""
        self._queue = queue
        self._future = queue.ask(owner, (self._step.number, self.settings), self._run)

    def _run(self) -> Fitted:
        """Run what the step builds on, and then its own first cell; once."""
        if self._fitted is None:  # or it came to its end just before somebody asked
            self._fitted = self._train_beside() if _training_here.locked() else self.train()
        return self._fitted

    def train(self) -> Fitted:
        """Train in this process, one at a time."""
        with _training_here:
            use_one_blas_thread()
            self._namespace.update(run_base(self._step, self.settings))
            source = self._step.cells[0].source(self.settings)
            with hearing(ConvergenceWarning) as said:
                run_source(source, self._namespace, self.settings.random_state)
            return Fitted(self._namespace, said[0] if said else None)

    def _train_beside(self) -> Fitted:
        """Train in the helper; here where there is none to be had."""
        try:
            with losses_file(self.settings.max_iter) as path:
                self._losses_beside = Losses(path)
                values, warning = run_beside(
                    train_alone, self._step.number, self.settings, path
                )
        except (BrokenProcessPool, OSError):
            self._losses_beside = None
            return self.train()
        self._namespace.update(run_base(self._step, self.settings))
        run_source(imports_of(self._step.cells[0]), self._namespace)
        self._namespace.update(values)
        self._losses_beside = None  # from now on the network tells them
        return Fitted(self._namespace, warning)


def train_alone(
    number: int, settings: LessonSettings, losses: Path
) -> tuple[Namespace, str | None]:
    """Train in the helper: the variables that hold data, and the warning.

    Parameters
    ----------
    number : int
        Of the step.
    settings : LessonSettings
    losses : Path
        File of `Losses`.
    """
    fit = Fit(step(number), settings)
    with Losses(losses).noting(lambda: fit.losses):
        fitted = fit.train()
    data = (np.ndarray, WatchedClassifier)
    values = {n: value for n, value in fitted.namespace.items() if isinstance(value, data)}
    return values, fitted.warning


class FittingRoom:
    """Hands out trainings and keeps the latest.

    Parameters
    ----------
    max_kept : int
        How many to keep.
    """

    def __init__(self, max_kept: int = MAX_KEPT) -> None:
        self.queue: FairQueue[Fitted] = FairQueue("lesson", N_THREADS)
        self._max_kept = max_kept
        self._fits: OrderedDict[tuple[int, LessonSettings], Fit] = OrderedDict()
        # Two runs of one visitor's page overlap, where a new one begins before the old
        # one has noticed: how many wait, by visitor and training.
        self._runs: Counter[tuple[Hashable, Hashable]] = Counter()
        self._lock = Lock()

    @contextmanager
    def fit(self, this: Step, settings: LessonSettings, owner: Hashable) -> Iterator[Fit]:
        """Hand out a training, begun now or by someone before, while a page waits.

        When the last page that waits goes away, a training not yet begun is given up.

        Parameters
        ----------
        this : Step
            A step that trains.
        settings : LessonSettings
            The learner's values.
        owner : hashable
            Who waits: one visitor's session.
        """
        settings = this.settings_used(settings)
        key = this.number, settings
        with self._lock:
            self._runs[owner, key] += 1
        try:
            yield self._find(this, settings, owner)
        finally:
            with self._lock:
                self._runs[owner, key] -= 1
                is_last = not self._runs[owner, key]
                if is_last:
                    del self._runs[owner, key]
            if is_last:
                self.queue.withdraw(owner, key)

    def _find(self, this: Step, settings: LessonSettings, owner: Hashable) -> Fit:
        key = this.number, settings
        with self._lock:
            fit = self._fits.get(key)
            if fit is None or fit.has_no_result:
                fit = self._fits[key] = Fit(this, settings)
            self._fits.move_to_end(key)
            # What was given up must not push out what somebody will come back to.
            for other in [k for k, each in self._fits.items() if each.has_no_result]:
                del self._fits[other]
            while len(self._fits) > self._max_kept:
                self._fits.popitem(last=False)
            if not fit.is_done:
                fit.wish_for(self.queue, owner)
            return fit
