"""With which files the browser reads: the reader itself, and the weights of a network."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import streamlit as st
from streamlit import runtime

from digits_app.pages.shared.networks import (
    Learned,
    Network,
    classifier_of,
    is_at_hand,
    trainings,
)
from digits_app.server.browser_files import browser_files

if TYPE_CHECKING:
    from digits_app.network.classifiers import Classifier

_PACKED_KEY: Final = "my_network_packed"


def reader_of(network: Network) -> dict[str, Any] | None:
    """Name a network's files for the browser.

    Parameters
    ----------
    network : Network

    Returns
    -------
    dict or None
        The addresses of the reader (`client` and `worker`), of the weights, and of those of
        the guard. None where the network is not there yet: the server answers meanwhile.
    """
    if network.training != "augmented" and not is_at_hand(network):
        return None
    address = browser_files().address
    by_training: dict[Learned, Callable[[Network], str]]
    by_training = {"augmented": _shipped, "lesson": _fitted, "mine": _taught}
    return {
        "network": network.name,
        "client": address("reader/client.js"),
        "worker": address("reader/worker.js"),
        "guard": address("weights/guard.weights"),
        "weights": by_training[network.training](network),
    }


def _shipped(network: Network) -> str:
    # The empty canvas does not wait for scikit-learn, so the file goes out as it is.
    return browser_files().address(f"weights/augmented_{network.n_classes}.weights")


@cache
def _fitted(network: Network) -> str:
    from digits_app.network.weight_files import pack_weights

    name = f"weights/{network.training}_{network.n_classes}.weights"
    return browser_files().keep(name, pack_weights(classifier_of(network)))


def _taught(network: Network) -> str:
    """Let the visitor's browser have their own network, as Streamlit does with a picture.

    The address cannot be guessed, and is gone with the session.
    """
    from digits_app.network.weight_files import pack_weights

    if "mine" not in trainings():  # a link asks for it, and the session has none
        return _shipped(network)
    classifier = classifier_of(network)
    packed: dict[int, tuple[Classifier, bytes]]
    packed = st.session_state.setdefault(_PACKED_KEY, {})
    known = packed.get(network.n_classes)
    if known is None or known[0] is not classifier:
        packed[network.n_classes] = known = classifier, pack_weights(classifier)
    address = runtime.get_instance().media_file_mgr.add(
        known[1], "application/octet-stream", f"weights of {network.name}"
    )
    return address.lstrip("/")
