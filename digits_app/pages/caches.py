"""What is computed once and shared by every visitor.

Cached objects are shared, so nobody changes them. None may be made from what a visitor drew
or sent: `tests/test_shared_caches.py` reads it off their parameters.
"""

from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app import dataset
from digits_app.helper_process.tasks import Helpers, Shelf
from digits_app.lesson.running import Base, Output
from digits_app.mistakes import doubtful_labels, evaluation, plotting
from digits_app.mistakes.digit_map import DigitMap, hidden_layer, map_digits
from digits_app.network import classifiers
from digits_app.network.classifiers import Classifier, Training


@st.cache_resource(show_spinner="Loading the network …")
def classifier(n_classes: int, training: Training) -> Classifier:
    """Hand out the fitted classifier; see `classifiers.load_classifier`."""
    return classifiers.load_classifier(n_classes, training)


@st.cache_resource(show_spinner=False)
def split(n_classes: int) -> dataset.LessonSplit:
    """Load the lesson's split; see `digits_app.dataset.load_split`."""
    return dataset.load_split(n_classes)


@st.cache_resource(show_spinner="Reading the test set …")
def evaluation_of_test_split(n_classes: int, training: Training) -> evaluation.Evaluation:
    """Let the classifier read the test split of its digits, once."""
    return evaluation.evaluate(classifier(n_classes, training), n_classes)


@st.cache_resource(show_spinner="Laying out the map …")
def digit_map(n_classes: int) -> DigitMap:
    """Lay out the test digits as the lesson's network sees them, once."""
    hidden = hidden_layer(classifier(n_classes, "lesson"), split(n_classes).X_test)
    return map_digits(hidden)


@st.cache_resource(show_spinner="Asking networks that never saw these digits …")
def label_doubt(n_classes: int) -> NDArray[np.float64]:
    """How doubtful the label of each test digit is, once."""
    of_split = split(n_classes)
    X = np.concatenate([of_split.X_train, of_split.X_test])
    y = np.concatenate([of_split.y_train, of_split.y_test])
    doubt = doubtful_labels.label_doubt(doubtful_labels.unseen_probabilities(X, y), y)
    return doubt[len(of_split.y_train) :]


@st.cache_resource(show_spinner=False)
def digit_picture(n_classes: int, index: int) -> bytes:
    """Draw one test digit with matshow, as a PNG file, once."""
    return plotting.png(plotting.digit_figure(split(n_classes).test_images[index]))


@st.cache_resource(show_spinner=False)
def digit_picture_with_values(n_classes: int, index: int) -> bytes:
    """Draw one test digit, large, with the value of each pixel, as a PNG file, once."""
    return plotting.png(plotting.values_figure(split(n_classes).test_images[index]))


MAX_LESSON_BASES: Final = 64
"""How many trainings of the lesson to keep: two for each of a class of 30 with values of
their own. One takes about 2 MB."""

MAX_LESSON_OUTPUTS: Final = 400
"""How many outputs of the lesson to keep; one takes some 10 KB."""


@st.cache_resource(show_spinner=False)
def helpers() -> Helpers:
    """Where work is done that takes long: in processes beside the server."""
    return Helpers()


@st.cache_resource(show_spinner=False)
def lesson_bases() -> Shelf[Base]:
    """What the steps of the lesson build on, each done once for all who ask for it."""
    return Shelf(MAX_LESSON_BASES)


@st.cache_resource(show_spinner=False)
def lesson_outputs() -> Shelf[tuple[Output | None, ...]]:
    """What the code of the lesson's steps prints and draws."""
    return Shelf(MAX_LESSON_OUTPUTS)
