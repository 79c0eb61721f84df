"""The gallery of the Mistakes page: one picture for each test digit, page by page."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.mistakes.error_browser import percent, to_csv
from digits_app.mistakes.evaluation import Evaluation
from digits_app.mistakes.plotting import png, sheet_figure
from digits_app.network.classifiers import Training
from digits_app.pages import caches
from digits_app.pages.mistakes.digit import open_digit
from digits_app.pages.mistakes.filter import PAGE
from digits_app.pages.shared.controls import warn_of_unknown
from digits_app.pages.shared.networks import TRAINING_NAMES
from digits_app.pages.shared.pictures import data_url

PAGE_SIZE: Final = 24
MOST_COLUMNS: Final = 6
NARROWEST_PICTURE: Final = 130
"""Pixels: two pictures still stand side by side on a phone."""


def show_gallery(
    readers: Mapping[Training, Evaluation],
    training: Training,
    indices: NDArray[np.int64],
    sentence: str,
) -> None:
    """Show test digits as matshow pictures, in the order given.

    Parameters
    ----------
    readers : mapping of training to Evaluation
        The models whose readings stand below the pictures.
    training : {"lesson", "augmented"}
        The chosen one of them.
    indices : ndarray of shape (n_shown,)
        Test-set indices.
    sentence : str
        What the list holds, for its heading.
    """
    result = readers[training]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"**{sentence}**", width="stretch")
        _offer_downloads(result, indices, sentence)
    grid = st.grid(MOST_COLUMNS, min_column_width=NARROWEST_PICTURE)
    n_pages = -(-len(indices) // PAGE_SIZE)
    page = _choose_page(n_pages) if n_pages > 1 else 1
    for index in indices[PAGE_SIZE * (page - 1) : PAGE_SIZE * page].tolist():
        with grid.container(gap="xsmall"):
            _show_card(result, index)
            if len(readers) == 1:
                st.caption(f"{percent(result.confidence[index])} sure")
            else:
                st.caption(
                    " · ".join(
                        f"{TRAINING_NAMES[each]} {readers[each].y_pred[index]}"
                        for each in readers
                    )
                )
            st.button(
                f"Open #{index}",
                key=f"mistakes_open_{index}",
                on_click=open_digit,
                args=(index,),
                width="stretch",
            )


def _show_card(result: Evaluation, index: int) -> None:
    true, predicted = result.y_true[index], result.y_pred[index]
    st.image(
        data_url(caches.digit_picture(len(result.confusion), index)),
        width="stretch",
        alt=f"Test digit {index}, true {true}, predicted {predicted}",
    )
    st.markdown(f"true **{true}**, predicted **{predicted}**")


def _offer_downloads(result: Evaluation, indices: NDArray[np.int64], sentence: str) -> None:
    """Offer the whole list as a table and as a picture, made when asked for."""
    st.download_button(
        "CSV",
        lambda: to_csv(result, indices),
        file_name="digits.csv",
        mime="text/csv",
        icon=":material/download:",
        help="The list as a table: index, true, predicted, probabilities, 64 pixels.",
        on_click="ignore",
        key="mistakes_csv",
    )
    st.download_button(
        "PNG",
        lambda: _sheet(result, indices, sentence),
        file_name="digits.png",
        mime="image/png",
        icon=":material/download:",
        help="The list as one picture, to print or to show.",
        on_click="ignore",
        key="mistakes_png",
    )


def _sheet(result: Evaluation, indices: NDArray[np.int64], title: str) -> bytes:
    captions = [
        f"true {result.y_true[index]}, predicted {result.y_pred[index]}\n"
        f"#{index}, {percent(result.confidence[index])} sure"
        for index in indices.tolist()
    ]
    return png(sheet_figure(result.images[indices], captions, title))


def _choose_page(n_pages: int) -> int:
    warn_of_unknown(PAGE, [str(page) for page in range(1, n_pages + 1)])
    return st.pagination(n_pages, key=PAGE, bind="query-params")
