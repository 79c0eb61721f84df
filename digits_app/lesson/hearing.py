"""Hear the warnings of one thread, while others run and warn as well.

`warnings.catch_warnings` changes what belongs to the whole process, and puts it back: two
that overlap leave whatever the first had set. Here a listener is put in once and stays; it
asks which thread warns.
"""

import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_this_thread = threading.local()


@contextmanager
def hearing(category: type[Warning]) -> Iterator[list[str]]:
    """Keep what this thread warns of, in the warners' own words.

    Parameters
    ----------
    category : type
        Which warnings; all others go where they went before.

    Yields
    ------
    list of str
        The warnings so far.
    """
    warnings.filterwarnings("always", category=category)
    if not isinstance(warnings.showwarning, _Listener):
        warnings.showwarning = _Listener(warnings.showwarning)
    heard: list[str] = []
    _this_thread.category, _this_thread.heard = category, heard
    try:
        yield heard
    finally:
        del _this_thread.category, _this_thread.heard


class _Listener:
    """In place of `warnings.showwarning`."""

    def __init__(self, others: Callable[..., Any]) -> None:
        self._others = others

    def __call__(
        self, message: Warning | str, category: type[Warning], *where: Any, **options: Any
    ) -> None:
        wanted = getattr(_this_thread, "category", None)
        if wanted is not None and issubclass(category, wanted):
            _this_thread.heard.append(str(message))
        else:
            self._others(message, category, *where, **options)
