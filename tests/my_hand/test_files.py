import json
import subprocess
import sys
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from digits_app import load_my_digits
from digits_app.drawing.canvas_json import pen_path
from digits_app.my_hand import files
from digits_app.my_hand.files import (
    TRAIN_ON_THEM,
    UnreadableFileError,
    read_my_digits,
    to_csv,
    to_json,
    to_npz,
    to_zip,
)
from tests.support.bad_archives import BAD_ARCHIVES, digits_file, scribbles, zipped


@pytest.mark.parametrize("write", [to_npz, to_zip])
def test_what_was_written_is_read_again(write, my_digits):
    again = read_my_digits(write(my_digits))
    for one, other in zip(my_digits, again, strict=True):
        assert one.label == other.label
        assert one.drawing is not None
        assert other.drawing is not None
        assert one.drawing["objects"] == other.drawing["objects"]
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


@pytest.mark.parametrize("name", BAD_ARCHIVES)
def test_any_other_file_gets_a_sentence(name):
    with pytest.raises(UnreadableFileError, match="Choose the my_digits file"):
        read_my_digits(BAD_ARCHIVES[name]())


@settings(deadline=None, max_examples=200)
@given(at=st.floats(0, 0.999), noise=st.binary(min_size=1, max_size=8), whole=st.booleans())
def test_any_damage_gives_digits_or_a_sentence(at, noise, whole):
    strokes = np.array(
        [json.dumps({"objects": [pen_path([(80, 60), (200, 230)], 20)]})] * 2
    )
    data = digits_file(drawings=strokes)
    data = bytearray(zipped("my_digits.npz", data) if whole else data)
    start = int(at * len(data))
    data[start : start + len(noise)] = noise
    with suppress(UnreadableFileError):
        assert len(read_my_digits(bytes(data))) == 2


def test_all_is_checked_before_any_is_drawn(monkeypatch):
    drawn = []
    monkeypatch.setattr(files, "my_digit", lambda *digit: drawn.append(digit))
    with pytest.raises(UnreadableFileError):
        read_my_digits(scribbles(40, last='{"objects": 5}'))
    assert drawn == []


def test_no_more_are_drawn_than_are_asked_for(monkeypatch):
    drawn = []
    monkeypatch.setattr(files, "my_digit", lambda *digit: drawn.append(digit))
    read_my_digits(scribbles(80), at_most=60)
    assert len(drawn) == 60


def test_the_last_ones_are_read():
    images = np.arange(5)[:, None, None] * np.ones((8, 8))
    read = read_my_digits(digits_file(5, images=images, target=np.arange(5)), at_most=2)
    assert [(digit.label, digit.image.max()) for digit in read] == [(3, 3), (4, 4)]


def test_nothing_is_kept_that_no_canvas_makes():
    path = {**pen_path([(80, 60), (200, 230)], 20), "more": [[]] * 1000}
    texts = [json.dumps({"objects": [path], "x": [[]] * 1000})] * 2
    (first, _) = read_my_digits(digits_file(drawings=np.array(texts)))
    assert first.drawing == {"objects": [pen_path([(80, 60), (200, 230)], 20)]}


def test_a_file_without_strokes_still_teaches():
    (first, _) = read_my_digits(digits_file())
    assert first.drawing is None
    assert first.copies.shape == (1, 8, 8)
