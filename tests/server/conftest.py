"""Healthy servers for all tests that only look: one at the root, one below a path."""

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


@pytest.fixture(scope="session")
def below_a_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with run_server(
        tmp_path_factory.mktemp("below") / "log", base="/tools/digits"
    ) as server:
        yield server
    assert server.complaints() == []


@pytest.fixture(params=["healthy_server", "below_a_path"])
def at_any_path(request: pytest.FixtureRequest) -> Server:
    """Each test looks at both."""
    server: Server = request.getfixturevalue(request.param)
    return server
