"""One test digit, understood: what was read, what it resembles, what others say."""

import re
from typing import Final, get_args

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.dataset import CLASS_COUNTS
from digits_app.mistakes.error_browser import neighbour_sentence, reading_sentence
from digits_app.mistakes.evaluation import Evaluation
from digits_app.network.classifiers import Training
from digits_app.pages import caches
from digits_app.pages.draw.opening import link_to_open
from digits_app.pages.shared.addresses import change_address, notice_nonsense
from digits_app.pages.shared.answer import show_answer
from digits_app.pages.shared.digit_pictures import nearest_pictures
from digits_app.pages.shared.networks import (
    TRAINING_NAMES,
    Learned,
    Network,
    classifier_of,
    trainings,
)
from digits_app.pages.shared.pictures import data_url
from digits_app.pages.why.why import show_why_of_digit
from digits_app.reading.unfamiliarity import NearestDigits, nearest_digits
from digits_app.wording import a_digit, percent

DIGIT: Final = "digit"
"""Parameter of the address: the test-set index of the digit that is open."""

N_NEIGHBOURS: Final = 5
"""How many training digits are shown beside a test digit."""


def open_digit(index: int) -> None:
    """Open a test digit by its index."""
    change_address({DIGIT: str(index)})


def close_digit() -> None:
    """Close the digit that is open."""
    change_address({DIGIT: None})


def opened_digit(n_samples: int) -> int | None:
    """Return the index that the address asks for; None for none, or for nonsense."""
    asked = st.query_params.get(DIGIT)
    if asked is None:
        return None
    if re.fullmatch(r"[0-9]{1,6}", asked) and int(asked) < n_samples:
        return int(asked)
    notice_nonsense(DIGIT)
    return None


@st.dialog("One test digit", width="large", on_dismiss=close_digit)
def show_digit(
    result: Evaluation, indices: NDArray[np.int64], n_classes: int, training: Learned
) -> None:
    """Show the digit that is open, over the page.

    Parameters
    ----------
    result : Evaluation
        What the chosen model made of the test split.
    indices : ndarray of shape (n_shown,)
        The list that "previous" and "next" step through.
    n_classes : {2, 10}
    training : {"lesson", ...}
        The chosen model.
    """
    index = opened_digit(len(result.y_true))
    if index is None:
        st.rerun()
        return
    _show_steps(index, indices)
    with st.container(key="mistakes_opened"):
        picture, reading = st.columns([2, 3], gap="medium")
    with picture:
        st.image(
            data_url(caches.digit_picture_with_values(n_classes, index)),
            width="stretch",
            alt="The digit with the value of each pixel, 0 to 16",
        )
        with st.container(key="mistakes_draw"):
            link_to_open(index, Network(n_classes, training))
            st.caption("As ink: add or take away a stroke and watch the reading.")
    with reading:
        is_hard_for_both = all(
            caches.evaluation_of_test_split(n_classes, each).is_wrong[index]
            for each in get_args(Training)
        )
        nearest = nearest_digits(result.images[index][None], n_classes, N_NEIGHBOURS)
        _show_reading(result, index)
        neighbours, models = st.columns([3, 2], gap="medium")
        with neighbours:
            _show_neighbours(
                n_classes, int(result.y_true[index]), nearest, is_hard_for_both
            )
        with models:
            _show_other_models(result, index)
    _offer_reasons(result, index, Network(n_classes, training))


def _offer_reasons(result: Evaluation, index: int, network: Network) -> None:
    """Explain the reading, once somebody asks why."""
    read = a_digit(int(result.y_pred[index]))
    with st.expander(
        f"Why {read}?",
        icon=":material/psychology_alt:",
        on_change="rerun",
        key="mistakes_why",
    ) as reasons:
        if reasons.open:
            show_why_of_digit(
                result.images[index],
                network,
                true=int(result.y_true[index]),
                name="this test digit",
                key=f"why_{network.n_classes}_{network.training}_{index}",
            )


def _show_reading(result: Evaluation, index: int) -> None:
    true, predicted = int(result.y_true[index]), int(result.y_pred[index])
    st.subheader(
        f"Somebody wrote {a_digit(true)}, it read {a_digit(predicted)}",
        anchor=False,
    )
    st.markdown(reading_sentence(result, index))
    show_answer(result.proba[index], key="mistakes_answer")


def _show_steps(index: int, indices: NDArray[np.int64]) -> None:
    places = np.flatnonzero(indices == index)
    if not places.size:
        indices, places = np.array([index]), np.array([0])
    place, last = int(places[0]), len(indices) - 1
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "Previous",
            icon=":material/chevron_left:",
            on_click=open_digit,
            args=(int(indices[max(place - 1, 0)]),),
            disabled=place == 0,
            shortcut="Left",
            key="mistakes_previous",
        )
        st.button(
            "Next",
            icon=":material/chevron_right:",
            on_click=open_digit,
            args=(int(indices[min(place + 1, last)]),),
            disabled=place == last,
            shortcut="Right",
            key="mistakes_next",
        )
        st.caption(f"{place + 1} of {last + 1}", width="content")


def _show_neighbours(
    n_classes: int, true: int, nearest: NearestDigits, is_hard_for_both: bool
) -> None:
    st.markdown("**The training digits most like it**")
    st.html(nearest_pictures(nearest, n_classes))
    st.markdown(neighbour_sentence(true, nearest.labels, is_hard_for_both))


def _show_other_models(result: Evaluation, index: int) -> None:
    true = int(result.y_true[index])
    rows = ["| Network | Reads | Sure |", "|---|---|---|"]
    for n_classes in reversed(CLASS_COUNTS):
        for training in trainings():
            classifier = classifier_of(Network(n_classes, training))
            proba = classifier.predict_proba(result.images[index].reshape(1, -1))[0]
            digits = "0 to 9" if n_classes == 10 else "0 or 1"
            rows.append(
                f"| {digits}, {TRAINING_NAMES[training]} | **{proba.argmax()}** "
                f"| {percent(proba.max())} |"
            )
    st.markdown("**What each network says**")
    st.markdown("\n".join(rows))
    if true > 1:
        st.caption(
            "The network of 0 or 1 knows no other digit: it has to call it one of them."
        )
