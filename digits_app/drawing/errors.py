"""What a picture can lack that would make it a digit, and how foreign files fail."""

from collections.abc import Iterator
from contextlib import contextmanager


class UnreadableDrawingError(ValueError):
    """The picture holds no digit to read; the message tells a person what to do."""


class BlankDrawingError(UnreadableDrawingError):
    """The picture is one colour: there is no ink in it."""


class TooSmallDrawingError(UnreadableDrawingError):
    """The ink is a dot, or too small a mark to be a digit."""


@contextmanager
def any_failure_as(error: Exception, keep: type[Exception]) -> Iterator[None]:
    """Turn every failure of reading somebody's file into one error.

    A damaged or hostile file makes its reader stumble in ways that no list is complete
    for: `zlib.error`, `struct.error`, `tokenize.TokenError`, `OverflowError`,
    `NotImplementedError`, `MemoryError` and more, which change with the reader's version.

    Parameters
    ----------
    error : Exception
        Raised in place of whatever else was raised, which becomes its cause.
    keep : type of Exception
        These pass as they are: they already say what is wrong.

    Examples
    --------
    >>> with any_failure_as(UnreadableDrawingError("It is damaged."), KeyError):
    ...     int(float("inf"))
    Traceback (most recent call last):
    digits_app.drawing.errors.UnreadableDrawingError: It is damaged.
    """
    try:
        yield
    except keep:
        raise
    except Exception as failure:
        raise error from failure
