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
from digits_app.network.threads import use_one_blas_thread

FOLDER: Final = Path(__file__).parent / "weights"

GUARD_FILE: Final = FOLDER / "guard.npz"
"""The weights of the networks that know what is no digit."""


def weights_file(n_classes: int) -> Path:
    """Path of the weights for a class count."""
    return FOLDER / f"augmented_{n_classes}.npz"


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
    use_one_blas_thread()
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
