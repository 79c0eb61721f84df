"""What the Mistakes page shows: the controls of the view, bound to the page's address.

Two select boxes say which true and which predicted digit is looked at; a press on the
matrix writes them, so there is one filter.
"""

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from digits_app.mistakes.error_browser import (
    Comparison,
    Group,
    Order,
    View,
    select,
    view_sentence,
)
from digits_app.mistakes.evaluation import Evaluation
from digits_app.pages.mistakes.matrix import show_matrix
from digits_app.pages.shared.controls import warn_of_unknown
from digits_app.wording import a_digit

SHOW: Final = "show"
SORT: Final = "sort"
TRUE: Final = "true"
PREDICTED: Final = "predicted"
PAGE: Final = "page"
LOOK: Final = "look"
"""Widget keys, and parameters of the address."""

ANY: Final = "Any"
PICTURES: Final = "Pictures"
MAP: Final = "Map"

_GROUPS: Final[dict[str, Group]] = {
    "Mistakes": "mistakes",
    "Close calls": "closest calls",
    "All": "all",
    "Fixed by many hands": "fixed",
    "New with many hands": "new",
    "Wrong for both": "shared",
}
_ORDERS: Final[dict[str, Order]] = {
    "In the lesson's order": "lesson",
    "Most sure first": "most confident",
    "By digit": "by digit",
    "Doubtful labels first": "doubtful label",
}
_CLASSES_SEEN: Final = "mistakes_classes"


def start_afresh_with_another_model(n_classes: int) -> None:
    """Forget the view when the model switch changes: its digits and indices differ."""
    if st.session_state.get(_CLASSES_SEEN, n_classes) != n_classes:
        for key in (SHOW, SORT, TRUE, PREDICTED, PAGE):
            if key in st.session_state:
                del st.session_state[key]
    st.session_state[_CLASSES_SEEN] = n_classes


def choose_group(result: Evaluation) -> Group:
    """Show which digits there are to look at: mistakes, close calls, all, ..."""
    labels = [label for label in _GROUPS if label != "Mistakes" or result.is_wrong.any()]
    warn_of_unknown(SHOW, labels)
    label = st.selectbox(
        "Show",
        labels,
        key=SHOW,
        bind="query-params",
        on_change=_go_to_first_page,
        width=210,
    )
    return _GROUPS[label]


def choose_order() -> Order:
    """Show the select box for the order."""
    warn_of_unknown(SORT, list(_ORDERS))
    label = st.selectbox(
        "Sort",
        list(_ORDERS),
        key=SORT,
        bind="query-params",
        on_change=_go_to_first_page,
        width=210,
    )
    return _ORDERS[label]


def choose_look() -> str:
    """Show the switch between pictures and the map; return what is chosen."""
    warn_of_unknown(LOOK, [PICTURES, MAP])
    look: str = st.segmented_control(
        "As",
        [PICTURES, MAP],
        default=PICTURES,
        required=True,
        key=LOOK,
        bind="query-params",
        persist_state="session",
    )
    return look


def choose_cell(
    result: Evaluation, comparison: Comparison
) -> tuple[int | None, int | None]:
    """Show the confusion matrix and its two select boxes.

    Returns
    -------
    tuple of int or None
        True and predicted digit to keep; None for any.
    """
    matrix = st.container()
    with st.container(horizontal=True):
        true = _digit_box("Somebody wrote", TRUE, len(result.confusion))
        predicted = _digit_box("It read", PREDICTED, len(result.confusion))
    with matrix:
        on_press = partial(_take_press, result, comparison)
        show_matrix(result.confusion, (true, predicted), on_press)
    return true, predicted


def _digit_box(label: str, key: str, n_classes: int) -> int | None:
    options = [ANY, *map(str, range(n_classes))]
    warn_of_unknown(key, options)
    chosen = st.selectbox(
        label, options, key=key, bind="query-params", on_change=_go_to_first_page, width=150
    )
    return None if chosen == ANY else int(chosen)


def _take_press(
    result: Evaluation, comparison: Comparison, true: int, predicted: int
) -> None:
    """Look at the cell that was pressed; a press on the chosen cell clears it."""
    cell = str(true), str(predicted)
    if (st.session_state.get(TRUE), st.session_state.get(PREDICTED)) == cell:
        clear_cell()
        return
    st.session_state[TRUE], st.session_state[PREDICTED] = cell
    group = _GROUPS.get(st.session_state.get(SHOW, ""), "mistakes")
    if not select(result, View(group, true, predicted), comparison).size:
        show_all()
    _go_to_first_page()


def clear_cell() -> None:
    """Look at any true and any predicted digit."""
    st.session_state[TRUE] = st.session_state[PREDICTED] = ANY
    _go_to_first_page()


def show_all() -> None:
    """Show all test digits of the cell."""
    st.session_state[SHOW] = "All"
    _go_to_first_page()


def explain_nothing(result: Evaluation, view: View, comparison: Comparison) -> None:
    """Say why a view is empty, and offer the way on."""
    all_of_cell = replace(view, group="all")
    n_digits = len(select(result, all_of_cell, comparison))
    if n_digits:
        st.info(
            f"None of these here, but {view_sentence(all_of_cell, n_digits)}.",
            icon=":material/search_off:",
        )
        st.button("Show them", on_click=show_all, key="mistakes_show_all")
    else:
        written, read = map(_any_or_digit, (view.true, view.predicted))
        st.info(
            f"No test digit here: {written} read as {read}.", icon=":material/search_off:"
        )
        st.button("Show any digit", on_click=clear_cell, key="mistakes_clear")


def _any_or_digit(digit: int | None) -> str:
    return "any digit" if digit is None else a_digit(digit)


def _go_to_first_page() -> None:
    if PAGE in st.session_state:
        st.session_state[PAGE] = 1
