"""The code of a step, and beside it what the code prints and draws."""

from io import BytesIO
from typing import Final

import streamlit as st
from PIL import Image

from digits_app.lesson import running
from digits_app.lesson.drawing_board import DOTS_PER_INCH
from digits_app.lesson.running import Namespace, Output
from digits_app.lesson.step import FIRST, Cell, Choice
from digits_app.pages import caches
from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.shared.pictures import data_url

_FOREGROUNDS: Final = {"light": "#1f2430", "dark": "#eceae4"}
_DOTS_PER_PIXEL: Final = DOTS_PER_INCH // 100
_DIGIT_WIDTH: Final = 176


def show_code(look: Look) -> None:
    """Show the cells of a step; run each, but the folded ones only when unfolded."""
    choice = look.choice if any(cell.has_choice for cell in look.step.cells) else FIRST
    base = look.base
    if choice.own_drawing and look.own is not None:
        base = base | look.own.names
        outputs = running.run_cells(look.step, base, look.settings, choice, _foreground())
    else:
        outputs = caches.lesson_outputs(
            look.step.number, look.settings, choice, _foreground(), base
        )
    for place, (cell, output) in enumerate(zip(look.step.cells, outputs, strict=True)):
        if cell.folded is not None:
            _show_folded(look, cell, choice, base, f"lesson_{look.step.number}_{place}")
        elif output is not None:
            _show_beside(cell.source(look.settings, choice), output)


def _show_folded(look: Look, cell: Cell, choice: Choice, base: Namespace, key: str) -> None:
    """Fold a cell away; it runs when somebody unfolds it."""
    folded = st.expander(cell.folded or "", key=key, on_change="rerun")
    if not folded.open:
        return
    with folded:
        source = cell.source(look.settings, choice)
        if not cell.only_draws:
            st.code(source)
            return
        output = running.run_folded(
            look.step, cell, base, look.settings, choice, _foreground()
        )
        _show_beside(source, output)


def _show_beside(source: str, output: Output) -> None:
    """Show code, and beside it, or below it on a phone, what it printed and drew."""
    if not output.printed and not output.pictures:
        st.code(source)
        return
    longest = max(map(len, output.printed.splitlines()), default=0)
    code, result = st.columns([2, 3] if longest > 50 else [3, 2], gap="medium")
    with code:
        st.code(source)
    with result, st.container(horizontal=True):
        for png in output.pictures:
            st.image(data_url(png), width=_width(png), alt="What the code draws")
        if output.printed:
            st.code(
                output.printed,
                language=None,
                width="content" if output.pictures else "stretch",
            )


def _width(png: bytes) -> int:
    """How wide to show a picture, in pixels of the page; a lone digit need not be large."""
    with Image.open(BytesIO(png)) as picture:
        width = picture.width // _DOTS_PER_PIXEL
        return min(width, _DIGIT_WIDTH) if picture.width == picture.height else width


def _foreground() -> str:
    """Colour of text in pictures: that of the theme."""
    return _FOREGROUNDS["dark" if st.context.theme.type == "dark" else "light"]
