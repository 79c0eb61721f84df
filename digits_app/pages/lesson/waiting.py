"""Wait for the lesson's code, which runs in a helper, and show meanwhile how far it is."""

import uuid
from concurrent.futures import CancelledError
from typing import Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from digits_app.helper_process.tasks import Task
from digits_app.lesson.running import Base, base, get_ready, run_base
from digits_app.lesson.settings import LIMITS, LessonSettings
from digits_app.lesson.step import Step
from digits_app.pages import caches
from digits_app.pages.lesson.scenes.loss_chart import loss_chart
from digits_app.pages.lesson.scenes.svg import show_svg

Result = TypeVar("Result")

_OWNER: Final = "lesson_owner"
"""Session key: by what the queue knows this visitor."""

_BEFORE_ANYTHING_IS_SHOWN: Final = 0.15
_BETWEEN_LOOKS: Final = 0.15
_BETWEEN_LOOKS_IN_QUEUE: Final = 0.8
"""Seconds. A class that waits must not keep the processor from the one that trains."""


def base_for(this: Step, settings: LessonSettings) -> Base:
    """Run, or find, what a step builds on: a training from step 4 on."""
    below = base(this)
    settings = below.settings_used(settings)
    if settings.our_class:
        from digits_app.pages.lesson.our_class import base_of_class

        task = base_of_class(below.number, settings, is_quick=not below.trains)
    else:
        place = below.number, settings
        bases = caches.lesson_bases()
        task = bases.find(place, run_base, *place, is_quick=not below.trains)
    made = wait_for(task, settings.max_iter)
    if made.warning is not None:
        _show_warning(made.warning, settings)
    return made


def wait_for(task: Task[Result], max_iter: int = 0) -> Result:
    """Wait until a task is over, and show how far it is.

    Parameters
    ----------
    task : Task
        What it reports are losses.
    max_iter : int
        How many there can be.
    """
    if task.is_over:
        return task.result
    owner = st.session_state.setdefault(_OWNER, uuid.uuid4().hex)
    slot = st.empty()
    with caches.helpers().ask(owner, task):
        try:
            _watch(task, slot, max_iter)
        except CancelledError:
            # A newer run of this page has asked for something else: this one is over.
            st.stop()
    slot.empty()
    return task.result


def wake_helper() -> None:
    """Let a helper start, if there is none, while the visitor reads: two seconds."""
    with caches.helpers().ask("the next visitor", Task(get_ready, is_quick=True)):
        pass  # where all have work already, nothing is to be done


def _watch(task: Task[Result], slot: DeltaGenerator, max_iter: int) -> None:
    is_over = task.wait(_BEFORE_ANYTHING_IS_SHOWN)
    shown: object = None
    while not is_over:
        n_losses = len(task.reports)
        if shown != (task.has_begun, n_losses):  # a drawing is known by what it shows
            shown = (task.has_begun, n_losses)
            with slot:
                _show_progress(task, max_iter)
        hurry = task.has_begun and not caches.helpers().queue.n_waiting
        is_over = task.wait(_BETWEEN_LOOKS if hurry else _BETWEEN_LOOKS_IN_QUEUE)


def _show_progress(task: Task[Result], max_iter: int) -> None:
    """Show the loss so far, that Python still starts, or that others come first."""
    losses = list(task.reports)
    if losses:
        chart = loss_chart(losses, n_iterations=max(60, len(losses) + 20))
        show_svg(
            f'<div class="growing"><h2>Training: iteration <span class="num">{len(losses)}'
            f"</span> of at most {max_iter}</h2>{chart.svg()}</div>"
        )
    elif task.has_begun:
        st.info("Python is getting ready to run the code.", icon=":material/terminal:")
    else:
        st.info(
            "Others are ahead of you. Your turn comes soon.",
            icon=":material/hourglass_empty:",
        )


def _show_warning(warning: str, settings: LessonSettings) -> None:
    n = settings.max_iter
    _, most = LIMITS["max_iter"]
    advice = (
        "Allow more iterations, or see how well it does all the same."
        if n < most
        else "This page allows no more; see how well it does all the same."
    )
    st.warning(
        f"The training had to stop after {n} iteration{'s' if n > 1 else ''}, while it "
        f"was still getting better. {advice} "
        f"scikit-learn warns: “{warning}”",
        icon=":material/timer_off:",
    )
