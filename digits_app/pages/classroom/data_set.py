"""Our data set: the digits of a class as files."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.export import (
    EVERYTHING,
    NOTEBOOK,
    NPZ,
    STROKES,
    TABLE,
    to_csv,
    to_json,
    to_notebook,
    to_npz,
    to_zip,
)
from digits_app.pages.shared.addresses import LESSON, OUR_CLASS, link
from digits_app.pages.shared.downloads import offer_files
from digits_app.pages.shared.mending import mend_for_keyboards

_FILES: Final[Mapping[str, tuple[str, Callable[[ClassDigits], bytes | str]]]] = {
    EVERYTHING: ("Everything", to_zip),
    NPZ: ("NPZ", to_npz),
    TABLE: ("CSV", to_csv),
    STROKES: ("Strokes", to_json),
    NOTEBOOK: ("Notebook", lambda _: to_notebook()),
}


def offer_class(digits: ClassDigits, key: str) -> None:
    """Offer a class as files; one digit at least."""
    offer_files(_FILES, digits, key)


@st.dialog("Our data set", width="large")
def show_data_set(digits: ClassDigits) -> None:
    """Show what can be had, and how it is used."""
    st.markdown(
        f"**{len(digits.labels)} digits**, in the form of `load_digits`, with one more "
        "column: `pupil`. Nobody’s name is in it. The notebook trains the lesson’s network "
        "on it, and finds the same two figures as “Split the digits, but how?”"
    )
    offer_class(digits, "class_files")
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
    mend_for_keyboards("unseen_data_set_mender")
