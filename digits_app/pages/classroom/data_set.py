"""Our data set: the digits of a class as files."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.export import to_csv, to_json, to_notebook, to_npz, to_zip
from digits_app.pages.shared.addresses import LESSON, OUR_CLASS, link

_FORMS: Final[tuple[tuple[str, Callable[[ClassDigits], bytes | str], str, str], ...]] = (
    ("Everything", to_zip, "our_class.zip", "application/zip"),
    ("NPZ", to_npz, "class_digits.npz", "application/octet-stream"),
    ("CSV", to_csv, "class_digits.csv", "text/csv"),
    ("Strokes", to_json, "class_digits.json", "application/json"),
    ("Notebook", lambda _: to_notebook(), "our_class.ipynb", "application/x-ipynb+json"),
)


def offer_files(digits: ClassDigits, key: str) -> None:
    """Offer a class as files, each made when it is asked for.

    Parameters
    ----------
    digits : ClassDigits
        One at least.
    key : str
        Begins the keys of the buttons.
    """
    with st.container(horizontal=True, gap="xsmall"):
        for label, make, name, mime in _FORMS:
            st.download_button(
                label,
                partial(make, digits),
                file_name=name,
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"{key}_{name}",
            )


@st.dialog("Our data set", width="large")
def show_data_set(digits: ClassDigits) -> None:
    """Show what can be had, and how it is used."""
    st.markdown(
        f"**{len(digits.labels)} digits**, in the form of `load_digits`, with one more "
        "column: `pupil`. Nobody’s name is in it. The notebook trains the lesson’s network "
        "on it, and finds the same two figures as “Split the digits, but how?”"
    )
    offer_files(digits, "class_files")
    link(
        LESSON,
        "Run the whole lesson with our class",
        ":material/school:",
        digits=OUR_CLASS,
    )
    st.code(
        "from digits_app import load_class\n\n"
        'our_class = load_class("class_digits.npz")\n'
        "our_class.data, our_class.target, our_class.pupil",
        language="python",
    )
