"""The digits of a class as files: in the form of `load_digits`, with a column `pupil`.

The notebook repeats on a notebook's own what the page "Has it seen you?" says of the two
ways to split: both work from the same 64 numbers, so they agree to the digit.
"""

import json
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.utils import Bunch

from digits_app.classroom.animals import N_ANIMALS, Animal
from digits_app.classroom.class_digits import ClassDigits
from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing.errors import any_failure_as
from digits_app.my_hand.archives import read_arrays
from digits_app.my_hand.files import MAX_UNPACKED, UnreadableFileError
from digits_app.my_hand.packing import pack_arrays, pack_files, pack_table

EVERYTHING: Final = "class_digits.zip"
NPZ: Final = "class_digits.npz"
TABLE: Final = "class_digits.csv"
STROKES: Final = "class_strokes.json"
NOTEBOOK: Final = "class_notebook.ipynb"

_TEXT: Final = """\
# Our class

The digits of a class, as 8×8 pixels, and who wrote each. Put `class_digits.npz` beside this
notebook. It needs `pip install scikit-learn`."""

_CELLS: Final = (
    (
        "The form is that of `load_digits`: 64 numbers a digit, what it shows, and one "
        "more column, `pupil`. Nobody's name is in it: each pupil is an animal.",
        "import numpy as np\n\n"
        'our_class = np.load("class_digits.npz")\n'
        'X, y, pupil = our_class["data"], our_class["target"], our_class["pupil"]\n'
        'print(f"{len(y)} digits by {len(np.unique(pupil))} pupils")',
    ),
    (
        "The lesson's network learned 1,347 digits of others. How many of ours does it "
        "read right, by one look at the 64 numbers?",
        "from sklearn.datasets import load_digits\n"
        "from sklearn.model_selection import train_test_split\n"
        "from sklearn.neural_network import MLPClassifier\n\n"
        "X_train, X_test, y_train, y_test = train_test_split(\n"
        "    *load_digits(return_X_y=True), random_state=2\n"
        ")\n"
        "lesson = MLPClassifier(random_state=2).fit(X_train, y_train)\n"
        'print(f"the lesson\'s network: {lesson.score(X, y):.4f}")',
    ),
    (
        "Now a network fitted on four fifths of our class and tested on the rest, five "
        "times. Split by chance, it is tested on hands that it knows.",
        "from sklearn.model_selection import GroupKFold, KFold, cross_val_predict\n\n"
        "by_chance = KFold(5, shuffle=True, random_state=0)\n"
        "read = cross_val_predict(MLPClassifier(random_state=2), X, y, cv=by_chance)\n"
        'print(f"split by chance: {(read == y).mean():.4f}")',
    ),
    (
        "Split by pupil, it is tested on hands that it never saw. That is what it is worth "
        "to somebody new.",
        "by_pupil = GroupKFold(5)\n"
        "read = cross_val_predict(\n"
        "    MLPClassifier(random_state=2), X, y, groups=pupil, cv=by_pupil\n"
        ")\n"
        'print(f"split by pupil: {(read == y).mean():.4f}")',
    ),
)


def to_npz(digits: ClassDigits) -> bytes:
    """Write the digits of a class as a NumPy archive.

    Returns
    -------
    bytes
        An `.npz` with `data` (n, 64), `target` (n,), `images` (n, 8, 8), `pupil` (n,), the
        numbers of the animals, and `drawings` (n,), the strokes as JSON text.
    """
    return pack_arrays(digits.images, digits.labels, digits.drawings, pupil=digits.pupils)


def to_csv(digits: ClassDigits) -> str:
    """Write a table: a row a digit, the 64 pixels, the label, and the pupil's animal."""
    names = [Animal(pupil).name for pupil in digits.pupils.tolist()]
    return pack_table(digits.images, digits.labels, pupil=names)


def to_json(digits: ClassDigits) -> str:
    """Write the strokes: a list with the label, the pupil and the canvas' JSON of each."""
    whole = zip(
        digits.labels.tolist(), digits.pupils.tolist(), digits.drawings, strict=True
    )
    return json.dumps(
        [
            {"label": label, "pupil": Animal(pupil).name, "drawing": drawing}
            for label, pupil, drawing in whole
        ]
    )


def to_notebook() -> str:
    """Write the notebook that trains the lesson's network on the class, not yet run."""
    from nbformat import v4, validate, writes

    cells = [v4.new_markdown_cell(_TEXT, id="title")]
    for number, (text, code) in enumerate(_CELLS, start=1):
        cells.append(v4.new_markdown_cell(text, id=f"text-{number}"))
        cells.append(v4.new_code_cell(code, id=f"code-{number}"))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    validate(notebook)
    return str(writes(notebook))


def to_zip(digits: ClassDigits) -> bytes:
    """Write everything: the archive, the table, the strokes, and the notebook."""
    return pack_files(
        {
            NPZ: to_npz(digits),
            TABLE: to_csv(digits),
            STROKES: to_json(digits),
            NOTEBOOK: to_notebook(),
        }
    )


def load_class(path: str | Path) -> Bunch:
    """Load the digits of a class as `sklearn.datasets.load_digits` hands out its own.

    Parameters
    ----------
    path : str or Path
        A file downloaded from the page "Class": `class_digits.npz` or the `.zip`.

    Returns
    -------
    sklearn.utils.Bunch
        `data` (n, 64) and `images` (n, 8, 8), floats 0..16; `target` (n,); `pupil` (n,), a
        number for each who wrote; `pupil_names`, their animals by that number; `drawings`,
        a list with the strokes of each as the canvas' JSON.

    Raises
    ------
    UnreadableFileError
        It is no such file, or damaged.
    FileNotFoundError
        There is no such file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> digits = ClassDigits(
    ...     images=np.zeros((2, 8, 8)), copies=np.zeros((2, 1, 8, 8)),
    ...     labels=np.array([7, 3]), pupils=np.array([0, 1]),
    ...     drawings=({"objects": []}, {"objects": []}),
    ... )
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "class_digits.npz"
    ...     _ = path.write_bytes(to_npz(digits))
    ...     our_class = load_class(path)
    >>> our_class.data.shape, our_class.target, our_class.pupil_names[our_class.pupil[1]]
    ((2, 64), array([7, 3]), 'yellow whale')
    """
    content = Path(path).read_bytes()
    damaged = _unreadable("It is damaged, far too large, or comes from somewhere else.")
    with any_failure_as(damaged, keep=UnreadableFileError):
        return _load(content)


def _load(content: bytes) -> Bunch:
    wanted = ("images", "target", "pupil", "drawings")
    arrays = read_arrays(content, NPZ, wanted, 4 * MAX_UNPACKED)
    images = np.asarray(arrays["images"], dtype=np.float64)
    target, pupil = arrays["target"], arrays["pupil"]
    drawings = [json.loads(text) for text in arrays["drawings"].tolist()]
    n_digits = len(target)
    if (
        images.shape != (n_digits, *IMAGE_SHAPE)
        or pupil.shape != (n_digits,)
        or len(drawings) != n_digits
        or not ((images >= 0) & (images <= MAX_INTENSITY)).all()
        or not np.isin(target, np.arange(10)).all()
        or not np.isin(pupil, np.arange(N_ANIMALS)).all()
    ):
        raise _unreadable("It does not hold 8×8 digits with their labels and pupils.")
    return Bunch(
        data=images.reshape(n_digits, -1),
        target=target,
        images=images,
        pupil=pupil,
        pupil_names=[Animal(number).name for number in range(N_ANIMALS)],
        drawings=drawings,
    )


def _unreadable(reason: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"This file holds no digits of a class. {reason} Choose the class_digits file that "
        "your teacher downloaded."
    )
