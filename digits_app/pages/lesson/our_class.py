"""The lesson with the digits of one's own class in place of `load_digits`.

Only the teacher's browser opens them. What the lesson makes of them stays in this visit, on
a shelf of its own: nothing of a class is in what all visitors share.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import streamlit as st

from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.export import to_npz
from digits_app.classroom.findings import version_of
from digits_app.classroom.store import NO_STORE, the_store
from digits_app.classroom.wall import digits_of_class
from digits_app.helper_process.tasks import Shelf, Task
from digits_app.lesson.running import Base, Namespace, run_base
from digits_app.lesson.settings import CLASS_FILE, LessonSettings
from digits_app.my_hand.prompts import N_CLASSES
from digits_app.pages.classroom.identity import (
    LESSON_OF_CLASS,
    Teacher,
    ask_browser,
    is_known,
    visitor,
)
from digits_app.pages.lesson.address import leave_class
from digits_app.pages.shared.addresses import CLASS, link

FEWEST: Final = 10
"""Of each digit: with fewer a split may leave none of one to learn from, or to test."""

_MAX_BASES: Final = 8


@dataclass
class OurClass:
    """A class as the lesson knows it in this visit.

    Attributes
    ----------
    class_id : int
    version : str
        Of its digits.
    values : dict
        What `np.load` gives for its file: `data`, `target` and `pupil`.
    bases : Shelf
        What the lesson's steps built on these digits.
    """

    class_id: int
    version: str
    values: Namespace
    bases: Shelf[Base] = field(default_factory=lambda: Shelf(_MAX_BASES))


def show_our_class() -> None:
    """Show whose digits these are; without a class that can teach, the page ends here."""
    try:
        who = visitor()
    except NO_STORE:
        who = None
    ask_browser()
    if not isinstance(who, Teacher):
        _stop_without(
            "Only the browser that leads a class can open the lesson with its digits, and "
            "only until the class ends."
            if is_known()
            else "One moment …"
        )
        return
    ours = _kept(who.classroom.id)
    counts = np.bincount(ours.values["target"], minlength=N_CLASSES)
    if counts.min() < FEWEST:
        _stop_without(
            f"The lesson needs {FEWEST} of each digit on the wall, and of the "
            f"{counts.argmin()} there {'is' if counts.min() == 1 else 'are'} only "
            f"{counts.min()}. Come back when your class has written more."
        )
    n_pupils = len(np.unique(ours.values["pupil"]))
    with st.container(horizontal=True, vertical_alignment="center", key="lesson_class"):
        st.markdown(
            f"**Our class** in place of `load_digits`: {len(ours.values['target']):,} "
            f"digits by {n_pupils} pupils."
        )
        st.download_button(
            CLASS_FILE,
            lambda: to_npz(digits_of_class(the_store(), ours.class_id)),
            CLASS_FILE,
            "application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
            help="Put it beside the notebook or the script below.",
            key="lesson_class_file",
        )
        _show_way_back()


def base_of_class(number: int, settings: LessonSettings, is_quick: bool) -> Task[Base]:
    """Run, or find, what a step builds on, with the digits of the class."""
    ours: OurClass = st.session_state[LESSON_OF_CLASS]
    place = number, settings
    return ours.bases.find(place, run_base, *place, ours.values, is_quick=is_quick)


def _kept(class_id: int) -> OurClass:
    """The digits of a class, read again where some have come or gone."""
    version = version_of(the_store(), class_id)
    kept: OurClass | None = st.session_state.get(LESSON_OF_CLASS)
    if kept is None or (kept.class_id, kept.version) != (class_id, version):
        values = _values(digits_of_class(the_store(), class_id))
        st.session_state[LESSON_OF_CLASS] = kept = OurClass(class_id, version, values)
    return kept


def _values(digits: ClassDigits) -> Namespace:
    return {"data": digits.data, "target": digits.labels, "pupil": digits.pupils}


def _stop_without(sentence: str) -> None:
    st.session_state.pop(LESSON_OF_CLASS, None)
    st.info(sentence, icon=":material/info:")
    with st.container(horizontal=True, vertical_alignment="center"):
        link(CLASS, "Class", ":material/groups:")
        _show_way_back()
    st.stop()


def _show_way_back() -> None:
    st.button(
        "Back to load_digits",
        icon=":material/restart_alt:",
        on_click=leave_class,
        key="lesson_leave_class",
    )
