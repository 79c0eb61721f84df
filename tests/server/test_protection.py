"""Who may open a session."""

import asyncio
import socket

import pytest

from digits_app.server.protection import KnownHosts, SameOriginSessions, is_known_host


def answer_to(
    origin: str | None, allowed: list[str] | None, kind: str = "websocket"
) -> str:
    """Ask for a session at school.example and say what came of it."""
    sent: list[str] = []

    async def app(scope, receive, send) -> None:
        await send({"type": "served"})

    async def receive() -> dict:
        return {"type": "websocket.connect"}

    async def send(message) -> None:
        sent.append(message["type"])

    headers = [(b"host", b"school.example")]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    protected = SameOriginSessions(app, lambda: allowed)
    asyncio.run(protected({"type": kind, "headers": headers}, receive, send))
    return sent[0]


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("http://school.example", []),
        ("https://school.example", []),
        (None, []),  # not a browser
        ("https://portal.example", ["https://portal.example"]),
        ("https://anyone.example", None),
    ],
)
def test_our_own_page_is_served(origin, allowed):
    assert answer_to(origin, allowed) == "served"


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://school.example.evil.example",
        "null",
        "",
        "http://[evil",
        "http://school.example@evil.example",
    ],
)
def test_another_sites_page_is_refused(origin):
    assert answer_to(origin, ["https://portal.example"]) == "websocket.close"


def test_plain_requests_are_streamlits_own_affair():
    assert answer_to("http://evil.example", [], kind="http") == "served"


def test_an_origin_that_is_no_address_is_refused_everywhere():
    assert answer_to("http://[evil", [], kind="http") == "http.response.start"
    assert answer_to("http://[evil", None) == "websocket.close"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "localhost:8501",
        "LOCALHOST:8501",
        "127.0.0.1:8501",
        "192.168.178.20",
        "[::1]:8501",
        "[fe80::1]",
        "app1:8501",
        socket.gethostname(),
        f"{socket.gethostname()}.local:8501",
        "digits.streamlit.app",
        "someone-digits.hf.space",
    ],
)
def test_no_stranger_can_give_the_machine_these_names(host):
    assert is_known_host(host)


@pytest.mark.parametrize(
    "host",
    [
        None,
        "",
        "evil.example",
        "evil.example:8501",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "streamlit.app.evil.example",
        "evil.example@localhost",
        "localhost/evil.example",
        "[evil",
        "localhost:port",
        "evil.example.",
    ],
)
def test_a_name_that_a_stranger_can_point_here_is_unknown(host):
    assert not is_known_host(host)


def test_the_names_that_somebody_set_count_alone():
    names = ["school.example", "*.pupils.example"]
    assert is_known_host("school.example:443", names)
    assert is_known_host("School.Example.", names)
    assert is_known_host("a.pupils.example", names)
    assert not is_known_host("pupils.example", names)
    assert not is_known_host("localhost", names)
    assert is_known_host("anything.example", ["*"])
    assert not is_known_host("evil.example@anything", ["*"])


@pytest.mark.parametrize(
    ("kind", "path", "answer"),
    [
        ("websocket", "/_stcore/stream", "websocket.close"),
        ("http", "/", "http.response.start"),
        ("http", "/_stcore/health", "served"),
        ("http", "/ready", "served"),
        ("lifespan", "", "served"),
    ],
)
def test_under_an_unknown_name_only_probes_are_answered(kind, path, answer):
    sent: list[str] = []

    async def app(scope, receive, send) -> None:
        await send({"type": "served"})

    async def receive() -> dict:
        return {"type": f"{kind}.connect"}

    async def send(message) -> None:
        sent.append(message["type"])

    scope = {"type": kind, "path": path, "headers": [(b"host", b"evil.example")]}
    asyncio.run(KnownHosts(app, list)(scope, receive, send))
    assert sent[0] == answer
