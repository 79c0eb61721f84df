"""The test: twenty prompts, one canvas, and not a word about what was read."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

import streamlit as st

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.draw.canvas import Pen, send_answer, show_canvas
from digits_app.pages.draw.pictures import ink_image
from digits_app.pages.my_hand.state import my_hand, write_digit
from digits_app.pages.shared.drawing_state import (
    HAND_SHEET,
    kept_drawing,
    place_on_canvas,
    sent_value,
    take_sent_drawing,
    without_last_stroke,
)
from digits_app.wording import a_digit

PEN: Final = Pen(width=20, erases=False)
FEWEST: Final = 10
"""From so many digits on the test may be stopped."""

_COMPLAINT_KEY: Final = "my_hand_complaint"
_SILENCE: Final = 3_600_000
"""Milliseconds for which nobody asks what is read while the pen is down."""

_PROMPT: Final = """<div class="prompt"><p class="num"><b>{number} of {total}</b></p>
<div class="how-far" role="progressbar" aria-label="Digits written" aria-valuemin="0"
aria-valuemax="{total}" aria-valuenow="{written}"><i style="width:{percent:.0f}%"></i></div>
<h2 aria-live="polite">Write {article} <b class="num">{digit}</b></h2>
<p class="muted">No need to be neat. If it looks like your {digit}, it is {a_digit}.</p>
</div>"""


def show_test() -> None:
    """Ask for one digit after the other."""
    # The style sheet lays these four out, on each screen in its own way.
    with st.container(key="hand_test"):
        with st.container(key="hand_prompt"):
            _show_prompt()
        with st.container(key="hand_slate"):
            show_canvas(PEN, sheet=HAND_SHEET)
            _hear_strokes(itertools.count())
        with st.container(key="hand_actions"):
            _show_actions()
        with st.container(key="hand_list"):
            _show_written()


@st.fragment
def _hear_strokes(runs: Iterator[int]) -> None:
    """Take what the pen drew; nothing is read, so that it cannot lead the hand."""
    with_page = next(runs) == 0
    value = sent_value(HAND_SHEET)
    sent = value if isinstance(value, Mapping) else {}
    try:
        if take_sent_drawing(HAND_SHEET, value) and not with_page:
            st.rerun()
    except UnreadableDrawingError as error:
        st.session_state[_COMPLAINT_KEY] = str(error)
    revision = sent.get("revision")
    send_answer({"answered": revision, "pause": _SILENCE, "parts": {}}, {}, HAND_SHEET)


def _show_prompt() -> None:
    hand = my_hand()
    digit, total = hand.prompts[hand.place], len(hand.prompts)
    article = a_digit(digit)
    st.html(
        _PROMPT.format(
            number=hand.place + 1,
            total=total,
            written=len(hand.written),
            percent=100 * len(hand.written) / total,
            article=article.split()[0],
            digit=digit,
            a_digit=article,
        )
    )


def _show_actions() -> None:
    if complaint := st.session_state.pop(_COMPLAINT_KEY, None):
        st.warning(complaint, icon=":material/gesture:")
    st.button(
        "Next",
        type="primary",
        width="stretch",
        on_click=_take,
        shortcut="Enter",
        icon=":material/arrow_forward:",
        icon_position="right",
        key="hand_next",
    )
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Undo", icon=":material/undo:", on_click=_undo, key="hand_undo")
        st.button("Clear", icon=":material/delete:", on_click=_clear, key="hand_clear")
        st.button("Skip", icon=":material/skip_next:", on_click=_skip, key="hand_skip")
    st.caption(
        "Enter goes on. Your digits stay in this visit: nobody else sees them, and nothing "
        "is sent on."
    )


def _show_written() -> None:
    """The digits so far; a press on one asks for it again."""
    hand = my_hand()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.header("Your digits so far", anchor=False, width="content")
        st.caption("press one to write it again", width="content")
    with st.container(key="hand_so_far"):
        for place, digit in enumerate(hand.prompts):
            _show_place(place, digit)
    st.button(
        "Stop here and see the result",
        icon=":material/flag:",
        disabled=len(hand.written) < FEWEST,
        on_click=_show_result,
        width="stretch",
        key="hand_stop",
    )
    if len(hand.written) < FEWEST:
        st.caption(f"from {FEWEST} digits on")


def _show_place(place: int, digit: int) -> None:
    hand = my_hand()
    written = hand.written.get(place)
    state = "now" if place == hand.place else "done" if written else "open"
    with st.container(key=f"hand_{state}_{place}"):
        if written is not None and written.drawing is not None:
            st.html(ink_image(written.drawing["objects"]))
            st.button(
                f"Write the {digit} again, number {place + 1}",
                on_click=_ask_for,
                args=(place,),
                key=f"hand_again_{place}",
            )
        else:
            st.html(f'<p class="num">{place + 1}</p>')


def _take() -> None:
    """Keep what is on the canvas, and ask for the next."""
    hand = my_hand()
    try:
        take_sent_drawing(HAND_SHEET)
        drawing = kept_drawing(HAND_SHEET)
        objects = [] if drawing is None else drawing.objects
        digit = write_digit(hand.prompts[hand.place], objects)
    except UnreadableDrawingError as error:
        st.session_state[_COMPLAINT_KEY] = str(error)
        return
    hand.written[hand.place] = digit
    _go_on()


def _go_on() -> None:
    """Ask for the next digit that is not written yet; after the last show the result."""
    hand = my_hand()
    left = hand.open_places()
    _clear()
    if left:
        hand.place = next((place for place in left if place > hand.place), left[0])
    else:
        hand.is_shown = True


def _skip() -> None:
    hand = my_hand()
    left = [place for place in hand.open_places() if place != hand.place]
    _clear()
    if left:
        hand.place = next((place for place in left if place > hand.place), left[0])


def _ask_for(place: int) -> None:
    my_hand().place = place
    _clear()


def _show_result() -> None:
    my_hand().is_shown = True


def _undo() -> None:
    _replace(lambda: without_last_stroke(HAND_SHEET))


def _clear() -> None:
    _replace(list)


def _replace(make: Callable[[], list[dict[str, Any]]]) -> None:
    """Put other strokes on the canvas, made once the browser's last news is known."""
    with suppress(UnreadableDrawingError):  # what did not arrive whole is replaced anyway
        take_sent_drawing(HAND_SHEET)
    place_on_canvas({"objects": make()}, HAND_SHEET)
