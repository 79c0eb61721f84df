"""The canvas' JSON comes from the browser, so it may be a drawing or anything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digits_app import TooSmallDrawingError, UnreadableDrawingError
from digits_app.drawing.canvas_json import (
    MAX_PATH_COMMANDS,
    DamagedDrawingError,
    OverfullDrawingError,
    _come_so_far,
    _far_enough_apart,
    drawing_objects,
    pen_path,
    render_drawing,
)
from digits_app.drawing.five_steps import dilate, erode
from tests.support.browser_pixels import browser_pictures, drawings
from tests.support.canvas_json import straight_path
from tests.support.fuzzing import examples
from tests.support.pen_drawings import SEVEN

SEVEN_PATH = straight_path(SEVEN)


def test_no_drawing_and_no_strokes_are_an_empty_canvas():
    assert render_drawing(None) is None
    assert render_drawing({"objects": []}) is None


def test_strokes_are_drawn_as_the_browser_draws_them():
    """To the pixel, but for the edge: Pillow's pen is a quarter of a pixel wider."""
    pictures = browser_pictures()
    assert len(pictures) == len(drawings())
    for drawing, picture in zip(drawings(), pictures, strict=True):
        ours, browsers = (np.asarray(p) >= 128 for p in (render_drawing(drawing), picture))
        differ = ours != browsers
        edge = dilate(browsers[None])[0] & ~erode(browsers[None])[0]
        assert np.sum(differ & ~edge) <= 1  # a sliver that the eraser left
        assert differ.sum() < 0.25 * edge.sum()
        assert np.asarray(picture).max() == 255


def test_curves_pass_through_their_ends_and_bend_towards_their_control_point():
    curve = [["M", 40, 140], ["Q", 140, 40, 240, 140]]
    image = render_drawing({"objects": [{**SEVEN_PATH, "path": curve}]})
    ink = np.asarray(image) >= 128
    assert ink[140, 40]
    assert ink[140, 240]
    assert ink[90, 140]  # halfway between the chord and the control point
    assert not ink[140, 140]


def test_a_dark_stroke_erases():
    ink = straight_path([(140, 40), (140, 240)])
    eraser = straight_path([(140, 100), (140, 180)], colour="#000000", width=40)
    image = np.asarray(render_drawing({"objects": [ink, eraser]}))
    assert image[60, 140] == 255
    assert image[140, 140] == 0


@pytest.mark.parametrize("width", [10, 20, 40])
def test_a_dot_is_no_digit_whatever_the_pen(width):
    dot = straight_path([(140, 140), (141, 141)], width=width)
    with pytest.raises(TooSmallDrawingError, match="only a dot"):
        render_drawing({"objects": [dot]})


@pytest.mark.parametrize(
    "strokes",
    [
        [straight_path([(i % 280, 100) for i in range(MAX_PATH_COMMANDS + 1)])],
        [straight_path([(0, 100)])] * MAX_PATH_COMMANDS,
        [straight_path([(0, 140), (280, 140)] * 10)] * 2,
        [straight_path([(100, 100), (101, 100)], width=10)] * 500,
    ],
    ids=["commands", "strokes", "way", "dots"],
)
def test_a_drawing_without_end_is_refused(strokes):
    with pytest.raises(OverfullDrawingError, match="Clear the canvas"):
        render_drawing({"objects": strokes})


@pytest.mark.parametrize("width", [10, 20, 40])
def test_a_canvas_filled_to_the_rim_is_still_drawn(width):
    rows = range(0, 281, width)
    strokes = [straight_path([(0, row), (280, row)], width=width) for row in rows]
    assert np.asarray(render_drawing({"objects": strokes})).min() == 255


@pytest.mark.parametrize(
    "drawing",
    [
        "a digit",
        7,
        [],
        {},
        {"objects": None},
        {"objects": [None]},
        {"objects": [{"type": "Rect"}]},
        {"objects": [{"path": "M 0 0"}]},
        {"objects": [{**SEVEN_PATH, "path": [["L", 1, 2]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["Q", 1, 2, 3, 4]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", 1]]}]},
        {"objects": [{**SEVEN_PATH, "path": [*SEVEN_PATH["path"], ["Z", 1]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", "x", "y"]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", float("nan"), 0]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", None, None]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", "1", "2"]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", 1e7, 2]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", 10**400, 2]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", [1, 2], 3]]}]},
        {"objects": [{**SEVEN_PATH, "path": [[{}]]}]},
        {"objects": [{**SEVEN_PATH, "path": [[]]}]},
        {"objects": [{**SEVEN_PATH, "path": [7]}]},
        {"objects": [{**SEVEN_PATH, "strokeWidth": "wide"}]},
        {"objects": [{**SEVEN_PATH, "strokeWidth": -3}]},
        {"objects": [{**SEVEN_PATH, "strokeWidth": 0}]},
        {"objects": [{**SEVEN_PATH, "strokeWidth": 101}]},
        {"objects": [{**SEVEN_PATH, "strokeWidth": float("nan")}]},
        {"objects": [{**SEVEN_PATH, "stroke": None}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", 9, 9], ["C", 1, 2, 3, 4, 5, 6]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", 9, 9], ["L", 50, 90], ["Z"]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", 9, 9], ["L", 50, 90], ["M", 3, 4]]}]},
        {"objects": [{**SEVEN_PATH, "path": [["M", 9, 9], ["M", 50, 90]]}]},
        {"objects": [{**SEVEN_PATH, "strokeWidth": 1e9}]},
        {"objects": [{**SEVEN_PATH, "stroke": "no colour"}]},
        {"objects": [{**SEVEN_PATH, "stroke": [255, 255, 255]}]},
    ],
)
def test_what_is_no_drawing_is_refused_with_a_sentence(drawing):
    for look in (render_drawing, drawing_objects):
        with pytest.raises(DamagedDrawingError, match="Clear the canvas and draw again"):
            look(drawing)


def test_the_paths_of_a_drawing_are_returned_as_they_are():
    eraser = {**SEVEN_PATH, "stroke": "#000000"}
    assert drawing_objects({"objects": [SEVEN_PATH, eraser]}) == [SEVEN_PATH, eraser]
    assert drawing_objects({"objects": []}) == drawing_objects(None) == []


@pytest.mark.parametrize("path", [[], [["M", 1e6, -1e6]]])
def test_a_path_that_goes_nowhere_is_a_dot(path):
    with pytest.raises(TooSmallDrawingError):
        render_drawing({"objects": [{**SEVEN_PATH, "path": path}]})


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda children: (
        st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=5), children)
    ),
    max_leaves=12,
)
path_command = st.lists(
    st.sampled_from(["M", "L", "Q", "C", "Z", "A"]) | st.floats() | json_values, max_size=5
)


@given(
    drawing=json_values
    | st.fixed_dictionaries(
        {
            "objects": st.lists(
                st.fixed_dictionaries(
                    {"path": st.lists(path_command, max_size=6)},
                    optional={
                        "stroke": json_values | st.just("#ffffff"),
                        "fill": json_values,
                        "strokeWidth": json_values | st.integers(0, 50),
                    },
                ),
                max_size=3,
            )
        }
    )
)
@examples(300)
def test_any_json_is_drawn_or_refused(drawing):
    try:
        image = render_drawing(drawing)
    except UnreadableDrawingError:
        return
    if image is None:
        assert not drawing_objects(drawing)
    else:
        assert image.size == (280, 280)


def test_the_widest_and_the_finest_pen_are_drawn():
    for width, half in ((100, 50), (1, 0.5)):
        line = straight_path([(140, 80), (140, 200)], width=width)
        left, _, right, _ = render_drawing({"objects": [line]}).getbbox()
        assert right - left == pytest.approx(2 * half, abs=1.1)


def test_a_stroke_without_a_width_is_one_pixel_wide_as_in_the_browser():
    line = straight_path([(140, 80), (140, 200)])
    fine = {"objects": [{**line, "strokeWidth": 1}]}
    del line["strokeWidth"]
    assert np.array_equal(render_drawing({"objects": [line]}), render_drawing(fine))


def test_the_longest_way_is_drawn_and_a_pixel_more_is_not():
    # 35 lines of 265 pixels, each counted with 20 for setting the pen down: 9,975.
    lines = [straight_path([(7, row), (272, row)], width=6) for row in range(10, 255, 7)]
    assert render_drawing({"objects": lines}) is not None
    one_more = straight_path([(7, 20), (13, 20)], width=6)
    with pytest.raises(OverfullDrawingError):
        render_drawing({"objects": [*lines, one_more]})


def test_far_from_the_canvas_the_pen_is_brought_back_to_its_neighbourhood():
    far = straight_path([(140, 140), (1e6, 140)])
    near = straight_path([(140, 140), (560, 140)])
    assert np.array_equal(
        render_drawing({"objects": [far]}), render_drawing({"objects": [near]})
    )


@pytest.mark.parametrize(("level", "shade"), [(128, 255), (127, 0)])
def test_a_light_colour_is_ink_and_a_dark_one_erases(level, shade):
    white = straight_path([(140, 40), (140, 240)], width=40)
    grey = straight_path([(140, 100), (140, 180)], colour=f"rgb({level},{level},{level})")
    assert np.asarray(render_drawing({"objects": [white, grey]}))[140, 140] == shade


def test_of_points_close_together_those_are_drawn_that_show():
    points = [(100 + 0.1 * step, 100) for step in range(301)]
    come = _come_so_far(np.array(points))
    assert come[-1] == pytest.approx(30)
    for apart, spacing in ((0.6, 2), (2, 2), (4, 4), (10, 10)):
        kept = np.flatnonzero(_far_enough_apart(come, apart))
        assert kept[0] == 0
        assert kept[-1] == 300
        assert np.diff(come[kept])[:-1] == pytest.approx(spacing, abs=0.11)


def test_a_stroke_is_written_as_the_canvas_writes_it():
    # The canvas loads it with Fabric, which ignores what it does not know by name.
    assert pen_path([(80.11, 60), (200.226, 60.008)], width=20) == {
        "type": "Path",
        "path": [["M", 80.11, 60], ["Q", 80.11, 60, 140.17, 60.0], ["L", 200.226, 60.008]],
        "fill": None,
        "stroke": "#ffffff",
        "strokeWidth": 20,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
    }
