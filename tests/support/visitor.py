"""A visitor without a browser: Streamlit's own protocol, as its page speaks it.

The page opens a WebSocket and sends `BackMsg` (what the widgets hold); the server
answers each with `ForwardMsg`: what to show, piece by piece, then "script finished". The
canvas is a widget whose value is JSON. The messages were copied from a browser's.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from digits_app.drawing.canvas_json import pen_path
from tests.support.pen_drawings import PEN_WIDTH

BOARD_ID_END: Final = "-draw_board"
CANVAS_ID_END: Final = "-draw_canvas"
"""The canvas itself sends only in the bare script that the app is compared with."""

SUBPROTOCOL: Final = "streamlit"
BOARD_PATIENCE: Final = 5.0
"""Seconds after which the board (`line.js`) sends again."""

PATIENCE: Final = 300.0
"""Seconds after which an answer counts as lost: only a dead server lets anybody wait so
long. One that is slow shows it in the times."""

FINISHED: Final = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


def canvas_json(strokes: list[NDArray[np.float64]]) -> dict[str, Any]:
    """Write strokes, in canvas units, as the page does."""
    return {"objects": [pen_path(s.round(1).tolist(), PEN_WIDTH) for s in strokes]}


class LostError(Exception):
    """The server closed the connection, failed, or did not answer in time."""


@dataclass
class Reply:
    """What the page shows after one run of the script.

    Attributes
    ----------
    elements : list of Element
        In the order they were sent.
    n_bytes : int
        Bytes received.
    """

    elements: list[Element] = field(default_factory=list)
    n_bytes: int = 0

    @property
    def answer(self) -> dict[str, Any]:
        """What the board is told; nothing where the script told it nothing."""
        for element in self.elements:
            if element.bidi_component.id.endswith(BOARD_ID_END):
                (handed,) = json.loads(element.bidi_component.json)
                answer: dict[str, Any] = handed["answer"]
                return answer
        return {}

    @property
    def parts(self) -> dict[str, str]:
        """What the board is to show, as HTML by name."""
        parts: dict[str, str] = self.answer.get("parts", {})
        return parts

    @property
    def pixels(self) -> tuple[int, ...] | None:
        """The 64 numbers that the page says the network saw."""
        found = re.search(r"The 64 numbers: ([\d; ]+)", self.parts.get("saw") or "")
        return found and tuple(map(int, re.findall(r"\d+", found[1])))

    @property
    def sentences(self) -> list[str]:
        """What is said in place of an answer, and what stands in a coloured box."""
        alerts = [e.alert.body for e in self.elements if e.HasField("alert")]
        complaint = self.answer.get("complaint")
        return [*alerts, complaint] if complaint else alerts

    @property
    def failed(self) -> bool:
        """The page shows an exception."""
        return any(element.HasField("exception") for element in self.elements)


async def hang_up(socket: ClientConnection) -> AsyncIterator[None]:
    """Close a connection with the event loop, which ends every generator that still runs.

    A test that fails leaves its visitors where they are. A socket that nobody has closed is
    a warning, and it would be charged to whichever test runs when it is found.
    """
    try:
        yield
    finally:
        socket.transport.abort()
        await asyncio.sleep(0)  # the transport closes its socket in its next turn


class Visitor:
    """One session with the server."""

    def __init__(self, address: str, socket: ClientConnection) -> None:
        self.address = address
        self.socket = socket
        self._message = BackMsg()
        self._message.rerun_script.context_info.url = address
        self.components: dict[str, tuple[str, str]] = {}
        self._board_id: str | None = None
        self._fragment = ""
        self._revision = 0
        self.session = ""
        self._hanging_up = hang_up(socket)
        self.fragments: dict[str, str] = {}
        """Of the uploaders on the page: the fragment in which each stands."""

    @classmethod
    async def arrive(
        cls,
        address: str,
        cookie: str = "",
        session: str = "",
        origin: str = "",
        page: str = "",
    ) -> tuple[Self, Reply]:
        """Open a page; the reply is what it shows at first.

        Parameters
        ----------
        address : str
            http://127.0.0.1:PORT
        cookie : str
            "name=value", for a server behind a proxy that knows visitors by it.
        session : str
            A session to come back to, after a lost connection.
        origin : str
            The site whose page connects; the server's own by default.
        page : str
            Last part of the page's address; the Draw page by default.
        """
        socket = await connect(
            address.replace("http", "ws", 1) + "/_stcore/stream",
            origin=origin or address,  # type: ignore[arg-type]
            subprotocols=[SUBPROTOCOL, "none", *([session] if session else [])],  # type: ignore[list-item]
            additional_headers={"Cookie": cookie} if cookie else None,
            compression=None,
            max_size=None,
            open_timeout=PATIENCE,
        )
        visitor = cls(address, socket)
        await anext(visitor._hanging_up)
        visitor._message.rerun_script.page_name = page
        return visitor, await visitor.run()

    async def draw(self, drawing: Any) -> Reply:
        """Send what is drawn, whatever it is, and wait for the answer.

        Parameters
        ----------
        drawing : object
            As `canvas_json` writes it, or anything else.
        """
        self._revision += 1
        if self._board_id is not None and self._board_id.endswith(CANVAS_ID_END):
            drawing = {"raw": drawing, "data": None}
        elif isinstance(drawing, dict):
            drawing = {**drawing, "revision": self._revision, "placed": ""}
        return await self.send_value(json.dumps({"drawing": drawing}))

    async def lift_pen(self, drawing: Any) -> Reply:
        """Send what is drawn, and wait for its answer, whatever else is still answered.

        Where none comes it is sent again, as the board does: a stroke that meets a run that
        was broken off finds no fragment to answer it.
        """
        reply = await self.draw(drawing)
        try:
            async with asyncio.timeout(PATIENCE):
                while not reply.failed and reply.answer.get("revision") != self._revision:
                    try:
                        async with asyncio.timeout(BOARD_PATIENCE):
                            reply = await self._read()
                    except TimeoutError:
                        reply = await self._send_to_fragment()
        except (OSError, TimeoutError) as error:
            raise LostError(repr(error)) from error
        return reply

    async def send_value(self, value: str) -> Reply:
        """Send a raw value of the component that sends strokes, and wait for the answer."""
        if self._board_id is None:
            raise LostError("the page shows no canvas")
        self._state(self._board_id).json_value = value
        return await self._send_to_fragment()

    async def _send_to_fragment(self) -> Reply:
        """What stands in a fragment of the page lets only the fragment run."""
        self._message.rerun_script.fragment_id = self._fragment
        reply = await self.run()
        self._message.rerun_script.fragment_id = ""
        return reply

    async def set_component(self, key: str, value: Any) -> Reply:
        """Send the value of a component of ours, by its key, and wait for the answer."""
        if key not in self.components:
            raise LostError(f"the page shows no {key}")
        widget_id, fragment = self.components[key]
        self._state(widget_id).json_value = json.dumps(value)
        self._message.rerun_script.fragment_id = fragment
        reply = await self.run()
        self._message.rerun_script.fragment_id = ""
        return reply

    def choose(self, widget_id: str, *options: str) -> None:
        """Choose in a switch; the server learns of it with the next message."""
        chosen = self._state(widget_id).string_array_value
        chosen.ClearField("data")
        chosen.data.extend(options)

    def ask_for(self, query: str) -> None:
        """Change the page's address behind the "?"; sent with the next message."""
        self._message.rerun_script.query_string = query

    def _state(self, widget_id: str) -> WidgetState:
        states = self._message.rerun_script.widget_states.widgets
        for state in states:
            if state.id == widget_id:
                return state
        return states.add(id=widget_id)

    async def run(self) -> Reply:
        """Let the script run with the widgets as they are, and wait until it finished.

        Raises
        ------
        LostError
            There was no answer, or not in time.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                await self.socket.send(self._message.SerializeToString())
                return await self._read()
        except (OSError, TimeoutError) as error:
            raise LostError(repr(error)) from error
        except Exception as error:
            if type(error).__module__.startswith("websockets"):
                raise LostError(repr(error)) from error
            raise

    async def _read(self) -> Reply:
        reply = Reply()
        message = ForwardMsg()
        while True:
            data = await self.socket.recv(decode=False)
            reply.n_bytes += len(data)
            message.ParseFromString(data)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                reply.elements.clear()
                self._message.rerun_script.page_script_hash = (
                    message.new_session.page_script_hash
                )
                self.session = message.new_session.initialize.session_id
            elif kind == "navigation":
                # The session begins with the entry script; this is the page it shows.
                self._message.rerun_script.page_script_hash = (
                    message.navigation.page_script_hash
                )
            elif kind == "delta" and message.delta.HasField("new_element"):
                element = Element()
                element.CopyFrom(message.delta.new_element)
                reply.elements.append(element)
                component = element.bidi_component.id
                if component:
                    key = component.rpartition("-")[2]
                    self.components[key] = component, message.delta.fragment_id
                if component.endswith((BOARD_ID_END, CANVAS_ID_END)):
                    self._board_id = component
                    self._fragment = message.delta.fragment_id
                if element.HasField("file_uploader"):
                    self.fragments[element.file_uploader.id] = message.delta.fragment_id
            elif kind == "script_finished" and message.script_finished in FINISHED:
                return reply

    async def break_off(self) -> None:
        """Let the script run, and again at once, as who presses two tabs does.

        The second run breaks the first one off, wherever it is.
        """
        async with asyncio.timeout(PATIENCE):
            await self.socket.send(self._message.SerializeToString())
            await self.socket.send(self._message.SerializeToString())
            await self._read()

    async def leave(self) -> None:
        """Close the page."""
        await self.socket.close()
