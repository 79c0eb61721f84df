"""Tell how far a call is, from within it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_listen: Callable[[Any], None] | None = None


def report(progress: object) -> None:
    """Send something to those who wait for the call that is being made.

    Where nobody listens, in a notebook or a test, nothing happens.

    Parameters
    ----------
    progress : object
        Anything that can be pickled: a loss, a count.
    """
    if _listen is not None:
        _listen(progress)


@contextmanager
def listening(listen: Callable[[Any], None]) -> Iterator[None]:
    """Let `listen` have what is reported within the block. One thread at a time."""
    global _listen
    before, _listen = _listen, listen
    try:
        yield
    finally:
        _listen = before
