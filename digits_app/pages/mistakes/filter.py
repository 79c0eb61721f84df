"""What the Mistakes page shows: the controls of the view, which stand in its address.

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
from digits_app.pages.shared.addresses import change_address, settle
from digits_app.pages.shared.matrix import show_matrix
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

_ALL: Final = "All"
_GROUPS: Final[dict[str, Group]] = {
    "Mistakes": "mistakes",
    "Close calls": "closest calls",
    _ALL: "all",
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
OF_CLASSES: Final = [SHOW, SORT, TRUE, PREDICTED, PAGE]
"""Parameters to forget with a network of other digits."""


def choose_group(result: Evaluation) -> Group:
    """Show which digits there are to look at: mistakes, close calls, all, ..."""
    labels = _groups_to_see(result)
    # Another key where the options differ: a click that was under way still carries what
    # the other box held.
    key = f"{SHOW}_{labels[0]}"
    on_change = settle(SHOW, labels, labels[0], forgets=[PAGE], key=key)
    label = st.selectbox("Show", labels, key=key, on_change=on_change, width=210)
    return _GROUPS[label]


def _groups_to_see(result: Evaluation) -> list[str]:
    return [label for label in _GROUPS if label != "Mistakes" or result.is_wrong.any()]


def choose_order() -> Order:
    """Show the select box for the order."""
    labels = list(_ORDERS)
    on_change = settle(SORT, labels, labels[0], forgets=[PAGE])
    label = st.selectbox("Sort", labels, key=SORT, on_change=on_change, width=210)
    return _ORDERS[label]


def choose_look() -> str:
    """Show the switch between pictures and the map; return what is chosen."""
    on_change = settle(LOOK, [PICTURES, MAP], PICTURES)
    look = st.segmented_control(
        "As", [PICTURES, MAP], required=True, key=LOOK, on_change=on_change
    )
    return str(look)


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
        show_matrix(result.confusion, "mistakes_matrix", (true, predicted), on_press)
    return true, predicted


def _digit_box(label: str, key: str, n_classes: int) -> int | None:
    options = [ANY, *map(str, range(n_classes))]
    on_change = settle(key, options, ANY, forgets=[PAGE])
    chosen = st.selectbox(label, options, key=key, on_change=on_change, width=150)
    return None if chosen == ANY else int(chosen)


def _take_press(
    result: Evaluation, comparison: Comparison, true: int, predicted: int
) -> None:
    """Look at the cell that was pressed; a press on the chosen cell clears it."""
    cell = str(true), str(predicted)
    if (st.session_state.get(TRUE), st.session_state.get(PREDICTED)) == cell:
        clear_cell()
        return
    changes: dict[str, str | None] = {TRUE: cell[0], PREDICTED: cell[1], PAGE: None}
    usual = _groups_to_see(result)[0]
    group = _GROUPS.get(st.query_params.get(SHOW, usual), "all")
    if not select(result, View(group, true, predicted), comparison).size:
        changes[SHOW] = _ALL
    change_address(changes)


def clear_cell() -> None:
    """Look at any true and any predicted digit; call it in a callback."""
    change_address(dict.fromkeys([TRUE, PREDICTED, PAGE]))


def show_all() -> None:
    """Show all test digits of the cell; call it in a callback."""
    change_address({SHOW: _ALL, PAGE: None})


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
