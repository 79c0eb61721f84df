"""A class at once, over Streamlit's own protocol: nobody gets another's reading."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from websockets.exceptions import ConnectionClosed

from benchmarks.load import expected_reading, measure
from tests.support.pen_drawings import PenDrawing
from tests.support.serving import Server, run_server
from tests.support.visitor import Reply, Visitor, canvas_json

MEGABYTE = 10**6


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with run_server(tmp_path_factory.mktemp("server") / "log") as server:
        yield server


@pytest.fixture
def drawing(pen_drawings: list[PenDrawing]) -> dict[str, Any]:
    return canvas_json(pen_drawings[0].placed("filling"))


def scribble(n_points: int) -> dict[str, Any]:
    return canvas_json([np.random.default_rng(1).uniform(0, 280, (n_points, 2))])


def scribble_of_size(n_bytes: float) -> dict[str, Any]:
    per_point = len(json.dumps(scribble(1000), separators=(",", ":"))) / 1000
    return scribble(int(n_bytes / per_point))


def test_fifty_visitors_each_read_back_their_own_drawing(server: Server):
    tally = asyncio.run(measure([server], sessions=50, seconds=3))
    assert len(tally.times) == 150
    assert (tally.lost, tally.wrong, tally.complaints) == (0, 0, [])


def test_a_class_may_open_all_pages_of_a_server_that_just_started(tmp_path: Path):
    pages = [
        ("", "Draw a digit."),
        ("mistakes", "Where it goes wrong"),
        ("lesson", "1. Load two digits"),
        ("my_hand", "Can it read your hand?"),
        ("class", "Our class"),
    ]

    async def open_page(server: Server, page: str, title: str) -> None:
        visitor, reply = await Visitor.arrive(server.address, page=page)
        assert not reply.failed
        shown = [f"{e.heading.body} {e.html.body}" for e in reply.elements]
        assert any(title in text for text in shown)
        await visitor.leave()

    async def visit(server: Server) -> None:
        await asyncio.gather(*(open_page(server, *page) for page in pages * 6))

    with run_server(tmp_path / "log") as server:
        asyncio.run(visit(server))
    assert server.complaints() == []


def test_a_stroke_is_read_after_a_run_was_broken_off(
    server: Server, drawing: dict[str, Any]
):
    async def visit() -> None:
        visitor, _ = await Visitor.arrive(server.address)
        for _ in range(5):
            await visitor.break_off()
            # On a busy machine the broken-off run may still be answered first.
            reply = await visitor.lift_pen(drawing)
            assert not reply.failed
            assert reply.pixels == expected_reading(drawing)
        await visitor.leave()

    asyncio.run(visit())
    # Streamlit's own remark on such a stroke.
    assert all("Couldn't find fragment" in line for line in server.complaints())


def test_a_switch_that_arrives_with_a_stroke_counts(
    server: Server, drawing: dict[str, Any]
):
    """Streamlit then runs only the fragment, in which the switch does not stand."""

    async def visit() -> None:
        visitor, page = await Visitor.arrive(server.address)
        assert len((await visitor.draw(drawing)).answer["proba"]) == 10
        (switch,) = (
            element.button_group.id
            for element in page.elements
            if element.button_group.id.endswith("-classes")
        )
        visitor.choose(switch, "0 or 1")
        assert len((await visitor.draw(drawing)).answer["proba"]) == 2
        await visitor.leave()

    asyncio.run(visit())


def test_a_press_that_arrives_with_a_stroke_is_shown(
    server: Server, drawing: dict[str, Any]
):
    """The next digit is asked for where Next is pressed as soon as the pen is up."""

    async def visit() -> None:
        visitor, page = await Visitor.arrive(server.address, page="my_hand")
        (next_button,) = (
            element.button.id
            for element in page.elements
            if element.button.id.endswith("-hand_next")
        )
        visitor._state(next_button).trigger_value = True
        written = {"drawing": {**drawing, "revision": 1, "placed": ""}}
        reply = await visitor.set_component("hand_board", written)
        assert any("<b>2 of 20</b>" in element.html.body for element in reply.elements)
        await visitor.leave()

    asyncio.run(visit())


def test_what_the_tab_kept_is_shown_where_it_arrives_with_the_board(server: Server):
    """A slow browser's scripts are all there in one moment."""
    kept = {"random_state": 1, "place": 2, "written": [], "corrected": []}
    restored = [{"event": "restored", "value": {**kept, "is_shown": False}}]

    async def visit() -> None:
        visitor, _ = await Visitor.arrive(server.address, page="my_hand")
        keeper, _ = visitor.components["unseen_hand_keeper"]
        events = visitor._state(f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{keeper}__events")
        events.json_trigger_value = json.dumps(restored)
        reply = await visitor.set_component("hand_board", {})
        assert any("<b>3 of 20</b>" in element.html.body for element in reply.elements)
        await visitor.leave()

    asyncio.run(visit())


def test_the_tab_is_asked_again_where_its_answer_was_broken_off(server: Server):
    """A component's script runs again where it is handed something else."""

    def asked(page: Reply) -> int:
        (keeper,) = (
            element.bidi_component
            for element in page.elements
            if element.bidi_component.id.endswith("unseen_hand_keeper")
        )
        (data,) = json.loads(keeper.json)
        number: int = data["asked"]
        return number

    async def visit() -> None:
        visitor, page = await Visitor.arrive(server.address, page="my_hand")
        assert asked(await visitor.run()) != asked(page)
        await visitor.leave()

    asyncio.run(visit())


@pytest.mark.parametrize(
    "bad",
    [
        [1, 2],
        "no drawing",
        {"objects": {}},
        {"objects": [{"path": "M 1 2"}]},
        {"objects": [{"path": [["M", float("nan"), 1]]}]},
        {"objects": [{"path": [["M", 10**4000, 1]]}]},
        {"objects": [{"path": [["<script>", 1, 1]]}]},
        {"objects": [{"path": [["M", 1, 1], ["L", 99, 99]], "stroke": {"a": 1}}]},
        {"objects": [{"path": [["M", 1, 1], ["L", 9, 9]], "strokeWidth": 1e308}]},
        {"objects": [{"path": []}] * 50_000},
        scribble(10_000),
        scribble_of_size(0.7 * MEGABYTE),
        {"objects": [{"path": [["M", 1, 1], ["L", 99, 99]], "x": [[]] * 200_000}]},
    ],
    ids=lambda bad: f"{json.dumps(bad)[:40]} ({len(json.dumps(bad))} bytes)",
)
def test_a_malformed_drawing_gets_a_sentence_and_harms_nobody(
    server: Server, drawing: dict[str, Any], bad: Any
):
    async def visit() -> None:
        other, _ = await Visitor.arrive(server.address)
        await other.draw(drawing)
        culprit, _ = await Visitor.arrive(server.address)
        reply = await culprit.draw(bad)
        assert not reply.failed
        assert len(reply.sentences) == 1
        assert "Clear the canvas" in reply.sentences[0]
        for visitor in (other, culprit):
            assert (await visitor.draw(drawing)).pixels == expected_reading(drawing)
            await visitor.leave()

    asyncio.run(visit())
    assert server.complaints() == []


@pytest.mark.parametrize(
    "value",
    ["", "{{{", "9" * 5000, "[" * 900 + "]" * 900, '{"a":' * 900 + "1" + "}" * 900],
    ids=["empty", "no JSON", "long number", "deep list", "deep object"],
)
def test_a_value_that_no_canvas_sends_gets_a_sentence_and_on_it_goes(
    server: Server, drawing: dict[str, Any], value: str
):
    async def visit() -> None:
        culprit, _ = await Visitor.arrive(server.address)
        reply = await culprit.send_value(value)
        assert not reply.failed
        assert len(reply.sentences) == 1
        assert "Clear the canvas" in reply.sentences[0]
        assert (await culprit.draw(drawing)).pixels == expected_reading(drawing)
        await culprit.leave()

    asyncio.run(visit())
    assert server.complaints() == []


def test_a_message_over_the_limit_costs_only_its_own_connection(
    server: Server, drawing: dict[str, Any]
):
    async def visit() -> None:
        other, _ = await Visitor.arrive(server.address)
        culprit, _ = await Visitor.arrive(server.address)
        with suppress(ConnectionClosed):
            await culprit.socket.send(bytes(20 * MEGABYTE))
        await culprit.socket.wait_closed()
        assert culprit.socket.close_code == 1009  # message too big
        assert (await other.draw(drawing)).pixels == expected_reading(drawing)
        await other.leave()

    asyncio.run(visit())


def test_another_sites_page_cannot_connect(server: Server):
    async def visit() -> None:
        with pytest.raises(Exception, match="403"):
            await Visitor.arrive(server.address, origin="http://evil.example")

    asyncio.run(visit())


def test_nothing_is_sent_as_had_already(server: Server):
    """A browser forgets it while it asks for the next page, and then shows an error."""

    async def messages(visitor: Visitor) -> list[ForwardMsg]:
        """All that one run of the page sends."""
        await visitor.socket.send(visitor._message.SerializeToString())
        sent = []
        while not sent or sent[-1].WhichOneof("type") != "script_finished":
            sent.append(ForwardMsg.FromString(await visitor.socket.recv(decode=False)))
        return sent

    async def visit() -> None:
        visitor, _ = await Visitor.arrive(server.address)
        first = await messages(visitor)
        assert max(message.ByteSize() for message in first) > 10_000
        hashes = [message.hash for message in first if message.hash]
        visitor._message.rerun_script.cached_message_hashes.extend(hashes)
        second = await messages(visitor)
        assert not any(message.HasField("ref_hash") for message in second)
        await visitor.leave()

    asyncio.run(visit())
