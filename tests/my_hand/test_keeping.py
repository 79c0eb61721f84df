import json

import pytest

from digits_app.drawing.canvas_json import pen_path, render_drawing
from digits_app.drawing.colours import CHALK, SLATE
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.keeping import pack_drawing, unpack_drawing

# As the Draw page's own pen sends it.
SEVEN = {
    "objects": [
        pen_path([(80.3, 60), (200.1, 60.2), (130, 230)], 20, CHALK),
        pen_path([(90, 60), (110, 60)], 12, SLATE),
    ]
}


def test_a_drawing_looks_the_same_again():
    again = unpack_drawing(json.loads(json.dumps(pack_drawing(SEVEN))))
    assert render_drawing(again).tobytes() == render_drawing(SEVEN).tobytes()
    assert [path["stroke"] for path in again["objects"]] == [CHALK, SLATE]


def test_it_takes_a_fraction_of_the_room():
    assert len(json.dumps(pack_drawing(SEVEN))) < len(json.dumps(SEVEN)) / 2


@pytest.mark.parametrize(
    "nonsense",
    [None, 5, "strokes", [None], [{}], [{"width": 1, "erases": 0, "points": [1]}]],
)
def test_what_is_no_drawing_gets_a_sentence(nonsense):
    with pytest.raises(UnreadableDrawingError):
        unpack_drawing(nonsense)
