"""How the answer changed: which answers are kept, and what the chart tells."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from digits_app.wording import history_words
from tests.support.canvas_json import to_canvas_json

WORDS = json.loads(json.dumps({**history_words(), "slate": "#1b1f2a"}))


def moment(ink: int, digit: int, strokes: int = 1, network: str = "10 lesson"):
    proba = [0.1 / 9] * 10
    proba[digit] = 0.9
    return {"ink": ink, "proba": proba, "strokes": strokes, "network": network}


def drawn(*digits: int) -> list[dict[str, Any]]:
    return [moment(10 * (number + 1), digit) for number, digit in enumerate(digits)]


def noted(run, moments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a drawing keeps of answers that come one after the other."""
    return run(
        "board/drawing.js",
        "(drawing => { given.forEach(each => drawing.note(each)); "
        "return drawing.moments; })(new Drawing('test'))",
        moments,
    )


@pytest.fixture
def chart(run, blank: Page):
    def paint(moments: list[dict[str, Any]]) -> str:
        run(
            "board/history.js",
            "paintChart(document.body, given.moments, given.words)",
            {"moments": moments, "words": WORDS},
        )
        return blank.locator("body").inner_html()

    return paint


def test_answers_are_kept_in_the_order_of_the_ink(run):
    assert [each["ink"] for each in noted(run, drawn(1, 7, 9))] == [10, 20, 30]


def test_undo_takes_back_the_answers_to_what_was_undone(run):
    kept = noted(run, [*drawn(1, 7), moment(40, 4, strokes=2), moment(20, 7)])
    assert [(each["strokes"], each["ink"]) for each in kept] == [(1, 10), (1, 20)]


def test_another_network_begins_anew(run):
    assert len(noted(run, [*drawn(1, 7), moment(30, 1, network="2 lesson")])) == 1


def test_two_answers_make_no_chart(chart):
    assert chart(drawn(1, 7)) == ""


def test_the_chart_tells_first_and_last_and_what_was_between(chart):
    html = chart(drawn(1, 1, 7, 7, 9))
    assert 'aria-label="It first read a 1, then a 7, now a 9"' in html
    assert re.findall(r'class="big[^>]*>(\d)<', html) == ["1", "7", "9"]


def test_one_answer_all_the_way_is_said_so(chart):
    assert "It read an 8 from the beginning" in chart(drawn(8, 8, 8))


def test_only_digits_that_were_likely_once_get_a_line_and_the_answer_is_on_top(chart):
    lines = re.findall(r'<polyline[^>]*stroke="([^"]*)"', chart(drawn(1, 7, 9)))
    assert len(lines) == 3
    assert lines[-1] == "var(--accent)"
    assert "var(--accent)" not in lines[:-1]


def test_the_length_is_that_of_the_strokes_and_not_of_the_way_between(run):
    apart = to_canvas_json([[(0, 0), (30, 40), (30, 50)], [(200, 200), (200, 210)]])
    lengths = run("board/history.js", "lengths(given)", apart["objects"])
    assert lengths == [[0, 50, 60], [60, 70]]


def test_a_curve_counts_to_its_end(run):
    path = {"path": [["M", 0, 0], ["Q", 9, 9, 30, 40], ["L", 30, 45]]}
    assert run("board/history.js", "lengths(given)", [path]) == [[0, 50, 55]]


def test_a_drawing_is_cut_off_where_the_pen_was(run):
    paths = to_canvas_json([[(0, 0), (0, 10), (0, 20)], [(50, 0), (50, 10)]])["objects"]

    def until(ink: float) -> list[int]:
        return [
            len(path["path"])
            for path in run(
                "board/history.js",
                "drawnUntil(given.paths, given.ink)",
                {"paths": paths, "ink": ink},
            )
        ]

    assert (until(15), until(30), until(0)) == ([2], [3, 2], [])


def test_the_slider_goes_back_to_what_was_read_then(run, blank: Page):
    paths = to_canvas_json([[(100, 40), (100, 50), (100, 60), (100, 70)]])["objects"]
    run(
        "board/history.js",
        "paintLookBack(document.body, given.drawing, given.words)",
        {
            "drawing": {"objects": paths, "width": 280, "moments": drawn(1, 7, 9)},
            "words": WORDS,
        },
    )
    expect(blank.get_by_role("img", name="read as 9")).to_be_visible()
    blank.get_by_role("slider").press("ArrowLeft")
    expect(blank.get_by_role("img", name="read as 7")).to_be_visible()
    expect(blank.locator("figcaption")).to_have_text("a 7, 90%")


def test_a_look_back_that_was_asked_for_too_soon_comes_when_there_is_enough(
    run, blank: Page
):
    run(
        "board/history.js",
        """import("/browser/board/drawing.js").then(({ Drawing }) => {
          window.drawing = Object.assign(new Drawing("test"), { objects: [] });
          paintLookBack(document.body, window.drawing, given);
        })""",
        WORDS,
    )
    expect(blank.get_by_text("read too seldom")).to_be_visible()
    blank.evaluate("moments => moments.forEach(each => drawing.note(each))", drawn(1, 7, 9))
    expect(blank.get_by_role("slider")).to_have_attribute("aria-valuetext", "a 9, 90%")
    expect(blank.get_by_text("read too seldom")).to_have_count(0)


LINE = to_canvas_json([[(0, 10), (240, 10)]])["objects"]


def test_a_drawing_that_nobody_saw_is_read_again_as_it_grew(run):
    strokes = [[(x, 10) for x in range(0, 201, 10)], [(10, y) for y in range(20, 101, 10)]]
    paths = to_canvas_json(strokes)["objects"]
    moments = run(
        "board/history.js",
        """replay(given, async paths => ({
          network: "10 lesson", isUnfamiliar: false, proba: [1, 0], n: paths.length,
        }))""",
        paths,
    )
    lengths = [each["ink"] for each in moments]
    assert lengths == sorted(lengths)
    assert lengths[-1] == 280
    assert [each["strokes"] for each in moments] == [1] * 17 + [2] * 7


def test_reading_again_ends_where_there_is_something_newer_to_read(run):
    code = "(n => replay(given, async () => n++ < 3 ? { nothing: true } : null))(0)"
    assert run("board/history.js", code, LINE) is None


def test_where_nothing_can_be_read_yet_nothing_is_noted(run):
    assert (
        run("board/history.js", "replay(given, async () => ({ nothing: true }))", LINE)
        == []
    )


READ_BUT_ONCE_NOT = """replayWhile(
  () => count < given.until, given.paths,
  async () => ++count === given.overtaken ? null : { proba: [1, 0] },
)"""


@pytest.mark.parametrize(
    ("overtaken", "until", "comes"), [(0, 99, True), (5, 99, True), (5, 5, False)]
)
def test_a_replay_that_is_overtaken_begins_again(run, blank, overtaken, until, comes):
    """Unless the drawing has changed, or the page was left."""
    blank.evaluate("() => { window.count = 0; }")
    given = {"paths": LINE, "overtaken": overtaken, "until": until}
    moments = run("board/history.js", READ_BUT_ONCE_NOT, given)
    assert (moments is not None) == comes


def test_a_replay_that_always_fails_ends(run):
    assert (
        run("board/history.js", "replayWhile(() => true, given, () => null)", LINE) is None
    )
