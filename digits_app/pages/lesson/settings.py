"""What a learner may change in the lesson, the way back, and the way home."""

from dataclasses import replace
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from digits_app.lesson.export import lesson_notebook, lesson_script
from digits_app.lesson.settings import (
    CHOICES,
    FEW,
    LESSON,
    LIMITS,
    OVERFITTING,
    LessonSettings,
    SettingName,
)
from digits_app.lesson.step import Step
from digits_app.pages.lesson.address import reset_values, set_value

_LABELS: Final[dict[SettingName, str]] = {
    "n_classes": "Digits, `n_class`",
    "random_state": "Chance, `random_state`",
    "hidden_units": "Hidden units",
    "max_iter": "Iterations, `max_iter`",
    "n_train": "Training digits",
    "learning_rate_init": "`learning_rate_init`",
    "alpha": "`alpha`",
}
_HELP: Final[dict[SettingName, str]] = {
    "n_classes": "How many digits, counted from 0. 2 means 0 and 1.",
    "random_state": "Shuffles the split and the network's first weights. The same number "
    "always gives the same result.",
    "hidden_units": "Size of the hidden layer, between the 64 pixels and the answer.",
    "max_iter": "The training stops here at the latest, even if it still gets better.",
    "n_train": "How many of the training digits it learns from. It learns a few by heart. "
    "The test digits stay the same.",
    "learning_rate_init": "How far the weights move after each look. Small steps take "
    "long; large ones jump over the goal.",
    "alpha": "The price of large weights. A high one keeps them small, and the network "
    "learns less by heart. The price is part of the loss of the training digits.",
}


def show_settings(this: Step, settings: LessonSettings, controls: DeltaGenerator) -> None:
    """Show what may be changed at a step, with the learner's values.

    Parameters
    ----------
    this : Step
        The step.
    settings : LessonSettings
        The learner's values.
    controls : DeltaGenerator
        The row where the step's controls stand.
    """
    with controls:
        for name in this.settings:
            if name not in OVERFITTING:
                _show_field(name, settings)
        if set(OVERFITTING) <= set(this.settings):
            with st.popover("By heart?", icon=":material/psychology_alt:"):
                _show_overfitting(settings)
        if settings != settings.lessons_own:
            st.button(
                "The lesson's values",
                icon=":material/restart_alt:",
                on_click=_reset,
                key="lesson_reset",
            )
    for name in this.settings:
        if name in LIMITS and is_empty(_key(name)):
            least, greatest = LIMITS[name]
            st.info(
                f"{_LABELS[name]}: which number, {least} to {greatest}? Until you type one "
                f"it stays {getattr(settings, name)}.",
                icon=":material/edit:",
            )


def is_empty(key: str) -> bool:
    """Whether the learner has emptied a field, which then asks for a number."""
    return key in st.session_state and st.session_state[key] is None


def show_downloads(settings: LessonSettings) -> None:
    """Offer the whole lesson, with the learner's values, to take home."""
    changed = ", ".join(
        f"{label} {getattr(settings, name)}"
        for name, label in _LABELS.items()
        if getattr(settings, name) != getattr(LESSON, name)
    )
    with_yours = f", with your values: {changed}" if changed else ""
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_home"):
        st.markdown(f"**Take the lesson home**{with_yours}", width="stretch")
        st.download_button(
            "Jupyter notebook",
            lambda: lesson_notebook(settings),
            "digits_lesson.ipynb",
            "application/x-ipynb+json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Python script",
            lambda: lesson_script(settings),
            "digits_lesson.py",
            "text/x-python",
            icon=":material/download:",
            on_click="ignore",
        )


def _show_overfitting(settings: LessonSettings) -> None:
    """Let a network learn by heart, on purpose."""
    st.markdown(
        f"Train on {FEW} digits, and play it again: the loss for the digits it learns "
        "from falls to almost nothing; for the test digits it stays high. The network "
        f"knows the {FEW} by heart. That is called **overfitting**."
    )
    st.button(
        f"Train on {FEW} digits",
        type="primary",
        on_click=set_value,
        args=("n_train", FEW),
        disabled=settings.n_train == FEW,
        key="lesson_few",
    )
    for name in OVERFITTING:
        _show_field(name, settings)


def _show_field(name: SettingName, settings: LessonSettings) -> None:
    if not is_empty(_key(name)):
        st.session_state[_key(name)] = getattr(settings, name)
    if name in CHOICES:
        _show_choices(name)
    else:
        _show_number(name)


def _show_number(name: SettingName) -> None:
    least, greatest = LIMITS[name]
    st.number_input(
        _LABELS[name],
        least,
        greatest,
        value=None,
        key=_key(name),
        help=f"{least} to {greatest}. {_HELP[name]}",
        placeholder=f"{least} to {greatest}",
        on_change=_change,
        args=(name,),
        width=192,
    )


def _show_choices(name: SettingName) -> None:
    st.selectbox(
        _LABELS[name],
        CHOICES[name],
        key=_key(name),
        format_func="{:g}".format,
        help=_HELP[name],
        on_change=_change,
        args=(name,),
        width=192,
    )


def _change(name: SettingName) -> None:
    """Write a new value into the address; what no field can hold changes nothing."""
    value = st.session_state[_key(name)]
    try:
        replace(LESSON, **{name: value})
    except ValueError:
        return
    set_value(name, value)


def _reset() -> None:
    for name in _LABELS:
        st.session_state.pop(_key(name), None)
    reset_values()


def _key(name: SettingName) -> str:
    return f"lesson_{name}"
