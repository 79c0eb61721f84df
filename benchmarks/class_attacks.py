"""Attacks on a class: guessed codes, made-up links, a wall that is flooded."""

import asyncio
import itertools
import random
import time
from contextlib import suppress
from typing import Any, Final, Protocol

from sqlalchemy import insert
from websockets.exceptions import ConnectionClosed

from digits_app.classroom.joining import (
    CODE_LENGTH,
    LETTERS,
    MAX_WRONG_CODES,
    Classroom,
    link_of,
    start_class,
)
from digits_app.classroom.store import MAX_DIGITS, Store, open_store, wrong_codes
from digits_app.classroom.wall import count_digits
from tests.support.classes import hands
from tests.support.classmate import KEEPER, PUPIL, Classmate
from tests.support.serving import Server
from tests.support.visitor import LostError, Reply, Visitor

LOST: Final = (LostError, OSError, ConnectionClosed, TimeoutError)
LASTS: Final = 4
"""Seconds."""

WAITS: Final = "no code is taken for a minute"
NO_SUCH: Final = "No class with an open door has this code"
ENDED: Final = "This class has ended"

NONSENSE: Final[tuple[Any, ...]] = (
    "x",
    [[[[]]]],
    {"digits": "x"},
    {"digits": [1, None, {}]},
    {"digits": [{"token": [], "strokes": {}}], "tries": -1},
    {"digits": [{"token": "a" * 20, "place": "<", "label": 99, "strokes": [[]]}] * 50},
    {"digits": [{"token": "b" * 20, "place": 0, "label": 1, "strokes": [{"points": [1]}]}]},
    {
        "digits": [
            {
                "token": f"{n:020}",
                "place": 0,
                "label": 1,
                "strokes": [{"width": 20, "erases": False, "points": [10**400, 1e999]}],
            }
            for n in range(20)
        ]
    },
)
"""What a phone may send in place of its digits."""


class Tally(Protocol):
    """Counts attempts; see `benchmarks.attack.Count`."""

    unfair: str

    def add(self, refused: bool) -> None:
        """Count one attempt."""


def a_class_on(server: Server) -> tuple[Store, Classroom, str]:
    """Start a class where a server of our own keeps its classes; with its teacher's key."""
    store = open_store(server.store)
    return store, *start_class(store)


async def guess_codes(server: Server, n: int, count: Tally) -> None:
    """Let five type codes, each on `n` connections, one after the other.

    In the end the right code is refused, too, and somebody who scans the square gets in.
    """
    store, classroom, key = a_class_on(server)
    rng = random.Random(1)

    async def guess(connections: int) -> None:
        for _ in range(connections):
            with suppress(*LOST):
                visitor, shown = await Visitor.arrive(server.address, page="class")
                shown = await tell_nobody(visitor)
                for _ in range(10):
                    code = "".join(rng.choices(LETTERS, k=CODE_LENGTH))
                    count.add(is_refused(await type_code(visitor, shown, code)))
                await visitor.leave()

    await asyncio.gather(*(guess(n) for _ in range(5)))
    visitor, _ = await Visitor.arrive(server.address, page="class")
    shown = await tell_nobody(visitor)
    # A wrong code counts for a minute, and the guesses may have taken longer.
    with store.writing() as connection:
        connection.execute(insert(wrong_codes), [{"at": time.time()}] * MAX_WRONG_CODES)
    said = await type_code(visitor, shown, classroom.code)
    count.add(WAITS in " ".join(said.sentences))
    await visitor.leave()
    scanning = Classmate(link_of(key), hands(1)[0])
    await scanning.come_in(server.address)  # raises where it is kept out
    await scanning.leave()
    store.engine.dispose()


async def make_up_links(server: Server, n: int, count: Tally) -> None:
    """Open links and keys of pupils and teachers that nobody was given."""
    store, classroom, _ = a_class_on(server)
    rng = random.Random(2)

    async def guess() -> None:
        visitor, _ = await Visitor.arrive(server.address, page="class")
        for opened in range(1, n + 1):
            made_up = f"{classroom.id}-" + "".join(rng.choices("abcdef0189", k=32))
            role = rng.choice(["pupil", "teacher"])
            me = {"role": role, role: made_up, "link": made_up, "opened": opened}
            me |= {"leads": rng.random() < 0.5, "secret": f"{rng.getrandbits(100):032}"}
            reply = await visitor.set_component(KEEPER, {"me": me})
            count.add(ENDED in " ".join(reply.sentences) and not reply.failed)
        await visitor.leave()

    await asyncio.gather(*(guess() for _ in range(5)))
    store.engine.dispose()


async def flood_wall(server: Server, n: int, count: Tally) -> None:
    """Let `n` phones that are in send nonsense as digits, on and on; the wall takes none.

    Then one of them sends twice as many digits as it may.
    """
    store, classroom, key = a_class_on(server)
    mates = [Classmate(link_of(key), hand) for hand in hands(n)]
    for mate in mates:
        await mate.come_in(server.address)

    async def insist(mate: Classmate, number: int) -> None:
        until = time.monotonic() + LASTS
        for turn in itertools.count(number):
            # Each kind at least once, also where all is slow.
            is_over = time.monotonic() > until and turn >= number + len(NONSENSE)
            if is_over or mate.visitor is None:
                return
            outbox = NONSENSE[turn % len(NONSENSE)]
            with suppress(*LOST):
                reply = await mate.visitor.set_component(PUPIL, {"outbox": outbox})
                nothing = not sum(count_digits(store, classroom.id).values())
                count.add(nothing and not reply.failed)

    await asyncio.gather(*(insist(mate, number) for number, mate in enumerate(mates)))
    greedy = mates[0]
    greedy.write()
    (digit,) = greedy.outbox
    for start in range(0, 2 * MAX_DIGITS, 8):
        tokens = [f"{number:020}" for number in range(start, start + 8)]
        more = {"digits": [{**digit, "token": token} for token in tokens]}
        if greedy.visitor is not None:
            await greedy.visitor.set_component(PUPIL, {"outbox": more})
    if sum(count_digits(store, classroom.id).values()) > MAX_DIGITS:
        count.add(False)
    for mate in mates:
        await mate.leave()
    store.engine.dispose()


async def tell_nobody(visitor: Visitor) -> Reply:
    """Let a browser say that it has been in no class."""
    me = {"role": None, "teacher": None, "pupil": None, "link": None, "secret": "0" * 32}
    return await visitor.set_component(KEEPER, {"me": me})


async def type_code(visitor: Visitor, shown: Reply, code: str) -> Reply:
    """Type a code and press Join."""
    (field,) = [e.text_input.id for e in shown.elements if e.text_input.id]
    (join,) = [e.button.id for e in shown.elements if e.button.id.endswith("join_button")]
    visitor._state(field).string_value = code
    visitor._state(join).trigger_value = True
    reply = await visitor.run()
    visitor._state(join).trigger_value = False
    return reply


def is_refused(reply: Reply) -> bool:
    """Whether a code was refused, with a sentence."""
    said = " ".join(reply.sentences)
    return not reply.failed and (WAITS in said or NO_SUCH in said)
