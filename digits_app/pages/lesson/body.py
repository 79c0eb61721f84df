"""A step of the lesson: what is drawn for it, then its code and what the code does."""

from collections.abc import Callable
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from digits_app.lesson.looking import pictures
from digits_app.lesson.settings import LessonSettings
from digits_app.lesson.step import Destination, Scene, Step
from digits_app.pages.lesson.choice import choose, own_drawing
from digits_app.pages.lesson.code import show_code
from digits_app.pages.lesson.scenes.first_digits import show_first_digits
from digits_app.pages.lesson.scenes.greys import show_greys
from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.lesson.scenes.mistakes import show_mistakes
from digits_app.pages.lesson.scenes.network import show_network
from digits_app.pages.lesson.scenes.neuron import show_neuron
from digits_app.pages.lesson.scenes.numbers import show_numbers
from digits_app.pages.lesson.scenes.preparation import show_preparation
from digits_app.pages.lesson.scenes.training import show_training
from digits_app.pages.lesson.waiting import base_for
from digits_app.pages.shared.addresses import DRAW, MISTAKES, link
from digits_app.pages.shared.controls import network_in_address
from digits_app.pages.shared.glossary import linked
from digits_app.pages.shared.networks import Network

_SCENES: Final[dict[Scene, Callable[[Look], None]]] = {
    "first digits": show_first_digits,
    "numbers": show_numbers,
    "greys": show_greys,
    "training": show_training,
    "network": show_network,
    "mistakes": show_mistakes,
    "neuron": show_neuron,
    "preparation": show_preparation,
}


def show_step(this: Step, settings: LessonSettings, controls: DeltaGenerator) -> None:
    """Run a step, with the training to watch where there is one, and show it.

    Parameters
    ----------
    this : Step
        The step.
    settings : LessonSettings
        The learner's values.
    controls : DeltaGenerator
        The row where the step's controls stand.
    """
    settings = this.settings_used(settings)
    base = base_for(this, settings)
    if this.rows and not len(pictures(this.rows.kind, base.values)):
        st.success(
            "With these values the network reads the whole test set right: there is "
            "no mistake to look at.",
            icon=":material/check_circle:",
        )
        return
    own = own_drawing()
    with controls:
        choice = choose(this, base.values, own)
    look = Look(this, settings, base, choice, own)
    for scene in this.scenes:
        _SCENES[scene](look)
    show_code(look)
    if this.note is not None:
        with st.container(key="lesson_note"):
            st.markdown(linked(this.note))
    if this.leads_to is not None:
        _lead_to(this.leads_to, settings)


def _lead_to(destination: Destination, settings: LessonSettings) -> None:
    """Show the way to the page where a step goes on."""
    if destination == "mistakes":
        if settings.our_class:
            return  # that page shows mistakes on `load_digits` alone
        asked = network_in_address("mistakes", Network(10, "lesson"))
        link(MISTAKES, "See them all on the Mistakes page", ":material/grid_view:", **asked)
    else:
        link(DRAW, "Now you: draw a digit and see it read", ":material/draw:")
