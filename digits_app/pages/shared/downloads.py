"""A row of files to download, each made when it is asked for."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePath
from typing import Final, TypeVar

import streamlit as st

Digits = TypeVar("Digits")

_MEDIA_TYPES: Final = {
    ".zip": "application/zip",
    ".npz": "application/octet-stream",
    ".csv": "text/csv",
    ".json": "application/json",
    ".ipynb": "application/x-ipynb+json",
}


def offer_files(
    files: Mapping[str, tuple[str, Callable[[Digits], bytes | str]]],
    digits: Digits,
    key: str,
) -> None:
    """Offer digits as files.

    Parameters
    ----------
    files : mapping of str to (str, callable)
        By its name: what the button says, and what makes the file of the digits.
    digits : object
        What each is made of.
    key : str
        Begins the keys of the buttons.
    """
    with st.container(horizontal=True, gap="xsmall"):
        for name, (label, make) in files.items():
            st.download_button(
                label,
                partial(make, digits),
                file_name=name,
                mime=_MEDIA_TYPES[PurePath(name).suffix],
                icon=":material/download:",
                on_click="ignore",
                key=f"{key}_{name}",
            )
