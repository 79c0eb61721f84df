"""The gallery of the Mistakes page: one picture for each test digit."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app import resources
from digits_app.evaluation import Evaluation
from digits_app.pages.pictures import data_url

MOST_COLUMNS = 6
NARROWEST_PICTURE = 130
"""Pixels: two pictures still stand side by side on a phone."""


def show_gallery(result: Evaluation, indices: NDArray[np.int64], n_classes: int) -> None:
    """Show test digits as matshow pictures, in the order given.

    Parameters
    ----------
    result : Evaluation
        What the model made of the test split.
    indices : ndarray of shape (n_shown,)
        Test-set indices.
    n_classes : {2, 10}
        Whose test split it is.
    """
    grid = st.grid(MOST_COLUMNS, min_column_width=NARROWEST_PICTURE)
    for index in indices.tolist():
        true, predicted = result.y_true[index], result.y_pred[index]
        with grid.container(gap="xsmall"):
            st.image(
                data_url(resources.digit_picture(n_classes, index)),
                width="stretch",
                alt=f"Test digit {index}, true {true}, predicted {predicted}",
            )
            st.markdown(f"true **{true}**, predicted **{predicted}**")
            st.caption(f"{100 * result.confidence[index]:.0f} % sure · #{index}")
