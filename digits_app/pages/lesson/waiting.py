"""Wait for a training, and watch its loss fall meanwhile."""

import uuid
from concurrent.futures import CancelledError
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from digits_app.lesson.fitting import Fit, Fitted
from digits_app.lesson.settings import LessonSettings
from digits_app.lesson.step import Step
from digits_app.lesson.steps import training_behind
from digits_app.pages import caches
from digits_app.pages.lesson.scenes.drawing import show_drawing
from digits_app.pages.lesson.scenes.loss_chart import loss_chart

_OWNER: Final = "lesson_owner"
"""Session key: by what the queue of trainings knows this visitor."""

_BEFORE_CURVE: Final = 0.15
_BETWEEN_LOOKS: Final = 0.15
_BETWEEN_LOOKS_IN_QUEUE: Final = 0.8
"""Seconds. A class that waits must not keep the processor from the one that trains."""


def fitted_for(this: Step, settings: LessonSettings) -> Fitted | None:
    """Train, or find the training that there is, for a step that needs one."""
    behind = training_behind(this)
    if behind is None:
        return None
    owner = st.session_state.setdefault(_OWNER, uuid.uuid4().hex)
    slot = st.empty()
    with caches.lesson_fits().fit(behind, settings, owner) as fit:
        try:
            fitted = _watch(fit, settings, slot)
        except CancelledError:
            # A newer run of this page has asked for another training: this one is over.
            st.stop()
    slot.empty()
    if fitted.warning is not None:
        _show_warning(fitted.warning, settings)
    return fitted


def _watch(fit: Fit, settings: LessonSettings, slot: DeltaGenerator) -> Fitted:
    """Wait until a training is done, and show meanwhile how far it is."""
    fitted = fit.wait(_BEFORE_CURVE)
    n_shown = -1
    while fitted is None:
        losses = fit.losses
        if len(losses) != n_shown:  # a drawing is known by what it shows
            n_shown = len(losses)
            with slot:
                _show_progress(losses, settings)
        hurry = bool(losses) and not fit.others_wait
        fitted = fit.wait(_BETWEEN_LOOKS if hurry else _BETWEEN_LOOKS_IN_QUEUE)
    return fitted


def _show_progress(losses: list[float], settings: LessonSettings) -> None:
    """Show how far the training is: the loss so far, or that others come first."""
    if not losses:
        st.info(
            "Others are training just now. You are next, or nearly.",
            icon=":material/hourglass_empty:",
        )
        return
    chart = loss_chart(losses, n_iterations=max(60, len(losses) + 20))
    show_drawing(
        f'<div class="growing"><h2>Training: iteration <span class="num">{len(losses)}'
        f"</span> of at most {settings.max_iter}</h2>{chart.svg()}</div>"
    )


def _show_warning(warning: str, settings: LessonSettings) -> None:
    n = settings.max_iter
    st.warning(
        f"The training had to stop after {n} iteration{'s' if n > 1 else ''}, while it "
        "still got better. Allow more iterations, or see how well it does all the same. "
        f"scikit-learn warns: “{warning}”",
        icon=":material/timer_off:",
    )
