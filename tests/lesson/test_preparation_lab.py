"""The five steps, each to be left out."""

import numpy as np
import pytest

from digits_app.drawing.preparation import prepare_image
from digits_app.lesson.preparation_lab import (
    ALL_STEPS,
    example_drawing,
    make_small,
    prepare_by,
)
from tests.support.pen_drawings import render


def without(step: str) -> list[str]:
    return [each for each in ALL_STEPS if each != step]


def test_all_five_are_the_preparation_of_the_draw_page(pen_drawings):
    for drawing in pen_drawings[::50]:
        image = render(drawing.placed("as written"))
        assert np.array_equal(prepare_by(image, ALL_STEPS).image, prepare_image(image))


@pytest.mark.parametrize("step", ALL_STEPS)
def test_each_makes_a_difference(pen_drawings, step):
    images = [render(drawing.placed("as written")) for drawing in pen_drawings[::50]]
    changed = [
        not np.array_equal(prepare_by(i, without(step)).image, prepare_image(i))
        for i in images
    ]
    assert np.mean(changed) > 0.1  # some strokes need no evening out


def test_without_centring_the_ink_begins_at_the_left_edge(seven):
    columns = prepare_by(seven, without("centre")).framed.any(axis=0)
    assert columns[:20].all()
    assert not columns[20:].any()


def test_without_stretching_the_ink_keeps_its_shape_and_is_centred(seven):
    framed = prepare_by(seven, without("stretch")).framed
    rows, columns = (np.flatnonzero(framed.any(axis=axis)) for axis in (1, 0))
    # The 7 is 190 high and 140 wide with its pen, of 280.
    assert abs(len(rows) - 190 * 32 / 280) <= 2
    assert abs(len(columns) - 140 * 32 / 280) <= 2
    for lines in (rows, columns):
        assert abs(lines[0] - (31 - lines[-1])) <= 1


def test_without_counting_a_pixel_is_all_or_nothing(seven):
    assert set(prepare_by(seven, without("count")).image.ravel()) == {0, 16}


def test_a_step_left_out_leaves_the_picture_as_it_was(seven):
    stages = prepare_by(seven, ["stretch", "centre", "count"])
    assert np.array_equal(stages.framed, stages.upright)


def test_nothing_at_all_is_nearly_the_whole_drawing_made_small(seven):
    coarse = prepare_by(seven, ["count"]).image
    assert np.abs(coarse - make_small(seven)).max() <= 4


def test_the_example_is_a_7_that_only_the_five_steps_make_readable(lesson):
    network, drawing = lesson.base(9).network, example_drawing()
    small = make_small(drawing).reshape(1, -1)
    prepared = prepare_by(drawing, ALL_STEPS).image.reshape(1, -1)
    assert network.predict(small) != [7]
    assert network.predict(prepared) == [7]
