"""Keep it: one's digits as files, and back again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from digits_app.my_hand.digits import MyDigit
from digits_app.my_hand.files import (
    TRAIN_ON_THEM,
    UnreadableFileError,
    read_my_digits,
    to_csv,
    to_json,
    to_npz,
    to_zip,
)
from digits_app.pages.my_hand.state import MAX_CORRECTED, forget_hand, my_hand
from digits_app.pages.my_hand.teaching import forget_teaching
from digits_app.pages.shared.downloads import offer_files
from digits_app.pages.shared.file_lane import in_file_lane
from digits_app.pages.shared.whole_page import lets_page_run

_FILE_READ: Final = "hand_file_read"
"""Which file was read last, and why it was refused."""

_FILES: Final[Mapping[str, tuple[str, Callable[[Sequence[MyDigit]], bytes | str]]]] = {
    "my_digits.zip": ("Everything", to_zip),
    "my_digits.npz": ("NPZ", to_npz),
    "my_digits.csv": ("CSV", to_csv),
    "my_digits.json": ("Strokes", to_json),
}


def show_keeping(digits: Sequence[MyDigit]) -> None:
    """Offer the digits as files, and to load such a file."""
    st.header("Keep it", anchor=False)
    st.markdown(
        "Nothing stays on the server. Take your digits with you: to another device, or "
        "into Python, where they have the form of `load_digits`."
    )
    if digits:
        offer_files(_FILES, digits, "hand")
        st.code(TRAIN_ON_THEM, language="python", wrap_lines=True)
    _take_file()
    if digits:
        st.button(
            "Forget my hand",
            icon=":material/delete:",
            on_click=_forget,
            help="Deletes your digits here and in this browser tab.",
            key="hand_forget",
        )


def _take_file() -> None:
    file = st.file_uploader(
        "Load a file that you saved: my_digits.zip or my_digits.npz",
        type=["zip", "npz"],
        help=f"Of more than {MAX_CORRECTED} digits it takes the last {MAX_CORRECTED}.",
        key="hand_file",
    )
    if file is None:
        return
    # A file is read once, even if it was refused: the page runs again at every press.
    read, refusal = st.session_state.get(_FILE_READ, ("", ""))
    if read != file.file_id:
        refusal = _read_file(file.getvalue())
        st.session_state[_FILE_READ] = (file.file_id, refusal)
        if not refusal:
            st.rerun()
    if refusal:
        st.error(refusal, icon=":material/error:")


def _read_file(content: bytes) -> str:
    """Take over the digits of a file; return why that cannot be done, if it cannot."""
    try:
        loaded = in_file_lane(lambda: read_my_digits(content, MAX_CORRECTED))
    except UnreadableFileError as error:
        return str(error)
    hand = my_hand()
    hand.corrected = (hand.corrected + loaded)[-MAX_CORRECTED:]
    hand.is_shown = True
    return ""


@lets_page_run
def _forget() -> None:
    forget_teaching()
    forget_hand()
