"""The lesson's outline: jump to a step, or go on to the next."""

from typing import Final, Literal

import streamlit as st

from digits_app.lesson.step import Step
from digits_app.lesson.steps import step, steps
from digits_app.pages.lesson.address import go_to
from digits_app.pages.shared.components import declare_component

_OUTLINE: Final = "lesson_step"

# A step begins at its top.
_page_keeper = declare_component("lesson_page_keeper", __file__, "page_keeper.js")


def show_outline(number: int) -> None:
    """Show all steps to choose from, with one of them chosen."""
    st.session_state[_OUTLINE] = number
    with st.container(gap=None, key="lesson_outline"):
        st.pills(
            "Steps of the lesson",
            [each.number for each in steps()],
            format_func=lambda each: _label(step(each)),
            required=True,
            key=_OUTLINE,
            on_change=_go_to_chosen,
            label_visibility="collapsed",
        )
        _page_keeper(data={"step": number}, key="lesson_page_keeper")


def show_neighbours(number: int) -> None:
    """Show the ways to the step before and to the step after."""
    alignment: Literal["right", "distribute"] = "right" if number == 1 else "distribute"
    with st.container(horizontal=True, horizontal_alignment=alignment):
        if number > 1:
            before = step(number - 1)
            _go(before, f":material/arrow_back: {_label(before)}", "secondary")
        if number < len(steps()):
            after = step(number + 1)
            _go(after, f"{_label(after)} :material/arrow_forward:", "primary")


def _go(
    other: Step,
    label: str,
    kind: Literal["primary", "secondary"],
) -> None:
    st.button(
        label,
        on_click=go_to,
        args=(other.number,),
        type=kind,
        key=f"lesson_to_{other.number}",
    )


def _go_to_chosen() -> None:
    go_to(int(st.session_state[_OUTLINE]))


def _label(this: Step) -> str:
    return f"{this.number} {this.name}"
