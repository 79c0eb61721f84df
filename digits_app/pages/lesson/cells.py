"""A step of the lesson: its code, and beside it what the code prints and draws."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

import streamlit as st
from PIL import Image

from digits_app.lesson import running
from digits_app.lesson.drawing_board import DOTS_PER_INCH
from digits_app.lesson.running import Output, Run
from digits_app.lesson.settings import LessonSettings
from digits_app.lesson.steps import SOURCES, Cell, Choice, step
from digits_app.pages import caches
from digits_app.pages.lesson.choice import choose, your_names
from digits_app.pages.shared.addresses import DRAW, MISTAKES
from digits_app.pages.shared.pictures import data_url

_FOREGROUNDS: Final = {"light": "#1f2430", "dark": "#eceae4"}
_DOTS_PER_PIXEL: Final = DOTS_PER_INCH // 100
_SMALL_PICTURE: Final = 300
_SECONDS_BEFORE_PROGRESS: Final = 0.3
_SECONDS_BETWEEN_LOOKS: Final = 0.1


def show_cells(number: int, settings: LessonSettings) -> None:
    """Run a step, with progress where it trains, and show its cells.

    Parameters
    ----------
    number : int
        The step, 1 to 9.
    settings : LessonSettings
        The learner's values.
    """
    if step(number).has_all_digits:
        settings = settings.with_all_digits()
    start = _start(number, settings)
    if start.warning is not None:
        _show_warning(start.warning, settings)
    fixed = caches.lesson_fixed_cells(number, settings, _foreground(), start)
    cells = step(number).cells
    n_fixed = len(fixed.outputs)
    for cell, output in zip(cells[:n_fixed], fixed.outputs, strict=True):
        code, result = st.columns(2, gap="medium")
        with code:
            _show_code(cell, cell.source(settings))
        with result:
            _show_output(output)
    if n_fixed < len(cells):
        _show_choice_cells(number, cells[n_fixed:], settings, fixed)
    _show_more(number)


def _show_choice_cells(
    number: int, cells: Sequence[Cell], settings: LessonSettings, fixed: Run
) -> None:
    """Show the cells that look at one of many pictures, and the control for it."""
    if number == 7 and not len(fixed.namespace["incorrect"]):
        st.success(
            "With these values the network reads the whole test set right: there is "
            "no mistake to look at.",
            icon=":material/check_circle:",
        )
        return
    columns = [st.columns(2, gap="medium") for _ in cells]
    with columns[0][0]:
        choice = choose(number, fixed.namespace)
    outputs = _run_choice_cells(number, settings, choice, fixed)
    if number == 2:
        picture = _run_choice_cells(3, settings, choice, _picture_start(settings))
        outputs = (Output(outputs[0].printed, picture[0].pictures),)
    for cell, output, (code, result) in zip(cells, outputs, columns, strict=True):
        with code:
            _show_code(cell, cell.source(settings, choice))
        with result:
            _show_output(output)


def _show_more(number: int) -> None:
    """Say what else there is to know about a step, and where it goes on."""
    if number == 3:
        st.caption(
            "On this page `plt` is a stand-in that draws for many visitors at once. In the "
            "notebook and the script it is matplotlib's own `pyplot`."
        )
    elif number == 7:
        st.page_link(
            MISTAKES,
            label="See them all on the Mistakes page",
            icon=":material/grid_view:",
            query_params={"classes": "0 to 9", "training_mistakes": "Lesson"},
        )
    elif number == 9:
        st.caption(f"Where the five steps come from: {'; '.join(SOURCES)}.")
        st.page_link(
            DRAW,
            label="Now you: draw a digit and see it read",
            icon=":material/draw:",
        )


def _picture_start(settings: LessonSettings) -> Run:
    """What step 3 draws from: step 2 shows its picture beside the numbers."""
    start = caches.lesson_base(3, settings)
    return caches.lesson_fixed_cells(3, settings, _foreground(), start)


def _run_choice_cells(
    number: int, settings: LessonSettings, choice: Choice, fixed: Run
) -> tuple[Output, ...]:
    if choice.own_drawing:
        own = Run(fixed.namespace | your_names())
        return running.run_choice_cells(number, own, settings, choice, _foreground())
    return caches.lesson_choice_cells(number, settings, choice, _foreground(), fixed)


def _start(number: int, settings: LessonSettings) -> Run:
    """Run what a step starts from, once for all who have the same settings."""
    this = step(number)
    earlier = this.builds_on
    if this.trains:
        return _train(number, settings)
    if earlier is not None and step(earlier).trains:
        return _train(earlier, settings)
    return caches.lesson_base(number, settings)


def _train(number: int, settings: LessonSettings) -> Run:
    """Wait for a training and show how far it is."""
    with caches.lesson_trainings().training(number, settings) as training:
        run = training.wait(_SECONDS_BEFORE_PROGRESS)
        if run is not None:
            return run
        bar = st.empty()
        while run is None:
            done = training.iterations
            bar.progress(
                min(done / settings.max_iter, 1.0),
                f"Training: iteration {done} of at most {settings.max_iter}"
                if done
                else "Waiting for the computer: others are training …",
            )
            run = training.wait(_SECONDS_BETWEEN_LOOKS)
        bar.empty()
        return run


def _show_warning(warning: str, settings: LessonSettings) -> None:
    st.warning(
        f"The training had to stop after {settings.max_iter} iterations, while it still "
        "got better. Allow more iterations, or see how well it does all the same. "
        f"scikit-learn warns: “{warning}”",
        icon=":material/timer_off:",
    )


def _show_code(cell: Cell, source: str) -> None:
    if cell.is_long:
        with st.expander("The five steps as code: what the Draw page runs"):
            st.code(source, wrap_lines=True)
    else:
        st.code(source, wrap_lines=True)


def _show_output(output: Output) -> None:
    """Show what was printed and drawn: side by side where one small picture was drawn."""
    widths = [_width(png) for png in output.pictures]
    side_by_side = len(widths) == 1 and widths[0] <= _SMALL_PICTURE
    with st.container(horizontal=side_by_side):
        if output.printed:
            st.code(
                output.printed,
                language=None,
                wrap_lines=True,
                width="content" if side_by_side else "stretch",
            )
        with st.container(horizontal=True):
            for png, width in zip(output.pictures, widths, strict=True):
                st.image(data_url(png), width=width, alt="What the code draws")


def _width(png: bytes) -> int:
    """How wide to show a picture, in pixels of the page."""
    with Image.open(BytesIO(png)) as picture:
        return picture.width // _DOTS_PER_PIXEL


def _foreground() -> str:
    """Colour of text in pictures: that of the theme."""
    return _FOREGROUNDS["dark" if st.context.theme.type == "dark" else "light"]
