"""A pupil's slate: what is written on it, and what is kept of it."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from digits_app.drawing.canvas_json import pen_path
from digits_app.my_hand.keeping import unpack_drawing

SLATE = """(() => {
  document.body.innerHTML =
    '<canvas style="position: fixed; left: 40px; top: 30px; width: 420px; height: 420px">';
  window.kept = [];
  window.slate = new Slate(document.querySelector("canvas"), (now) => kept.push(now));
})()"""


@pytest.fixture
def slate(run, blank: Page) -> Page:
    run("classroom/slate.js", SLATE)
    return blank


def write(page: Page, *points: tuple[float, float]) -> None:
    """Write a line, in units of the slate; it is half again as large on the screen."""
    places = [(40 + 1.5 * x, 30 + 1.5 * y) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place)


def strokes(page: Page) -> list[list[float]]:
    return page.evaluate("slate.strokes")


def ink(page: Page) -> int:
    return page.evaluate(
        "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
        ".filter((value, i) => i % 4 === 3 && value > 200).length)"
        "(document.querySelector('canvas'))"
    )


def test_what_is_written_is_kept_in_units_and_shown_while_it_is_written(slate: Page):
    write(slate, (40, 40), (200, 40), (100, 240))
    assert ink(slate) > 5_000
    slate.mouse.up()
    assert strokes(slate) == [[40, 40, 200, 40, 100, 240]]
    assert slate.evaluate("kept.at(-1)") == strokes(slate)


def test_undo_and_clear_end_the_line_first(slate: Page):
    for x in (40, 140):
        write(slate, (x, 40), (x, 200))
        slate.mouse.up()
    write(slate, (220, 40), (220, 200))
    slate.evaluate("slate.undo()")
    assert [stroke[0] for stroke in strokes(slate)] == [40, 140]
    slate.mouse.up()
    assert [stroke[0] for stroke in strokes(slate)] == [40, 140]
    slate.evaluate("slate.clear()")
    assert strokes(slate) == []
    assert ink(slate) == 0
    assert slate.evaluate("kept.at(-1)") == []


def test_a_line_that_is_drawn_when_next_is_pressed_belongs_to_the_digit(slate: Page):
    write(slate, (40, 40), (200, 240))
    assert strokes(slate) == [[40, 40, 200, 240]]


def test_ink_stays_where_the_screen_turns(slate: Page):
    write(slate, (40, 40), (240, 240))
    slate.mouse.up()
    before = ink(slate)
    slate.evaluate(
        "document.querySelector('canvas').style.width ="
        "document.querySelector('canvas').style.height = '210px'"
    )
    slate.wait_for_function("() => document.querySelector('canvas').width === 210")
    assert ink(slate) == pytest.approx(before / 4, rel=0.1)


@pytest.mark.parametrize("n_points", [1, 2, 9])
def test_the_browser_curves_through_points_as_the_server_does(run, n_points: int):
    points = np.random.default_rng(n_points).uniform(0, 280, (n_points, 2)).round(1)
    browsers: list[list[Any]] = run("board/curve.js", "curve(given)", points.tolist())
    flat = points.ravel().tolist()
    kept = unpack_drawing([{"width": 20, "erases": False, "points": flat}])
    for ours in (kept["objects"][0]["path"], pen_path(points.tolist(), 20)["path"]):
        assert [name for name, *_ in ours] == [name for name, *_ in browsers]
        numbers = [number for _, *of_one in ours for number in of_one]
        theirs = [number for _, *of_one in browsers for number in of_one]
        assert numbers == pytest.approx(theirs, abs=0.06)
