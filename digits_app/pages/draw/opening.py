"""Open in Draw: a test digit that a link puts on the canvas, traced as ink.

The link says which digit, and which click it was, so it works in another browser, too,
and Back, Forward and a reload show what was drawn since and not the digit once more.
"""

import re
import secrets
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from digits_app.dataset import CLASS_COUNTS
from digits_app.pages.draw.turns import TURN
from digits_app.pages.shared.addresses import DRAW, link, notice_nonsense
from digits_app.pages.shared.controls import network_in_address
from digits_app.pages.shared.drawing_state import place_drawing
from digits_app.pages.shared.networks import Network, classifier_of, model_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

OPEN: Final = "open"
"""Parameter of the address: which test set, which digit of it, and which click."""

_OFFERED_KEY: Final = "draw_offered"
_OPENED_KEY: Final = "draw_opened"
_MAX_REMEMBERED: Final = 50
_MAX_READ: Final = 8


def link_to_open(index: int, network: Network) -> None:
    """Show the link that opens a digit of the network's test split on the Draw page."""
    asked = {
        OPEN: f"{network.n_classes}.{index}.{secrets.token_hex(4)}",
        **network_in_address("draw", network),
    }
    st.session_state[_OFFERED_KEY] = True
    link(DRAW, "Open in Draw", ":material/draw:", **asked)


def open_asked_digit(network: Network) -> None:
    """Put the digit that the address asks for on the canvas, once for each click.

    Parameters
    ----------
    network : Network
        The one that answers. The digit is traced so that this network reads the drawing as
        it read the test digit.
    """
    asked = st.query_params.get(OPEN)
    opened = st.session_state.setdefault(_OPENED_KEY, [])
    if asked is None or asked in opened:
        return
    image = _asked_image(asked)
    if image is None:
        notice_nonsense(OPEN)
        return
    read = int(classifier_of(network).predict(image.reshape(1, -1))[0])
    with TURN:
        tracing, in_draw = _trace(image, read, network)
    # The name is the click's: a browser that knows it keeps what was drawn since.
    place_drawing(tracing["objects"], name=asked)
    st.session_state[_OPENED_KEY] = [*opened, asked][-_MAX_REMEMBERED:]
    # For the person who clicked. After a reload the tab may show another drawing by now.
    if st.session_state.pop(_OFFERED_KEY, False) and in_draw != read:
        st.toast(
            f"Draw looks at a drawing several times, tilted a little each time. "
            f"So it reads {in_draw} here, not {read}.",
            icon=":material/info:",
            duration="long",
        )


def _asked_image(asked: str) -> "NDArray[np.float64] | None":
    """Find the test digit, 8x8; None for nonsense."""
    if not re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,6}\.[0-9a-f]{8}", asked):
        return None
    n_classes, index = (int(number) for number in asked.split(".")[:2])
    if n_classes not in CLASS_COUNTS:
        return None
    # The empty canvas does not wait for scikit-learn, which this needs.
    from digits_app.pages import caches

    X_test = caches.split(n_classes).X_test
    return X_test[index].reshape(8, 8) if index < len(X_test) else None


def _trace(
    image: "NDArray[np.float64]", read: int, network: Network
) -> tuple[dict[str, Any], int]:
    """Trace a digit so that it is read as it was there, and tell how Draw reads it.

    Draw averages over tilted copies, which saves it from some mistakes. Such a digit is
    traced so that at least a single look at it is mistaken in the same way.
    """
    from digits_app.drawing.canvas_json import render_drawing
    from digits_app.drawing.preparation import prepare_image
    from digits_app.drawing.tracing import trace_digit
    from digits_app.reading.recognition import read_drawing

    def read_in_draw(drawn: "Image.Image") -> int:
        return read_drawing(drawn, [model_of(network)])[0].label

    def is_kept_at_one_look(drawn: "Image.Image") -> bool:
        pixels = prepare_image(drawn).reshape(1, -1)
        return bool(classifier_of(network).predict(pixels)[0] == read)

    tracing = trace_digit(
        image, accept=lambda drawn: read_in_draw(drawn) == read, max_offered=_MAX_READ
    )
    drawn = render_drawing(tracing)
    if drawn is not None and read_in_draw(drawn) != read:
        tracing = trace_digit(image, accept=is_kept_at_one_look)
        drawn = render_drawing(tracing)
    return tracing, read if drawn is None else read_in_draw(drawn)
