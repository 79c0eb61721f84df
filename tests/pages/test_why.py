"""What the editor's browser side sends may be anything."""

import numpy as np
import pytest

from digits_app.pages.why.editor import edited_pixels


def test_pixels_of_this_start_are_taken():
    pixels = [0] * 63 + [16]
    taken = edited_pixels({"edited": {"start": "a", "pixels": pixels}}, "a")
    assert taken is not None
    assert np.array_equal(taken, pixels)


@pytest.mark.parametrize(
    "state",
    [
        None,
        "text",
        [1],
        {},
        {"edited": None},
        {"edited": "text"},
        {"edited": {"start": "another", "pixels": [0] * 64}},
        {"edited": {"start": "a"}},
        {"edited": {"start": "a", "pixels": None}},
        {"edited": {"start": "a", "pixels": [0] * 63}},
        {"edited": {"start": "a", "pixels": [17] * 64}},
        {"edited": {"start": "a", "pixels": [-1] * 64}},
        {"edited": {"start": "a", "pixels": ["x"] * 64}},
        {"edited": {"start": "a", "pixels": [None] * 64}},
        {"edited": {"start": "a", "pixels": [[1, 2], [3]]}},
        {"edited": {"start": "a", "pixels": {"0": 1}}},
    ],
)
def test_anything_else_is_as_if_nothing_was_edited(state):
    assert edited_pixels(state, "a") is None
