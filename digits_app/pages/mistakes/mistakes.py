"""The Mistakes page: the test digits a network gets wrong, and why."""

from pathlib import Path

import streamlit as st

from digits_app.mistakes.error_browser import (
    COMPARED_GROUPS,
    View,
    compare,
    comparison_sentence,
    select,
    view_sentence,
)
from digits_app.mistakes.evaluation import Evaluation
from digits_app.pages import caches
from digits_app.pages.mistakes import filter as mistakes_filter
from digits_app.pages.mistakes.digit import opened_digit, show_digit
from digits_app.pages.mistakes.evaluations import evaluation_by
from digits_app.pages.mistakes.gallery import offer_downloads, show_gallery
from digits_app.pages.mistakes.map import show_map
from digits_app.pages.shared.controls import show_header
from digits_app.pages.shared.glossary import linked
from digits_app.pages.shared.networks import Network, trainings
from digits_app.pages.shared.style import read_style

_STYLE = read_style(Path(__file__).with_name("mistakes.css"))
_SCORE = """<div class="score"><b class="num">{share:.1f}%</b>
<span>{right} of {n} read right</span><i style="--p:{share:.1f}%"></i></div>"""


def show_score(result: Evaluation) -> None:
    """Say how many test digits are read right, and ask about the others."""
    n_wrong, n = len(result.misclassified), len(result.y_true)
    ask = (
        f"Would you have read the other {n_wrong}?"
        if n_wrong
        else "Below are the close calls, the least sure first."
    )
    st.markdown(
        f"{n} digits were kept back, so it had never seen them. "
        f"It reads {n - n_wrong} of them right. **{ask}**"
    )
    st.html(_SCORE.format(share=100 * result.accuracy, right=n - n_wrong, n=n))


st.html(_STYLE)
network = show_header(
    "Where it goes wrong",
    "mistakes",
    of_training=[mistakes_filter.PAGE],
    of_classes=mistakes_filter.OF_CLASSES,
)
n_classes, training = network
results = {each: evaluation_by(Network(n_classes, each)) for each in trainings()}
result = results[training]
comparison = compare(results["lesson"], results["augmented"])
show_score(result)
st.markdown(f":material/emoji_objects: {comparison_sentence(comparison)}")

matrix_column, gallery_column = st.columns([2, 3], gap="large")
with matrix_column:
    st.header("What was written, what was read", anchor=False)
    st.markdown(
        linked(
            "Each row is a digit somebody wrote, each column what the network read. Where "
            "both are the same it is right; **all else are mistakes**, and you can press "
            "them to see."
        )
    )
    cell = mistakes_filter.choose_cell(result, comparison)
with gallery_column:
    heading = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        group = mistakes_filter.choose_group(result)
        order = mistakes_filter.choose_order()
        look = mistakes_filter.choose_look()
    view = View(group, *cell, order)
    doubt = caches.label_doubt(n_classes) if order == "doubtful label" else None
    indices = select(result, view, comparison, doubt)
    sentence = view_sentence(view, len(indices))
    with heading, st.container(horizontal=True, vertical_alignment="center"):
        st.header(sentence, anchor=False, width="stretch")
        if indices.size:
            offer_downloads(result, training, indices, sentence)
    if not indices.size:
        mistakes_filter.explain_nothing(result, view, comparison)
    elif look == mistakes_filter.MAP:
        show_map(result, indices, n_classes)
    else:
        show_gallery(results, training, indices, view.group in COMPARED_GROUPS)

if opened_digit(len(result.y_true)) is not None:
    show_digit(result, indices, n_classes, training)
