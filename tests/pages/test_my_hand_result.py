"""What My hand shows of the digits that were written, without a browser."""

from streamlit.testing.v1 import AppTest

from digits_app.my_hand.digits import my_digit
from digits_app.pages.my_hand.state import Hand
from digits_app.pages.shared.drawing_state import HAND_KEY
from tests.pages.conftest import APP
from tests.support.canvas_json import to_canvas_json
from tests.support.pen_drawings import SEVEN
from tests.support.serving import PATIENCE


def test_why_says_nothing_of_how_the_drawing_on_draw_was_read():
    """The readings that were noted while one drew belong to another drawing."""
    app = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    seven = my_digit(7, to_canvas_json([SEVEN]))
    app.session_state[HAND_KEY] = Hand(corrected=[seven] * 10, is_shown=True)
    app.session_state["my_hand_open"] = 0
    app.switch_page("my_hand/my_hand.py").run()
    assert not app.exception
    headings = {heading.value for heading in app.subheader}
    assert "What would make it" in headings
    assert not any("changed while you drew" in heading for heading in headings)
