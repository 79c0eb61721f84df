"""What would make it another digit, and the editor to try it in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.pages.shared.digit_pictures import number_grid
from digits_app.pages.shared.networks import Network, classifier_of
from digits_app.pages.why.editor import Start, show_editor
from digits_app.pages.why.words import other_digits, place
from digits_app.reading.counterfactual import Counterfactual, smallest_change
from digits_app.wording import a_digit, certainty, percent

_TURN: Final = Path(__file__).with_name("turn.html").read_text(encoding="utf-8")
_CHANGE: Final = "<li><i></i><span>{place}: {before} → {after}</span></li>"
_MAX_LISTED: Final = 8


@dataclass(frozen=True)
class _Tried:
    """Which smallest change was sent to the editor, and how often one was."""

    target: int
    n_times: int


@st.fragment
def show_changes(
    image: NDArray[np.float64],
    proba: NDArray[np.float64],
    network: Network,
    rival: int,
    name: str,
    key: str,
) -> None:
    """Show the smallest change that turns the answer, and the editor.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        The digit, 0..16.
    proba : ndarray of shape (n_classes,)
        What the chosen network reads in it, at one look.
    network : Network
        Who reads it.
    rival : int
        The digit to turn it into first.
    name : str
        What the digit is called in the editor.
    key : str
        Begins the widget keys.
    """
    label = int(proba.argmax())
    turned, edited = st.columns(2, gap="large")
    with turned:
        _show_smallest_change(image, proba, rival, network, key)
    first = Start(name, image)
    tried: _Tried | None = st.session_state.get(f"{key}_tried")
    if tried is not None and tried.target != label:
        changed = _smallest_change(image, network, tried.target).image
        first = Start(
            f"{name}, turned into {a_digit(tried.target)}", changed, tried.n_times
        )
    with edited:
        st.subheader("Change it yourself", anchor=False)
        show_editor(first, network, f"{key}_editor")


def _show_smallest_change(
    image: NDArray[np.float64],
    proba: NDArray[np.float64],
    rival: int,
    network: Network,
    key: str,
) -> None:
    label = int(proba.argmax())
    others = other_digits(proba, label)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader("What would make it", anchor=False, width="content")
        target = st.selectbox(
            "What would make it",
            others,
            format_func=a_digit,
            label_visibility="collapsed",
            index=others.index(rival),
            width=110,
            key=f"{key}_target_{label}_{rival}",
        )
    change = _smallest_change(image, network, target)
    st.html(_turn(image, proba, label, change))
    st.button(
        "Try it in the editor",
        icon=":material/edit_square:",
        on_click=_try,
        args=(f"{key}_tried", target),
        key=f"{key}_try",
    )


def _try(key: str, target: int) -> None:
    """Start the editor from the changed digit, anew each time."""
    before: _Tried | None = st.session_state.get(key)
    st.session_state[key] = _Tried(target, 1 + (before.n_times if before else 0))


def _turn(
    image: NDArray[np.float64],
    proba: NDArray[np.float64],
    label: int,
    change: Counterfactual,
) -> str:
    n_changed = int(change.changed.sum())
    pixels = np.flatnonzero(change.changed)
    changes = [
        _CHANGE.format(
            place=place(pixel),
            before=f"{image.flat[pixel]:.0f}",
            after=f"{change.image.flat[pixel]:.0f}",
        )
        for pixel in pixels[:_MAX_LISTED].tolist()
    ]
    more = len(pixels) - _MAX_LISTED
    return _TURN.format(
        n_changed="1 pixel" if n_changed == 1 else f"{n_changed} pixels",
        before=number_grid(image, "Before"),
        after=number_grid(change.image, "After", change.changed),
        read=a_digit(label).capitalize(),
        sure=f"{certainty(proba[label])}, {percent(proba[label])}",
        target=a_digit(change.target).capitalize(),
        then_sure=f"{certainty(change.proba[change.target])}, "
        f"{percent(change.proba[change.target])}",
        changes="".join(changes) + (f"<li>and {more} more</li>" if more > 0 else ""),
    )


def _smallest_change(
    image: NDArray[np.float64], network: Network, target: int
) -> Counterfactual:
    if network.training == "mine":  # it may learn more meanwhile, under the same name
        return smallest_change(image, classifier_of(network), target)
    return _kept_change(image.tobytes(), network, target)


# A drawing's pixels are the visitor's own: kept in their session.
@st.cache_data(show_spinner=False, max_entries=20, scope="session")
def _kept_change(pixels: bytes, network: Network, target: int) -> Counterfactual:
    return smallest_change(np.frombuffer(pixels), classifier_of(network), target)
