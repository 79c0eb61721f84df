"""A pupil without a browser: joins a class and writes, over Streamlit's own protocol."""

import asyncio
import json
import secrets
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from digits_app.my_hand.keeping import pack_drawing
from tests.support.unipen import UnipenSign
from tests.support.visitor import LostError, Reply, Visitor, canvas_json

KEEPER = "unseen_class_keeper"
PUPIL = "class_pupil"


@dataclass
class Classmate:
    """A pupil's phone, which keeps what the server has not confirmed, as `pupil.js` does.

    Attributes
    ----------
    link : str
        What the class's link carries.
    hand : sequence of UnipenSign
        A writer's digits.
    secret : str
        The phone's own.
    outbox : list of dict
        Written, and not confirmed yet.
    fates : dict
        What has become of each digit, by its token.
    """

    link: str
    hand: Sequence[UnipenSign]
    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    outbox: list[dict[str, Any]] = field(default_factory=list)
    fates: dict[str, Any] = field(default_factory=dict)
    visitor: Visitor | None = None
    tries: int = 0
    written: Counter[int] = field(default_factory=Counter)
    data: dict[str, Any] = field(default_factory=dict)

    async def come_in(self, address: str, cookie: str = "") -> None:
        """Open the class's link; on a phone that was in it comes back as the same pupil."""
        self.visitor, _ = await Visitor.arrive(address, cookie=cookie, page="class")
        me = {"link": self.link, "leads": False, "opened": 1, "secret": self.secret}
        reply = await self.visitor.set_component(KEEPER, {"me": me})
        self._hear(reply)
        if not self.data:
            raise LostError("the phone shows nothing to write on")

    def write(self) -> None:
        """Answer the next prompt, in the phone alone."""
        prompts = self.data["prompts"]
        done = {*self.data["written"], *(digit["place"] for digit in self.outbox)}
        place = next(place for place in range(len(prompts)) if place not in done)
        label = prompts[place]
        mine = [sign for sign in self.hand if sign.label == str(label)] or self.hand
        sign = mine[self.written[label] % len(mine)]
        self.written[label] += 1
        self.outbox.append(
            {
                "token": secrets.token_hex(12),
                "place": place,
                "label": label,
                "strokes": pack_drawing(canvas_json(sign.on_canvas)),
            }
        )

    async def send(self) -> None:
        """Send what is not confirmed, and hear what has become of it."""
        if self.visitor is None:
            raise LostError("not connected")
        self.tries += 1
        reply = await self.visitor.set_component(
            PUPIL, {"outbox": {"digits": self.outbox[:8], "tries": self.tries}}
        )
        self._hear(reply)

    async def leave(self) -> None:
        """Close the page, whether the server is still there or not."""
        visitor, self.visitor = self.visitor, None
        if visitor is not None:
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(2):
                    await visitor.leave()
            visitor.socket.transport.abort()

    @property
    def is_done(self) -> bool:
        """All prompts are answered, and the server knows."""
        return len(self.fates) >= 20 and not self.outbox

    def _hear(self, reply: Reply) -> None:
        for element in reply.elements:
            if element.bidi_component.id.endswith(f"-{PUPIL}"):
                (self.data,) = json.loads(element.bidi_component.json)
                self.fates |= self.data["fates"]
        # With the last one the page turns to the result.
        if any("read right" in element.html.body for element in reply.elements):
            self.fates |= {digit["token"]: {"state": "?"} for digit in self.outbox}
        self.outbox = [each for each in self.outbox if each["token"] not in self.fates]


async def write_all(
    mate: Classmate, address: str, pause: float, cookie: str = "", patience: float = 120
) -> None:
    """Answer all prompts, and come back whenever the connection is lost.

    Parameters
    ----------
    pause : float
        Seconds between two digits.
    patience : float
        Seconds after which the server counts as gone for good.
    """
    async with asyncio.timeout(patience):
        while not mate.is_done:
            try:
                if mate.visitor is None:
                    await mate.come_in(address, cookie)
                if len(mate.fates) + len(mate.outbox) < 20:
                    mate.write()
                await mate.send()
                await asyncio.sleep(pause)
            except (LostError, OSError):
                await mate.leave()
                await asyncio.sleep(0.3)
    await mate.leave()
