"""A visitor's own digits and the network that learned them, in their session alone.

The browser's tab keeps a copy of the digits (`browser/hand_keeper.js`), which outlives a
reload and a session that the server has forgotten. The network is taught again where it is
missing.
"""

import json
import secrets
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import streamlit as st

from digits_app.drawing.errors import UnreadableDrawingError, any_failure_as
from digits_app.my_hand.digits import MyDigit, my_digit
from digits_app.my_hand.keeping import pack_drawing, unpack_drawing
from digits_app.my_hand.prompts import NUMBER, prompts
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.drawing_state import HAND_KEY, Drawing
from digits_app.pages.shared.file_lane import in_file_lane
from digits_app.pages.shared.whole_page import lets_page_run
from digits_app.server.browser_files import browser_files
from digits_app.server.messages import MAX_VALUE

_KEY: Final = HAND_KEY
_KEEPER_KEY: Final = "unseen_hand_keeper"
MAX_CORRECTED: Final = 60
"""Most corrections in the tab's copy: the latest."""

_keeper = declare_component("hand_keeper", __file__, "../shared/served.js")


@dataclass
class Hand:
    """How far somebody has got with the test of their hand.

    Attributes
    ----------
    random_state : int
        Decides the order of the prompts.
    place : int
        Which prompt is asked, counted from 0; after the last one it is the number.
    written : dict of int to MyDigit
        What was written, by the place of its prompt; after these the number's digits.
    corrected : list of MyDigit
        Digits of the Draw page whose right label somebody told, and those of a file.
    is_shown : bool
        The test is over; the result is shown.
    is_forgotten : bool
        The tab is to forget its copy.
    """

    random_state: int = field(default_factory=lambda: secrets.randbelow(10_000))
    place: int = 0
    written: dict[int, MyDigit] = field(default_factory=dict)
    corrected: list[MyDigit] = field(default_factory=list)
    is_shown: bool = False
    is_forgotten: bool = False

    @cached_property
    def prompts(self) -> tuple[int, ...]:
        """The twenty digits that are asked for, in order."""
        return prompts(self.random_state)

    @property
    def asks_number(self) -> bool:
        """Whether the number is asked for, and not a digit."""
        return self.place == len(self.prompts)

    @property
    def digits(self) -> list[MyDigit]:
        """Everything this hand wrote: the test in its order, then the rest."""
        return [self.written[place] for place in sorted(self.written)] + self.corrected

    @property
    def is_empty(self) -> bool:
        """Nothing is written, and nothing was passed over."""
        return not self.digits and not self.place

    def open_places(self) -> list[int]:
        """Places of the prompts that nothing was written for, in order."""
        return [place for place in range(len(self.prompts)) if place not in self.written]


def my_hand() -> Hand:
    """The visitor's own; empty in a session that has not written yet."""
    # Not by `setdefault`: the page asks some sixty times, and chance is the system's.
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Hand()
    hand: Hand = st.session_state[_KEY]
    return hand


def forget_hand() -> None:
    """Forget everything about this hand, here and in the browser's tab."""
    st.session_state[_KEY] = Hand(is_forgotten=True)


def keep_in_tab() -> None:
    """Let the browser's tab keep the digits, and take over what it has kept."""
    hand = my_hand()
    _keeper(
        data=[
            {
                "script": browser_files().address("hand_keeper.js"),
                "kept": None if hand.is_empty else _packed(hand),
                "forget": hand.is_empty and hand.is_forgotten,
                # The browser answers what is new to it. Streamlit breaks a run off, and the
                # answer with it, where somebody presses something meanwhile.
                "asked": time.time_ns() if hand.is_empty else None,
            }
        ],
        key=_KEEPER_KEY,
        on_restored_change=_restore,
    )


def _packed(hand: Hand) -> dict[str, Any]:
    written = [[place, *_pack(digit)] for place, digit in hand.written.items()]
    corrected = [_pack(digit) for digit in hand.corrected if digit.drawing is not None]
    corrected = corrected[-MAX_CORRECTED:]
    # What the tab keeps comes back in one message, which the server must accept.
    while corrected and len(json.dumps([written, corrected])) > MAX_VALUE * 0.9:
        corrected = corrected[len(corrected) // 4 + 1 :]
    return {
        "random_state": hand.random_state,
        "place": hand.place,
        "is_shown": hand.is_shown,
        "written": written,
        "corrected": corrected,
    }


def _pack(digit: MyDigit) -> list[Any]:
    return [digit.label, pack_drawing(digit.drawing or {"objects": []})]


@lets_page_run
def _restore() -> None:
    kept = getattr(st.session_state.get(_KEEPER_KEY), "restored", None)
    if kept is None:
        return
    not_ours = UnreadableDrawingError("What the tab kept is no test of ours.")
    try:
        with any_failure_as(not_ours, keep=UnreadableDrawingError):
            hand = in_file_lane(lambda: _unpacked(kept))
            if hand.is_empty:
                raise not_ours
            st.session_state[_KEY] = hand
    except UnreadableDrawingError:
        forget_hand()  # or the browser would answer it again, without end


def _unpacked(kept: Mapping[str, Any]) -> Hand:
    """Read what the tab kept; a digit that did not arrive whole is left out."""
    hand = Hand(random_state=int(kept["random_state"]) % 10_000)
    labels = hand.prompts + NUMBER
    for place, label, strokes in kept["written"][: len(labels)]:
        if place in range(len(labels)) and label == labels[place]:
            with suppress(UnreadableDrawingError):
                hand.written[place] = my_digit(label, unpack_drawing(strokes))
    for label, strokes in kept["corrected"][:MAX_CORRECTED]:
        if label in range(10):
            with suppress(UnreadableDrawingError):
                hand.corrected.append(my_digit(label, unpack_drawing(strokes)))
    hand.place = int(kept["place"]) % (len(hand.prompts) + 1)
    hand.is_shown = bool(kept["is_shown"]) and bool(hand.written)
    return hand


def write_digit(label: int, objects: list[dict[str, Any]]) -> MyDigit:
    """Prepare what is on a canvas as one of one's own digits.

    Raises
    ------
    UnreadableDrawingError
        Nothing, or nothing to read, is on it.
    """
    _require_written(objects)
    return my_digit(label, {"objects": objects})


def write_number(labels: Sequence[int], drawing: Drawing) -> list[MyDigit]:
    """Prepare the digits of a number on a canvas, each as one of one's own.

    Raises
    ------
    UnreadableDrawingError
        There are not as many as there should be, as the reader of numbers parts them.
    """
    _require_written(drawing.objects)
    # The test does not wait for scikit-learn, which this needs.
    from digits_app.reading.numbers import split_drawing

    signs = split_drawing(drawing.objects, drawing.width)
    if len(signs) != len(labels):
        found = f"{len(signs)} digits" if len(signs) > 1 else "one digit"
        raise UnreadableDrawingError(
            f"That looks like {found}, not {len(labels)}. Press Clear, and write each with "
            "a little room around it."
        )
    return [
        my_digit(label, {"objects": sign.objects})
        for label, sign in zip(labels, signs, strict=True)
    ]


def _require_written(objects: list[dict[str, Any]]) -> None:
    if not objects:
        raise UnreadableDrawingError("Nothing is written yet. Write it in the dark box.")
