"""A second training at the same time, in a process of its own.

Two threads that train share one interpreter: together they are no faster than one after
the other, and they slow down every page. joblib's pool of processes starts a helper when it
is first needed, and ends it when it has had nothing to do for a minute.
"""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from joblib.externals.loky import get_reusable_executor

Result = TypeVar("Result")

IDLE: Final = 60
"""Seconds without work after which the helper ends."""

_BETWEEN_NOTES: Final = 0.1

_helper: Any = None


class Losses:
    """The loss curve of a training in another process, in a file that both see.

    Parameters
    ----------
    path : Path
        A `losses_file`: first how many losses there are, and then they.
    """

    def __init__(self, path: Path) -> None:
        self._numbers = np.memmap(path, dtype=np.float64, mode="r+")

    def read(self) -> list[float]:
        """The losses noted so far."""
        losses: list[float] = self._numbers[1 : 1 + int(self._numbers[0])].tolist()
        return losses

    @contextmanager
    def noting(self, losses: Callable[[], list[float]]) -> Iterator[None]:
        """Note again and again what `losses` returns, until the block ends."""
        over = threading.Event()

        def note() -> None:
            while not over.wait(_BETWEEN_NOTES):
                known = losses()[: len(self._numbers) - 1]
                self._numbers[1 : 1 + len(known)] = known
                self._numbers[0] = len(known)

        thread = threading.Thread(target=note, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


@contextmanager
def losses_file(n_most: int) -> Iterator[Path]:
    """Have an empty file with room for so many losses while a training runs."""
    # Windows does not remove what somebody still looks at.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "losses"
        np.zeros(n_most + 1).tofile(path)
        yield path


def run_beside(work: Callable[..., Result], *arguments: object) -> Result:
    """Run a function of a module in the helper, and wait for what it returns.

    Raises
    ------
    concurrent.futures.process.BrokenProcessPool
        The helper ended in the middle of it, or could not begin.
    """
    global _helper
    _helper = get_reusable_executor(max_workers=1, timeout=IDLE)
    result: Result = _helper.submit(work, *arguments).result()
    return result


def end_helper() -> None:
    """End the helper, if there is one, with the server that it works for.

    It finishes a training first. Killed, it leaves a thread of joblib's that now and then
    lets go of its semaphores too late, and the log complains of them.
    """
    if _helper is not None:
        _helper.shutdown(wait=True)
