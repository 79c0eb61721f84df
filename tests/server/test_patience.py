"""Who says nothing is not waited for; who talks slowly is."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.types import Message, Receive, Scope, Send

from digits_app.server.patience import SpeakingSessions, TimelyBodies

WORD: Message = {"type": "websocket.receive", "bytes": b"word"}
CONNECT: Message = {"type": "websocket.connect"}
SESSION = b"streamlit, none, 01234567-89ab-cdef-0123-456789abcdef"


class Client:
    """Sends what it is told to, then nothing more; keeps what it hears."""

    def __init__(self, *messages: Message) -> None:
        self._messages: Iterator[Message] = iter(messages)
        self.said_all = asyncio.Event()
        self.heard: list[Message] = []

    async def receive(self) -> Message:
        for message in self._messages:
            return message
        self.said_all.set()
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Message) -> None:
        self.heard.append(message)


async def listening_app(scope: Scope, receive: Receive, send: Send) -> None:
    """Read until the client leaves, or the body is whole; then answer."""
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            return
        if message["type"] == "http.request" and not message.get("more_body"):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            return


def websocket(protocol: bytes = b"streamlit") -> Scope:
    headers = [(b"sec-websocket-protocol", protocol)]
    return {"type": "websocket", "path": "/_stcore/stream", "headers": headers}


def upload(size: int) -> Scope:
    headers = [(b"content-length", str(size).encode())]
    return {"type": "http", "method": "PUT", "path": "/", "headers": headers}


def part(more: bool) -> Message:
    return {"type": "http.request", "body": b"part", "more_body": more}


async def stays(app: SpeakingSessions | TimelyBodies, scope: Scope, client: Client) -> bool:
    """Whether it is still being served when all is said, and no deadline is near."""
    serving = asyncio.create_task(app(scope, client.receive, client.send))
    await client.said_all.wait()
    done, _ = await asyncio.wait([serving], timeout=0)
    serving.cancel()
    return not done


def test_a_connection_that_says_nothing_is_closed():
    client = Client(CONNECT)
    app = SpeakingSessions(listening_app, seconds=0.01)
    asyncio.run(app(websocket(), client.receive, client.send))
    assert [message["type"] for message in client.heard] == ["websocket.close"]


@pytest.mark.parametrize("words", [b"streamlit, none, made-up", b"streamlit, none, "])
def test_no_made_up_word_passes_for_a_session(words: bytes):
    client = Client(CONNECT)
    app = SpeakingSessions(listening_app, seconds=0.01)
    asyncio.run(app(websocket(words), client.receive, client.send))
    assert [message["type"] for message in client.heard] == ["websocket.close"]


def test_one_that_has_spoken_may_be_silent():
    async def speak_once() -> bool:
        app = SpeakingSessions(listening_app, seconds=0)
        # what is there is taken, however late it is
        return await stays(app, websocket(), Client(WORD))

    assert asyncio.run(speak_once())


def test_a_page_that_comes_back_may_be_silent():
    async def come_back() -> bool:
        app = SpeakingSessions(listening_app, seconds=0)
        return await stays(app, websocket(SESSION), Client(CONNECT))

    assert asyncio.run(come_back())


def test_a_body_that_does_not_come_is_given_up():
    client = Client(part(more=True))
    app = TimelyBodies(listening_app, seconds=0.01, bytes_per_second=1e9)
    asyncio.run(app(upload(1000), client.receive, client.send))
    assert client.heard[0]["status"] == 408


def test_a_long_body_may_take_longer():
    async def send_part() -> bool:
        app = TimelyBodies(listening_app, seconds=0, bytes_per_second=1)
        return await stays(app, upload(1000), Client(part(more=True)))

    assert asyncio.run(send_part())


def test_a_whole_body_is_answered():
    client = Client(part(more=True), part(more=False))
    app = TimelyBodies(listening_app)
    asyncio.run(app(upload(8), client.receive, client.send))
    assert client.heard[0]["status"] == 200


def test_a_failure_after_the_answer_has_begun_says_nothing_more():
    async def hasty_app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await receive()

    client = Client()
    app = TimelyBodies(hasty_app, seconds=0.01, bytes_per_second=1e9)
    asyncio.run(app(upload(8), client.receive, client.send))
    assert [message["type"] for message in client.heard] == ["http.response.start"]
