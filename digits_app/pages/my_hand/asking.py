"""The test: twenty prompts, one canvas, and not a word about what was read."""

from contextlib import suppress
from typing import Final

import streamlit as st

from digits_app.drawing.canvas_json import WIDE
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.prompts import NUMBER
from digits_app.pages.my_hand.state import my_hand, write_digit, write_number
from digits_app.pages.shared.board import (
    board_fragment,
    show_board,
    show_canvas,
    take_answer,
)
from digits_app.pages.shared.digit_pictures import ink_picture
from digits_app.pages.shared.drawing_state import (
    HAND_BOARD,
    Drawing,
    kept_drawing,
    place_drawing,
    take_drawing,
)
from digits_app.pages.shared.whole_page import lets_page_run
from digits_app.wording import a_digit

FEWEST: Final = 10
"""Digits after which the test may be stopped."""

_COMPLAINT_KEY: Final = "my_hand_complaint"
_NUMBER_PROMPT: Final = """<div class="prompt"><h2 aria-live="polite">Write the number
<b class="num">{number}</b></h2><p class="muted">All digits side by side, as you write a
year. Each then counts as one of yours.</p></div>"""
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
            show_canvas(HAND_BOARD)
        with st.container(key="hand_actions"):
            _show_actions()
        with st.container(key="hand_list"):
            _show_written()


@board_fragment
def _hear_strokes() -> None:
    """Take what the pen drew; nothing is read, so that it cannot lead the hand."""
    show_board(HAND_BOARD, take_answer(HAND_BOARD), tools=("undo", "clear"))


def _show_prompt() -> None:
    hand = my_hand()
    if hand.asks_number:
        st.html(_NUMBER_PROMPT.format(number="".join(map(str, NUMBER))))
        return
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
        _hear_strokes()
        st.button("Skip", icon=":material/skip_next:", on_click=_skip, key="hand_skip")
    st.html(
        '<p class="muted small"><span class="by-key">Enter goes on. </span>Your digits '
        "stay in this visit: nobody else sees them, and nothing is sent on.</p>"
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
            st.html(ink_picture(written.drawing["objects"]))
            st.button(
                f"Write the {digit} again, number {place + 1}",
                on_click=_ask_for,
                args=(place,),
                key=f"hand_again_{place}",
            )
        else:
            st.html(f'<p class="num">{place + 1}</p>')


@lets_page_run
def _take() -> None:
    """Keep what is on the canvas, and ask for the next."""
    hand = my_hand()
    try:
        take_drawing(HAND_BOARD)
        drawing = kept_drawing(HAND_BOARD) or Drawing([])
        if hand.asks_number:
            digits = write_number(NUMBER, drawing)
        else:
            digits = [write_digit(hand.prompts[hand.place], drawing.objects)]
    except UnreadableDrawingError as error:
        st.session_state[_COMPLAINT_KEY] = str(error)
        return
    hand.written |= dict(enumerate(digits, start=hand.place))
    _go_on()


def _go_on() -> None:
    """Ask for the next digit that is not written yet; after the last show the result."""
    hand = my_hand()
    left = hand.open_places()
    _clear()
    if left and not hand.asks_number:
        hand.place = next((place for place in left if place > hand.place), left[0])
    else:
        hand.is_shown = True


@lets_page_run
def _skip() -> None:
    hand = my_hand()
    left = [place for place in hand.open_places() if place != hand.place]
    _clear()
    if hand.asks_number:
        hand.is_shown = True
    elif left:
        hand.place = next((place for place in left if place > hand.place), left[0])


@lets_page_run
def _ask_for(place: int) -> None:
    my_hand().place = place
    _clear()


def ask_for_number() -> None:
    """Ask for a number, on a wide canvas, after the test."""
    hand = my_hand()
    hand.is_shown = False
    hand.place = len(hand.prompts)
    place_drawing([], HAND_BOARD, width=WIDE)


@lets_page_run
def _show_result() -> None:
    my_hand().is_shown = True


def _clear() -> None:
    """Empty the canvas, but for what is drawn there in the meantime."""
    with suppress(UnreadableDrawingError):  # what did not arrive whole is cleared anyway
        take_drawing(HAND_BOARD)
    place_drawing([], HAND_BOARD)
