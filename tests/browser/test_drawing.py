"""The drawing in the browser: what Undo and Clear do to it, and what outlives a reload."""

from typing import Any

import pytest
from playwright.sync_api import Page


def drawing(run, *deeds: str, stored: str = "test") -> dict[str, Any]:
    """What a drawing is after some deeds; each stroke is a path with a number."""
    code = "; ".join(f"drawing.{deed}" for deed in deeds)
    return run(
        "board/drawing.js",
        f"(drawing => {{ {code}; return {{ ...drawing, "
        f"strokes: drawing.objects.map(path => path.n) }}; }})(drawingOf('{stored}'))",
    )


def test_undo_takes_one_stroke_back_and_clear_all(run):
    assert drawing(run, "add({n: 1})", "add({n: 2})", "undo()")["strokes"] == [1]
    assert drawing(run, "clear()")["strokes"] == []


def test_what_two_widths_of_the_pen_would_hide_is_small(run):
    def is_small(*paths: str) -> bool:
        return run("board/drawing.js", f"isSmall([{','.join(paths)}])")

    dot = '{path: [["M", 100, 100], ["Q", 110, 105, 120, 125]]}'
    assert is_small(dot)
    assert not is_small(dot, '{path: [["M", 100, 100], ["L", 100, 160]]}')
    assert not is_small('{path: [["M", 20, 100], ["L", 260, 100]]}')  # a line of a digit
    assert not is_small()


def test_undo_right_after_clear_brings_back_what_was_cleared(run):
    assert drawing(run, "add({n: 1})", "add({n: 2})", "clear()", "undo()")["strokes"] == [
        1,
        2,
    ]
    assert drawing(run, "clear()", "add({n: 3})", "undo()", "undo()")["strokes"] == []


def test_undo_on_an_empty_canvas_does_nothing(run):
    assert drawing(run, "undo()")["revision"] == 0


def test_each_change_has_another_revision(run):
    assert drawing(run, "add({n: 1})", "undo()", "add({n: 2})", "clear()")["revision"] == 4


def test_the_tab_keeps_the_drawing(run, blank: Page):
    drawing(run, "add({n: 1})", "add({n: 2})")
    blank.reload()
    kept = drawing(run)
    assert (kept["strokes"], kept["revision"]) == ([1, 2], 2)


def test_what_the_server_places_replaces_the_drawing_but_not_what_it_had_not_seen(run):
    placed = "place({name: 'a', objects: [{n: 9}], seen: 1})"
    after = drawing(run, "add({n: 1})", "add({n: 2})", placed)
    assert after["strokes"] == [9, 2]
    assert after["known"] == ["a"]


def ways(drawing: dict[str, Any]) -> list[Any]:
    """The paths of a drawing, and the width of their pen."""
    return [(path["path"], path["strokeWidth"]) for path in drawing["objects"]]


def line(*points: float) -> str:
    """Add a line from one point to another."""
    x, y, to_x, to_y = points
    path = f'[["M", {x}, {y}], ["L", {to_x}, {to_y}]]'
    return f"add({{path: {path}, strokeWidth: 20}})"


def test_on_another_canvas_strokes_stay_where_they_have_room(run):
    left = line(30, 40, 100, 240)
    square, wide = drawing(run, left), drawing(run, "resize(560)")
    assert (wide["width"], ways(wide)) == (560, ways(square))
    assert wide["revision"] == square["revision"] + 1  # the server is told
    assert ways(drawing(run, "resize(280)")) == ways(square)


def test_what_the_square_has_no_room_for_fits_and_is_again_as_it_was(run):
    written = [line(30, 40, 30, 240), line(530, 40, 530, 240)]
    wide = drawing(run, "resize(560)", *written)
    square = drawing(run, "resize(280)")
    (first, pen), (last, _) = ways(square)
    assert pen == pytest.approx(20 * 280 / 520)
    across = [point[1] for path in (first, last) for point in path]
    assert across == pytest.approx(
        [pen / 2, pen / 2, 280 - pen / 2, 280 - pen / 2], abs=0.01
    )
    assert (first[0][2], first[1][2]) == pytest.approx(
        (140 - 5.385 * 10, 140 + 53.85), abs=0.01
    )
    assert ways(drawing(run, "resize(560)")) == ways(wide)
    # Only as long as nothing is added.
    changed = drawing(run, "resize(280)", line(5, 5, 5, 90), "resize(560)")
    assert ways(changed)[:2] == ways(square)


def test_what_stands_on_the_right_alone_is_moved_and_keeps_its_size(run):
    square = drawing(run, "resize(560)", line(400, 40, 500, 240), "resize(280)")
    assert ways(square) == [([["M", 90, 40], ["L", 190, 240]], 20)]


def test_undo_after_clear_brings_back_the_canvas_too(run):
    deeds = ["resize(560)", line(400, 40, 500, 240), "clear()", "resize(280)", "undo()"]
    back = drawing(run, *deeds)
    assert (back["width"], ways(back)[0][0][0]) == (560, ["M", 400, 40])


def test_what_the_server_places_takes_the_square(run):
    placed = "place({name: 'square', objects: [], seen: 9})"
    assert drawing(run, "resize(560)", "add({n: 1})", placed)["width"] == 280


def test_a_tab_that_has_seen_many_drawings_knows_the_last(run):
    deeds = [f"place({{name: 'name {n}', objects: [], seen: 0}})" for n in range(510)]
    known = drawing(run, *deeds)["known"]
    assert (len(known), known[-1]) == (500, "name 509")


def test_storage_that_holds_nonsense_is_an_empty_canvas(run, blank: Page):
    blank.evaluate("sessionStorage.setItem('nonsense', '{{{')")
    assert drawing(run, stored="nonsense")["strokes"] == []


def test_the_lesson_finds_a_wide_drawing_as_it_is(run):
    drawing(run, "add({n: 1})", "resize(560)", stored="wide")
    sent = run(
        "board/finder.js",
        """new Promise(done => receive({
  data: [{ stored: "wide" }], setStateValue: (_, value) => done(value),
}))""",
    )
    assert (len(sent["objects"]), sent["width"]) == (1, 560)
