"""The benchmark of photographs in its quick form, with the figures that may not be lost."""

import numpy as np
import pytest

from benchmarks import photographs


@pytest.fixture(scope="module")
def drawings():
    return photographs.all_drawings()


def test_digits_on_paper_are_read_as_well_as_drawn_ones(drawings):
    outcome = photographs.read_photographs(drawings[:: 3 * photographs.QUICK])
    assert len(outcome.clean) == 99
    assert outcome.clean.mean() >= 0.9
    assert outcome.kept >= 0.97


def test_rows_are_split_into_their_digits(drawings):
    split = photographs.split_rows(drawings, photographs.ROWS // photographs.QUICK)
    assert len(split) == 30
    assert split.mean() >= 0.95


def test_overlap_of_boxes():
    box = np.array([4.0, 4, 16, 16])
    assert photographs.overlap(box, box) == 1
    assert photographs.overlap(box, box + 100) == 0
    # Widened: 20x20 each, 10x20 in common.
    assert photographs.overlap(box, box + np.array([10, 0, 10, 0])) == 200 / 600
