"""The answer over the length of ink."""

from itertools import pairwise

import numpy as np
import pytest

from digits_app import read_digit
from digits_app.drawing.canvas_json import DamagedDrawingError, render_drawing
from digits_app.reading.history import command_ends, drawing_at, read_history
from tests.support.canvas_json import to_canvas_json
from tests.support.pen_drawings import SEVEN


def finely(points, step=4):
    for (x, y), (to_x, to_y) in pairwise(points):
        n = int(np.hypot(to_x - x, to_y - y) // step)
        yield list(zip(np.linspace(x, to_x, n), np.linspace(y, to_y, n), strict=True))


def test_the_length_is_that_of_the_strokes_and_not_of_the_way_between():
    apart = [[(0, 0), (30, 40), (30, 50)], [(200, 200), (200, 210)]]
    assert command_ends(to_canvas_json(apart)) == [[0, 50, 60], [60, 70]]


def test_a_curve_counts_to_its_end():
    path = [["M", 0, 0], ["Q", 9, 9, 30, 40], ["L", 30, 45]]
    assert command_ends({"objects": [{"path": path, "stroke": "#ffffff"}]}) == [[0, 50, 55]]


def test_a_drawing_is_cut_off_where_the_pen_was():
    drawing = to_canvas_json([[(0, 0), (0, 10), (0, 20)], [(50, 0), (50, 10)]])
    ends = command_ends(drawing)
    lengths = [len(path["path"]) for path in drawing_at(drawing, ends, 15)["objects"]]
    assert lengths == [2]
    assert drawing_at(drawing, ends, 30)["objects"] == drawing["objects"]
    assert drawing_at(drawing, ends, 0) == {"objects": []}


@pytest.mark.parametrize("averaged", [True, False])
def test_the_last_moment_is_the_drawing_as_it_is_read(averaged):
    drawing = to_canvas_json(finely(SEVEN))
    history = read_history(drawing, averaged=averaged)
    image = render_drawing(drawing)
    assert np.allclose(
        history.proba[-1], read_digit(image, 10, "augmented", averaged).proba, atol=1e-5
    )
    assert history.lengths[-1] == command_ends(drawing)[-1][-1]
    assert (np.diff(history.lengths) > 0).all()


def test_each_moment_is_the_reading_of_what_was_there():
    drawing = to_canvas_json(finely(SEVEN))
    history = read_history(drawing, training="lesson", n_moments=5)
    ends = command_ends(drawing)
    for length, proba in zip(history.lengths, history.proba, strict=True):
        begun = render_drawing(drawing_at(drawing, ends, length))
        assert np.allclose(read_digit(begun, training="lesson").proba, proba)


def test_the_marks_are_where_the_leader_changes_and_the_last_is_the_answer():
    history = read_history(to_canvas_json(finely(SEVEN)))
    best = history.proba.argmax(axis=1)
    moments = [moment for moment, _ in history.leaders]
    assert history.leaders[-1][1] == 7
    for moment, digit in history.leaders:
        assert best[moment] == digit
    for moment in range(1, len(best)):
        if history.proba[moment - 1].any():
            assert (moment in moments) == (best[moment] != best[moment - 1])


def test_too_little_ink_is_no_moment_of_any_digit():
    history = read_history(to_canvas_json(finely(SEVEN)), n_moments=60)
    assert not history.proba[0].any()
    assert np.allclose(history.proba[history.proba.any(axis=1)].sum(axis=1), 1)


def test_an_empty_canvas_has_no_history_and_damage_is_named():
    assert len(read_history(None).lengths) == 0
    assert read_history({"objects": []}).leaders == []
    with pytest.raises(DamagedDrawingError):
        read_history({"objects": [{"path": [["L", 1]]}]})
