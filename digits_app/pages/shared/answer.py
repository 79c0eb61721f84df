"""An answer outside of the board: painted by the same script, from numbers."""

import numpy as np
from numpy.typing import NDArray

from digits_app.pages.shared.components import declare_component
from digits_app.server.browser_files import browser_files
from digits_app.wording import answer_words

# The colours and pieces of the style sheets are meant to reach it.
_answer = declare_component("digit_answer", __file__, "answer.js", isolate_styles=False)


def show_answer(
    proba: NDArray[np.float64], is_unfamiliar: bool = False, key: str | None = None
) -> None:
    """Show a digit, large, how sure the network is, and a bar for each digit.

    Parameters
    ----------
    proba : ndarray of shape (n_classes,)
        Probability of each digit, counted from 0.
    is_unfamiliar : bool, default=False
        The drawing is unlike every digit the network knows.
    key : str or None
        Widget key; with one the answer changes in place.
    """
    _answer(
        data={
            "script": browser_files().address("board/answer.js"),
            "reading": {"proba": proba.tolist(), "isUnfamiliar": is_unfamiliar},
            "words": answer_words(),
        },
        key=key,
    )
