"""What a learner may change in the lesson, the way back, and the way home."""

from dataclasses import asdict
from typing import Any, Final

import streamlit as st

from digits_app.lesson.export import lesson_notebook, lesson_script
from digits_app.lesson.settings import LESSON, LIMITS, LessonSettings

_LABELS: Final = {
    "n_classes": "Digits, `n_class`",
    "random_state": "Chance, `random_state`",
    "hidden_units": "Hidden units",
    "max_iter": "Iterations, `max_iter`",
}
_HELP: Final = {
    "n_classes": "How many digits, counted from 0. 2 means 0 and 1.",
    "random_state": "Shuffles the split and the network's first weights. The same number "
    "always gives the same result.",
    "hidden_units": "Size of the hidden layer, between the 64 pixels and the answer.",
    "max_iter": "The training stops here at the latest, even if it still gets better.",
}
_NETWORK: Final = ("random_state", "hidden_units", "max_iter")
_OFFERED: Final = {
    **dict.fromkeys((1, 2, 3), ("n_classes",)),
    **dict.fromkeys((4, 5), ("n_classes", *_NETWORK)),
    **dict.fromkeys((6, 7, 8, 9), _NETWORK),
}


def show_settings(number: int) -> LessonSettings:
    """Show what may be changed at a step and return all the learner's values."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name in _OFFERED[number]:
            least, greatest = LIMITS[name]
            st.number_input(
                _LABELS[name],
                least,
                greatest,
                "min" if _key(name) in st.session_state else getattr(LESSON, name),
                key=_key(name),
                help=f"{least} to {greatest}. {_HELP[name]}",
                width=168,
                persist_state="session",
            )
        settings = LessonSettings(**{name: _chosen(name) for name in LIMITS})
        if settings != LESSON:
            st.button(
                "The lesson's values",
                icon=":material/restart_alt:",
                on_click=_reset,
                key="lesson_reset",
            )
    return settings


def show_downloads(settings: LessonSettings) -> None:
    """Offer the whole lesson, with the learner's values, to take home."""
    changed = ", ".join(
        f"{_LABELS[name]} {value}"
        for name, value in asdict(settings).items()
        if value != getattr(LESSON, name)
    )
    with st.container(border=True):
        st.markdown(
            "**Take the whole lesson home.** "
            f"{f'With your values: {changed}.' if changed else ''} "
            "It runs where scikit-learn and matplotlib are installed."
        )
        with st.container(horizontal=True):
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


def _chosen(name: str) -> int:
    """Read a value; the lesson's own where the browser sent nothing usable."""
    least, greatest = LIMITS[name]
    value: Any = st.session_state.get(_key(name))
    if isinstance(value, int) and least <= value <= greatest:
        return value
    return int(getattr(LESSON, name))


def _reset() -> None:
    for name in LIMITS:
        st.session_state[_key(name)] = getattr(LESSON, name)


def _key(name: str) -> str:
    return f"lesson_{name}"
