"""The reader as a page uses it: in a worker, the newest drawing first."""

import math

import pytest

from digits_app.drawing.canvas_json import MAX_PATH_COMMANDS
from tests.e2e.drawing import wait_until
from tests.support.canvas_json import straight_path
from tests.support.module_page import ModulePage
from tests.support.pen_drawings import SEVEN

SEVEN_DRAWN = [straight_path(SEVEN)]
FIRST_HALF = [straight_path(SEVEN[:2])]

READY = """
    const { Reader } = await import("/browser/reader/client.js");
    globalThis.reader?.close();
    globalThis.reader = new Reader("/browser/reader/worker.js");
    globalThis.loaded = Promise.all([
      reader.load("guard", "/guard.weights"),
      reader.load("augmented-10", "/augmented-10.weights"),
    ]);
"""
LOADED = READY + "await loaded;"


@pytest.fixture
def page(modules: ModulePage) -> ModulePage:
    modules.run(LOADED)
    return modules


def test_a_seven_is_read_as_a_seven(page: ModulePage):
    reading = page.run("return reader.read('augmented-10', given)", SEVEN_DRAWN)
    assert (reading["network"], reading["label"]) == ("augmented-10", 7)
    assert reading["isUnfamiliar"] is False
    assert len(reading["proba"]) == 10
    assert sum(reading["proba"]) == pytest.approx(1)
    assert max(reading["image"]) == 16
    assert page.run("return reader.available") is True


def test_a_network_that_is_not_there_yet_reads_nothing_and_then_reads(page: ModulePage):
    ask = "return reader.read('lesson-10', given)"
    assert page.run(ask, SEVEN_DRAWN) is None
    assert page.run("return reader.load('lesson-10', '/lesson-10.weights')") is True
    assert page.run(ask, SEVEN_DRAWN)["label"] == 7


def test_without_the_guard_nothing_is_read(page: ModulePage):
    page.run(READY.replace('reader.load("guard", "/guard.weights"),', "") + "await loaded;")
    assert page.run("return reader.read('augmented-10', given)", SEVEN_DRAWN) is None


def test_the_newest_drawing_is_read_first_and_those_between_are_left_out(page: ModulePage):
    readings = page.run(
        """
        const asked = [given.first, ...Array(8).fill(given.second), given.first];
        return Promise.all(asked.map((paths) => reader.read("augmented-10", paths)));
        """,
        {"first": SEVEN_DRAWN, "second": FIRST_HALF},
    )
    first, *between, last = readings
    assert first["label"] == last["label"] == 7
    assert between == [None] * 8


def test_an_address_is_fetched_once_and_a_failure_may_be_tried_again(page: ModulePage):
    fetched = []
    page.page.on("request", lambda request: fetched.append(request.url))
    load = "return reader.load('lesson-2', given)"
    assert page.run(load, "/missing.weights") is False
    assert page.run(load, "/missing.weights") is False
    assert page.run(load, "/lesson-2.weights") is True
    assert page.run(load, "/lesson-2.weights") is True
    # A Worker's requests are told of by another way than its answers.
    names = ["missing.weights", "missing.weights", "lesson-2.weights"]
    wait_until(
        page.page, lambda: [url.rsplit("/", 1)[1] for url in fetched] == names, fetched
    )


def test_ones_own_network_comes_as_bytes_and_can_be_replaced(page: ModulePage):
    script = """
        const bytes = await (await fetch(given)).arrayBuffer();
        await reader.load("mine", new Uint8Array(bytes));
    """
    page.run(script, "/lesson-2.weights")
    two = page.run("return reader.read('mine', given)", SEVEN_DRAWN)
    page.run(script, "/lesson-10.weights")
    ten = page.run("return reader.read('mine', given)", SEVEN_DRAWN)
    assert (len(two["proba"]), len(ten["proba"])) == (2, 10)


def test_damaged_bytes_leave_the_network_that_is_there(page: ModulePage):
    assert page.run("return reader.load('augmented-10', new Uint8Array(50))") is False
    reading = page.run("return reader.read('augmented-10', given)", SEVEN_DRAWN)
    assert reading["label"] == 7


M, L, Q = ["M", 80, 60], ["L", 200, 60], ["Q", 200, 60, 130, 230]
PATH = {"stroke": "#ffffff", "strokeWidth": 20}
DAMAGED = {
    "nothing": [],
    "no list": "strokes",
    "null": None,
    "no paths": [1, None, "x"],
    "no path in it": [{"path": 7}],
    "empty path": [{**PATH, "path": []}],
    "a dot": [{**PATH, "path": [M, ["L", 81, 61]]}],
    "no width": [{**PATH, "path": [M, L], "strokeWidth": 0}],
    "wide": [{**PATH, "path": [M, L], "strokeWidth": 1e9}],
    "width in words": [{**PATH, "path": [M, L], "strokeWidth": "wide"}],
    "no colour": [{**PATH, "path": [M, L], "stroke": "nothing"}],
    "far": [{**PATH, "path": [M, ["L", 1e300, 0]]}],
    "short": [{**PATH, "path": [M, ["L", 5]]}],
    "words": [{**PATH, "path": [M, ["L", "5", "6"]]}],
    "unknown": [{**PATH, "path": [M, ["C", 1, 2, 3, 4, 5, 6]]}],
    "not begun": [{**PATH, "path": [L, Q]}],
    "begun twice": [{**PATH, "path": [M, L, M]}],
    "enormous": [{**PATH, "path": [M, *[L] * MAX_PATH_COMMANDS]}],
    "a long way": [{**PATH, "path": [M, *[L, ["L", -200, 400]] * 100]}],
}


@pytest.mark.parametrize("paths", DAMAGED.values(), ids=DAMAGED.keys())
def test_what_is_no_drawing_is_nothing_to_read(page: ModulePage, paths):
    ask = "return reader.read('augmented-10', given)"
    assert page.run(ask, paths) == {"network": "augmented-10", "nothing": True}
    assert page.run(ask, SEVEN_DRAWN)["label"] == 7


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_no_number_is_nothing_to_read(page: ModulePage, number):
    paths = [{**PATH, "path": [M, ["L", number, 60]]}]
    reading = page.run("return reader.read('augmented-10', given)", paths)
    assert reading == {"network": "augmented-10", "nothing": True}


def test_what_cannot_be_sent_to_a_worker_is_not_read(page: ModulePage):
    assert page.run("return reader.read('augmented-10', [() => 7])") is None
    reading = page.run("return reader.read('augmented-10', given)", SEVEN_DRAWN)
    assert reading["label"] == 7


OLD = {
    "knows no modules": "class { constructor() {} addEventListener() {} terminate() {} }",
    "allows no workers": "class { constructor() { throw new Error('no') } }",
    "has no workers": "undefined",
}


@pytest.mark.parametrize("worker", OLD.values(), ids=OLD.keys())
def test_an_old_browser_reads_nothing_and_nothing_breaks(page: ModulePage, worker):
    answers = page.run(
        f"""
        const {{ Reader }} = await import("/browser/reader/client.js");
        const kept = globalThis.Worker;
        globalThis.Worker = {worker};
        const old = new Reader("/browser/reader/worker.js");
        globalThis.Worker = kept;
        return [
          old.available,
          await old.load("guard", "/guard.weights"),
          await old.read("augmented-10", given),
        ];
        """,
        SEVEN_DRAWN,
    )
    assert answers == [False, False, None]


def test_a_worker_that_does_not_load_leaves_no_question_open(page: ModulePage):
    answers = page.run(
        """
        const { Reader } = await import("/browser/reader/client.js");
        const lost = new Reader("/browser/reader/missing.js");
        const asked = [
          lost.load("guard", "/guard.weights"),
          lost.read("augmented-10", given),
          lost.read("augmented-10", given),
        ];
        return [...(await Promise.all(asked)), lost.available];
        """,
        SEVEN_DRAWN,
    )
    assert answers == [False, None, None, False]
