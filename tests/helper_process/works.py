"""What tests let a helper do."""

import os
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from digits_app.helper_process.reporting import report


def add(a: int, b: int) -> int:
    return a + b


def process_id() -> int:
    return os.getpid()


def print_and_warn() -> str:
    print("a print that is no answer")
    os.write(1, b"and one past Python")
    warnings.warn("a warning", stacklevel=1)
    return "the answer"


def count_to(n: int) -> int:
    for i in range(1, n + 1):
        report(i)
    return n


def squares(n: int) -> Iterator[int]:
    for i in range(n):
        yield i * i


def fail(words: str) -> None:
    raise ValueError(words)


def fail_strangely() -> None:
    class OwnError(Exception):
        """Cannot be pickled: nobody finds it by its name."""

    raise OwnError("of its own")


def make_what_cannot_be_sent() -> object:
    return lambda: None


def die(mark: Path, times: int) -> str:
    """Kill the process the first so many times."""
    report(len(list(mark.iterdir())))
    if len(list(mark.iterdir())) < times:
        (mark / str(time.monotonic_ns())).touch()
        os._exit(1)
    return "alive"


def wait_for(path: Path) -> str:
    report("begun")
    while not path.exists():
        time.sleep(0.01)
    return path.name


def modules() -> set[str]:
    import sklearn.model_selection  # noqa: F401

    return set(sys.modules)


def threads() -> set[int]:
    import numpy as np
    from threadpoolctl import threadpool_info

    np.ones((2, 2)) @ np.ones((2, 2))
    return {pool["num_threads"] for pool in threadpool_info()}
