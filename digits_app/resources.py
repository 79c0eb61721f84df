"""The only cache wrappers: what is computed once and shared by every visitor.

Cached objects are shared, so nobody changes them.
"""

import streamlit as st
from sklearn.neural_network import MLPClassifier

from digits_app import evaluation, model
from digits_app.model import Training


@st.cache_resource(show_spinner="Training the network …")
def classifier(n_classes: int, training: Training) -> MLPClassifier:
    """Hand out the fitted classifier; see `digits_app.model.load_classifier`."""
    return model.load_classifier(n_classes, training)


@st.cache_resource(show_spinner="Reading the test set …")
def test_evaluation(n_classes: int, training: Training) -> evaluation.Evaluation:
    """Let the classifier read the test split of its digits, once."""
    return evaluation.evaluate(classifier(n_classes, training), n_classes)
