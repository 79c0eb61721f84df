"""Files that look like one's own digits, and are damaged or hostile."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from digits_app.drawing.canvas_json import pen_path
from digits_app.my_hand.files import MAX_DIGITS, MAX_UNPACKED


def npz(**arrays: Any) -> bytes:
    """A NumPy archive of anything."""
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def digits_file(n: int = 2, **changes: Any) -> bytes:
    """A file of `n` digits, some of its arrays changed."""
    arrays = {"images": np.ones((n, 8, 8)), "target": np.zeros(n, dtype=int)}
    return npz(**arrays | changes)


def zipped(name: str, content: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with one file in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def patched(data: bytes, in_file: int, in_list: int, value: int) -> bytes:
    """Change two bytes of a ZIP's only entry, where it is and where it is listed."""
    changed = bytearray(data)
    for start, offset in (
        (data.index(b"PK\3\4"), in_file),
        (data.index(b"PK\1\2"), in_list),
    ):
        changed[start + offset : start + offset + 2] = value.to_bytes(2, "little")
    return bytes(changed)


def with_endless_header() -> bytes:
    """Its array says that it has 10^15 entries."""
    array = io.BytesIO()
    shape = {"descr": "<f8", "fortran_order": False, "shape": (10**15, 8, 8)}
    np.lib.format.write_array_header_1_0(array, shape)
    return zipped("images.npy", array.getvalue())


def with_cut_header() -> bytes:
    """Its array says nothing that Python can take apart."""
    header = b"{'descr': (((".ljust(118) + b"\n"
    head = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little")
    return zipped("images.npy", head + header)


def of_many_members(n: int) -> bytes:
    """A ZIP of empty files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(n):
            archive.writestr(str(number), b"")
    return file.getvalue()


def in_itself(depth: int) -> bytes:
    """A ZIP in a ZIP in a ZIP."""
    content = digits_file()
    for _ in range(depth):
        content = zipped("my_digits.npz", content)
    return content


def with_damaged_pixels() -> bytes:
    """Right but for some of the packed bytes."""
    data = bytearray(digits_file())
    start = data.index(b"images.npy") + 20
    data[start : start + 12] = b"\xff" * 12
    return bytes(data)


def scribbles(n: int, last: str = "") -> bytes:
    """`n` drawings that are long to read; the last one is something else if it is given."""
    points = np.random.default_rng(1).uniform(0, 280, (90, 2)).round(1).tolist()
    drawing = json.dumps({"objects": [pen_path(points, 6)]})
    texts = [drawing] * (n - 1) + [last or drawing]
    return digits_file(n, drawings=np.array(texts))


BAD_ARCHIVES: Final[dict[str, Callable[[], bytes]]] = {
    "nothing": lambda: b"",
    "text": lambda: b"not a file of ours",
    "a ZIP cut off": lambda: b"PK\x03\x04 cut off",
    "an archive cut off": lambda: digits_file()[:-30],
    "damaged pixels": with_damaged_pixels,
    "a password": lambda: patched(zipped("images.npy", b"x"), 6, 8, 1),
    "an odd method": lambda: patched(zipped("images.npy", b"x"), 8, 10, 99),
    "LZMA": lambda: zipped("images.npy", bytes(100), zipfile.ZIP_LZMA),
    "10^15 entries": with_endless_header,
    "a header that is none": with_cut_header,
    "60,000 members": lambda: of_many_members(60_000),
    "a ZIP in a ZIP in a ZIP": lambda: in_itself(3),
    "a bomb": lambda: zipped("my_digits.npz", bytes(MAX_UNPACKED + 1)),
    "other arrays": lambda: npz(something=np.ones(3)),
    "no digits": lambda: digits_file(0),
    "too many digits": lambda: digits_file(MAX_DIGITS + 1),
    "digits of 28 x 28": lambda: digits_file(images=np.ones((2, 28, 28))),
    "digits up to 255": lambda: digits_file(images=np.full((2, 8, 8), 255.0)),
    "digits that are no numbers": lambda: digits_file(images=np.full((2, 8, 8), np.nan)),
    "complex digits": lambda: digits_file(images=np.ones((2, 8, 8), dtype=complex)),
    "a label of 10": lambda: digits_file(target=np.array([3, 10])),
    "labels of letters": lambda: digits_file(target=np.array(["a", "b"])),
    "labels that are objects": lambda: digits_file(target=np.array([{}, 1], dtype=object)),
    "labels in a table": lambda: digits_file(target=np.zeros((2, 2), dtype=int)),
    "one label": lambda: digits_file(target=np.array(3)),
    "fewer drawings": lambda: digits_file(drawings=np.array(["null"])),
    "a drawing cut off": lambda: digits_file(drawings=np.array(["{", "null"])),
    "a drawing of something else": lambda: digits_file(
        drawings=np.array(['{"objects": 5}', "null"])
    ),
    "a drawing too deep": lambda: digits_file(drawings=np.array(["[" * 5000, "null"])),
    "a drawing too large": lambda: digits_file(
        drawings=np.array(["[" + "[]," * 100_000 + "0]", "null"])
    ),
    "a drawing without end": lambda: digits_file(
        drawings=np.array(["null", '{"objects": [{"path": [["M", 1e400, 0]]}]}'])
    ),
    "numbers as drawings": lambda: digits_file(drawings=np.array([1, 2])),
    "a bad one after many": lambda: scribbles(MAX_DIGITS, last='{"objects": 5}'),
}
"""By name: how each is made."""
