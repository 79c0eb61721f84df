"""The Mistakes page: the test-set digits that the chosen model gets wrong."""

import streamlit as st

from digits_app import resources
from digits_app.pages.controls import selected_classes

n_classes = selected_classes()
result = resources.test_evaluation(n_classes, "lesson")
wrong = result.misclassified
st.metric(
    "Test set",
    f"{len(wrong)} of {len(result.y_true)} wrong",
    border=True,
    delta=f"{result.accuracy:.1%} right",
    delta_color="off",
    delta_arrow="off",
)
