"""Each thread hears its own warnings, and no other's."""

import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from digits_app.lesson.hearing import hearing


class FirstWarning(UserWarning):
    pass


class OtherWarning(UserWarning):
    pass


def test_two_threads_at_once_hear_their_own():
    both_there = threading.Barrier(2, timeout=10)

    def warn(words: str) -> list[str]:
        with hearing(FirstWarning) as heard:
            both_there.wait()
            warnings.warn(words, FirstWarning, stacklevel=1)
            both_there.wait()
        return heard

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(warn, ["one", "two"])) == [["one"], ["two"]]


def test_it_hears_again_and_again():
    for _ in range(3):
        with hearing(FirstWarning) as heard:
            warnings.warn("the same", FirstWarning, stacklevel=1)
        assert heard == ["the same"]


def test_other_warnings_go_where_they_went_before():
    with (
        pytest.warns(OtherWarning, match="for others"),
        hearing(FirstWarning) as heard,
    ):
        warnings.warn("for others", OtherWarning, stacklevel=1)
    assert heard == []
