"""Attack a server of our own on this machine, and see what its other visitors notice.

    python -m benchmarks.attack              every attack, some minutes
    python -m benchmarks.attack --quick      fewer and smaller, as the checks run them
    python -m benchmarks.attack --soak 10    fifty who draw and five who attack, minutes

Each attack is bounded in count and time and goes to a server that this program starts on
the loopback interface. Meanwhile a neighbour draws a stroke each half second. The table
says what was tried and refused, how much memory it cost at most and after the attackers
had left, and how long the neighbour waited. A neighbour's stroke that got lost or was read
wrongly, or memory or patience over `Bounds`, ends the program with an error.
"""

import argparse
import asyncio
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import psutil
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from benchmarks.class_attacks import flood_wall, guess_codes, make_up_links
from benchmarks.load import Expected, expected_reading, measure, memory
from digits_app.my_hand.files import to_npz
from digits_app.server.messages import MAX_ITEMS, MAX_LISTS, MAX_VALUE
from digits_app.server.sweeping import SECONDS_BETWEEN
from digits_app.server.uploads import MEGABYTE
from digits_app.server.uploads import SETTLING as UPLOADS_SETTLE
from tests.support.bad_archives import BAD_ARCHIVES
from tests.support.bad_pictures import BAD_PICTURES
from tests.support.classes import as_my_digit, hands
from tests.support.measuring import costs_of
from tests.support.pen_drawings import load_pen_drawings
from tests.support.serving import Server, run_server, wait_until_warm
from tests.support.uploader import Uploader
from tests.support.visitor import LostError, Reply, Visitor, canvas_json

SECONDS_KEPT: Final = 2
"""How long the attacked server keeps a session that was left; 120 otherwise."""

SETTLED: Final = 1
"""Seconds in which the neighbour draws on a server under no attack."""

LASTS: Final = 5
"""Seconds for which those insist who do it without end."""

MAX_SILENCE: Final = 20
"""Seconds after which no connection is there that never said a word."""

MAX_TRAININGS: Final = 4
"""A pupil's training may take as long as this many alone: two of others come before it, and
two that run at the same time share the processor."""

KNOWN: Final = (
    # Streamlit empties a session that was left while its script still runs.
    '"error": "KeyError"',
)
"""Errors in the log that harm nobody."""

LOST = (LostError, OSError, ConnectionClosed, TimeoutError)


@dataclass
class Count:
    """What the attackers tried, and how much of it the server would not have.

    Attributes
    ----------
    tried, refused : int
    unfair : str
        Whom the attack kept waiting beside the neighbour, if anybody. Looked at by hand.
    """

    tried: int = 0
    refused: int = 0
    unfair: str = ""

    def add(self, refused: bool) -> None:
        """Count one attempt."""
        self.tried += 1
        self.refused += refused

    def judge(self, what: str, seconds: float, alone: float) -> None:
        """Say how long another pupil waited, and whether that is too long."""
        took = f"another pupil's {what} took {seconds:.1f} s, alone {alone:.1f} s"
        print(f"  {took}", file=sys.stderr)
        if seconds > MAX_TRAININGS * alone:
            self.unfair = took


@dataclass
class Neighbour:
    """A visitor who just draws; times in seconds."""

    times: list[float] = field(default_factory=list)
    lost: int = 0
    wrong: int = 0

    async def draw(self, address: str, script: list[tuple[Any, Expected]]) -> None:
        """Draw a stroke each half second until cancelled."""
        visitor, _ = await Visitor.arrive(address)
        due = time.monotonic()
        turn = 0
        while True:
            drawing, expected = script[turn % len(script)]
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            try:
                reply = await visitor.draw(drawing)
            except LOST:
                self.lost += 1
                visitor, _ = await Visitor.arrive(address)
                continue
            self.times.append(time.monotonic() - due)
            self.wrong += expected not in (reply.pixels, *reply.sentences)
            due = max(due + 0.5, time.monotonic())
            turn += 1

    def p95(self) -> float:
        """Milliseconds."""
        return float(np.percentile(self.times, 95)) * 1000 if self.times else float("nan")


@dataclass(frozen=True)
class Bounds:
    """What an attack may cost.

    Attributes
    ----------
    megabytes : float
        Memory while it lasts.
    megabytes_after : float
        Memory when the attackers have left.
    milliseconds : float
        The neighbour's p95. Looked at by hand, not in the quick form: there other
        programs may hold the processor.
    """

    megabytes: float = 300
    megabytes_after: float = 80
    milliseconds: float = 250


@dataclass(frozen=True)
class Attack:
    """One way to do harm.

    Attributes
    ----------
    name : str
    do : callable
        Does it to a server, `n` times or with `n` sessions, and counts.
    n, n_quick : int
        0: it is left out.
    must_refuse : bool
        Every single attempt has to be refused.
    bounds : Bounds
    is_remembered : bool
        What it left behind is looked at when the server has forgotten the sessions.
    prepare : callable
        Makes what is sent, and keeps it: before the neighbour's clock runs, for both are
        one program.
    """

    name: str
    do: Callable[[Server, int, Count], Awaitable[None]]
    n: int
    n_quick: int
    must_refuse: bool = False
    bounds: Bounds = Bounds()
    is_remembered: bool = False
    prepare: Callable[[], object] = lambda: None


async def leave(sessions: list[Visitor]) -> None:
    """Let the attackers leave."""
    for visitor in sessions:
        with suppress(*LOST):
            await visitor.leave()


async def arrive(server: Server, n: int, page: str = "") -> list[Visitor]:
    """Open a number of sessions."""
    return [(await Visitor.arrive(server.address, page=page))[0] for _ in range(n)]


def largest_value() -> str:
    """The value that takes most room of those that are accepted."""
    lists = "[" + ",".join(["[]"] * (MAX_LISTS - 10)) + "]"
    n_numbers = min(MAX_ITEMS - MAX_LISTS, (MAX_VALUE - len(lists) - 200) // 4) - 10
    numbers = "[" + ",".join(["0.5"] * n_numbers) + "]"
    return f'{{"drawing":{{"objects":[],"x":{lists},"y":{numbers}}}}}'


def swollen_value(n_bytes: int) -> str:
    """A drawing with an extra key full of empty lists."""
    return json.dumps({"drawing": {"objects": [], "x": [[]] * (n_bytes // 4)}})


@cache
def heaviest_drawing() -> dict[str, Any]:
    """A drawing that takes long and is just accepted: broad strokes to and fro."""
    ends = np.random.default_rng(1).uniform(0, 280, (700, 2))
    while True:
        drawing = canvas_json([ends])
        for path in drawing["objects"]:
            path["strokeWidth"] = 40
        if not isinstance(expected_reading(drawing), str):
            return drawing
        ends = ends[: len(ends) * 9 // 10]


async def send_values(
    server: Server,
    n: int,
    count: Count,
    value: str,
    is_refused: Callable[[list[str]], bool],
) -> None:
    """Send a value twice in each of many sessions."""
    sessions = await arrive(server, n)
    for _ in range(2):
        for visitor in sessions:
            reply = await visitor.send_value(value)
            count.add(is_refused(reply.sentences))
    await leave(sessions)


async def send_largest(server: Server, n: int, count: Count) -> None:
    """Keep the largest value that is accepted, in many sessions."""
    await send_values(server, n, count, largest_value(), lambda said: False)


async def send_swollen(server: Server, n: int, count: Count) -> None:
    """Send values that hold far more than a digit."""
    value = swollen_value(900_000)
    await send_values(server, n, count, value, lambda said: "Clear" in " ".join(said))


async def send_garbage(server: Server, n: int, count: Count) -> None:
    """Send what does not parse, and check that the session goes on."""
    good = canvas_json(load_pen_drawings()[0].placed("filling"))
    sessions = await arrive(server, n)
    for visitor in sessions:
        for value in ("", "{{{", "9" * 5000, "[" * 900 + "]" * 900):
            reply = await visitor.send_value(value)
            said = " ".join(reply.sentences)
            answered = expected_reading(good) == (await visitor.draw(good)).pixels
            count.add("Clear" in said and answered)
    await leave(sessions)


async def send_too_much(server: Server, n: int, count: Count) -> None:
    """Send messages over the limit of the connection."""
    for visitor in await arrive(server, n):
        with suppress(*LOST):
            await visitor.socket.send(bytes(20 * MEGABYTE))
        await visitor.socket.wait_closed()
        count.add(visitor.socket.close_code in (1006, 1009))


async def upload(server: Server, n: int, count: Count) -> None:
    """Send files that no page asked for."""
    (visitor,) = await arrive(server, 1)
    uploader = Uploader(server, visitor.session)
    for _ in range(n):
        try:
            status = await asyncio.to_thread(uploader.send, int(4.9 * MEGABYTE))
        except OSError:  # refused before all of it was sent
            status = 400
        count.add(400 <= status < 500)
    await leave([visitor])


async def draw_heavily(server: Server, n: int, count: Count) -> None:
    """Draw what takes long to read, again and again, in many sessions."""
    drawing = heaviest_drawing()
    sessions = await arrive(server, n)

    async def insist(visitor: Visitor) -> None:
        until = time.monotonic() + LASTS
        while time.monotonic() < until:
            with suppress(*LOST):
                reply = await visitor.draw(drawing)
                count.add("Clear" in " ".join(reply.sentences))

    await asyncio.gather(*map(insist, sessions))
    await leave(sessions)


async def flood(server: Server, n: int, count: Count) -> None:
    """Ask for the whole page without waiting for answers, in many sessions."""
    sessions = await arrive(server, n)

    async def insist(visitor: Visitor) -> None:
        message = visitor._message.SerializeToString()
        until = time.monotonic() + LASTS

        async def read() -> None:
            while True:
                await visitor.socket.recv()

        reading = asyncio.create_task(read())
        with suppress(*LOST):
            while time.monotonic() < until:
                async with asyncio.timeout(1):
                    await visitor.socket.send(message)
                count.add(False)
                await asyncio.sleep(0.005)
        reading.cancel()

    await asyncio.gather(*map(insist, sessions))
    await leave(sessions)


async def train(server: Server, n: int, count: Count) -> None:
    """Ask for trainings with ever other settings; see when another pupil gets hers."""
    greedy, pupil = await arrive(server, 2, page="lesson")
    alone = await _seconds_for_training(pupil, random_state=98)
    for number in range(n):
        _ask_for_training(greedy, random_state=number)
        await greedy.socket.send(greedy._message.SerializeToString())
        count.add(False)
        await asyncio.sleep(0.1)
    seconds = await _seconds_for_training(pupil, random_state=99)
    count.judge("training", seconds, alone)
    await leave([greedy, pupil])


async def _seconds_for_training(visitor: Visitor, random_state: int) -> float:
    """Train as one pupil does; return how long it took."""
    _ask_for_training(visitor, random_state)
    began = time.monotonic()
    page = await visitor.run()
    if "All ten digits" not in str(page.elements):
        raise RuntimeError("the lesson did not show step 6")
    return time.monotonic() - began


def _ask_for_training(visitor: Visitor, random_state: int) -> None:
    """Let the next message open step 6 with other settings."""
    rerun = visitor._message.rerun_script
    rerun.page_name, rerun.page_script_hash = "lesson", ""
    rerun.query_string = f"step=6&random_state={random_state}"


@cache
def one_hand() -> bytes:
    """A file of My hand by one writer."""
    return to_npz([as_my_digit(sign) for sign in hands(1)[0]])


async def teach(server: Server, n: int, count: Count) -> None:
    """Press "Teach it" again and again; see when another pupil's network has learned."""
    greedy, pupil = [
        FileSender(server, *await Visitor.arrive(server.address, page="my_hand"))
        for _ in range(2)
    ]
    for sender in (greedy, pupil):
        await sender.hand_over(one_hand(), "my_digits.npz")
    alone = await _seconds_for_teaching(pupil)
    for _ in range(n):
        await greedy.press("Teach it", waits=False)
        count.add(False)
        await asyncio.sleep(0.1)
    count.judge("teaching", await _seconds_for_teaching(pupil), alone)
    await leave([greedy.visitor, pupil.visitor])


async def _seconds_for_teaching(pupil: "FileSender") -> float:
    began = time.monotonic()
    page = await pupil.press("Teach it")
    if "never shown to it" not in str(page.elements):
        raise RuntimeError("My hand did not show what was learned")
    return time.monotonic() - began


async def knock(server: Server, n: int, count: Count) -> None:
    """Open sessions from other sites' pages and under other names."""
    stream = server.address.replace("http", "ws") + "/_stcore/stream"
    strangers = [
        {"origin": "http://evil.example"},
        {"origin": "http://[evil"},
        {
            "origin": "http://evil.example",
            "additional_headers": {"Host": "evil.example"},
        },
    ]
    for _ in range(n):
        for stranger in strangers:
            try:
                async with connect(stream, **stranger):  # type: ignore[arg-type]
                    count.add(False)
            except (InvalidStatus, *LOST):
                count.add(True)


async def empty_caches(server: Server, n: int, count: Count) -> None:
    """Ask the server to empty everybody's caches."""
    (visitor,) = await arrive(server, 1)
    message = BackMsg()
    message.clear_cache = True
    for _ in range(n):
        await visitor.socket.send(message.SerializeToString())
    await visitor.run()
    left_out = "of the kind clear_cache" in server.log.read_text(encoding="utf-8")
    count.tried, count.refused = n, n if left_out else 0
    await leave([visitor])


async def say_nothing(server: Server, n: int, count: Count) -> None:
    """Open more connections than there is room for, all from one address, and be silent.

    Somebody else who comes meanwhile has to be served. The address is a proxy's word for
    it: the server trusts this machine to be one.
    """
    stream = server.address.replace("http", "ws") + "/_stcore/stream"
    crowd = {"X-Forwarded-For": "192.0.2.1"}
    sockets = []
    for _ in range(n):
        try:
            sockets.append(
                await connect(stream, additional_headers=crowd, compression=None)
            )
        except (InvalidStatus, *LOST):
            count.add(True)
    newcomer, _ = await Visitor.arrive(server.address)
    await newcomer.leave()
    until = asyncio.get_running_loop().time() + MAX_SILENCE
    for socket in sockets:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                await socket.wait_closed()
        count.add(socket.close_code is not None)
        await socket.close()


class FileSender:
    """A session that hands files over, as the page with its uploader does.

    Parameters
    ----------
    server : Server
    visitor : Visitor
        It has arrived where the page shows an uploader.
    shown : Reply
        What its page showed.
    """

    def __init__(self, server: Server, visitor: Visitor, shown: Reply) -> None:
        self._uploader = Uploader(server, visitor.session)
        self.visitor = visitor
        self._shown = shown

    async def hand_over(self, content: bytes, name: str) -> Reply:
        """Send a file, let the page read it, and wait for what it says."""
        status, file = await asyncio.to_thread(self._uploader.send_file, content, name)
        if status != 204:
            return Reply()
        rerun = self.visitor._message.rerun_script
        asking = self._find("file_uploader")
        if asking is None:
            raise RuntimeError("the page shows no uploader")
        files = self.visitor._state(asking.file_uploader.id).file_uploader_state_value
        files.ClearField("uploaded_file_info")
        files.uploaded_file_info.add(file_id=file, name=name, size=len(content))
        rerun.fragment_id = self.visitor.fragments.get(asking.file_uploader.id, "")
        said = await self._run()
        if self._find("button", "Another picture"):
            await self.press("Another picture")
        return said

    async def press(self, label: str, waits: bool = True) -> Reply:
        """Press a button that the page shows, and wait, or not, until all is done."""
        button = self._find("button", label)
        if button is None:
            raise RuntimeError(f"the page shows no {label}")
        self.visitor._state(button.button.id).trigger_value = True
        if not waits:
            await self.visitor.socket.send(self.visitor._message.SerializeToString())
            return Reply()
        reply = await self._run()
        self.visitor._state(button.button.id).trigger_value = False
        return reply

    async def _run(self) -> Reply:
        reply = await self.visitor.run()
        if reply.elements:
            self._shown = reply
        return reply

    def _find(self, kind: str, label: str = "") -> Element | None:
        for element in reversed(self._shown.elements):
            if element.WhichOneof("type") == kind and label in element.button.label:
                return element
        return None


async def hand_over(
    server: Server, n: int, count: Count, files: list[bytes], name: str, query: str
) -> None:
    """Hand bad files over, one after the other and without end, in many sessions."""
    page = "my_hand" if name.endswith(".npz") else ""

    async def insist(number: int) -> None:
        visitor, shown = await Visitor.arrive(server.address, page=page)
        if query:
            visitor.ask_for(query)
            shown = await visitor.run()
        sender = FileSender(server, visitor, shown)
        until = time.monotonic() + LASTS
        for turn in itertools.count(number):
            if time.monotonic() > until:
                break
            said = await sender.hand_over(files[turn % len(files)], name)
            count.add(bool(said.sentences))
        await leave([visitor])

    await asyncio.gather(*map(insist, range(n)))


@cache
def worst_pictures() -> list[bytes]:
    """Picture files that take longest to read."""
    return [BAD_PICTURES[name]() for name in WORST_PICTURES]


async def send_pictures(server: Server, n: int, count: Count) -> None:
    """Have the pictures read that take longest."""
    await hand_over(server, n, count, worst_pictures(), "a.png", "picture=open")


@cache
def bad_hands() -> list[bytes]:
    """Files of My hand that are damaged or take longest, and are small enough to arrive."""
    files = [make() for make in BAD_ARCHIVES.values()]
    return [content for content in files if len(content) < 4 * MEGABYTE]


async def send_hands(server: Server, n: int, count: Count) -> None:
    """Have My hand read files that are damaged or take longest."""
    await hand_over(server, n, count, bad_hands(), "my_digits.npz", "")


async def stall_uploads(server: Server, n: int, count: Count) -> None:
    """Begin files and never finish them; see whether an honest one arrives."""
    query = "picture=open"
    *stalling, honest = await arrive(server, n + 1)
    for visitor in (*stalling, honest):
        visitor.ask_for(query)
        await visitor.run()
    begun = []
    for visitor in stalling:
        sender = Uploader(server, visitor.session)
        with suppress(OSError):
            begun.append(
                await asyncio.to_thread(sender.begin, int(4.9 * MEGABYTE), bytes(100_000))
            )
    await asyncio.sleep(UPLOADS_SETTLE)
    status = await asyncio.to_thread(
        Uploader(server, honest.session).send, int(4.8 * MEGABYTE)
    )
    for connection in begun:
        connection.close()
        count.add(status == 204)
    await leave([*stalling, honest])


async def keep_nonsense(server: Server, n: int, count: Count) -> None:
    """Let My hand take digits from the tab that lie infinitely far away."""
    stroke = {"width": 20, "erases": False, "points": [10**400, 60, 1e999, 230]}
    kept = {"random_state": 1, "place": 0, "is_shown": False, "written": []}
    for visitor in await arrive(server, n, page="my_hand"):
        shown = await visitor.run()
        (keeper,) = (
            element.bidi_component.id
            for element in shown.elements
            if element.bidi_component.id.endswith("-unseen_hand_keeper")
        )
        for change in ({"corrected": [[7, [stroke]]]}, {"random_state": float("inf")}):
            value = {"restored": {**kept, "corrected": [], **change}}
            visitor._state(keeper).json_value = json.dumps(value)
            reply = await visitor.run()
            asks = "Can it read your hand?" in str(reply.elements)
            count.add(asks and not reply.failed)
        await leave([visitor])


ATTACKS: Final = (
    # The first time the server grows by what it keeps for the next; then by nothing.
    Attack(
        "the largest value accepted, kept",
        send_largest,
        n=50,
        n_quick=10,
        bounds=Bounds(megabytes_after=150),
        is_remembered=True,
    ),
    Attack("the same once more", send_largest, 50, 10, is_remembered=True),
    Attack("values swollen with empty lists", send_swollen, 50, 8, must_refuse=True),
    Attack("values that do not parse", send_garbage, 10, 2, must_refuse=True),
    Attack("messages of 20 MB", send_too_much, 20, 4, must_refuse=True),
    Attack("files nobody asked for", upload, 150, 15, must_refuse=True),
    Attack(
        "the heaviest drawings, on and on",
        draw_heavily,
        n=10,
        n_quick=2,
        prepare=heaviest_drawing,
    ),
    Attack("a flood of page requests", flood, 10, 2),
    Attack("trainings, each another", train, 60, 10),
    # The first time the page of My hand is imported and stays. Both helpers start, each of
    # some 150 MB, so ten wishes take as much as sixty: 331 and 311 MB.
    Attack(
        "teaching without end",
        teach,
        n=60,
        n_quick=0,  # it looks at patience alone, which the quick form does not
        bounds=Bounds(megabytes=400, megabytes_after=150),
        prepare=one_hand,
    ),
    Attack("other sites and other names", knock, 30, 5, must_refuse=True),
    Attack("everybody's caches", empty_caches, 50, 10, must_refuse=True),
    # The first time what reads pictures is imported and stays.
    Attack(
        "the worst pictures, on and on",
        send_pictures,
        n=5,
        n_quick=2,
        bounds=Bounds(megabytes_after=150),
        prepare=worst_pictures,
    ),
    Attack(
        "bad files of My hand, on and on", send_hands, n=5, n_quick=2, prepare=bad_hands
    ),
    Attack("uploads never finished", stall_uploads, 16, 8, must_refuse=True),
    Attack("digits of the tab without end", keep_nonsense, 10, 2, must_refuse=True),
    # The first time the class's page and its database are imported and stay.
    Attack(
        "codes of a class, guessed",
        guess_codes,
        n=4,
        n_quick=1,
        must_refuse=True,
        bounds=Bounds(megabytes_after=150),
    ),
    Attack("links of a class, made up", make_up_links, 40, 4, must_refuse=True),
    Attack("nonsense for a wall, on and on", flood_wall, 5, 3, must_refuse=True),
    Attack("silent connections", say_nothing, 450, 40, must_refuse=True),
)

WORST_PICTURES: Final = (
    "noise",
    "900 marks",
    "a page full of digits",
    "PNG, RGBA, 33 Mpx",
    "PNG, 16 bit, 50 Mpx",
    "WebP, 8.3 Mpx",
)
"""Of `BAD_PICTURES`: those that take most time."""

MOST_FOR_A_PICTURE: Final = (150.0, 1.0)
"""Megabytes and seconds of processor time; looked at by hand alone."""

HEADER: Final = (
    "| attack | tried | refused | MB more | MB after | neighbour p95 ms | lost | wrong |\n"
    "|---|" + "---:|" * 7
)


@contextmanager
def attacked_server(folder: str) -> Iterator[Server]:
    """A server that forgets sessions soon, so that what stays is seen."""
    kept = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(SECONDS_KEPT)}
    with run_server(Path(folder) / "log", environment=kept) as server:
        wait_until_warm(server)
        yield server


async def watch(process: psutil.Process, sizes: list[int]) -> None:
    """Note the server's memory until cancelled."""
    while True:
        sizes.append(memory([process]))
        await asyncio.sleep(0.1)


async def carry_out(
    attack: Attack, server: Server, n: int, script: list[tuple[Any, Expected]]
) -> tuple[Count, Neighbour, float, float]:
    """Attack while a neighbour draws; memory in megabytes, at most and after."""
    attack.prepare()
    count, neighbour, sizes = Count(), Neighbour(), []
    process = psutil.Process(server.process.pid)
    drawing = asyncio.create_task(neighbour.draw(server.address, script))
    await asyncio.sleep(SETTLED)
    before = memory([process])
    neighbour.times.clear()
    watching = asyncio.create_task(watch(process, sizes))
    await attack.do(server, n, count)
    await asyncio.sleep(SETTLED)  # the neighbour has drawn also where it was short
    if attack.is_remembered:
        await asyncio.sleep(SECONDS_KEPT + SECONDS_BETWEEN + 1)
    watching.cancel()
    after = memory([process])
    drawing.cancel()
    with suppress(asyncio.CancelledError):
        await drawing
    return count, neighbour, (max(sizes) - before) / 1e6, (after - before) / 1e6


def findings(
    attack: Attack,
    count: Count,
    neighbour: Neighbour,
    most: float,
    after: float,
    quick: bool,
) -> list[str]:
    """What went worse than it may."""
    bounds = attack.bounds
    checks = {
        "something got in": attack.must_refuse and count.refused < count.tried,
        "nothing was tried": count.tried == 0,
        "a neighbour's stroke got lost": neighbour.lost > 0,
        "a neighbour was read wrongly": neighbour.wrong > 0,
        "the neighbour drew nothing": not neighbour.times,
        "too much memory": most > bounds.megabytes,
        "memory was kept": after > bounds.megabytes_after,
        "the neighbour waited": not quick and neighbour.p95() > bounds.milliseconds,
        count.unfair: not quick and bool(count.unfair),
    }
    return [f"{attack.name}: {finding}" for finding, is_so in checks.items() if is_so]


def look_at_pictures(folder: str) -> list[str]:
    """Print what bad pictures cost a process of its own; return which cost too much."""
    files = [Path(folder) / str(number) for number in range(len(BAD_PICTURES))]
    for file, make in zip(files, BAD_PICTURES.values(), strict=True):
        file.write_bytes(make())
    found = []
    print("| picture | file, KB | MB more | s | what is said |\n|---|---:|---:|---:|---|")
    for name, file, cost in zip(BAD_PICTURES, files, costs_of(files), strict=True):
        print(
            f"| {name} | {file.stat().st_size / 1000:.1f} | {cost.megabytes:.0f} | "
            f"{cost.seconds:.2f} | {cost.said} |",
            flush=True,
        )
        megabytes, seconds = MOST_FOR_A_PICTURE
        if cost.megabytes > megabytes or cost.seconds > seconds:
            found.append(f"{name}: {cost.megabytes:.0f} MB, {cost.seconds:.2f} s")
    print()
    return found


def attack_all(quick: bool, only: str) -> list[str]:
    """Print the table; return what went worse than it may."""
    drawings = [canvas_json(d.placed("filling")) for d in load_pen_drawings()[:20]]
    script = [(drawing, expected_reading(drawing)) for drawing in drawings]
    found = []
    # `tests/drawing/test_picture_file.py` looks at the memory of each picture as well.
    if only in "pictures" and not quick:
        with tempfile.TemporaryDirectory() as folder:
            found += look_at_pictures(folder)
    print(HEADER, flush=True)
    with tempfile.TemporaryDirectory() as folder, attacked_server(folder) as server:
        for attack in ATTACKS:
            n = attack.n_quick if quick else attack.n
            if only not in attack.name or not n:
                continue
            count, neighbour, most, after = asyncio.run(
                carry_out(attack, server, n, script)
            )
            print(
                f"| {attack.name} | {count.tried} | {count.refused} | {most:.0f} | "
                f"{after:.0f} | {neighbour.p95():.0f} | {neighbour.lost} | "
                f"{neighbour.wrong} |",
                flush=True,
            )
            found += findings(attack, count, neighbour, most, after, quick)
        found += [
            line
            for line in server.complaints()
            if '"where"' in line and not any(known in line for known in KNOWN)
        ]
    return found


async def soak(server: Server, minutes: float) -> list[str]:
    """Fifty who draw, and five who attack in turn: nobody of the fifty may notice."""
    hostile = (send_largest, send_swollen, send_garbage, draw_heavily, flood)

    async def insist(do: Callable[[Server, int, Count], Awaitable[None]]) -> None:
        while True:
            with suppress(*LOST):
                await do(server, 1, Count())

    attacks = [asyncio.create_task(insist(do)) for do in hostile]
    tally = await measure([server], 50, round(minutes * 60), patient=True)
    for attack in attacks:
        attack.cancel()
    sizes = [size / 1e6 for _, size in tally.memory]
    by_minute = sizes[:: max(1, round(len(sizes) / minutes))]
    print(
        f"{len(tally.times)} strokes of 50 visitors beside 5 attackers: p50 "
        f"{np.percentile(tally.times, 50) * 1000:.0f} ms, p95 "
        f"{np.percentile(tally.times, 95) * 1000:.0f} ms, lost {tally.lost}, wrong "
        f"{tally.wrong}\nmemory, MB by the minute: "
        f"{', '.join(f'{size:.0f}' for size in by_minute)}; slope over the last four "
        f"fifths {tally.memory_slope() / 1e6:+.2f} MB a minute"
    )
    return [
        f"{n} {what}" for n, what in ((tally.lost, "lost"), (tally.wrong, "wrong")) if n
    ]


def main() -> None:
    """Attack and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--soak", type=float, default=0, help="minutes")
    parser.add_argument("--only", default="", help="part of an attack's name")
    arguments = parser.parse_args()
    if arguments.soak:
        with tempfile.TemporaryDirectory() as folder, attacked_server(folder) as server:
            found = asyncio.run(soak(server, arguments.soak))
    else:
        found = attack_all(arguments.quick, arguments.only)
    print("\n".join(found) or "nothing got in, nobody was held up, nothing was kept")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
