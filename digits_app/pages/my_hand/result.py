"""The result of the test: how much was read right, beside strangers, digit by digit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from sklearn.metrics import confusion_matrix

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.digits import MyDigit, labels_of
from digits_app.my_hand.prompts import N_CLASSES
from digits_app.my_hand.scoring import Score, score, writer_shares
from digits_app.my_hand.strangers import MIN_DIGITS, load_strangers
from digits_app.network.classifiers import Training
from digits_app.network.forward import mean_probabilities
from digits_app.pages import caches
from digits_app.pages.my_hand.state import my_hand
from digits_app.pages.shared.digit_pictures import digit_picture, ink_picture
from digits_app.pages.shared.matrix import show_matrix
from digits_app.pages.shared.networks import TRAINING_NAMES, Network
from digits_app.wording import a_digit, certainty

_OPEN_KEY: Final = "my_hand_open"
_SCORE: Final = """<div class="mine"><b class="num">{right}</b><h2>of {n} of your digits
read right</h2><p class="muted">{n} digits are few: with more, it would probably settle
<b>between {low:.0%} and {high:.0%}</b>. {beside}</p></div>"""
_STANDING: Final = """<figure class="standing"><figcaption><b>{right} of {n}</b> by the
network that learned the digits {name}</figcaption><div role="img" aria-label="{said}">
<div class="dots">{dots}</div><div class="line"><i class="range"
style="left:{low:.1f}%;width:{width:.1f}%"></i><i class="own" style="left:{own:.1f}%"></i>
</div><p class="num" aria-hidden="true"><span>0%</span><span>25%</span><span>50%</span>
<span>75%</span><span>100%</span></p></div></figure>"""
_CARD: Final = """<div class="pair">{ink}<span class="ms" aria-hidden="true">arrow_forward
</span>{pixels}</div><p class="said num"><span class="words">You wrote </span><b>{label}</b>
<span class="words">, it read </span><span class="short" aria-hidden="true">→</span>
<b class="{mark}">{read}</b><span class="sure muted small">{sure}</span></p>"""


def show_result(digits: Sequence[MyDigit], training: Training) -> None:
    """Show how many of one's digits a network reads right, beside strangers.

    Parameters
    ----------
    digits : sequence of MyDigit
        At least one.
    training : {"lesson", "augmented"}
        Whose score is shown large.
    """
    labels = labels_of(digits)
    proba = {each: _read(digits, each) for each in get_args(Training)}
    read = {each: proba[each].argmax(axis=1) for each in proba}
    strangers = {each: strangers_read(each) for each in proba}
    mine = score(labels, read[training])
    st.html(_score_html(mine, strangers[training].share))
    standings = [_dots(each, score(labels, read[each]), strangers[each]) for each in proba]
    st.html(f'<div class="standings">{"".join(standings)}</div>')
    st.caption(
        "Each dot is one of 101 strangers of the UniPen data, from many countries; the bar "
        "is where your own share would probably settle."
    )


def show_digits(digits: Sequence[MyDigit], training: Training) -> None:
    """Show how a network reads each of one's digits.

    Parameters
    ----------
    digits : sequence of MyDigit
        At least one.
    training : {"lesson", "augmented"}
        Who reads them.
    """
    _show_digits(digits, _read(digits, training))
    if (place := st.session_state.pop(_OPEN_KEY, None)) is not None:
        _explain(digits[place], training)


@dataclass(frozen=True)
class StrangersRead:
    """How a network reads the digits of strangers.

    Attributes
    ----------
    share : float
        Of all their digits, read right; 0..1. The figure that README and teaching give.
    by_writer : ndarray of shape (n_writers,)
        The same of each writer with enough digits for a share.
    """

    share: float
    by_writer: NDArray[np.float64]


@st.cache_resource(show_spinner="Reading 1,961 digits of strangers …")
def strangers_read(training: Training) -> StrangersRead:
    """Let a network read the strangers' digits, once."""
    strangers = load_strangers()
    is_right = strangers.read_right(caches.classifier(N_CLASSES, training))
    _, counts = np.unique(strangers.writers, return_counts=True)
    has_enough = counts >= MIN_DIGITS
    by_writer = writer_shares(strangers.writers, is_right)[has_enough]
    return StrangersRead(float(is_right.mean()), by_writer)


def _read(digits: Sequence[MyDigit], training: Training) -> NDArray[np.float64]:
    classifier = caches.classifier(N_CLASSES, training)
    return mean_probabilities(classifier, [digit.copies for digit in digits])


def _score_html(mine: Score, theirs: float) -> str:
    if theirs > mine.high:
        beside = (
            f"Strangers’ {theirs:.1%} is outside that range: your hand seems harder for it."
        )
    elif theirs < mine.low:
        beside = (
            f"Strangers’ {theirs:.1%} is outside that range: your hand seems easier for it."
        )
    else:
        beside = f"Strangers’ {theirs:.1%} is inside that range: your hand is like theirs."
    return _SCORE.format(
        right=mine.n_right, n=mine.n_digits, low=mine.low, high=mine.high, beside=beside
    )


def _dots(training: Training, mine: Score, strangers: StrangersRead) -> str:
    """Where one's own share lies among those of the strangers, as a dot for each."""
    columns, counts = np.unique((strangers.by_writer * 40).round() / 40, return_counts=True)
    dots = "".join(
        f'<i style="left:{share:.1%};bottom:{100 * number / counts.max():.1f}%"></i>'
        for share, count in zip(columns.tolist(), counts.tolist(), strict=True)
        for number in range(count)
    )
    said = (
        f"{mine.n_right} of {mine.n_digits} of yours right; of strangers’ "
        f"{strangers.share:.1%}"
    )
    return _STANDING.format(
        right=mine.n_right,
        n=mine.n_digits,
        name=TRAINING_NAMES[training],
        said=said,
        dots=dots,
        low=100 * mine.low,
        width=100 * (mine.high - mine.low),
        own=100 * mine.share,
    )


def _show_digits(digits: Sequence[MyDigit], proba: NDArray[np.float64]) -> None:
    """Show every digit, those read wrong first; a press asks why."""
    is_wrong = proba.argmax(axis=1) != labels_of(digits)
    n_wrong = int(is_wrong.sum())
    st.header(
        "What it read wrong" if n_wrong else "It read all of them right", anchor=False
    )
    st.caption("Your ink, what it saw, what it said. Press one to ask why.")
    for name, chosen in (("wrong", is_wrong), ("right", ~is_wrong)):
        if name == "right" and n_wrong and chosen.any():
            st.header("What it read right", anchor=False)
        with st.container(key=f"hand_{name}"):
            grid = st.grid(5, min_column_width=190)
        for place in np.flatnonzero(chosen).tolist():
            with grid.container(key=f"hand_card_{place}"):
                _show_card(digits[place], proba[place], place)


def _show_card(digit: MyDigit, proba: NDArray[np.float64], place: int) -> None:
    read = int(proba.argmax())
    ink = (
        ink_picture(digit.drawing["objects"])
        if digit.drawing is not None
        else digit_picture(digit.image)
    )
    st.html(
        _CARD.format(
            ink=ink,
            pixels=digit_picture(digit.image),
            label=digit.label,
            read=read,
            mark="" if read == digit.label else "bad",
            sure=certainty(float(proba[read])).replace("just", "only"),
        )
    )
    st.button(
        f"Why was this {digit.label} read as {a_digit(read)}?",
        on_click=_open,
        args=(place,),
        disabled=digit.drawing is None,
        key=f"hand_why_{place}",
    )


def _open(place: int) -> None:
    st.session_state[_OPEN_KEY] = place


@st.dialog("Your digit, explained", width="large")
def _explain(digit: MyDigit, training: Training) -> None:
    from digits_app.pages.why.why import show_why_of_drawing

    try:
        drawing = digit.drawing or {"objects": []}
        show_why_of_drawing(drawing, Network(N_CLASSES, training), key="hand_reasons")
    except UnreadableDrawingError as error:
        st.info(str(error), icon=":material/draw:")


def show_confusion(digits: Sequence[MyDigit], training: Training) -> None:
    """Show what was written and what was read, as a table."""
    read = _read(digits, training).argmax(axis=1)
    st.header("All of them", anchor=False)
    counts = confusion_matrix(labels_of(digits), read, labels=range(N_CLASSES))
    show_matrix(counts, "hand_matrix", who="you")


def show_again() -> None:
    """Go back to the test, with what was written so far."""
    hand = my_hand()
    left = hand.open_places()
    hand.is_shown = False
    hand.place = left[0] if left else 0
