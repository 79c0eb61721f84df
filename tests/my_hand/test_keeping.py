import json

import pytest

from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.keeping import pack_drawing, unpack_drawing

# As the Draw page's own pen sends it.
SEVEN = {
    "objects": [
        {
            "type": "Path",
            "path": [
                ["M", 80.3, 60],
                ["Q", 80.3, 60, 140.2, 60.1],
                ["Q", 200.1, 60.2, 165, 145.1],
                ["L", 130, 230],
            ],
            "fill": None,
            "stroke": "#fbf7ee",
            "strokeWidth": 20,
            "strokeLineCap": "round",
            "strokeLineJoin": "round",
        },
        {
            "type": "Path",
            "path": [["M", 90, 60], ["Q", 90, 60, 100, 60], ["L", 110, 60]],
            "stroke": "#1b1f2a",
            "strokeWidth": 12,
        },
    ]
}


def test_a_drawing_looks_the_same_again():
    again = unpack_drawing(json.loads(json.dumps(pack_drawing(SEVEN))))
    assert render_drawing(again).tobytes() == render_drawing(SEVEN).tobytes()
    assert [path["stroke"] for path in again["objects"]] == ["#fbf7ee", "#1b1f2a"]


def test_it_takes_a_fraction_of_the_room():
    assert len(json.dumps(pack_drawing(SEVEN))) < len(json.dumps(SEVEN)) / 2


@pytest.mark.parametrize(
    "nonsense",
    [None, 5, "strokes", [None], [{}], [{"width": 1, "erases": 0, "points": [1]}]],
)
def test_what_is_no_drawing_gets_a_sentence(nonsense):
    with pytest.raises(UnreadableDrawingError):
        unpack_drawing(nonsense)
