"""Train in the background, so that a page can show how far it is.

`fit` runs exactly as the lesson calls it, in one thread for the whole process; how far
it is can be read from the network itself, whose loss curve grows by one number in each
iteration. Learners with the same settings share one training, and one that nobody
waits for any more is dropped before it begins.
"""

import warnings
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunningError
from contextlib import contextmanager
from threading import Lock
from typing import Final

from sklearn.exceptions import ConvergenceWarning
from threadpoolctl import threadpool_limits

from digits_app.lesson.running import Run, run_base, run_cell
from digits_app.lesson.settings import LessonSettings
from digits_app.lesson.steps import step

MAX_KEPT: Final = 24
"""How many trainings are kept for those who ask next; each takes about 2 MB."""


class Training:
    """The first cell of a step that trains, run in the background.

    Parameters
    ----------
    number : int
        A step that trains.
    settings : LessonSettings
        The learner's values.
    trainer : concurrent.futures.Executor
        Where it runs.

    Attributes
    ----------
    n_waiting : int
        How many pages wait for it; kept by the `TrainingRoom`.
    """

    def __init__(
        self, number: int, settings: LessonSettings, trainer: ThreadPoolExecutor
    ) -> None:
        self.number = number
        self.settings = settings
        self._namespace: dict[str, object] = {}
        self.n_waiting = 0
        self._future = trainer.submit(self._run)

    @property
    def iterations(self) -> int:
        """How many iterations are done: 0 while it waits for its turn."""
        network = self._namespace.get("clf")
        return len(getattr(network, "loss_curve_", ()))

    @property
    def has_no_result(self) -> bool:
        """It was dropped before it began, or failed: ask for a new one."""
        future = self._future
        return future.cancelled() or (future.done() and future.exception() is not None)

    def drop(self) -> None:
        """Do not begin it; one that has begun goes on."""
        self._future.cancel()

    def wait(self, seconds: float) -> Run | None:
        """Wait for the result at most so long; None while it is not there."""
        try:
            return self._future.result(timeout=seconds)
        except StillRunningError:
            return None

    def _run(self) -> Run:
        """Run what the step builds on, and then its own first cell."""
        base = run_base(self.number, self.settings)
        self._namespace.update(base.namespace)
        source = step(self.number).cells[0].source(self.settings)
        # Python keeps one list of warning filters for the whole process. This is safe
        # only because one thread alone runs trainings.
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", ConvergenceWarning)
            # One BLAS thread: see classifiers.fit_lesson_classifier.
            with threadpool_limits(limits=1, user_api="blas"):
                output = run_cell(source, self._namespace)
        said = [str(w.message) for w in caught if w.category is ConvergenceWarning]
        return Run(self._namespace, (output,), said[0] if said else None)


class TrainingRoom:
    """Hands out trainings and keeps the latest.

    Parameters
    ----------
    max_kept : int
        How many to keep.
    """

    def __init__(self, max_kept: int = MAX_KEPT) -> None:
        self._max_kept = max_kept
        self._trainings: OrderedDict[tuple[int, LessonSettings], Training] = OrderedDict()
        self._trainer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lesson")
        self._lock = Lock()

    @contextmanager
    def training(self, number: int, settings: LessonSettings) -> Iterator[Training]:
        """Hand out a training, begun now or by someone before, while a page waits.

        When the last page that waits goes away, a training not yet begun is dropped.

        Parameters
        ----------
        number : int
            A step that trains.
        settings : LessonSettings
            The learner's values.
        """
        if step(number).has_all_digits:
            settings = settings.with_all_digits()
        training = self._enter(number, settings)
        try:
            yield training
        finally:
            with self._lock:
                training.n_waiting -= 1
                if training.n_waiting == 0:
                    training.drop()

    def _enter(self, number: int, settings: LessonSettings) -> Training:
        key = number, settings
        with self._lock:
            training = self._trainings.get(key)
            if training is None or training.has_no_result:
                training = Training(number, settings, self._trainer)
                self._trainings[key] = training
            training.n_waiting += 1
            self._trainings.move_to_end(key)
            while len(self._trainings) > self._max_kept:
                self._trainings.popitem(last=False)
            return training
