"""Digits packed as files: in the form of `load_digits`, with more columns where there are.

What takes them apart again is in `archives`.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray


def pack_arrays(
    images: NDArray[np.float64],
    target: NDArray[np.int64],
    drawings: Iterable[object],
    **columns: NDArray[Any],
) -> bytes:
    """Pack digits as a NumPy archive.

    Parameters
    ----------
    images : ndarray of shape (n_digits, 8, 8)
        0..16.
    target : ndarray of shape (n_digits,)
        What they show.
    drawings : iterable of dict or None
        Their strokes as the canvas' JSON, which the archive has as text.
    **columns : ndarray of shape (n_digits,)
        What else is known of each.

    Examples
    --------
    >>> packed = pack_arrays(np.zeros((2, 8, 8)), np.array([7, 3]), [None, None])
    >>> sorted(np.load(BytesIO(packed)))
    ['data', 'drawings', 'images', 'target']
    """
    file = BytesIO()
    np.savez_compressed(
        file,
        allow_pickle=False,
        data=images.reshape(len(images), -1),
        target=target,
        images=images,
        drawings=np.array([json.dumps(drawing) for drawing in drawings]),
        **columns,
    )
    return file.getvalue()


def pack_table(
    images: NDArray[np.float64],
    target: NDArray[np.int64],
    **columns: Sequence[object],
) -> str:
    """Pack digits as CSV: a row each, its 64 pixels, the label, and the other columns.

    Examples
    --------
    >>> print(pack_table(np.full((1, 8, 8), 16.0), np.array([7]), pupil=["cat"])[-21:])
    16,16,16,16,16,7,cat
    <BLANKLINE>
    """
    file = StringIO()
    rows = csv.writer(file, lineterminator="\n")
    pixels = images.reshape(len(images), -1)
    names = [f"pixel_{pixel}" for pixel in range(pixels.shape[1])]
    rows.writerow([*names, "target", *columns])
    for row, *others in zip(
        pixels.tolist(), target.tolist(), *columns.values(), strict=True
    ):
        rows.writerow([*(f"{pixel:g}" for pixel in row), *others])
    return file.getvalue()


def pack_files(files: Mapping[str, bytes | str]) -> bytes:
    """Pack files by their names as a ZIP."""
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
