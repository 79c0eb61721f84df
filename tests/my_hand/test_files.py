import io
import json
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from sklearn.datasets import load_digits

from digits_app import load_my_digits
from digits_app.my_hand.files import (
    MAX_UNPACKED,
    TRAIN_ON_THEM,
    UnreadableFileError,
    read_my_digits,
    to_csv,
    to_json,
    to_npz,
    to_zip,
)


@pytest.mark.parametrize("write", [to_npz, to_zip])
def test_what_was_written_is_read_again(write, my_digits):
    again = read_my_digits(io.BytesIO(write(my_digits)))
    for one, other in zip(my_digits, again, strict=True):
        assert one.label == other.label
        assert one.drawing == other.drawing
        assert (one.image == other.image).all()
        assert (one.copies == other.copies).all()


def test_it_has_the_form_of_load_digits(tmp_path, my_digits):
    path = tmp_path / "my_digits.npz"
    path.write_bytes(to_npz(my_digits))
    mine, known = load_my_digits(path), load_digits()
    assert mine.data.shape == (len(my_digits), 64)
    assert mine.images.shape == (len(my_digits), 8, 8)
    assert (mine.images.reshape(-1, 64) == mine.data).all()
    assert mine.data.dtype == known.data.dtype
    assert set(mine.target.tolist()) == set(range(10))


def test_the_three_lines_run(tmp_path, my_digits):
    (tmp_path / "my_digits.npz").write_bytes(to_npz(my_digits))
    code = TRAIN_ON_THEM + "print(network.score(mine.data, mine.target))"
    run = [sys.executable, "-c", code]
    from tests.support.serving import ROOT

    printed = subprocess.run(
        run, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, check=True, capture_output=True
    ).stdout
    assert float(printed) == 1.0
    assert len(TRAIN_ON_THEM.splitlines()) == 3


def test_the_table_has_a_row_for_each_digit(my_digits):
    header, *rows = to_csv(my_digits).splitlines()
    assert header.startswith("pixel_0,")
    assert header.endswith(",target")
    assert [int(row.rsplit(",", 1)[1]) for row in rows] == [d.label for d in my_digits]
    assert np.array_equal(
        [float(value) for value in rows[0].split(",")[:-1]], my_digits[0].image.ravel()
    )


def test_the_strokes_are_plain_json(my_digits):
    strokes = json.loads(to_json(my_digits))
    assert [each["label"] for each in strokes] == [digit.label for digit in my_digits]
    assert strokes[0]["drawing"]["objects"]


def npz(**arrays) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def digits_file(n=2, **changes) -> bytes:
    arrays = {"images": np.ones((n, 8, 8)), "target": np.zeros(n, dtype=int)}
    return npz(**arrays | changes)


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("my_digits.npz", b"\0" * (MAX_UNPACKED + 1))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a file of ours",
        b"PK\x03\x04 cut off",
        digits_file()[:-30],
        npz(something=np.ones(3)),
        digits_file(0),
        digits_file(501),
        digits_file(images=np.ones((2, 28, 28))),
        digits_file(images=np.full((2, 8, 8), 255.0)),
        digits_file(images=np.full((2, 8, 8), np.nan)),
        digits_file(target=np.array([3, 10])),
        digits_file(target=np.array(["a", "b"])),
        digits_file(target=np.array([{}, 1], dtype=object)),
        digits_file(drawings=np.array(["null"])),
        digits_file(drawings=np.array(["{", "null"])),
        digits_file(drawings=np.array(['{"objects": 5}', "null"])),
        digits_file(drawings=np.array(["[" * 5000, "null"])),
        bomb(),
    ],
    ids=lambda content: str(len(content)),
)
def test_any_other_file_gets_a_sentence(content):
    with pytest.raises(UnreadableFileError, match="Choose the my_digits file"):
        read_my_digits(io.BytesIO(content))


def test_a_file_without_strokes_still_teaches():
    (first, _) = read_my_digits(io.BytesIO(digits_file()))
    assert first.drawing is None
    assert first.copies.shape == (1, 8, 8)
