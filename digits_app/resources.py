"""The only cache wrappers: what is computed once and shared by every visitor.

Cached objects are shared, so nobody changes them.
"""

import streamlit as st
from sklearn.neural_network import MLPClassifier

from digits_app import dataset, evaluation, model, plotting
from digits_app.model import Training


@st.cache_resource(show_spinner="Training the network …")
def classifier(n_classes: int, training: Training) -> MLPClassifier:
    """Hand out the fitted classifier; see `digits_app.model.load_classifier`."""
    return model.load_classifier(n_classes, training)


@st.cache_resource(show_spinner=False)
def split(n_classes: int) -> dataset.LessonSplit:
    """Load the lesson's split; see `digits_app.dataset.load_split`."""
    return dataset.load_split(n_classes)


@st.cache_resource(show_spinner="Reading the test set …")
def test_evaluation(n_classes: int, training: Training) -> evaluation.Evaluation:
    """Let the classifier read the test split of its digits, once."""
    return evaluation.evaluate(classifier(n_classes, training), n_classes)


@st.cache_resource(show_spinner=False)
def digit_picture(n_classes: int, index: int) -> bytes:
    """Draw one test digit with matshow, as a PNG file, once."""
    return plotting.png(plotting.digit_figure(split(n_classes).test_images[index]))
