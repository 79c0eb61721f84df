"""What the network makes of us: the score, the confusion matrix, the hardest digits."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import streamlit as st
from sklearn.metrics import confusion_matrix

from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.leaving_out import FEWEST_PUPILS
from digits_app.classroom.results import ClassReading, read_class
from digits_app.classroom.store import the_store
from digits_app.classroom.wall import digits_of_class
from digits_app.my_hand.prompts import N_CLASSES
from digits_app.my_hand.teaching import get_ready
from digits_app.network.classifiers import Training
from digits_app.pages import caches
from digits_app.pages.classroom.data_set import show_data_set
from digits_app.pages.classroom.identity import Teacher
from digits_app.pages.classroom.pictures import animal_picture
from digits_app.pages.classroom.views import LEFT_OUT, WALL, go_to, show_end_button
from digits_app.pages.shared.digit_pictures import digit_picture, ink_picture
from digits_app.pages.shared.matrix import show_matrix
from digits_app.pages.shared.networks import TRAINING_NAMES
from digits_app.pages.shared.waiting import wake_helper

N_HARDEST: Final = 12
_READINGS: Final = "class_readings"
_CELL: Final = "class_cell"
_ALL: Final = "class_all_mistakes"
_DATA: Final = "class_data_set"

_SCORE: Final = """<div class="sc"><b class="num">{share}</b><span>{right:,} of our {n:,}
<br>digits read right</span></div>"""
_INTERVAL: Final = """<div class="iv"><div class="ivb" role="img" aria-label="{share}; the
other network {other}"><i
style="left:{left:.1f}%;width:{width:.1f}%"></i><b style="left:{own:.1f}%"></b><u
style="left:{beside:.1f}%"></u><s style="left:{beside:.1f}%" class="num">{other_name}:
{other}</s><em style="left:0" class="num l">{least}%</em><em style="left:100%"
class="num rr">100%</em></div><p class="small muted">{sentence}</p></div>"""
_ANOTHER: Final = (
    "Another class like ours would probably land <b>between {low:.0%} and {high:.0%}</b>. "
    "We are {n_pupils} hands: pupils count here, not digits."
)
_TOO_FEW: Final = (
    "So few hands say little about another class: from {fewest} pupils on, there is a "
    "range."
)
_CARD: Final = """<figure class="card mk"><div class="two2">{ink}{pixels}</div><figcaption
class="t num"><b>{label}</b><span class="ms" aria-hidden="true">arrow_forward</span><span
class="unseen">read as</span><b class="{mark}">{read}</b><span class="pt">{pet}</span>
</figcaption></figure>"""


def show_results(teacher: Teacher) -> None:
    """Show how both networks read the class; they learned none of its digits."""
    digits = digits_of_class(the_store(), teacher.classroom.id)
    with st.container(key="class_bar"):
        st.title("What the network makes of us", anchor=False)
        with st.container(horizontal=True, gap="xsmall"):
            st.button(
                "Our wall",
                icon=":material/arrow_back:",
                on_click=go_to(WALL),
                key="class_back",
            )
            show_end_button("class_end_results")
    if not len(digits.labels):
        st.markdown("Nothing is on the wall yet. Come back when some digits are.")
        return
    names: dict[str, Training] = {
        "as they are": "lesson",
        TRAINING_NAMES["augmented"]: "augmented",
    }
    score = st.container(key="class_score")
    with score:
        chosen = st.segmented_control(
            "It learned 1,347 digits",
            list(names),
            default="as they are",
            required=True,
            key="class_training",
            persist_state="session",
        )
    readings = {each: _reading(digits, each) for each in names.values()}
    training = names[chosen]
    with score:
        _show_score(digits, readings, training)
    left, right = st.columns([9, 14], gap="large")
    with left:
        _show_matrix(readings[training])
    with right:
        _show_hardest(digits, readings, training)
    if st.session_state.pop(_DATA, False):
        show_data_set(digits)
    wake_helper(get_ready)  # next comes "Has it seen you?"


def _reading(digits: ClassDigits, training: Training) -> ClassReading:
    """Read a class; the visitor's session keeps it until the digits are others."""
    kept = st.session_state.setdefault(_READINGS, {})
    version = digits.copies.tobytes(), digits.labels.tobytes()
    if kept.get(training, (None,))[0] != hash(version):
        classifier = caches.classifier(N_CLASSES, training)
        kept[training] = hash(version), read_class(classifier, digits)
    reading: ClassReading = kept[training][1]
    return reading


def _show_score(
    digits: ClassDigits, readings: dict[Training, ClassReading], training: Training
) -> None:
    reading = readings[training]
    (other,) = (each for each in readings if each != training)
    beside = readings[other].share
    least = min(50, int(10 * min(beside, reading.low)) * 10)

    def at(share: float) -> float:
        return (100 * share - least) / (100 - least) * 100

    names = {"lesson": "as they are", "augmented": "in many hands"}
    n_pupils = len(np.unique(digits.pupils))
    is_range = n_pupils >= FEWEST_PUPILS
    sentence = (_ANOTHER if is_range else _TOO_FEW).format(
        low=reading.low, high=reading.high, n_pupils=n_pupils, fewest=FEWEST_PUPILS
    )
    st.html(
        _SCORE.format(
            share=f"{reading.share:.1%}", right=reading.n_right, n=len(digits.labels)
        )
    )
    st.html(
        _INTERVAL.format(
            share=f"{reading.share:.1%}",
            left=at(reading.low),
            width=at(reading.high) - at(reading.low) if is_range else 0,
            own=at(reading.share),
            beside=at(beside),
            other=f"{beside:.1%}",
            other_name=names[other],
            least=least,
            sentence=sentence,
        )
    )


def _show_matrix(reading: ClassReading) -> None:
    st.header("What we wrote, what it read", anchor=False)
    st.caption(
        "Where both are the same it is right, all else are mistakes. Press one to see it."
    )
    counts = confusion_matrix(reading.labels, reading.read, labels=range(N_CLASSES))
    cell = st.session_state.get(_CELL)

    def press(true: int, read: int) -> None:
        st.session_state[_CELL] = None if cell == (true, read) else (true, read)

    show_matrix(counts, "class_matrix", cell or (None, None), press, who="we")


def _show_hardest(
    digits: ClassDigits, readings: dict[Training, ClassReading], training: Training
) -> None:
    reading, cell = readings[training], st.session_state.get(_CELL)
    hardest = reading.hardest
    if cell is not None:
        true, read = cell
        found = np.flatnonzero((reading.labels == true) & (reading.read == read))
        st.header(
            f"{true} read right" if true == read else f"{true} read as {read}", anchor=False
        )
        st.button("All mistakes again", on_click=_forget_cell, key="class_no_cell")
    else:
        st.header(
            f"The hardest of {len(hardest)}"
            if len(hardest)
            else "It read all of them right",
            anchor=False,
        )
        st.caption("Most sure, and wrong: as written, and as it saw it.")
        found = hardest if st.session_state.get(_ALL) else hardest[:N_HARDEST]
    _show_cards(digits, reading, found.tolist())
    (other,) = (each for each in readings if each != training)
    name = "many hands" if other == "augmented" else "the digits as they are"
    st.html(
        f'<p class="tip"><span class="ms" aria-hidden="true">lightbulb</span><span>The '
        "network "
        f"that learned <b>{name}</b> reads {readings[other].n_right:,} of the "
        f"{len(digits.labels):,}. Neither has learned one of ours.</span></p>"
    )
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Has it seen you?",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=go_to(LEFT_OUT),
            key="class_to_left_out",
        )
        if cell is None and len(hardest) > N_HARDEST:
            shows_all = bool(st.session_state.get(_ALL))
            st.button(
                "Show fewer" if shows_all else f"Show all {len(hardest)}",
                on_click=_turn_all,
                key="class_show_all",
            )
        st.button(
            "Our data set",
            icon=":material/download:",
            on_click=_open_data,
            key="class_data",
        )


def _show_cards(digits: ClassDigits, reading: ClassReading, numbers: Sequence[int]) -> None:
    cards = "".join(
        _CARD.format(
            ink=ink_picture(digits.drawings[number]["objects"], alt="As written"),
            pixels=digit_picture(digits.images[number], alt="As it saw it"),
            label=digits.labels[number],
            read=reading.read[number],
            mark="" if reading.read[number] == digits.labels[number] else "bad",
            pet=animal_picture(int(digits.pupils[number])),
        )
        for number in numbers
    )
    st.html(f'<div class="gal">{cards}</div>')


def _forget_cell() -> None:
    st.session_state[_CELL] = None


def _turn_all() -> None:
    st.session_state[_ALL] = not st.session_state.get(_ALL)


def _open_data() -> None:
    st.session_state[_DATA] = True
