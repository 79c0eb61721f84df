"""What a helper runs: it makes one call after another, until its input ends.

A call is a pickled pair of function and arguments on the standard input. The answer is
pickled pairs on the standard output: any number of `"report"`, and then `"result"` or
`"error"`. The input ends with the server, however it ends, and then the helper ends too.
"""

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from typing import BinaryIO

from digits_app.helper_process.reporting import listening, report


def main() -> None:
    """Make the calls that come in."""
    # A print in somebody's code must not end up among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is meant for the server
    if hasattr(os, "nice"):
        os.nice(5)  # the pages go first
    sys.meta_path.insert(0, _WithoutPandas())
    while True:
        try:
            function, arguments = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        _send(answers, _answer(function, arguments, answers))


class _WithoutPandas(MetaPathFinder):
    """As if pandas were not installed.

    scikit-learn imports it wherever it is, for nothing here: 80 MB, a third of the start.
    """

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _answer(function, arguments, answers: BinaryIO) -> bytes:  # type: ignore[no-untyped-def]
    """Make one call; pack what it returns, or the error."""
    try:
        with listening(lambda progress: _send(answers, pickle.dumps(("report", progress)))):
            result = function(*arguments)
            if isinstance(result, Iterator):
                result = list(map(_reported, result))
            return pickle.dumps(("result", result), protocol=5)
    except Exception as error:
        error.add_note("In the helper:\n" + traceback.format_exc())
        try:
            return pickle.dumps(("error", error))
        except Exception:  # not every error can be pickled
            return pickle.dumps(("error", RuntimeError(repr(error))))


def _reported(item: object) -> object:
    report(item)
    return item


def _send(answers: BinaryIO, packed: bytes) -> None:
    answers.write(packed)
    answers.flush()


if __name__ == "__main__":
    main()
