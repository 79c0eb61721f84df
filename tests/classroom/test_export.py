import csv
import io
import json
import re
import zipfile

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from sklearn.datasets import load_digits

from digits_app import UnreadableFileError, load_class, load_classifier
from digits_app.classroom.animals import Animal
from digits_app.classroom.export import (
    NPZ,
    to_csv,
    to_json,
    to_notebook,
    to_npz,
    to_zip,
)
from digits_app.classroom.leaving_out import compare_splits
from tests.support.classes import a_class


@pytest.fixture(scope="module")
def ours():
    return a_class(6)


@pytest.mark.parametrize("write", [to_npz, to_zip])
def test_it_has_the_form_of_load_digits_and_a_column_more(tmp_path, ours, write):
    path = tmp_path / "file"
    path.write_bytes(write(ours))
    loaded, known = load_class(path), load_digits()
    assert (loaded.data == ours.data).all()
    assert (loaded.images == ours.images).all()
    assert loaded.data.dtype == known.data.dtype
    assert (loaded.target == ours.labels).all()
    assert (loaded.pupil == ours.pupils).all()
    assert loaded.drawings == list(ours.drawings)
    assert loaded.pupil_names[3] == Animal(3).name


def test_the_table_has_the_64_numbers_the_label_and_the_animal(ours):
    rows = list(csv.DictReader(io.StringIO(to_csv(ours))))
    assert len(rows) == len(ours.labels)
    assert [float(rows[7][f"pixel_{pixel}"]) for pixel in range(64)] == list(ours.data[7])
    assert [int(row["target"]) for row in rows] == ours.labels.tolist()
    assert [row["pupil"] for row in rows] == [Animal(p).name for p in ours.pupils.tolist()]


def test_the_strokes_are_there(ours):
    strokes = json.loads(to_json(ours))
    assert [each["drawing"] for each in strokes] == list(ours.drawings)
    assert strokes[0]["pupil"] == "green otter"


@pytest.mark.filterwarnings("default")  # the kernel's own, and the lesson's
def test_the_notebook_runs_and_says_what_the_page_says(tmp_path, ours, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    with zipfile.ZipFile(io.BytesIO(to_zip(ours))) as archive:
        archive.extract(NPZ, tmp_path)
    notebook = nbformat.reads(to_notebook(), as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [o for cell in notebook.cells for o in cell.get("outputs", [])]
    printed = "".join(o.text for o in outputs if o.output_type == "stream")
    splits = compare_splits(ours)
    lesson = load_classifier(10, "lesson").score(ours.data, ours.labels)
    assert f"{len(ours.labels)} digits by 6 pupils" in printed
    for name, share in (
        ("the lesson's network", lesson),
        ("split by chance", splits.by_chance),
        ("split by pupil", splits.by_pupil),
    ):
        assert re.search(rf"^{name}: {share:.4f}$", printed, re.MULTILINE), printed


def broken(ours, **changed) -> bytes:
    with np.load(io.BytesIO(to_npz(ours))) as arrays:
        file = io.BytesIO()
        np.savez(file, **{**arrays, **changed})
    return file.getvalue()


def test_a_damaged_or_foreign_file_gets_a_sentence(tmp_path, ours):
    path = tmp_path / "file"
    whole = to_npz(ours)
    for content in (
        b"",
        b"PK\x03\x04 no archive",
        whole[: len(whole) // 2],
        broken(ours, target=np.full(len(ours.labels), 11)),
        broken(ours, pupil=np.array([1])),
        broken(ours, images=ours.images - 1),
        broken(ours, drawings=np.array(["{"])),
        broken(ours, target=np.array([{}], dtype=object)),
    ):
        path.write_bytes(content)
        with pytest.raises(UnreadableFileError, match="no digits of a class"):
            load_class(path)
    with pytest.raises(FileNotFoundError):
        load_class(tmp_path / "nowhere")
