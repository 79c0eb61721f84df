"""Wait for the lesson's code, which runs in a helper, and show meanwhile how far it is."""

from functools import partial
from typing import TypeVar

import streamlit as st

from digits_app.helper_process.tasks import Task
from digits_app.lesson.running import Base, base, run_base
from digits_app.lesson.settings import LIMITS, LessonSettings
from digits_app.lesson.step import Step
from digits_app.pages import caches
from digits_app.pages.lesson.scenes.loss_chart import loss_chart
from digits_app.pages.lesson.scenes.svg import show_svg
from digits_app.pages.shared.waiting import wait_for

Result = TypeVar("Result")


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
    made = wait_for_code(task, settings.max_iter)
    if made.warning is not None:
        _show_warning(made.warning, settings)
    return made


def wait_for_code(task: Task[Result], max_iter: int = 0) -> Result:
    """Wait until a task is over; what it reports are losses, `max_iter` at most."""
    return wait_for(task, partial(_show_losses, max_iter=max_iter))


def _show_losses(losses: list[float], max_iter: int) -> None:
    """Show the loss so far, or that Python still starts."""
    if losses:
        chart = loss_chart(losses, n_iterations=max(60, len(losses) + 20))
        show_svg(
            f'<div class="growing"><h2>Training: iteration <span class="num">{len(losses)}'
            f"</span> of at most {max_iter}</h2>{chart.svg()}</div>"
        )
    else:
        st.info("Python is getting ready to run the code.", icon=":material/terminal:")


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
