"""One reader, two places: the browser's says what Python's says, of the same drawing."""

import numpy as np
import pytest
from PIL import Image

from digits_app.dataset import load_split
from digits_app.drawing.canvas_json import pen_path, render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.teaching import teach
from digits_app.network.classifiers import load_classifier
from digits_app.network.weight_files import pack_weights
from digits_app.reading.numbers import SignOfDrawing, is_digit, read_sign, split_drawing
from digits_app.reading.recognition import Prediction, read_drawing
from tests.support.module_page import NETWORKS, ModulePage
from tests.support.number_rows import number_rows
from tests.support.reader_cases import drawn, sample

EVERY = 15
"""One drawing in so many is read, some 330."""

LOADED = """
    const { DigitReader } = await import("/browser/reader/read.js");
    const bytes = async (path) => (await fetch(path)).arrayBuffer();
    globalThis.reader = new DigitReader();
    for (const name of ["guard", ...given]) {
      reader.load(name, await bytes(`/${name}.weights`));
    }
"""


@pytest.fixture(scope="module")
def page(modules: ModulePage) -> ModulePage:
    modules.run(LOADED, list(NETWORKS))
    return modules


@pytest.fixture(scope="module")
def drawings() -> list[dict]:
    return sample(EVERY)


@pytest.fixture(scope="module")
def pictures(drawings: list[dict]) -> list[Image.Image | None]:
    """What Python draws of them; None where it is too little for a digit."""
    return [picture_of(drawing) for drawing in drawings]


def picture_of(drawing: dict) -> Image.Image | None:
    try:
        return render_drawing(drawing)
    except UnreadableDrawingError:
        return None


def predictions_of(picture: Image.Image | None) -> list[Prediction] | None:
    """What each network says; None where nothing can be read."""
    if picture is None:
        return None
    try:
        return read_drawing(picture, list(NETWORKS.values()))
    except UnreadableDrawingError:
        return None


@pytest.fixture(scope="module")
def predictions(pictures: list[Image.Image | None]) -> list[list[Prediction] | None]:
    return [predictions_of(picture) for picture in pictures]


def test_strokes_become_the_same_picture_to_the_pixel(page, drawings, pictures):
    page.fetch_json("/drawings.json", [drawing["objects"] for drawing in drawings])
    page.files["/pictures"] = b"".join(
        bytes(280 * 280) if picture is None else picture.tobytes() for picture in pictures
    )
    differ = page.run(
        """
        const drawings = await (await fetch("/drawings.json")).json();
        const pictures = new Uint8Array(await (await fetch("/pictures")).arrayBuffer());
        return drawings.map((paths, i) => {
          const picture = pictures.subarray(i * 280 * 280, (i + 1) * 280 * 280);
          const drawn = reader.draw(paths)?.levels ?? new Uint8Array(280 * 280);
          return picture.filter((level, pixel) => level !== drawn[pixel]).length;
        });
        """
    )
    assert len(differ) == len(drawings)
    assert np.flatnonzero(differ).tolist() == []


def test_of_pythons_picture_it_makes_the_same_copies_and_probabilities(
    page, pictures, predictions
):
    """Copies to the bit, probabilities to 1e-5."""
    known = [i for i, each in enumerate(predictions) if each is not None]
    page.files["/pictures"] = b"".join(pictures[i].tobytes() for i in known)
    read = page.run(
        """
        const pictures = new Uint8Array(await (await fetch("/pictures")).arrayBuffer());
        return Array.from({ length: pictures.length / 280 ** 2 }, (_, i) => {
          const levels = pictures.subarray(i * 280 * 280, (i + 1) * 280 * 280);
          const copies = reader.copies({ levels, width: 280, height: 280 });
          return [Array.from(copies), given.map((name) => reader.ask(name, copies))];
        });
        """,
        list(NETWORKS),
    )
    assert len(read) == len(known) > 300
    for i, (copies, readings) in zip(known, read, strict=True):
        ours = predictions[i]
        assert np.array_equal(copies, ours[0].copies.ravel())
        for reading, prediction in zip(readings, ours, strict=True):
            assert reading["proba"] == pytest.approx(prediction.proba, abs=1e-5)
            assert reading["unfamiliarity"] == pytest.approx(
                prediction.unfamiliarity, abs=1e-5
            )
            assert np.array_equal(reading["image"], prediction.image.ravel())


def test_strokes_get_the_same_answer(page, drawings, predictions):
    """Of a letter of two strokes it may be two."""
    page.fetch_json("/drawings.json", [drawing["objects"] for drawing in drawings])
    readings = page.run(
        """
        const drawings = await (await fetch("/drawings.json")).json();
        return drawings.map((paths) => given.map((name) => reader.read(name, paths)));
        """,
        list(NETWORKS),
    )
    n_single = 0
    for drawing, ours, theirs in zip(drawings, predictions, readings, strict=True):
        if ours is None:
            assert all(reading.get("nothing") for reading in theirs)
            continue
        signs = split_drawing(drawing["objects"])
        if len(signs) > 1:
            for reading in theirs:
                assert [s["strokes"] for s in reading["signs"]] == strokes_of(signs)
            continue
        n_single += 1
        for prediction, reading in zip(ours, theirs, strict=True):
            assert reading["label"] == prediction.label
            assert reading["isUnfamiliar"] == prediction.is_unfamiliar
    assert n_single > 300
    assert list(NETWORKS) == [reading["network"] for reading in readings[0]]


@pytest.mark.parametrize("width", [280, 560])
def test_a_row_gets_the_same_signs(page, width):
    rows = [
        *number_rows(12, (2, 3 * width // 280), width, seed=5),
        *number_rows(6, (2, 3 * width // 280), width, with_other=True, seed=6),
    ]
    drawings = [drawn(row.strokes, row.pen_width)["objects"] for row in rows]
    drawings[0].append(pen_path([(20, 140), (260, 150)], 20, "#1b1f2a"))  # crossed out
    page.fetch_json("/drawings.json", drawings)
    readings = page.run(
        """
        const [name, width] = given;
        const drawings = await (await fetch("/drawings.json")).json();
        const read = (paths) => reader.read(name, paths, width);
        return drawings.map((paths) => [read(paths), read(paths)]);
        """,
        ["augmented-10", width],
    )
    for objects, (reading, again) in zip(drawings, readings, strict=True):
        assert reading == again  # what is remembered is the same
        signs = split_drawing(objects, width)
        if len(signs) == 1:
            assert "signs" not in reading
            continue
        assert [sign["strokes"] for sign in reading["signs"]] == strokes_of(signs)
        for sign, read in zip(signs, reading["signs"], strict=True):
            assert read["frame"] == pytest.approx(sign.frame)
            (prediction,) = read_sign(sign, [NETWORKS["augmented-10"]])
            assert read["label"] == prediction.label
            assert read["isDigit"] == is_digit(prediction)
            assert read["proba"] == pytest.approx(prediction.proba, abs=1e-5)


def strokes_of(signs: list[SignOfDrawing]) -> list[list[int]]:
    """Which strokes make each sign."""
    return [list(sign.strokes) for sign in signs]


@pytest.mark.parametrize("training", ["lesson", "augmented"])
def test_a_network_that_learned_a_hand_reads_too(page, pictures, training):
    split = load_split(10)
    mine = teach(load_classifier(10, training), split.X_test[:20], split.y_test[:20])
    page.files["/mine.weights"] = pack_weights(mine)
    page.run(LOADED, ["mine"])
    drawn = [picture for picture in pictures[:40] if predictions_of(picture) is not None]
    page.files["/pictures"] = b"".join(picture.tobytes() for picture in drawn)
    probas = page.run(
        """
        const pictures = new Uint8Array(await (await fetch("/pictures")).arrayBuffer());
        return Array.from({ length: pictures.length / 280 ** 2 }, (_, i) => {
          const levels = pictures.subarray(i * 280 * 280, (i + 1) * 280 * 280);
          const copies = reader.copies({ levels, width: 280, height: 280 });
          return reader.ask("mine", copies).proba;
        });
        """
    )
    page.run(LOADED, list(NETWORKS))
    for picture, proba in zip(drawn, probas, strict=True):
        (prediction,) = read_drawing(picture, [(10, mine)])
        assert proba == pytest.approx(prediction.proba, abs=1e-5)
