"""The Draw page: draw a digit and see it read while the pen moves.

After a stroke only the fragment runs again, and all it sends is the answer. While the pen
is down that is the digit, how sure the network is, and the bars; what else the page shows
stays as it was. Where a stroke and a switch outside the fragment arrive in one message,
Streamlit runs only the fragment, too; hence the switches' call of `st.rerun`.
"""

import contextlib
import itertools
import secrets
from base64 import b64encode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import streamlit as st

from digits_app.drawing.canvas_json import render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.draw.canvas import send_answer, show_canvas
from digits_app.pages.draw.correcting import keep_corrections_in_tab, offer_correction
from digits_app.pages.draw.history import Moment, add_moment, history_chart, moment_of
from digits_app.pages.draw.invitation import invitation, unreadable
from digits_app.pages.draw.opening import open_asked_digit
from digits_app.pages.draw.parts import WHY, Parts
from digits_app.pages.draw.picture import show_picture_dialog
from digits_app.pages.draw.tools import demonstration, show_tools
from digits_app.pages.draw.turns import TURNS
from digits_app.pages.shared.addresses import LESSON, MISTAKES, MY_HAND, link
from digits_app.pages.shared.controls import (
    choose_classes,
    choose_network,
    chosen_training,
    show_sentence,
)
from digits_app.pages.shared.drawing_state import (
    DRAW_SHEET,
    kept_drawing,
    sent_value,
    take_sent_drawing,
)
from digits_app.pages.shared.networks import Network, is_at_hand, model_of
from digits_app.pages.shared.style import read_style
from digits_app.wording import a_digit

_STYLE: Final = read_style(Path(__file__).with_name("draw.css"))
_HINT: Final = """<img alt="" src="data:image/svg+xml;base64,{picture}"><p>
<b>Draw {what}</b>with the mouse, a finger or a pen</p>"""
_EXAMPLE: Final = b64encode(Path(__file__).with_name("hint.svg").read_bytes()).decode()
_WHAT: Final = {10: "any digit here, 0 to 9", 2: "a 0 or a 1 here"}
_MOMENTS_KEY: Final = "draw_moments"
_VISITOR_KEY: Final = "draw_visitor"
_ASKED_KEY: Final = "draw_asked"


@st.fragment
def answer_strokes(network: Network, runs: Iterator[int]) -> None:
    """Take what the pen drew, and send what is read in it.

    Parameters
    ----------
    network : Network
        The one that answers.
    runs : iterator of int
        Counts the runs of the fragment; the first belongs to a run of the whole page.
    """
    with_page = next(runs) == 0
    value = sent_value()
    sent = value if isinstance(value, Mapping) else {}
    try:
        if take_sent_drawing(value=value) and not with_page:
            st.rerun()
        parts = _read(network, between=bool(sent.get("live")) and not with_page)
    except UnreadableDrawingError as error:
        parts = unreadable(str(error))
    answer = {
        "answered": sent.get("revision"),
        "pause": 1000 * TURNS.pause(),
        "parts": parts,
        # Right after the start some networks are not there yet.
        "again": parts.get("others", "") is None,
    }
    asking = {"network": _ask_network, "why": _ask_why, "type": _ask_to_type}
    send_answer(answer, asking)


def _read(network: Network, between: bool) -> Parts:
    """Read the drawing in turn: while the pen is down only if nobody else waits."""
    drawing = kept_drawing()
    if drawing is None or not drawing.objects:
        st.session_state.pop(_MOMENTS_KEY, None)
        return invitation(network)
    if not between:
        with TURNS.take():
            return _read_all(network, drawing.objects)
    visitor = st.session_state.setdefault(_VISITOR_KEY, secrets.token_hex(8))
    with TURNS.take_between(visitor) as mine:
        return _read_in_between(network, drawing.objects) if mine else {}


def _read_in_between(network: Network, objects: list[dict[str, Any]]) -> Parts:
    # The empty canvas does not wait for scikit-learn, which these need.
    from digits_app.pages.draw.answer import answer_in_between
    from digits_app.reading.recognition import read_drawing

    try:
        picture = render_drawing({"objects": objects}, fine=False)
        if picture is None:
            return {}
        (prediction,) = read_drawing(picture, [model_of(network)])
    except UnreadableDrawingError:
        return {}  # too little to read yet
    _note_moment(network, moment_of(objects, prediction.proba))
    return answer_in_between(prediction)


def _read_all(network: Network, objects: list[dict[str, Any]]) -> Parts:
    from digits_app.pages.draw.answer import all_networks, complete_answer
    from digits_app.reading.recognition import read_drawing

    picture = render_drawing({"objects": objects})
    if picture is None:
        return invitation(network)
    networks = [each for each in all_networks() if each == network or is_at_hand(each)]
    read = read_drawing(picture, [model_of(each) for each in networks])
    predictions = dict(zip(networks, read, strict=True))
    moment = moment_of(objects, predictions[network].proba)
    history = history_chart(_note_moment(network, moment))
    why = WHY.format(a_digit(predictions[network].label))
    return complete_answer(predictions, network, objects, history, why)


def _note_moment(network: Network, moment: Moment) -> list[Moment]:
    """Keep the answers while the drawing grows, of the network that gave them."""
    whose, moments = st.session_state.get(_MOMENTS_KEY, (network, []))
    moments = add_moment(moments if whose == network else [], moment)
    st.session_state[_MOMENTS_KEY] = network, moments
    return moments


def _ask_network() -> None:
    """Ask the network whose opinion was pressed."""
    asked = str((st.session_state.get(DRAW_SHEET.wire_key) or {}).get("network")).split()
    for network in _networks():
        if asked == [str(network.n_classes), network.training]:
            choose_network("draw", network)
    st.rerun()


def _ask_why() -> None:
    """Open the dialog in the next run of the page."""
    st.session_state[_ASKED_KEY] = "why"
    st.rerun()


def _ask_to_type() -> None:
    """Open the other dialog in the next run of the page."""
    st.session_state[_ASKED_KEY] = "type"
    st.rerun()


@st.dialog("Your drawing, explained", width="large")
def _explain(network: Network) -> None:
    """Explain the answer to what is drawn."""
    # The empty canvas does not wait for scikit-learn, which this needs.
    from digits_app.pages.why.why import show_why_of_drawing

    drawing = kept_drawing()
    try:
        objects = [] if drawing is None else drawing.objects
        show_why_of_drawing({"objects": objects}, network, key="draw_why")
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
            "<h1>Draw a digit. A small neural network reads it while you draw.</h1>"
            "<p>It gets your drawing as 8 × 8 pixels, nothing more.</p>"
        )
        link(LESSON, "How it learned")


def _show_way_on() -> None:
    """Say where to go after the first answer."""
    with st.container(key="draw_next", horizontal=True):
        st.markdown("**And now?** Change a line and see when it changes its mind, or:")
        offer_correction()
        link(MY_HAND, "Test your hand", ":material/back_hand:")
        link(MISTAKES, "See where it goes wrong", ":material/grid_view:")
        link(LESSON, "See how it learned", ":material/school:")


st.html(_STYLE)
show_sentence()
with st.container(key="draw_page"):
    _show_lead()
    with st.container(key="draw_knows"):
        n_classes = choose_classes("Which digits the network knows", visible=False)
    network = Network(n_classes, chosen_training("draw"))
    slate = st.container(key="draw_slate")
    pen = show_tools(n_classes)
    open_asked_digit(network)
    with contextlib.suppress(UnreadableDrawingError):  # the answer says so
        take_sent_drawing()
    with slate:
        show_canvas(pen, demonstration())
        st.html(_HINT.format(picture=_EXAMPLE, what=_WHAT[n_classes]))
    answer_strokes(network, itertools.count())
    _show_way_on()
keep_corrections_in_tab()
asked = st.session_state.pop(_ASKED_KEY, None)
if asked == "why":
    _explain(network)
elif asked == "type":
    _type_digit(network)
else:
    show_picture_dialog(network)
