"""The teacher's side of a class: which of its views is shown, and the end."""

import streamlit as st

from digits_app.classroom.ending import end_class
from digits_app.classroom.store import the_store
from digits_app.classroom.wall import digits_of_class
from digits_app.pages.classroom.data_set import offer_class
from digits_app.pages.classroom.identity import Teacher, complain, keep, still_led
from digits_app.pages.classroom.views import ENDING, LEFT_OUT, RESULTS, ROOM, VIEW, WALL
from digits_app.pages.shared.addresses import asked_for, change_address
from digits_app.pages.shared.scrolling import open_page_at_top


def show_class(teacher: Teacher) -> None:
    """Show the view that the address asks for."""
    # Each imports what it needs when it is first shown.
    view = asked_for(VIEW, [ROOM, WALL, RESULTS, LEFT_OUT], ROOM)
    if view == WALL:
        from digits_app.pages.classroom.wall import show_wall as show
    elif view == RESULTS:
        from digits_app.pages.classroom.results import show_results as show
    elif view == LEFT_OUT:
        from digits_app.pages.classroom.left_out import show_left_out as show
    else:
        from digits_app.pages.classroom.room import show_room as show
    show(teacher)
    open_page_at_top(view)
    _notice_the_end(teacher)
    if st.session_state.pop(ENDING, False):
        _ask_whether_to_end(teacher)


@st.fragment(run_every=2)
def _notice_the_end(teacher: Teacher) -> None:
    """Notice an end that came from elsewhere, on views that stand still, too."""
    still_led(teacher)


@st.dialog("End the class?")
def _ask_whether_to_end(teacher: Teacher) -> None:
    digits = digits_of_class(the_store(), teacher.classroom.id)
    st.markdown(
        "This erases everything: all digits, all animals, the code and your key. Nobody "
        "can bring it back. The pupils keep their own digits only if they went on to My "
        "hand or downloaded them."
    )
    if len(digits.labels):
        st.markdown("Do you want the data set first?")
        offer_class(digits, "class_end")
    if st.button(
        "Erase everything",
        type="primary",
        icon=":material/delete_forever:",
        key="class_end_now",
    ):
        end_class(the_store(), teacher.classroom.id)
        keep("teacher", None)
        change_address({VIEW: None})
        complain("The class has ended, and everything in it was erased.")
        st.rerun()
