"""The shipped files of the augmented classifiers: written once, read at the start.

They are plain NumPy arrays (`numpy.savez_compressed`, read with `allow_pickle=False`),
so reading them can run no code. Weights are kept as half-precision floats.
"""

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from digits_app.network.committee import merge_networks, network_of

FOLDER: Final = Path(__file__).parent / "weights"

KNOWN_DIGITS_FILE: Final = "known_digits.npz"
"""Training digits and augmented copies, with which `unfamiliarity` compares."""


def weights_file(n_classes: int) -> Path:
    """Path of the weights for a class count."""
    return FOLDER / f"augmented_{n_classes}.npz"


def guard_file(n_classes: int) -> Path:
    """Path of the weights of the networks that tell digits from jumbled ones."""
    return FOLDER / f"guard_{n_classes}.npz"


def save_networks(networks: list[MLPClassifier], path: Path) -> None:
    """Write the weights of a committee's networks, all of one shape.

    Parameters
    ----------
    networks : list of MLPClassifier
        Fitted.
    path : Path
        Replaced if it is there.
    """
    arrays: dict[str, NDArray[np.float16]] = {}
    for layer in range(len(networks[0].coefs_)):
        coefs = np.stack([n.coefs_[layer] for n in networks])
        intercepts = np.stack([n.intercepts_[layer] for n in networks])
        arrays[f"coefs_{layer}"] = coefs.astype(np.float16)
        arrays[f"intercepts_{layer}"] = intercepts.astype(np.float16)
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def load_network(path: Path) -> MLPClassifier:
    """Read a committee's weights and merge them into one network.

    Parameters
    ----------
    path : Path
        A file of `save_networks`.

    Returns
    -------
    MLPClassifier
        Takes `stroke_directions` of digits.
    """
    with np.load(path, allow_pickle=False) as arrays:
        stored = {name: arrays[name].astype(np.float32) for name in arrays.files}
    n_layers = len(stored) // 2
    n_networks = len(stored["coefs_0"])
    networks = [
        network_of(
            [stored[f"coefs_{layer}"][i] for layer in range(n_layers)],
            [stored[f"intercepts_{layer}"][i] for layer in range(n_layers)],
        )
        for i in range(n_networks)
    ]
    return merge_networks(networks)


def save_known_digits(
    X: NDArray[np.float64], y: NDArray[np.int64], folder: Path = FOLDER
) -> None:
    """Write the digits that a drawing's distance is measured to.

    Parameters
    ----------
    X : ndarray of shape (n_samples, 64)
        Whole numbers 0..16.
    y : ndarray of shape (n_samples,)
    folder : Path
    """
    np.savez_compressed(
        folder / KNOWN_DIGITS_FILE, X=X.astype(np.uint8), y=y.astype(np.uint8)
    )


def load_known_digits() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Read the digits that a drawing's distance is measured to.

    Returns
    -------
    X : ndarray of shape (n_samples, 64)
        0..16.
    y : ndarray of shape (n_samples,)
    """
    with np.load(FOLDER / KNOWN_DIGITS_FILE, allow_pickle=False) as arrays:
        return arrays["X"].astype(np.float64), arrays["y"].astype(np.int64)
