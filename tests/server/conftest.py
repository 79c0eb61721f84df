"""One healthy server for all tests that only look at it."""

from collections.abc import Iterator

import pytest

from tests.support.serving import Server, run_server, wait_until_warm


@pytest.fixture(scope="session")
def healthy_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has warmed up. A test that draws, floods or fails takes its own."""
    with run_server(tmp_path_factory.mktemp("healthy") / "log") as server:
        wait_until_warm(server)
        yield server
    assert server.complaints() == []
