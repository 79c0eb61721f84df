"""How the answer changed while a digit was drawn: the chart of Draw, with a way back."""

from digits_app.drawing.colours import SLATE
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.drawing_state import DRAW_BOARD
from digits_app.server.browser_files import browser_files
from digits_app.wording import history_words

_look_back = declare_component(
    "look_back", __file__, "look_back.css", "look_back.js", isolate_styles=False
)


def show_look_back(key: str) -> None:
    """Show what was read as the drawing on the board grew, and the drawing as it was.

    The browser has both: the readings are those of the board.

    Parameters
    ----------
    key : str
        Widget key.
    """
    address = browser_files().address
    _look_back(
        data={
            "scripts": [address("board/history.js"), address("board/drawing.js")],
            "stored": DRAW_BOARD.stored_key,
            "words": {**history_words(), "slate": SLATE},
        },
        key=key,
    )
