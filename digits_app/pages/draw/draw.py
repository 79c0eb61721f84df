"""The Draw page: draw a digit and see it read while the pen moves.

The board (`digits_app/pages/shared/board.py`) keeps the drawing in the browser, and reads
it there. After each stroke only the fragment here runs, and gives the complete answer.
"""

from pathlib import Path
from typing import Any, Final

import streamlit as st

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.lesson.steps import steps
from digits_app.pages.draw.correcting import keep_corrections_in_tab, offer_correction
from digits_app.pages.draw.invitation import show_invitation
from digits_app.pages.draw.opening import open_asked_digit
from digits_app.pages.draw.picture import ask_for_picture, show_picture_dialog
from digits_app.pages.draw.turns import TURN
from digits_app.pages.shared.addresses import (
    BACK_TO_STEP,
    LESSON,
    MISTAKES,
    MY_HAND,
    asked_for,
    change_address,
    link,
)
from digits_app.pages.shared.board import (
    board_fragment,
    show_board,
    show_canvas,
    take_answer,
)
from digits_app.pages.shared.chosen_sign import chosen_objects, take_chosen_sign
from digits_app.pages.shared.controls import (
    choose_classes,
    choose_network,
    chosen_training,
    show_sentence,
)
from digits_app.pages.shared.drawing_state import DRAW_BOARD, kept_drawing, placed_drawing
from digits_app.pages.shared.glossary import linked
from digits_app.pages.shared.networks import Network, is_at_hand
from digits_app.pages.shared.pictures import svg_url
from digits_app.pages.shared.reader import reader_of
from digits_app.pages.shared.style import read_style
from digits_app.pages.shared.whole_page import lets_page_run
from digits_app.server.imports import FOR_READING, import_alone
from digits_app.wording import board_words

_STYLE: Final = read_style(Path(__file__).with_name("draw.css"))
_HINT: Final = """<img alt="" src="{picture}"><p>
<b>Draw {what}</b>with the mouse, a finger or a pen</p>
<p class="larger"><b>Draw it larger</b>the whole box is yours</p>"""
_EXAMPLE: Final = svg_url(Path(__file__).with_name("hint.svg").read_text(encoding="utf-8"))
_WHAT: Final = {10: "any digit here, or a number", 2: "a 0 or a 1 here"}
_TOOLS: Final = ("pen", "width", "show", "undo", "clear", "wide", "picture")
_WORDS: Final = board_words()
_WAY_ON: Final = """<p><b>And now?</b> Change a line and see when it changes its mind, \
or:</p>"""
_WHY: Final = "why"
"""Parameter of the address while the explanation is open: Back closes it."""

_WHY_ASKED: Final = "draw_why_asked"
"""Set while this session has asked for it: after a reload nothing is drawn yet."""

_BACK: Final = ":material/arrow_back:"


@board_fragment
def answer_drawing(network: Network) -> None:
    """Take what was drawn, and say all of it.

    Parameters
    ----------
    network : Network
        The one that answers.
    """
    answer = take_answer()
    if "complaint" not in answer:
        try:
            answer |= _read(network)
        except UnreadableDrawingError as error:
            answer["complaint"] = str(error)
    show_board(
        DRAW_BOARD,
        answer,
        tools=_TOOLS,
        n_classes=network.n_classes,
        words=_WORDS,
        reading=reader_of(network),
        asking={
            "network": _ask_network,
            "why": _ask_why,
            "picture": _ask_for_picture,
            "sign": take_chosen_sign,
        },
    )


def _read(network: Network) -> dict[str, Any]:
    """Let all networks read the drawing; nothing where there is none."""
    drawing = kept_drawing()
    # What the browser has yet to take over, it sends again.
    if drawing is None or not drawing.objects or placed_drawing() is not None:
        return {}
    # The empty canvas does not wait for scikit-learn, which these need.
    import_alone(FOR_READING)
    from digits_app.pages.draw.answer import all_networks
    from digits_app.pages.draw.number_answer import read_signs

    with TURN:
        networks = [each for each in all_networks() if each == network or is_at_hand(each)]
        return read_signs(drawing, network, networks)


@lets_page_run
def _ask_network() -> None:
    """Ask the network whose opinion was pressed."""
    asked = (st.session_state.get(DRAW_BOARD.board_key) or {}).get("network")
    for network in _networks():
        if asked == network.name:
            choose_network("draw", network)


@lets_page_run
def _ask_why() -> None:
    """Open the dialog in the next run of the page."""
    st.session_state[_WHY_ASKED] = True
    change_address({_WHY: "open"})


def _close_why() -> None:
    st.session_state.pop(_WHY_ASKED, None)
    change_address({_WHY: None})


@lets_page_run
def _ask_for_picture() -> None:
    """Open the dialog for pictures in the next run of the page."""
    ask_for_picture()


@st.dialog("Your drawing, explained", width="large", on_dismiss=_close_why)
def _explain(network: Network) -> None:
    """Explain the answer to what is drawn."""
    # The empty canvas does not wait for scikit-learn, which this needs.
    from digits_app.pages.why.why import show_why_of_drawing

    try:
        objects, is_whole = chosen_objects()
        drawing = {"objects": objects}
        show_why_of_drawing(drawing, network, key="draw_why", has_history=is_whole)
    except UnreadableDrawingError as error:
        st.info(str(error), icon=":material/draw:")


@st.dialog("Type a digit", width="large")
def _type_digit(network: Network) -> None:
    """Show the 64 pixels, to be filled without a pen."""
    from digits_app.pages.why.why import show_empty_editor

    show_empty_editor(network, key="draw_type")


def _networks() -> list[Network]:
    from digits_app.pages.draw.answer import all_networks

    return all_networks()


def _show_lead() -> None:
    with st.container(key="draw_lead"):
        st.html(
            f"<h1>Draw a digit. A small {linked('neural network', is_html=True)} reads it "
            "while you draw.</h1>"
            "<p>It gets your drawing as 8 × 8 pixels, nothing more.</p>"
        )
        link(LESSON, "How it learned")


def _show_way_back() -> None:
    """Link to the step of the lesson that somebody came from to draw."""
    if BACK_TO_STEP not in st.query_params:
        return
    numbers = [step.number for step in steps()]
    if step := asked_for(BACK_TO_STEP, [0, *numbers], 0):
        link(LESSON, f"Back to step {step} of the lesson", _BACK, step=str(step))


def _show_way_on() -> None:
    """Say where to go after the first answer."""
    with st.container(key="draw_next", horizontal=True):
        st.html(_WAY_ON)
        offer_correction()
        link(MY_HAND, "Test your hand", ":material/back_hand:")
        link(MISTAKES, "See where it goes wrong", ":material/grid_view:")
        link(LESSON, "See how it learned", ":material/school:")


st.html(_STYLE)
show_sentence()
_show_way_back()
with st.container(key="draw_page"):
    _show_lead()
    with st.container(key="draw_knows"):
        n_classes = choose_classes("It knows")
    network = Network(n_classes, chosen_training("draw"))
    open_asked_digit(network)
    with st.container(key="draw_slate"):
        show_canvas()
        st.html(_HINT.format(picture=_EXAMPLE, what=_WHAT[n_classes]))
    answer_drawing(network)
    types = show_invitation(n_classes)
    _show_way_on()
keep_corrections_in_tab()
if types:
    _type_digit(network)
elif _WHY in st.query_params and st.session_state.get(_WHY_ASKED):
    _explain(network)
else:
    show_picture_dialog(network)
