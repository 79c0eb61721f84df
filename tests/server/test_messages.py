"""What the app lets a page say."""

import json
import logging

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from digits_app.server import messages
from digits_app.server.messages import (
    MAX_FILES,
    MAX_VALUE,
    MAX_VALUES,
    MAX_WIDGETS,
    REFUSED_KEY,
    ConnectionPace,
    admit,
)


def stroke(value: str = '{"drawing": {"raw": {"objects": []}}}') -> BackMsg:
    """A message as the page sends it after a stroke."""
    message = BackMsg()
    message.rerun_script.page_name = "draw"
    message.rerun_script.widget_states.widgets.add(id="canvas", json_value=value)
    return message


def admitted(message: BackMsg) -> BackMsg | None:
    data = admit(message.SerializeToString())
    return None if data is None else BackMsg.FromString(data)


def value_of(message: BackMsg | None) -> object:
    assert message is not None
    (widget,) = message.rerun_script.widget_states.widgets
    return json.loads(widget.json_value)


def test_a_stroke_passes_untouched():
    data = stroke().SerializeToString()
    assert admit(data) is data


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{{{",
        "9" * 5000,  # more digits than Python turns into a number
        "[" * 900 + "]" * 900,
        "{" * 10_000,
        json.dumps({"extra": "x" * MAX_VALUE}),
        json.dumps({"objects": [], "extra": [[]] * 20_000}),
        json.dumps({"objects": [], "extra": [0] * 60_000}),
    ],
    ids=[
        "empty",
        "no JSON",
        "long number",
        "deep",
        "open",
        "large",
        "many lists",
        "many numbers",
    ],
)
def test_a_value_that_no_page_sends_becomes_a_refusal(value):
    assert value_of(admitted(stroke(value))) == {REFUSED_KEY: True}


def test_only_the_bad_value_is_refused():
    message = stroke("{{{")
    message.rerun_script.widget_states.widgets.add(id="switch", bool_value=True)
    message = admitted(message)
    assert message is not None
    canvas, switch = message.rerun_script.widget_states.widgets
    assert json.loads(canvas.json_value) == {REFUSED_KEY: True}
    assert switch.bool_value
    assert message.rerun_script.page_name == "draw"


def test_all_values_together_are_bounded():
    message = BackMsg()
    for number in range(2 * MAX_WIDGETS):
        message.rerun_script.widget_states.widgets.add(
            id=str(number), json_value=json.dumps("x" * 5000)
        )
    for number in range(20):
        message.rerun_script.widget_states.widgets.add(
            id=f"text {number}", string_value="x" * MAX_VALUE
        )
    message = admitted(message)
    assert message is not None
    assert len(message.rerun_script.widget_states.widgets) <= MAX_WIDGETS
    assert message.ByteSize() < 1.1 * MAX_VALUES


def test_a_large_text_is_left_out():
    message = BackMsg()
    message.rerun_script.widget_states.widgets.add(id="text", string_value="x" * 10**6)
    message = admitted(message)
    assert message is not None
    assert message.rerun_script.widget_states.widgets[0].string_value == ""


def test_a_long_address_is_left_out():
    message = stroke()
    message.rerun_script.query_string = "step=" + "6" * 10_000
    message = admitted(message)
    assert message is not None
    assert message.rerun_script.query_string == ""


def test_nobody_empties_everybodys_caches():
    message = BackMsg()
    message.clear_cache = True
    assert admitted(message) is None


def test_each_kind_that_no_page_sends_is_logged_once(caplog: pytest.LogCaptureFixture):
    messages._log_unknown.cache_clear()
    with caplog.at_level(logging.WARNING, "digits"):
        for _ in range(3):
            assert admitted(BackMsg(clear_cache=True)) is None
            assert admitted(BackMsg(load_git_info=True)) is None
            assert admitted(BackMsg()) is None  # or a kind of another version
            assert admitted(stroke()) is not None
    kinds = [line.rsplit(" ", 1)[1] for line in caplog.messages]
    assert kinds == ["clear_cache", "load_git_info", "none"]


def test_the_page_may_ask_for_few_uploads_only():
    message = BackMsg()
    message.file_urls_request.file_names.extend(["a"] * MAX_FILES)
    assert admitted(message) == message
    message.file_urls_request.file_names.append("one more")
    assert admitted(message) is None


def test_what_is_no_message_is_left_to_streamlit():
    assert admit(b"\xff\xff\xff") == b"\xff\xff\xff"


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def pace(clock: list[float]) -> ConnectionPace:
    return ConnectionPace(now=lambda: clock[0])


def test_a_drawing_never_waits(pace: ConnectionPace, clock: list[float]):
    for _ in range(20):  # digit after digit by a dense pen, eight short strokes a second
        for size in range(500, 20_500, 500):
            assert pace.seconds_to_wait(size) == 0
            clock[0] += 0.125
        clock[0] += 1


def test_a_flood_comes_at_the_pace_of_a_few_drawings(
    pace: ConnectionPace, clock: list[float]
):
    n_messages = 0
    while clock[0] < 100:
        clock[0] += pace.seconds_to_wait(1_000)
        n_messages += 1
    assert n_messages < 18 * 100


def test_a_flood_of_whole_pages_comes_slower_still(
    pace: ConnectionPace, clock: list[float]
):
    n_pages = 0
    while clock[0] < 100:
        clock[0] += pace.seconds_to_wait(1_000, is_page=True)
        n_pages += 1
    assert n_pages < 2.2 * 100


def test_a_quick_hand_on_a_stepper_never_waits(pace: ConnectionPace, clock: list[float]):
    for _ in range(10):
        clock[0] += 5  # looks at what came of it
        for _ in range(15):
            assert pace.seconds_to_wait(1_000, is_page=True) == 0
            clock[0] += 0.25


def test_strokes_do_not_wait_for_pages(pace: ConnectionPace):
    for _ in range(15):
        pace.seconds_to_wait(1_000, is_page=True)
    assert pace.seconds_to_wait(1_000) == 0


def test_a_new_page_and_its_largest_value_need_not_wait(pace: ConnectionPace):
    for _ in range(3):  # what it shows, and twice what it finds in the browser's tab
        assert pace.seconds_to_wait(1_000, is_page=True) == 0
    assert pace.seconds_to_wait(MAX_VALUE) < 0.2


def test_a_new_connection_has_saved_less_than_an_old_one(clock: list[float]):
    def wait_for_three_values(pace: ConnectionPace) -> float:
        return [pace.seconds_to_wait(MAX_VALUE) for _ in range(3)][-1]

    new, old = (ConnectionPace(now=lambda: clock[0]) for _ in range(2))
    clock[0] = 60.0
    assert wait_for_three_values(old) == 0
    clock[0] = 0.0
    assert wait_for_three_values(new) > 0.5
