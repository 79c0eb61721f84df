"""The weights of a network as bytes: one format for the shipped files and the browser.

The browser reads with the same numbers as Python, so a network is written the same way for
both: a header that says what follows, and behind it the arrays, which JavaScript looks at
where they lie. Reading them can run no code.

========================  ==========================================================
4 bytes                   length of the header, a whole number, little-endian
the header                JSON, filled up with spaces to a multiple of 4 bytes
the arrays                little-endian, each beginning at a multiple of 4 bytes
========================  ==========================================================

The header holds "features", what the first layer takes ("pixels" of 0 to 16, or
"directions", what `stroke_directions` makes of them), "layers", and in the guard's file
"rule" (see `digits_app.browser.rule`). The hidden layers are `relu`; several outputs go
through a softmax, and one alone, of two classes, through a logistic function. A layer has

- "shape": how many blocks, inputs and outputs of each. A committee's networks stand side by
  side as blocks, and do not mix before the last layer;
- "weights": where the array of that shape begins, counted from the first array;
- "scales": where the scales begin, one for each column of each block; null where the
  weights are not whole numbers;
- "biases": where they begin, one for each output of each block.

Weights are whole numbers of one byte times a scale, where that loses nothing (`quantise`),
and 4-byte floats otherwise, as all scales and biases are.
"""

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import block_diag
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline

from digits_app.network.committee import as_pipeline, diagonal_blocks, network_of
from digits_app.network.threads import use_one_blas_thread

FOLDER: Final = Path(__file__).parent / "weights"

GUARD_FILE: Final = FOLDER / "guard.weights"
"""The weights of the networks that know what is no digit, and the rule of reading."""

_GREATEST: Final = 127  # of the whole numbers that a byte holds
_ALIGNED: Final = 4
_SCALE_BITS: Final = np.uint32(8)
"""How many bits of a scale stay 0. Then a scale times a whole number of one byte is a float
without rounding, and the scale can be found again in such products."""


def weights_file(n_classes: int) -> Path:
    """Path of the weights for a class count."""
    return FOLDER / f"augmented_{n_classes}.weights"


def quantise(network: MLPClassifier) -> MLPClassifier:
    """Round a network's weights to whole numbers of one byte, with a scale for each column.

    Parameters
    ----------
    network : MLPClassifier
        Fitted, or of `merge_networks`; it stays as it is.

    Returns
    -------
    MLPClassifier
        Its weights differ by at most half a scale, 1/254 of the column's greatest.
    """
    coefs = []
    for blocks in _blocks_of(network):
        numbers, scales = _whole_numbers(blocks)
        coefs.append(_joined(numbers * scales))
    rounded = network_of(coefs, [b.astype(np.float32) for b in network.intercepts_])
    rounded.n_members_ = getattr(network, "n_members_", 1)
    return rounded


def pack_weights(
    classifier: MLPClassifier | Pipeline, rule: Mapping[str, Any] | None = None
) -> bytes:
    """Write a classifier down, for a file and for the browser.

    Parameters
    ----------
    classifier : MLPClassifier or Pipeline
        Any that the app has: of `load_classifier`, or taught by a visitor (`teach`).
    rule : mapping, optional
        Goes into the header as it is.

    Returns
    -------
    bytes
        See the top of this file.

    Examples
    --------
    >>> from digits_app.network.classifiers import load_classifier
    >>> len(pack_weights(load_classifier(2, "lesson"))) < 30_000
    True
    """
    is_pipeline = isinstance(classifier, Pipeline)
    network = classifier[-1] if is_pipeline else classifier
    arrays: list[NDArray[Any]] = []

    def place(array: NDArray[Any]) -> int:
        """Add an array, and say where it begins."""
        begin = sum(map(_room, arrays))
        arrays.append(array)
        return begin

    layers = []
    for blocks, biases in zip(_blocks_of(network), network.intercepts_, strict=True):
        numbers, scales = _whole_numbers(blocks)
        is_exact = np.array_equal(numbers * scales, blocks)
        layers.append(
            {
                "shape": blocks.shape,
                "weights": place(numbers if is_exact else blocks),
                "scales": place(scales) if is_exact else None,
                "biases": place(biases.astype(np.float32)),
            }
        )
    header = {
        "features": "directions" if is_pipeline else "pixels",
        "layers": layers,
        **({} if rule is None else {"rule": rule}),
    }
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % _ALIGNED)
    return b"".join(
        [
            struct.pack("<I", len(text)),
            text,
            *(a.tobytes() + bytes(_room(a) - a.nbytes) for a in arrays),
        ]
    )


def unpack_weights(packed: bytes) -> MLPClassifier | Pipeline:
    """Make the classifier again that `pack_weights` wrote down.

    Returns
    -------
    MLPClassifier or Pipeline
        Its weights are 4-byte floats.
    """
    use_one_blas_thread()
    header = read_header(packed)
    begin = 4 + int(struct.unpack_from("<I", packed)[0])

    def array(place: int, shape: tuple[int, ...], kind: str = "<f4") -> NDArray[Any]:
        n_numbers = int(np.prod(shape))
        return np.frombuffer(packed, kind, n_numbers, begin + place).reshape(shape)

    coefs, intercepts, n_members = [], [], 1
    for layer in header["layers"]:
        n_blocks, _, n_outputs = shape = layer["shape"]
        if layer["scales"] is None:
            blocks = array(layer["weights"], shape)
        else:
            scales = array(layer["scales"], (n_blocks, 1, n_outputs))
            blocks = array(layer["weights"], shape, "i1") * scales
        coefs.append(_joined(blocks))
        intercepts.append(array(layer["biases"], (n_blocks * n_outputs,)).copy())
        n_members = max(n_members, n_blocks)
    network = network_of(coefs, intercepts)
    network.n_members_ = n_members
    # What scikit-learn keeps for training is three more numbers a weight.
    for name in ("_optimizer", "_best_coefs", "_best_intercepts"):
        vars(network).pop(name, None)
    return as_pipeline(network) if header["features"] == "directions" else network


def read_header(packed: bytes) -> dict[str, Any]:
    """Read what stands before the arrays."""
    (n_bytes,) = struct.unpack_from("<I", packed)
    return cast(dict[str, Any], json.loads(packed[4 : 4 + n_bytes]))


def load_pipeline(path: Path) -> Pipeline:
    """Read a shipped file: a committee that takes rows of 64 pixels, 0..16."""
    return unpack_weights(path.read_bytes())


def _blocks_of(network: MLPClassifier) -> list[NDArray[np.float32]]:
    """The weights of each layer as blocks: shape (n_blocks, n_inputs, n_outputs)."""
    n_members = getattr(network, "n_members_", 1)
    first, *between = network.coefs_[:-1]
    blocks = [
        first[None],
        *(diagonal_blocks(weights, n_members) for weights in between),
        network.coefs_[-1][None],
    ]
    return [np.ascontiguousarray(each, dtype=np.float32) for each in blocks]


def _joined(blocks: NDArray[np.float32]) -> NDArray[np.float32]:
    """One matrix with the blocks along its diagonal, and 0 elsewhere."""
    matrix: NDArray[np.float32] = blocks[0] if len(blocks) == 1 else block_diag(*blocks)
    return matrix


def _whole_numbers(
    blocks: NDArray[np.float32],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers of one byte, and scales of shape (n_blocks, 1, n_outputs).

    What is a product of such already is found again exactly.
    """
    finest = np.abs(blocks).max(axis=1, keepdims=True) / np.float32(_GREATEST)
    # The next greater number with fewer bits.
    cut = np.uint32((1 << int(_SCALE_BITS)) - 1)
    scales = ((finest.view(np.uint32) + cut) & ~cut).view(np.float32)
    # A unit that died in training has no weights.
    scales = np.where(scales == 0, np.float32(1), scales)
    return np.rint(blocks / scales).astype(np.int8), scales


def _room(array: NDArray[Any]) -> int:
    """Bytes that an array takes, with what fills it up."""
    return -(-array.nbytes // _ALIGNED) * _ALIGNED
