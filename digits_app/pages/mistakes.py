"""The Mistakes page: the test-set digits that the chosen model gets wrong."""

import streamlit as st

from digits_app import resources
from digits_app.pages.controls import show_header
from digits_app.pages.mistakes_gallery import show_gallery

CLOSEST_CALLS = 18
"""How many close calls stand in for mistakes when there are none."""

n_classes, training = show_header("Mistakes", default_training="lesson")
result = resources.test_evaluation(n_classes, training)
wrong = result.misclassified
st.markdown(
    f"**{len(wrong)} of {len(result.y_true)} wrong, {100 * result.accuracy:.1f} % right** "
    "on the test digits, which the model never saw in training."
)
if wrong.size:
    show_gallery(result, wrong, n_classes)
else:
    st.success(
        f"No mistake: all {len(result.y_true)} test digits are read right. "
        "Below are the closest calls, the least sure first.",
        icon=":material/check_circle:",
    )
    show_gallery(result, result.closest_calls[:CLOSEST_CALLS], n_classes)
