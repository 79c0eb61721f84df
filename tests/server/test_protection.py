"""Who may open a session."""

import asyncio

import pytest

from digits_app.server.protection import SameOriginSessions


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
    (answer,) = sent
    return answer


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
    ["http://evil.example", "http://school.example.evil.example", "null", ""],
)
def test_another_sites_page_is_refused(origin):
    assert answer_to(origin, ["https://portal.example"]) == "websocket.close"


def test_plain_requests_are_streamlits_own_affair():
    assert answer_to("http://evil.example", [], kind="http") == "served"
