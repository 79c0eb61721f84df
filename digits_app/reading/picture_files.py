"""Read picture files, and print what was read: for people who only want the reader."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.paper import ink_on_paper
from digits_app.drawing.picture_file import open_picture
from digits_app.reading.on_paper import DigitOnPaper, number, read_found
from digits_app.wording import certainty, percent


def print_readings(pictures: Sequence[str], as_json: bool = False) -> int:
    """Read pictures one after the other, and print a line for each.

    Parameters
    ----------
    pictures : sequence of str
        Paths of picture files.
    as_json : bool, default=False
        Print one JSON list instead, with an object for each picture.

    Returns
    -------
    int
        Status for the shell: 1 where a picture could not be read.
    """
    described = []
    for path in pictures:
        read = describe(path)
        described.append(read)
        if "error" in read and not as_json:
            print(f"{path}: {read['error']}", file=sys.stderr)
        elif not as_json:
            print(f"{path}: {in_words(read)}", flush=True)
    if as_json:
        print(json.dumps(described, ensure_ascii=False, indent=2))
    return int(any("error" in read for read in described))


def describe(path: str) -> dict[str, Any]:
    """Read one picture.

    Parameters
    ----------
    path : str
        A picture file.

    Returns
    -------
    dict
        `file` and either `error`, a sentence, or `number` and `digits`: a list with
        `digit`, `confidence` (0..1), `unfamiliar` and `box` (left, top, right and bottom
        in pixels of the picture as it is read) for each; `left_out` holds the boxes of
        marks that are hardly digits.
    """
    try:
        paper = ink_on_paper(open_picture(Path(path).read_bytes()))
        digits = read_found(paper.digits, (10, "augmented"))
    except UnreadableDrawingError as error:
        return {"file": path, "error": str(error)}
    except OSError as error:
        return {"file": path, "error": f"{error.strerror or error}."}
    return {
        "file": path,
        "number": number(digits),
        "digits": [_describe_digit(digit) for digit in digits],
        "left_out": [list(mark.box) for mark in paper.doubtful],
    }


def _describe_digit(digit: DigitOnPaper) -> dict[str, Any]:
    return {
        "digit": digit.label,
        "confidence": round(digit.prediction.confidence, 4),
        "unfamiliar": digit.prediction.is_unfamiliar,
        "box": list(digit.found.box),
    }


def in_words(read: dict[str, Any]) -> str:
    """Say a reading: the number, and how sure the network is of its least sure digit.

    Examples
    --------
    >>> seven = {"digit": 7, "confidence": 0.992, "unfamiliar": False}
    >>> in_words({"number": "7", "digits": [seven], "left_out": [[0, 90, 60, 94]]})
    '7 (very sure, 99.2%), 1 mark left out'
    """
    least = min(digit["confidence"] for digit in read["digits"])
    words = f"{read['number']} ({certainty(least)}, {percent(least)})"
    if any(digit["unfamiliar"] for digit in read["digits"]):
        words += ", but not everything there looks like a digit"
    if left_out := len(read["left_out"]):
        words += f", {left_out} mark{'s' * (left_out > 1)} left out"
    return words
