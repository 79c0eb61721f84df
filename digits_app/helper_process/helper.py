"""One helper, seen from the server: started when it is needed, ended when it is not."""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any, Final
from weakref import WeakSet

IDLE: Final = 180.0
"""Seconds without work after which a helper ends. It holds 118 MB and takes 2 s to start,
and a class reads for a minute or two between two steps."""

_all: "WeakSet[Helper]" = WeakSet()


class HelperDiedError(Exception):
    """The helper ended in the middle of a call: killed, or out of memory."""


class Helper:
    """A process that makes one call at a time.

    Parameters
    ----------
    idle : float
        Seconds without work after which it ends.

    Examples
    --------
    >>> import math
    >>> helper = Helper()
    >>> helper.run(math.hypot, (3, 4))
    5.0
    >>> helper.end()
    """

    def __init__(self, idle: float = IDLE) -> None:
        self._idle = idle
        self._process: subprocess.Popen[bytes] | None = None
        self._busy = threading.Lock()
        self._last_used = 0.0
        self._bedtime = threading.Timer(idle, self._end_if_idle)
        self._is_over = False
        _all.add(self)

    @property
    def process_id(self) -> int | None:
        """Number of its process; None while there is none."""
        process = self._process
        return process.pid if process is not None else None

    def run(
        self,
        function: Callable[..., Any],
        arguments: tuple[Any, ...] = (),
        listen: Callable[[Any], None] = lambda _: None,
    ) -> Any:
        """Make a call in the helper, and wait for what it returns.

        Parameters
        ----------
        function : callable
            Of a module: it is sent by its name.
        arguments : tuple
            They are pickled, and so is what comes back.
        listen : callable
            Gets each thing that the function tells by `report`, in this thread.

        Raises
        ------
        HelperDiedError
            Ask again, and another helper is started.
        concurrent.futures.CancelledError
            It was ended for good.
        Exception
            Whatever the function raised; a note holds the traceback.
        """
        call = pickle.dumps((function, arguments), protocol=5)
        with self._busy:
            self._bedtime.cancel()
            process = self._process or self._start()
            try:
                kind, value = _ask(process, call, listen)
            except Exception as error:
                self.end()
                raise HelperDiedError from error
            finally:
                self._last_used = time.monotonic()
                self._bedtime = threading.Timer(self._idle, self._end_if_idle)
                self._bedtime.daemon = True
                self._bedtime.start()
        if kind == "error":
            raise value
        return value

    def end(self, for_good: bool = False) -> None:
        """Kill the process, whatever it does: it holds nothing that anybody else has.

        Parameters
        ----------
        for_good : bool
            None is started after it.
        """
        self._is_over = self._is_over or for_good
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with suppress(OSError):  # what was still to be written has nobody to read it
                pipe.close()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._is_over:  # the server ends, so nobody waits any more
            raise CancelledError
        environment = {
            **os.environ,
            # The same modules as here; "" is the folder that Python was started in.
            "PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path),
            # Its matrices are small, and the other cores have their own work.
            "OMP_NUM_THREADS": "1",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "digits_app.helper_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        return self._process

    def _end_if_idle(self) -> None:
        with self._busy:
            if time.monotonic() - self._last_used >= self._idle:
                self.end()


def _ask(
    process: subprocess.Popen[bytes], call: bytes, listen: Callable[[Any], None]
) -> tuple[str, Any]:
    """Send a call and wait for its last answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(call)
    process.stdin.flush()
    while True:
        kind, value = pickle.load(process.stdout)
        if kind != "report":
            return kind, value
        listen(value)


def end_helpers() -> None:
    """End all helpers, with the server that they work for."""
    for helper in list(_all):
        helper.end(for_good=True)
