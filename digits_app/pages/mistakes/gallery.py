"""The gallery of the Mistakes page: one picture for each test digit, page by page."""

from collections.abc import Mapping
from html import escape
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from digits_app.mistakes.error_browser import to_csv
from digits_app.mistakes.evaluation import Evaluation
from digits_app.mistakes.plotting import png, sheet_figure
from digits_app.pages import caches
from digits_app.pages.mistakes.digit import open_digit
from digits_app.pages.mistakes.filter import PAGE
from digits_app.pages.shared.addresses import settle
from digits_app.pages.shared.networks import TRAINING_NAMES, Learned
from digits_app.pages.shared.pictures import data_url
from digits_app.pages.shared.scrolling import open_at_top
from digits_app.wording import a_digit, percent

PAGE_SIZE: Final = 24
MOST_COLUMNS: Final = 4
NARROWEST_PICTURE: Final = 140
"""Pixels: two pictures still stand side by side on a phone."""

GALLERY_KEY: Final = "mistakes_gallery"

_CARD: Final = """<div class="mistake"><img class="px" src="{url}" alt="{alt}">
<p class="num"><b>{true}</b><span class="ms" aria-hidden="true">arrow_forward</span>
<b class="{mark}">{predicted}</b><span class="sure">{sure}</span></p></div>"""


def show_gallery(
    readers: Mapping[Learned, Evaluation],
    training: Learned,
    indices: NDArray[np.int64],
    is_compared: bool,
) -> None:
    """Show test digits as matshow pictures, in the order given.

    Parameters
    ----------
    readers : mapping of training to Evaluation
        What each network makes of the test split.
    training : {"lesson", "augmented"}
        The chosen one of them.
    indices : ndarray of shape (n_shown,)
        Test-set indices.
    is_compared : bool
        Say below each picture what each network reads, instead of how sure it is.
    """
    result = readers[training]
    n_pages = -(-len(indices) // PAGE_SIZE)
    with st.container(key=GALLERY_KEY):
        grid = st.grid(MOST_COLUMNS, min_column_width=NARROWEST_PICTURE)
        page = _choose_page(n_pages) if n_pages > 1 else 1
        for index in indices[PAGE_SIZE * (page - 1) : PAGE_SIZE * page].tolist():
            sure = (
                " · ".join(str(readers[each].y_pred[index]) for each in readers)
                if is_compared
                else f"{percent(result.confidence[index])} sure"
            )
            with grid.container(key=f"mistakes_card_{index}"):
                _show_card(result, index, sure)
        open_at_top(GALLERY_KEY, page)


def _show_card(result: Evaluation, index: int, sure: str) -> None:
    """A picture with what was written and read; the style sheet lays the button over it."""
    true, predicted = int(result.y_true[index]), int(result.y_pred[index])
    st.html(
        _CARD.format(
            url=data_url(caches.digit_picture(len(result.confusion), index)),
            alt=escape(f"A test digit: {a_digit(true)} read as {predicted}"),
            true=true,
            predicted=predicted,
            mark="" if true == predicted else "bad",
            sure=sure,
        )
    )
    st.button(
        f"Open this {true} read as {predicted}",
        key=f"mistakes_open_{index}",
        on_click=open_digit,
        args=(index,),
    )


def offer_downloads(
    result: Evaluation, training: Learned, indices: NDArray[np.int64], sentence: str
) -> None:
    """Offer the whole list as a table and as a picture, made when asked for.

    Parameters
    ----------
    result : Evaluation
    training : {"lesson", "augmented"}
        Whose readings they are: the picture names it.
    indices : ndarray of shape (n_shown,)
        Test-set indices.
    sentence : str
        What the list holds.
    """
    n_classes = len(result.confusion)
    title = (
        f"{sentence}, by the network of {n_classes} digits that learned 1,347 of them "
        f"{TRAINING_NAMES[training]}"
        if n_classes == 10
        else f"{sentence}, by the network that knows only 0 and 1"
    )
    st.download_button(
        "List",
        lambda: to_csv(result, indices),
        file_name="digits.csv",
        mime="text/csv",
        icon=":material/download:",
        help="As a table: index, true, predicted, probabilities, 64 pixels.",
        on_click="ignore",
        key="mistakes_csv",
    )
    st.download_button(
        "Picture",
        lambda: _sheet(result, indices, title),
        file_name="digits.png",
        mime="image/png",
        icon=":material/download:",
        help="As one picture, to print or to show.",
        on_click="ignore",
        key="mistakes_png",
    )


def _sheet(result: Evaluation, indices: NDArray[np.int64], title: str) -> bytes:
    captions = [
        f"{result.y_true[index]} read as {result.y_pred[index]}\n"
        f"{percent(result.confidence[index])} sure"
        for index in indices.tolist()
    ]
    return png(sheet_figure(result.images[indices], captions, title))


def _choose_page(n_pages: int) -> int:
    on_change = settle(PAGE, range(1, n_pages + 1), default=1)
    return st.pagination(n_pages, key=PAGE, on_change=on_change)
