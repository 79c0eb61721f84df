"""The Mistakes page: the test digits a model gets wrong, and why."""

from typing import get_args

import streamlit as st

from digits_app.mistakes.error_browser import (
    COMPARED_GROUPS,
    View,
    compare,
    comparison_sentence,
    select,
    view_sentence,
)
from digits_app.network.classifiers import Training
from digits_app.pages import caches
from digits_app.pages.mistakes import filter as mistakes_filter
from digits_app.pages.mistakes.digit import opened_digit, show_digit, take_to_draw
from digits_app.pages.mistakes.gallery import show_gallery
from digits_app.pages.shared.controls import show_header

n_classes, training = show_header("Where it goes wrong", "mistakes", default="lesson")
take_to_draw()
mistakes_filter.start_afresh_with_another_model(n_classes)
results = {
    each: caches.evaluation_of_test_split(n_classes, each) for each in get_args(Training)
}
result = results[training]
comparison = compare(*results.values()) if len(results) == 2 else None
n_wrong, n_samples = len(result.misclassified), len(result.y_true)
st.markdown(
    f"**{n_wrong} of {n_samples} wrong, {100 * result.accuracy:.1f} % right** "
    "on the test digits, which the model never saw in training."
)
if not n_wrong:
    st.success(
        f"No mistake: all {n_samples} test digits are read right. "
        "Below are the closest calls, the least sure first.",
        icon=":material/check_circle:",
    )
if comparison is not None:
    st.caption(comparison_sentence(comparison))

matrix_column, gallery_column = st.columns([2, 3], gap="medium")
with matrix_column:
    cell = mistakes_filter.choose_cell(result, comparison, f"{n_classes}_{training}")
with gallery_column:
    with st.container(horizontal=True):
        group = mistakes_filter.choose_group(result, comparison)
        order = mistakes_filter.choose_order(group)
    view = View(group, *cell, order)
    indices = select(result, view, comparison)
    if indices.size:
        readers = results if view.group in COMPARED_GROUPS else {training: result}
        show_gallery(readers, training, indices, view_sentence(view, len(indices)))
    else:
        mistakes_filter.explain_nothing(result, view)

if opened_digit(n_samples) is not None:
    show_digit(result, indices, n_classes, training)
