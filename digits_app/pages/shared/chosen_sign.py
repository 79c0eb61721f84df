"""Which sign of a number the page is about: the one that was pressed, or written last."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from PIL import Image

from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.shared.drawing_state import DRAW_BOARD, Drawing, kept_drawing

if TYPE_CHECKING:
    from digits_app.reading.numbers import SignOfDrawing

_CHOSEN_KEY: Final = "draw_sign"


def take_chosen_sign() -> None:
    """Remember which sign was pressed, and in which revision of the drawing."""
    asked = (st.session_state.get(DRAW_BOARD.board_key) or {}).get("sign")
    if isinstance(asked, Mapping):
        st.session_state[_CHOSEN_KEY] = (asked.get("revision"), asked.get("stroke"))


def signs_of(drawing: Drawing) -> "tuple[list[SignOfDrawing], int]":
    """The signs of a drawing, and which of them the page is about.

    Raises
    ------
    UnreadableDrawingError
        It is no drawing.
    """
    # The empty canvas does not wait for scipy, which this needs.
    from digits_app.reading.numbers import split_drawing

    signs = split_drawing(drawing.objects, drawing.width)
    revision, stroke = st.session_state.get(_CHOSEN_KEY, (None, None))
    if revision == drawing.revision:
        for i, sign in enumerate(signs):
            if sign.strokes[0] == stroke:
                return signs, i
    return signs, newest(signs)


def newest(signs: "Sequence[SignOfDrawing]") -> int:
    """Place of the sign that has the newest stroke."""
    return max(range(len(signs)), key=lambda i: signs[i].strokes[-1], default=0)


def chosen_objects() -> tuple[list[dict[str, Any]], bool]:
    """Paths of the digit that the page is about, and whether it is all that is drawn."""
    drawing = kept_drawing()
    if drawing is None or not drawing.objects:
        return [], True
    signs, chosen = signs_of(drawing)
    return (signs[chosen].objects if signs else drawing.objects), len(signs) < 2


def current_drawing() -> Image.Image | None:
    """The digit that the page is about, mode "L", 280x280; None where there is none."""
    try:
        objects, _ = chosen_objects()
        return render_drawing({"objects": objects})
    except UnreadableDrawingError:
        return None
