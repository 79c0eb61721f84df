"""Show me one: a digit that is drawn by the events of a mouse."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

CORNER = [[[40, 40], [240, 40], [240, 240]], [[40, 140], [140, 140]]]

# A surface as wide as the canvas is in units, which notes what it is told.
SURFACE = """() => {
  document.body.innerHTML = '<canvas style="position: fixed; left: 0; top: 0; '
    + 'width: 280px; height: 280px"></canvas>';
  window.surface = document.querySelector("canvas");
  window.heard = [];
  for (const kind of ["pointer", "mouse"]) for (const what of ["down", "move", "up"]) {
    surface.addEventListener(`${kind}${what}`, ({ clientX, clientY, buttons }) =>
      heard.push([kind, what, Math.round(clientX), Math.round(clientY), buttons]));
  }
}"""


@pytest.fixture
def surface(blank: Page) -> Page:
    blank.evaluate(SURFACE)
    return blank


def heard(page: Page, kind: str) -> list[tuple[str, float, float, int]]:
    return [tuple(rest) for each, *rest in page.evaluate("heard") if each == kind]


def test_each_stroke_is_drawn_from_its_first_point_to_its_last(run, surface: Page):
    run("board/demonstration.js", "(demonstrate(surface, given), null)", CORNER)
    surface.wait_for_function(
        "() => heard.filter(([, what]) => what === 'up').length === 4"
    )
    for kind in ("pointer", "mouse"):
        told = heard(surface, kind)
        ends = [each for each in told if each[0] != "move"]
        assert ends == [
            ("down", 40, 40, 1),
            ("up", 240, 240, 0),
            ("down", 40, 140, 1),
            ("up", 140, 140, 0),
        ]
        assert ("move", 240, 40, 1) in told


def test_broken_off_the_pen_lifts_where_it_is_and_draws_no_further(run, surface: Page):
    code = """new Promise(done => {
      const stop = demonstrate(surface, given);
      const step = () => {
        if (heard.length < 4) return requestAnimationFrame(step);
        stop();
        const then = heard.length;
        // Longer than what lies between two frames, and between two strokes.
        setTimeout(() => done(heard.length - then), 400);
      };
      step();
    })"""
    assert run("board/demonstration.js", code, CORNER) == 0
    (*_, last, up) = heard(surface, "mouse")
    assert up == ("up", last[1], last[2], 0)


@pytest.mark.parametrize("digit", range(10))
def test_an_example_is_a_curve_of_small_steps_within_the_canvas(run, digit: int):
    strokes = run("board/demonstration.js", "exampleStrokes(given)", digit)
    for stroke in strokes:
        assert all(0 < number < 280 for point in stroke for number in point)
        steps = [
            ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
            for (ax, ay), (bx, by) in pairwise(stroke)
        ]
        assert max(steps) < 15
