"""A pupil's own end: the result, the row that only they see, and what may go on."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import streamlit as st

from digits_app.classroom.findings import findings_of, last_version
from digits_app.classroom.joining import NoClassError, Pupil, class_of_pupil
from digits_app.classroom.leaving_out import READERS, LeftOut
from digits_app.classroom.store import the_store
from digits_app.classroom.wall import digits_of_pupil, take_out
from digits_app.my_hand.digits import MyDigit, labels_of
from digits_app.my_hand.files import to_zip
from digits_app.my_hand.prompts import N_CLASSES
from digits_app.network.forward import mean_probabilities
from digits_app.pages import caches
from digits_app.pages.classroom.identity import GOING_ON, complain, keep
from digits_app.pages.classroom.pictures import animal_picture
from digits_app.pages.my_hand.state import MAX_CORRECTED, my_hand
from digits_app.pages.shared.digit_pictures import ink_picture

_SHOWN_WRONG: Final = 6
_TAKING_OUT: Final = "class_taking_out"
_HEAD: Final = """<div class="top1">{pet}<h1 class="sc"><b class="num">{right}</b><span>of
your {n} digits<br>read right</span></h1></div>"""
_ROWS: Final = """<section class="card seen"><h2>Has it seen you?</h2>
<p class="small muted">You were left out: none of the five has ever seen a digit of
yours. Right of {n}:</p><ul class="rw num">{rows}</ul>
<p class="small muted lg"><u></u>the class so far</p></section>
<p class="say">{sentence}</p>"""
_WAIT: Final = """<section class="card seen"><h2>Has it seen you?</h2><p class="muted">Your
own row comes here when your teacher opens “Has it seen you?” on the wall. Nobody else sees
that it is yours.</p></section>"""
_NAMES: Final = (
    "the lesson’s network",
    "made new, by the others",
    "lesson + the others",
    "in many hands",
    "many hands + the others",
)


def show_own_result(pupil: Pupil) -> None:
    """Show a pupil what the lesson's network read, and their own row."""
    digits = digits_of_pupil(the_store(), pupil)
    with st.container(key="class_own"):
        _show_score(pupil, digits)
        _show_row(pupil)
        st.button(
            "Go on in My hand",
            type="primary",
            icon=":material/back_hand:",
            on_click=_take_along,
            args=(digits,),
            width="stretch",
            key="class_to_my_hand",
        )
        with st.container(horizontal=True, gap="xsmall"):
            st.download_button(
                "Download",
                lambda: to_zip(digits),
                file_name="my_digits.zip",
                mime="application/zip",
                icon=":material/download:",
                on_click="ignore",
                key="class_own_file",
            )
            st.button(
                "Take mine out",
                icon=":material/delete:",
                on_click=_begin_to_take_out,
                key="class_take_out",
            )
    if st.session_state.pop(_TAKING_OUT, False):
        _ask_whether_to_take_out(pupil)


def _show_score(pupil: Pupil, digits: Sequence[MyDigit]) -> None:
    classifier = caches.classifier(N_CLASSES, "lesson")
    read = mean_probabilities(classifier, [digit.copies for digit in digits]).argmax(axis=1)
    labels = labels_of(digits)
    wrong = np.flatnonzero(read != labels)
    st.html(
        _HEAD.format(
            pet=animal_picture(pupil.animal.number),
            right=len(labels) - len(wrong),
            n=len(labels),
        )
    )
    if not len(wrong):
        st.html("<h2>It read all of them right</h2>")
        return
    figures = "".join(
        f"<figure>{ink_picture((digits[n].drawing or {'objects': []})['objects'])}"
        "<figcaption>"
        f'<b class="num">{labels[n]}</b><span class="ms" aria-hidden="true">arrow_forward'
        f'</span><span class="unseen">read as</span><b class="num bad">{read[n]}</b>'
        "</figcaption></figure>"
        for n in wrong[:_SHOWN_WRONG]
    )
    st.html(f'<h2>{wrong_heading(len(wrong))}</h2><div class="wr3">{figures}</div>')


def wrong_heading(n_wrong: int) -> str:
    """Say how many were read wrong, and that not all of them are shown where it is so."""
    if n_wrong > _SHOWN_WRONG:
        return f"{_SHOWN_WRONG} of the {n_wrong} it read wrong"
    return f"The {'one' if n_wrong == 1 else n_wrong} it read wrong"


def _show_row(pupil: Pupil) -> None:
    """Show the pupil's own row; a fragment, until it is there."""
    known = _row_of(pupil)
    every = None if known is not None else 3.0

    @st.fragment(run_every=every)
    def live() -> None:
        try:
            class_of_pupil(the_store(), pupil)
        except NoClassError:
            st.rerun()
        found = _row_of(pupil)
        if found is not None and every is not None:
            st.rerun()
        st.html(_WAIT if found is None else _own_row(*found))

    live()


def _row_of(pupil: Pupil) -> tuple[LeftOut, Sequence[LeftOut]] | None:
    store, class_id = the_store(), pupil.class_id
    rows = findings_of(store, class_id, last_version(store, class_id)).rows
    own = [row for row in rows if row.pupil == pupil.animal.number]
    return (own[0], rows) if own else None


def _own_row(own: LeftOut, everybody: Sequence[LeftOut]) -> str:
    n_digits = sum(row.n_digits for row in everybody)
    rows = "".join(
        f'<li><i class="rd r{number}"></i><span class="a">{name}</span><span class="tk">'
        f'<u style="left:{_share(everybody, reader, n_digits):.1%}"></u><i '
        f'class="rd r{number}" style="left:{own.share(reader):.1%}"></i></span>'
        f"<b>{own.n_right[reader]}</b></li>"
        for number, (reader, name) in enumerate(zip(READERS, _NAMES, strict=True), start=1)
    )
    return _ROWS.format(n=own.n_digits, rows=rows, sentence=own_sentence(own))


def _share(rows: Sequence[LeftOut], reader, n_digits: int) -> float:  # type: ignore[no-untyped-def]
    return float(sum(row.n_right[reader] for row in rows) / n_digits)


def own_sentence(own: LeftOut) -> str:
    """Say what the others' digits brought for one's own."""
    more = own.n_right["lesson_taught"] - own.n_right["lesson"]
    luck = f"<b>With {own.n_digits} digits, that can be luck.</b>"
    if more > 0:
        return f"Your class’s digits teach it to read {more} more of yours. {luck}"
    if more < 0:
        return f"Taught by your class, it reads {-more} fewer of yours. {luck}"
    return "Your class’s digits change nothing for yours: it reads as many as before."


def _take_along(digits: list[MyDigit]) -> None:
    """Put the digits into My hand, in this visit; they stay in the class, too."""
    hand = my_hand()
    known = {id(digit.drawing) for digit in hand.corrected}
    new = [digit for digit in digits if id(digit.drawing) not in known]
    if not any(_is_same(new[0], each) for each in hand.corrected):
        hand.corrected = (hand.corrected + new)[-MAX_CORRECTED:]
    hand.is_shown = True
    st.session_state[GOING_ON] = True


def _is_same(one: MyDigit, other: MyDigit) -> bool:
    return one.label == other.label and one.drawing == other.drawing


def _begin_to_take_out() -> None:
    st.session_state[_TAKING_OUT] = True


@st.dialog("Take yours out?")
def _ask_whether_to_take_out(pupil: Pupil) -> None:
    st.markdown(
        "This erases all your digits from the class, and your animal. They go from the "
        "wall, too. Nobody can bring them back."
    )
    if st.button(
        "Erase mine", type="primary", icon=":material/delete_forever:", key="class_out_now"
    ):
        try:
            take_out(the_store(), pupil)
            complain("Your digits were taken out, and your animal is free again.")
        except NoClassError as error:
            complain(str(error))
        keep("pupil", None)
        st.rerun()
