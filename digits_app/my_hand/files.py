"""One's own digits as a file: in the form of `load_digits`, and back again.

A file comes from a stranger's disk: all of it is checked before any of it is drawn.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.utils import Bunch

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing.canvas_json import drawing_objects, path_object
from digits_app.drawing.errors import UnreadableDrawingError, any_failure_as
from digits_app.my_hand.archives import read_arrays
from digits_app.my_hand.digits import MyDigit, labels_of, my_digit
from digits_app.my_hand.packing import pack_arrays, pack_files, pack_table

MAX_DIGITS: Final = 500
"""More digits than anybody writes here in a lesson."""

MAX_UNPACKED: Final = 16_000_000
"""Bytes that a file may hold once unpacked; a digit takes some 30,000."""

MAX_DRAWING: Final = 128 * 1024
"""Characters of a drawing's JSON; a digit takes a few thousand."""

TRAIN_ON_THEM: Final = """\
from digits_app import load_classifier, load_my_digits, teach
mine = load_my_digits("my_digits.npz")
network = teach(load_classifier(10, "lesson"), mine.data, mine.target)
"""
"""The three lines that come with a download."""


class UnreadableFileError(ValueError):
    """The file holds no digits of one's own; the message tells a person what to do."""


def to_npz(digits: Sequence[MyDigit]) -> bytes:
    """Write digits as a NumPy archive.

    Parameters
    ----------
    digits : sequence of MyDigit
        At least one.

    Returns
    -------
    bytes
        An `.npz` with `data` (n, 64), `target` (n,), `images` (n, 8, 8) and `drawings`
        (n,), the strokes as JSON text.
    """
    drawings = [digit.drawing for digit in digits]
    return pack_arrays(_images(digits), labels_of(digits), drawings)


def to_csv(digits: Sequence[MyDigit]) -> str:
    """Write digits as a table: a row each, the 64 pixels and then the label."""
    return pack_table(_images(digits), labels_of(digits))


def to_json(digits: Sequence[MyDigit]) -> str:
    """Write the strokes: a list with the label and the canvas' JSON of each digit."""
    return json.dumps(
        [{"label": digit.label, "drawing": digit.drawing} for digit in digits], indent=1
    )


def to_zip(digits: Sequence[MyDigit]) -> bytes:
    """Write everything: the archive, the table, the strokes, and how to train on them."""
    return pack_files(
        {
            "my_digits.npz": to_npz(digits),
            "my_digits.csv": to_csv(digits),
            "my_digits.json": to_json(digits),
            "train_on_them.py": TRAIN_ON_THEM,
        }
    )


def read_my_digits(content: bytes, at_most: int = MAX_DIGITS) -> list[MyDigit]:
    """Read digits that `to_npz` or `to_zip` wrote.

    Where a digit's strokes are known its pixels are prepared from them again, so a file
    cannot show one thing and teach another.

    Parameters
    ----------
    content : bytes
        The file.
    at_most : int, default=500
        How many digits to read; of more in the file the last ones.

    Returns
    -------
    list of MyDigit

    Raises
    ------
    UnreadableFileError
        It is none of these files, is damaged, or far too large.
    """
    damaged = _unreadable("It is damaged, far too large, or comes from somewhere else.")
    with any_failure_as(damaged, keep=UnreadableFileError):
        try:
            return _read(content, at_most)
        except UnreadableDrawingError as error:
            raise _unreadable("One of its drawings cannot be read.") from error


def load_my_digits(path: str | Path) -> Bunch:
    """Load one's own digits as `sklearn.datasets.load_digits` hands out its own.

    Parameters
    ----------
    path : str or Path
        A file downloaded from the page "My hand": `my_digits.npz` or the `.zip`.

    Returns
    -------
    sklearn.utils.Bunch
        `data` (n, 64) and `images` (n, 8, 8), floats 0..16; `target` (n,); `drawings`, a
        list with the strokes of each as the canvas' JSON, or None.

    Raises
    ------
    UnreadableFileError
        It is no such file, or damaged.
    FileNotFoundError
        There is no such file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from digits_app.drawing.tracing import trace_digit
    >>> from digits_app.dataset import load_split
    >>> four = my_digit(4, trace_digit(load_split().test_images[4]))
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "my_digits.npz"
    ...     _ = path.write_bytes(to_npz([four]))
    ...     mine = load_my_digits(path)
    >>> mine.data.shape, mine.target
    ((1, 64), array([4]))
    """
    digits = read_my_digits(Path(path).read_bytes())
    images = _images(digits)
    return Bunch(
        data=images.reshape(len(digits), -1),
        target=labels_of(digits),
        images=images,
        drawings=[digit.drawing for digit in digits],
    )


def _read(content: bytes, at_most: int) -> list[MyDigit]:
    wanted = ("images", "target", "drawings")
    arrays = read_arrays(content, "my_digits.npz", wanted, MAX_UNPACKED)
    images, labels = arrays["images"], arrays["target"]
    texts = arrays.get("drawings", np.full(len(labels), "null"))
    if (
        not 0 < len(labels) <= MAX_DIGITS
        or images.shape != (len(labels), *IMAGE_SHAPE)
        or images.dtype.kind not in "buif"
        or not ((images >= 0) & (images <= MAX_INTENSITY)).all()
        or not np.isin(labels, np.arange(10)).all()
        or texts.shape != labels.shape
    ):
        raise _unreadable("It does not hold 8×8 digits with their labels.")
    kept = slice(-at_most, None)
    drawings = [_drawing(text) for text in texts[kept].tolist()]
    return [
        MyDigit(int(label), image, image[None])
        if drawing is None
        else my_digit(int(label), drawing)
        for label, image, drawing in zip(
            labels[kept], images[kept].astype(np.float64), drawings, strict=True
        )
    ]


def _drawing(text: str) -> dict[str, Any] | None:
    """Check a drawing, and keep of it what a canvas makes, whatever else is in it."""
    if len(text) > MAX_DRAWING:
        raise _unreadable("One of its drawings is far too large.")
    drawing = json.loads(text)
    if drawing is None:
        return None
    return {
        "objects": [
            path_object(path["path"], path.get("strokeWidth", 1), path["stroke"])
            for path in drawing_objects(drawing)
        ]
    }


def _images(digits: Sequence[MyDigit]) -> NDArray[np.float64]:
    return np.stack([digit.image for digit in digits])


def _unreadable(reason: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"This file holds no digits of yours. {reason} Choose the my_digits file that you "
        "downloaded here."
    )
