"""The visitor without a browser, whom tests and benchmarks send."""

import asyncio
import gc
import warnings
from contextlib import suppress

from tests.support.serving import Server
from tests.support.visitor import Visitor


def test_one_left_behind_by_a_test_that_failed_leaves_no_open_socket(
    healthy_server: Server,
):
    def fail() -> None:
        async def visit() -> None:
            _visitor, _ = await Visitor.arrive(healthy_server.address)
            raise ZeroDivisionError

        with suppress(ZeroDivisionError):
            asyncio.run(visit())

    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        fail()
        gc.collect()
    assert [str(each.message) for each in said] == []
