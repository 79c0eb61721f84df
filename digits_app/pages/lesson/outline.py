"""The lesson's outline: jump to a step, or go on to the next."""

from typing import Final, Literal

import streamlit as st

from digits_app.lesson.steps import step, steps
from digits_app.pages.shared.addresses import LESSON
from digits_app.pages.shared.controls import warn_of_unknown

STEP_KEY: Final = "step"
"""Widget key and query parameter of the outline."""

# A step begins at its top, also when the way to it was at the bottom of the one before.
_top_keeper = st.components.v2.component(
    "lesson_top_keeper",
    js="""
let shown = null;

export default function ({ data, parentElement }) {
  if (shown !== null && shown !== data.step) {
    const root = parentElement.getRootNode();
    const place = root instanceof ShadowRoot ? root.host : parentElement;
    const main = place.closest("[data-testid=stMain]");
    if (main) main.scrollTo({ top: 0 });
  }
  shown = data.step;
}
""",
)


def show_outline() -> int:
    """Show all steps to choose from and return the number of the chosen one.

    The step also stands in the page's address (`?step=6+Ten+digits`, or just `?step=6`).
    """
    labels = {str(step.number): _label(step.number) for step in steps()}
    asked = st.query_params.get(STEP_KEY)
    known = STEP_KEY in st.session_state
    default = None if known else 1
    if asked in labels and not known:
        st.switch_page(LESSON, query_params={STEP_KEY: labels[asked]})
    elif asked in labels:
        # Back through the browser's history. Streamlit knows the label alone, and takes
        # the default for a mere number.
        default = int(asked)
    else:
        warn_of_unknown(STEP_KEY, list(labels.values()))
    with st.container(gap=None):
        chosen = st.pills(
            "Steps of the lesson",
            [step.number for step in steps()],
            format_func=_label,
            default=default,
            required=True,
            key=STEP_KEY,
            bind="query-params",
            label_visibility="collapsed",
        )
        number = int(chosen or 1)
        _top_keeper(data={"step": number}, key="lesson_top_keeper")
    return number


def show_neighbours(number: int) -> None:
    """Show the ways to the step before and to the step after."""
    alignment: Literal["right", "distribute"] = "right" if number == 1 else "distribute"
    with st.container(horizontal=True, horizontal_alignment=alignment):
        if number > 1:
            _go(number - 1, f":material/arrow_back: {_label(number - 1)}", "secondary")
        if number < len(steps()):
            _go(number + 1, f"{_label(number + 1)} :material/arrow_forward:", "primary")


def _go(number: int, label: str, kind: Literal["primary", "secondary"]) -> None:
    st.button(label, on_click=_choose, args=(number,), type=kind, key=f"lesson_to_{number}")


def _choose(number: int) -> None:
    st.session_state[STEP_KEY] = number


def _label(number: int) -> str:
    return f"{number} {step(number).name}"
