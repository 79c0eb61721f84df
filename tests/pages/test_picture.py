"""The picture's dialog, without a browser: what it keeps, and what it believes."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digits_app import UnreadableDrawingError
from digits_app.drawing.canvas_json import WIDE
from digits_app.drawing.paper import NoWritingError
from digits_app.drawing.tracing import side_by_side, trace_ink
from digits_app.network.classifiers import load_classifier
from digits_app.pages.draw.frames import chosen_frame, moved_frame
from digits_app.pages.draw.picture import has_camera
from digits_app.pages.draw.picture_answer import around, what_is_read
from digits_app.pages.draw.sheet import SHOWN_SIDE, accepted, moved, read_sheet
from digits_app.pages.shared.networks import Network
from digits_app.reading.numbers import read_sign, split_drawing
from tests.support.pen_drawings import SEVEN, render

ONE = np.array([[140.0, 50], [140, 230]])
NETWORK = Network(10, "augmented")


def photo_of(*digits: np.ndarray) -> bytes:
    sheet = Image.new("RGB", (1000, 400), "#f0ece0")
    for i, strokes in enumerate(digits):
        sheet.paste("#203060", (60 + 300 * i, 60), mask=render([strokes], 12))
    shade = np.linspace(1, 0.5, 1000)[None, :, None]
    noise = np.random.default_rng(0).normal(0, 2, (400, 1000, 1))
    lit = (np.asarray(sheet) * shade + noise).clip(0, 255)
    file = BytesIO()
    Image.fromarray(lit.astype(np.uint8)).save(file, "JPEG")
    return file.getvalue()


def test_a_photo_is_read_from_left_to_right():
    sheet = read_sheet(photo_of(SEVEN, ONE, SEVEN))
    assert what_is_read(sheet, NETWORK).labels == ["7", "1", "7"]
    assert max(sheet.photo.size) == SHOWN_SIDE


def test_the_network_that_learned_a_hand_reads_photos_too(monkeypatch):
    mine = {10: load_classifier(10, "lesson")}
    monkeypatch.setattr(streamlit, "session_state", {"my_network": mine})
    sheet = read_sheet(photo_of(SEVEN, ONE))
    assert what_is_read(sheet, Network(10, "mine")).labels == ["7", "1"]


def test_a_photo_of_blank_paper_gets_a_sentence():
    with pytest.raises(NoWritingError, match="no writing"):
        read_sheet(photo_of())


def test_a_moved_frame_is_read_anew_and_opened():
    sheet = read_sheet(photo_of(SEVEN, ONE))
    seven = sheet.digits[0].box
    sheet = moved(sheet, 1, seven)
    assert sheet.chosen == 1
    assert what_is_read(sheet, NETWORK).labels == ["7", "7"]
    sheet = moved(sheet, 1, (960, 380, 990, 395))
    assert what_is_read(sheet, NETWORK).labels == ["7", ""]


def test_a_doubtful_mark_has_a_frame_and_is_read_when_a_person_says_so():
    small_one = np.array([[270.0, 200], [270, 216]])
    sheet = read_sheet(photo_of(SEVEN, small_one, ONE))
    assert what_is_read(sheet, NETWORK).labels == ["7", "1", "?"]
    assert sheet.rows == [[0, 1]]
    sheet = accepted(replace(sheet, chosen=2))
    assert what_is_read(sheet, NETWORK).labels == ["7", "1", "1"]
    assert sheet.rows == [[0, 2, 1]]


def test_the_number_is_read_where_frames_were_moved_to():
    sheet = read_sheet(photo_of(SEVEN, ONE))
    seven, one = (digit.box for digit in sheet.digits)
    sheet = moved(moved(sheet, 0, one), 1, seven)
    assert what_is_read(sheet, NETWORK).labels == ["1", "7"]
    assert sheet.rows == [[1, 0]]


def test_a_row_is_read_the_same_on_the_wide_canvas():
    sheet = read_sheet(photo_of(SEVEN, ONE, SEVEN))
    traced = [trace_ink(each.found.ink)["objects"] for each in sheet.row if each.found]
    signs = split_drawing(side_by_side(traced), WIDE)
    assert [read_sign(sign, [NETWORK])[0].label for sign in signs] == [7, 1, 7]


def test_the_first_step_shows_the_frame_on_the_photo():
    sheet = read_sheet(photo_of(SEVEN))
    [digit] = sheet.digits
    shown = np.asarray(around(sheet, digit.box)).astype(int)
    is_frame = (shown[..., 0] > 200) & (shown[..., 2] < 80)
    rows, columns = np.nonzero(is_frame)
    assert rows.size
    # The frame is in the middle, with the same room on either side.
    assert rows.min() + rows.max() == pytest.approx(len(shown), abs=4)
    assert columns.min() + columns.max() == pytest.approx(len(shown), abs=4)


@pytest.mark.parametrize(
    ("url", "gives"),
    [
        ("https://digits.school.example/", True),
        ("http://localhost:8501/", True),
        ("http://127.0.0.1:8501/", True),
        ("http://[::1]:8501/", True),
        ("http://192.168.1.20:8501/", False),
        ("http://digits.school.example/", False),
        (None, False),
    ],
)
def test_browsers_give_the_camera_over_https_or_on_this_computer(url, gives):
    assert has_camera(url) == gives


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
MOVES = st.fixed_dictionaries(
    {"sheet": st.just("a") | ANYTHING, "index": st.integers(-2, 5) | ANYTHING},
    optional={"box": st.lists(st.integers(-5, 105), min_size=4, max_size=4) | ANYTHING},
)


@given(st.dictionaries(st.sampled_from(["chosen", "moved"]), MOVES | ANYTHING) | st.none())
def test_what_the_browser_reports_is_checked(state):
    chosen = chosen_frame(state, "a", 3)
    assert chosen is None or 0 <= chosen < 3
    move = moved_frame(state, "a", (100, 80), 3)
    if move is not None:
        index, (left, top, right, bottom) = move
        assert 0 <= index < 3
        assert 0 <= left < right <= 100
        assert 0 <= top < bottom <= 80


def test_frames_of_another_picture_are_not_taken():
    state = {
        "chosen": {"sheet": "old", "index": 1},
        "moved": {"sheet": "old", "index": 1, "box": [0, 0, 10, 10]},
    }
    assert chosen_frame(state, "new", 3) is None
    assert moved_frame(state, "new", (100, 80), 3) is None
    assert chosen_frame(state, "old", 3) == 1
    assert moved_frame(state, "old", (100, 80), 3) == (1, (0, 0, 10, 10))


def test_a_file_that_is_no_picture_gets_a_sentence():
    with pytest.raises(UnreadableDrawingError, match="JPEG, PNG or WebP"):
        read_sheet(b"%PDF-1.7")
