"""What the Mistakes page shows: the controls of the view, bound to the page's address.

The two select boxes hold the cell of the confusion matrix that is looked at; a click on
the matrix writes them, so there is one filter and it works without a mouse.
"""

from dataclasses import replace
from typing import Final

import streamlit as st

from digits_app.mistakes.confusion_chart import CELL, confusion_chart
from digits_app.mistakes.error_browser import (
    Comparison,
    Group,
    Order,
    View,
    select,
    view_sentence,
)
from digits_app.mistakes.evaluation import Evaluation
from digits_app.pages.shared.controls import warn_of_unknown

SHOW: Final = "show"
SORT: Final = "sort"
TRUE: Final = "true"
PREDICTED: Final = "predicted"
PAGE: Final = "page"
"""Widget keys, and parameters of the address."""

ANY: Final = "Any"

_GROUPS: Final[dict[str, Group]] = {
    "Mistakes": "mistakes",
    "Closest calls": "closest calls",
    "All": "all",
    "Fixed by Augmented": "fixed",
    "New with Augmented": "new",
    "Wrong with both": "shared",
}
_ORDERS: Final[dict[str, Order]] = {
    "Lesson order": "lesson",
    "Most confident mistake first": "most confident",
    "Closest first": "most confident",
    "By true digit": "by digit",
}
_CLASSES_SEEN: Final = "mistakes_classes"
_MATRIX_WIDTH: Final = {2: 240, 10: 440}


def start_afresh_with_another_model(n_classes: int) -> None:
    """Forget the view when the model switch changes: its digits and indices differ."""
    if st.session_state.get(_CLASSES_SEEN, n_classes) != n_classes:
        for key in (SHOW, SORT, TRUE, PREDICTED, PAGE):
            if key in st.session_state:
                del st.session_state[key]
    st.session_state[_CLASSES_SEEN] = n_classes


def choose_group(result: Evaluation, comparison: Comparison | None) -> Group:
    """Show the select box for the group: mistakes, close calls, all digits, ..."""
    labels = [
        label for label, group in _GROUPS.items() if group in ("closest calls", "all")
    ]
    if result.misclassified.size:
        labels.insert(0, "Mistakes")
    if comparison is not None:
        labels += [
            label for label in _GROUPS if label not in labels and label != "Mistakes"
        ]
    warn_of_unknown(SHOW, labels)
    label = st.selectbox(
        "Show",
        labels,
        key=SHOW,
        bind="query-params",
        on_change=_go_to_first_page,
        width=220,
    )
    return _GROUPS[label]


def choose_order(group: Group) -> Order:
    """Show the select box for the order; it offers what suits the group."""
    labels = ["Lesson order", "Most confident mistake first", "By true digit"]
    if group == "closest calls":
        labels = ["Closest first", "Lesson order", "By true digit"]
    warn_of_unknown(SORT, labels)
    label = st.selectbox(
        "Sort",
        labels,
        key=SORT,
        bind="query-params",
        on_change=_go_to_first_page,
        width=280,
    )
    return _ORDERS[label]


def choose_cell(
    result: Evaluation, comparison: Comparison | None, name: str
) -> tuple[int | None, int | None]:
    """Show the confusion matrix and its two select boxes.

    Parameters
    ----------
    result : Evaluation
    comparison : Comparison or None
    name : str
        Tells the matrix of one model from another's.

    Returns
    -------
    tuple of int or None
        True and predicted digit to keep; None for any.
    """
    with st.container(horizontal=True):
        true = _digit_box("True digit", TRUE, len(result.confusion))
        predicted = _digit_box("Predicted as", PREDICTED, len(result.confusion))
    key = f"mistakes_matrix_{name}_{true}_{predicted}"
    width = _MATRIX_WIDTH[len(result.confusion)]
    with st.container(height=width + 20, border=False):
        st.vega_lite_chart(
            confusion_chart(
                result.confusion, (true, predicted), st.context.theme.type or "light"
            ),
            width=width,
            height=width,
            key=key,
            on_select=lambda: _take_click(key, result, comparison),
            selection_mode=CELL,
            alt="Confusion matrix",
        )
    return true, predicted


def _digit_box(label: str, key: str, n_classes: int) -> int | None:
    options = [ANY, *map(str, range(n_classes))]
    warn_of_unknown(key, options)
    chosen = st.selectbox(
        label, options, key=key, bind="query-params", on_change=_go_to_first_page, width=150
    )
    return None if chosen == ANY else int(chosen)


def _take_click(key: str, result: Evaluation, comparison: Comparison | None) -> None:
    """Filter by the cell that was clicked; a click on the chosen cell clears it.

    Each view of the matrix has its own key, so a click is always news, and never the
    chart's memory of an earlier one.
    """
    if any(name not in st.session_state for name in (key, TRUE, PREDICTED, SHOW)):
        return  # the page was left before the click arrived
    cells = st.session_state[key].selection[CELL]
    if not cells:
        return
    cell = int(cells[0]["true"]), int(cells[0]["predicted"])
    if (st.session_state[TRUE], st.session_state[PREDICTED]) == tuple(map(str, cell)):
        clear_cell()
        return
    st.session_state[TRUE], st.session_state[PREDICTED] = map(str, cell)
    if not select(result, View(_GROUPS[st.session_state[SHOW]], *cell), comparison).size:
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


def explain_nothing(result: Evaluation, view: View) -> None:
    """Say why a view is empty, and offer the way on."""
    all_of_cell = replace(view, group="all")
    n_digits = len(select(result, all_of_cell))
    if n_digits:
        st.info(
            f"None of these here, but {view_sentence(all_of_cell, n_digits)}.",
            icon=":material/search_off:",
        )
        st.button("Show them", on_click=show_all, key="mistakes_show_all")
    else:
        st.info(
            f"No test digit {view.true} was read as {view.predicted}.",
            icon=":material/search_off:",
        )
        st.button("Show any digit", on_click=clear_cell, key="mistakes_clear")


def _go_to_first_page() -> None:
    if PAGE in st.session_state:
        st.session_state[PAGE] = 1
