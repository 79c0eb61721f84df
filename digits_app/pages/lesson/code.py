"""The code of a step, and beside it what the code prints and draws."""

from io import BytesIO
from typing import Final

import streamlit as st
from PIL import Image

from digits_app.helper_process.tasks import Task
from digits_app.lesson.running import DOTS_PER_INCH, Output, base, run_cells
from digits_app.lesson.step import FIRST, Choice
from digits_app.pages import caches
from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.lesson.waiting import wait_for_code
from digits_app.pages.shared.pictures import data_url

_FOREGROUNDS: Final = {"light": "#1f2430", "dark": "#eceae4"}
_DOTS_PER_REM: Final = DOTS_PER_INCH * 16 // 100
_DIGIT_WIDTH: Final = 11
_PICTURE: Final = (
    '<img class="drawn" src="{}" alt="What the code draws" style="width:{}rem">'
)


def show_code(look: Look) -> None:
    """Show the cells of a step; run each, but the folded ones only when unfolded."""
    choice = look.choice if any(cell.has_choice for cell in look.step.cells) else FIRST
    outputs = wait_for_code(_task(look, choice))
    for place, (cell, output) in enumerate(zip(look.step.cells, outputs, strict=True)):
        if cell.folded is not None:
            _show_folded(look, place, choice)
        elif cell is base(look.step).cells[0]:
            _show_beside(cell.source(look.settings, choice), look.base.output)
        elif output is not None:
            _show_beside(cell.source(look.settings, choice), output)


def _show_folded(look: Look, place: int, choice: Choice) -> None:
    """Fold a cell away; it runs when somebody unfolds it."""
    cell = look.step.cells[place]
    key = f"lesson_{look.step.number}_{place}"
    folded = st.expander(cell.folded or "", key=key, on_change="rerun")
    if not folded.open:
        return
    with folded:
        source = cell.source(look.settings, choice)
        if not cell.only_draws:
            st.code(source)
            return
        output = wait_for_code(_task(look, choice, place))[place]
        if output is not None:
            _show_beside(source, output)


def _task(
    look: Look, choice: Choice, folded: int | None = None
) -> Task[tuple[Output | None, ...]]:
    """Find what a step's cells print and draw; of one's own nothing is kept."""
    place = look.step.number, look.settings, choice, _foreground(), folded
    values = look.base.values
    own = look.own.names if choice.own_drawing and look.own is not None else {}
    if own or look.settings.our_class:
        return Task(run_cells, values | own, *place, is_quick=True)
    return caches.lesson_outputs().find(place, run_cells, values, *place, is_quick=True)


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
            st.html(_PICTURE.format(data_url(png), _width(png)), width="content")
        if output.printed:
            st.code(
                output.printed,
                language=None,
                width="content" if output.pictures else "stretch",
            )


def _width(png: bytes) -> float:
    """How wide a picture is, in rem, which grow with the page; a lone digit is small."""
    with Image.open(BytesIO(png)) as picture:
        width = picture.width / _DOTS_PER_REM
        return min(width, _DIGIT_WIDTH) if picture.width == picture.height else width


def _foreground() -> str:
    """Colour of text in pictures: that of the theme."""
    return _FOREGROUNDS["dark" if st.context.theme.type == "dark" else "light"]
