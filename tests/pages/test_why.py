"""Why? without a browser: its words, and what the editor's browser side sends."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from digits_app.pages.why.editor import edited_pixels
from tests.support.serving import PATIENCE


def explain_a_seven() -> None:
    from digits_app.pages.shared.networks import Network
    from digits_app.pages.why.why import show_why_of_drawing
    from tests.support.canvas_json import to_canvas_json
    from tests.support.pen_drawings import SEVEN

    network = Network(10, "augmented")
    show_why_of_drawing(to_canvas_json([SEVEN]), network, "why", has_history=False)


def test_where_it_looks_once_below_nine_looks_it_says_so():
    app = AppTest.from_function(explain_a_seven, default_timeout=PATIENCE).run()

    def says_so() -> bool:
        return any(
            "From here on it looks once" in each.proto.body for each in app.get("html")
        )

    assert says_so()
    app.toggle(key="why_averaged").set_value(False).run()
    assert not app.exception
    assert not says_so()


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
