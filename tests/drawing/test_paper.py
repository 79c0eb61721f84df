"""Digits found on paper: what a person photographs, and anything else."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import ExifTags, Image, ImageDraw, ImageOps

from digits_app import (
    TooSmallDrawingError,
    UnreadableDrawingError,
    read_digit,
    read_digits,
)
from digits_app.drawing.errors import BlankDrawingError
from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.paper import find_digits, ink_on_paper, only_digit
from digits_app.drawing.paper_light import at_one_size, inside_frame, paper_contrast
from digits_app.drawing.picture_file import HugePictureError
from digits_app.reading.on_paper import number
from tests.support.pen_drawings import SEVEN, render

ONE = np.array([[140.0, 50], [140, 230]])


def on_paper(*digits: np.ndarray, ink: str = "#222222", ground: str = "#f5f0e0"):
    """Digits from left to right on a sheet of 300 pixels for each."""
    sheet = Image.new("RGB", (300 * len(digits), 300), ground)
    for i, strokes in enumerate(digits):
        sheet.paste(ink, (300 * i + 10, 10), mask=render([strokes], 12))
    return sheet


def lit(sheet: Image.Image, light: np.ndarray, noise: float = 3) -> Image.Image:
    grain = np.random.default_rng(0).normal(0, noise, (sheet.height, sheet.width, 1))
    levels = np.asarray(sheet.convert("RGB")) * light[..., None] + grain
    return Image.fromarray(levels.clip(0, 255).astype(np.uint8))


def falling_off(sheet: Image.Image) -> np.ndarray:
    return np.tile(np.linspace(1, 0.4, sheet.width), (sheet.height, 1))


def shadow_across(sheet: Image.Image) -> np.ndarray:
    x, y = np.meshgrid(np.arange(sheet.width), np.arange(sheet.height))
    return np.where(x + y > sheet.width / 2 + sheet.height / 2, 0.5, 1.0)


def middle(box):
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


@pytest.mark.parametrize("light", [falling_off, shadow_across])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("#222222", "#f5f0e0"),
        ("#2040a0", "#f5f0e0"),
        ("#b02030", "#f0e080"),
        ("#f0f0e8", "#303c38"),
        ("#808080", "#f5f0e0"),
    ],
)
def test_a_row_is_read_from_left_to_right_in_uneven_light(light, ink, ground):
    sheet = on_paper(SEVEN, ONE, SEVEN, ink=ink, ground=ground)
    digits = read_digits(lit(sheet, light(sheet)), training="augmented")
    assert number(digits) == "717"
    for i, digit in enumerate(digits):
        assert 300 * i < middle(digit.found.box)[0] < 300 * (i + 1)


@pytest.mark.parametrize("across", [[0], [0, 90]])
@pytest.mark.parametrize("turn", [-10, 0, 7])
def test_lines_of_the_paper_are_no_ink(across, turn):
    sheet = Image.new("RGB", (900, 700), "#fbfaf5")
    draw = ImageDraw.Draw(sheet)
    for at in range(-600, 1600, 45):
        draw.line((-600, at, 1600, at), fill="#a8b8d8", width=2)
        if 90 in across:
            draw.line((at, -600, at, 1600), fill="#a8b8d8", width=2)
    sheet.paste("#202040", (300, 200), mask=render([SEVEN], 10))
    sheet = sheet.rotate(turn, Image.Resampling.BICUBIC, fillcolor="#fbfaf5")
    [seven] = find_digits(lit(sheet, falling_off(sheet)))
    assert read_digit(seven.ink, training="augmented").label == 7
    assert seven.box[2] - seven.box[0] < 200
    assert seven.box[3] - seven.box[1] < 250


def test_the_frame_is_where_the_digit_was_photographed():
    sheet = Image.new("L", (1000, 800), 230)
    sheet.paste(40, (600, 100), mask=render([SEVEN], 12))
    [seven] = find_digits(lit(sheet, falling_off(sheet)))
    # The strokes run from 80 to 200 and from 60 to 230; the pen adds 6 on each side.
    assert seven.box == pytest.approx((674, 154, 806, 336), abs=4)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_turned_as_the_phone_was_held(orientation):
    sheet = on_paper(SEVEN, ONE)
    shown = lit(sheet, falling_off(sheet))
    # How to store a picture that `orientation` turns back upright.
    stored = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = shown.transpose(stored[orientation]) if orientation > 1 else shown.copy()
    picture.getexif()[ExifTags.Base.Orientation] = orientation
    expected = [digit.box for digit in find_digits(shown)]
    assert [digit.box for digit in find_digits(picture)] == expected
    assert number(read_digits(picture, training="augmented")) == "71"


def test_a_thin_pen_is_thickened():
    sheet = Image.new("L", (1000, 1000), 240)
    ImageDraw.Draw(sheet).line([(300, 200), (700, 200), (450, 800)], fill=60, width=3)
    [seven] = find_digits(lit(sheet, falling_off(sheet)))
    levels = np.asarray(seven.ink) >= 128
    stem = levels[levels.shape[0] // 2].sum()
    assert 0.05 * max(seven.ink.size) < stem < 0.15 * max(seven.ink.size)
    assert read_digit(seven.ink, training="augmented").label == 7


def test_a_drawing_stays_as_it_is(seven):
    assert only_digit(seven) == ink_intensity(seven)
    [found] = find_digits(seven)
    assert found.ink == seven


def test_a_drawing_with_a_speck_is_the_digit_alone(seven):
    clean = read_digit(seven, training="augmented")
    ImageDraw.Draw(seven).ellipse((262, 250, 268, 256), fill=255)
    assert read_digit(seven, training="augmented").label == 7
    [found] = find_digits(seven)
    assert found.box[2] < 250
    assert clean.label == 7


def test_a_digit_written_in_two_pieces_stays_one_where_one_is_asked_for():
    bar = np.array([[90.0, 50], [200, 50]])
    body = np.array([[95.0, 80], [90, 130], [150, 125], [190, 165], [150, 225], [85, 215]])
    five = render([bar, body])
    assert only_digit(five) == five
    assert read_digit(five, training="augmented").label == 5


def test_a_sheet_cut_out_on_a_transparent_ground_is_paper():
    sheet = on_paper(SEVEN).convert("RGBA")
    picture = Image.new("RGBA", (500, 500))
    picture.paste(sheet, (80, 100))
    assert number(read_digits(picture, training="augmented")) == "7"


def test_ink_of_several_colours_on_a_transparent_ground_is_no_sheet():
    picture = Image.new("RGBA", (840, 280))
    for i, colour in enumerate(("#dc2828", "#2828dc", "#2828dc")):
        picture.paste(colour, (280 * i, 0), mask=render([SEVEN], 12))
    assert number(read_digits(picture, training="augmented")) == "777"


@pytest.mark.parametrize("noise", [0, 2])
@pytest.mark.parametrize("pen", [8, 20])
def test_a_small_digit_alone_on_a_large_sheet_is_read(pen, noise):
    sheet = Image.new("L", (827, 1170), 250)
    seven = render([SEVEN], pen).resize((60, 60), Image.Resampling.BOX)
    sheet.paste(30, (400, 500), mask=seven)
    picture = lit(sheet, np.ones((1170, 827)), noise)
    [digit] = read_digits(picture, training="augmented")
    assert digit.label == 7
    assert 400 < digit.found.box[0] < digit.found.box[2] < 460
    assert read_digit(picture, training="augmented").label == 7


def test_a_dot_on_a_large_sheet_is_too_small():
    sheet = Image.new("L", (1000, 1000), 255)
    ImageDraw.Draw(sheet).ellipse((500, 500, 540, 540), fill=0)
    with pytest.raises(TooSmallDrawingError):
        read_digits(sheet)


def test_the_frame_of_a_form_is_no_ink():
    sheet = on_paper(SEVEN)
    ImageDraw.Draw(sheet).rectangle((4, 4, 295, 295), outline="black", width=5)
    left, top, right, bottom = inside_frame(np.asarray(sheet.convert("L")))
    assert 8 <= left < 15
    assert 8 <= top < 15
    assert 285 < right <= 292
    assert 285 < bottom <= 292
    assert number(read_digits(sheet, training="augmented")) == "7"


def test_a_bar_along_the_rim_is_no_frame():
    seven = render([SEVEN], 24)
    tight = ImageOps.invert(seven.crop(seven.getbbox()))
    assert inside_frame(np.asarray(tight)) == (0, 0, *tight.size)
    assert read_digit(tight, training="augmented").label == 7


@pytest.mark.parametrize("ink_is_light", [False, True])
def test_contrast_does_not_depend_on_the_light(ink_is_light):
    reflects = np.full((60, 60), 0.2 if ink_is_light else 0.9)
    reflects[20:40, 28:32] = 0.9 if ink_is_light else 0.2
    contrasts = []
    for light in (255, 120):
        levels = np.rint(reflects * light).astype(np.uint8)
        dark = 255 - levels if ink_is_light else levels
        contrasts.append(paper_contrast(dark, 15, ink_is_light)[30, 30])
    assert contrasts == pytest.approx([1 - 0.2 / 0.9] * 2, abs=0.12)


def test_blank_paper_holds_no_writing():
    sheet = Image.new("RGB", (800, 600), "#f5f0e0")
    photo = lit(sheet, falling_off(sheet), noise=4)
    assert find_digits(photo) == []
    with pytest.raises(BlankDrawingError, match="no writing"):
        read_digits(photo)
    with pytest.raises(BlankDrawingError, match="no writing"):
        read_digit(photo)


def test_a_moved_frame_lifts_what_is_in_it():
    sheet = on_paper(SEVEN, ONE)
    paper = ink_on_paper(lit(sheet, falling_off(sheet)))
    for left, label in ((0, 7), (300, 1)):
        digit = paper.digit_in((left, 0, left + 300, 300))
        assert read_digit(digit.ink, training="augmented").label == label
    with pytest.raises(UnreadableDrawingError, match="no writing in this frame"):
        paper.digit_in((0, 0, 30, 30))


def test_too_many_pixels_are_not_even_looked_at():
    huge = Image.new("1", (10_000, 5_001))
    with pytest.raises(HugePictureError, match="50 million"):
        find_digits(huge)


@settings(deadline=None, max_examples=60)
@given(
    arrays(
        np.uint8,
        st.tuples(st.integers(1, 60), st.integers(1, 60), st.sampled_from([1, 3, 4])),
        elements=st.integers(0, 255),
    ),
    st.integers(1, 8),
    st.integers(1, 8),
)
def test_any_picture_gives_frames_inside_it_with_ink(pixels, wider, orientation):
    pixels = pixels.repeat(wider, axis=1)
    picture = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    picture.getexif()[ExifTags.Base.Orientation] = orientation
    width, height = picture.size if orientation < 5 else picture.size[::-1]
    digits = find_digits(picture)
    for digit in digits:
        left, top, right, bottom = digit.box
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        assert digit.ink.mode == "L"
        assert digit.ink.getextrema()[1] >= 128
    with suppress(UnreadableDrawingError):
        assert 0 <= read_digit(picture).label <= 9


@settings(deadline=None, max_examples=15)
@given(
    x=st.integers(0, 300),
    y=st.integers(0, 200),
    size=st.integers(120, 300),
    bright=st.floats(0.4, 1.0),
)
def test_a_digit_is_found_wherever_it_lies(x, y, size, bright):
    sheet = Image.new("L", (640, 520), 235)
    digit = render([SEVEN], 14).resize((size, size))
    sheet.paste(40, (x, y), mask=digit)
    photo = lit(sheet, bright * falling_off(sheet))
    [found] = find_digits(photo)
    at_x, at_y = middle(found.box)
    assert abs(at_x - (x + size / 2)) < 0.03 * size + 3
    assert abs(at_y - (y + size * 145 / 280)) < 0.03 * size + 3


def beside(mark: str, on_lit_paper: bool):
    """A row of 7 1 7 and something else, which is drawn into it."""
    sheet = Image.new("L", (1200, 640), 245)
    for i, strokes in enumerate([SEVEN, ONE, SEVEN]):
        sheet.paste(30, (300 * i + 150, 120), mask=render([strokes], 14))
    pen = ImageDraw.Draw(sheet)
    strokes = {
        "underline": [(170, 420, 900, 430)],
        "minus": [(1050, 250, 1110, 252)],
        "tiny 1": [(1060, 330, 1062, 360)],
        "point": [(1060, 352, 1073, 352)],
        "at the right rim": [(1165, 250, 1199, 290)],
        "at the lower rim": [(500, 600, 540, 639)],
        "at the upper rim": [(500, 0, 530, 60)],
        "ruled line": [(0, 500, 1199, 504)],
        "margin": [(90, 0, 92, 639)],
        "scanner's edge": [(1193, 0, 1193, 639)],
    }
    for line in strokes.get(mark, []):
        pen.line(line, fill=30, width=13)
    if mark == "speck":
        pen.ellipse((1060, 352, 1066, 358), fill=30)
    light = np.ones((640, 1200))
    if mark == "shadow":
        light[:, 1080:] = 0.4
        light[590:] = 0.3
    if on_lit_paper or mark == "shadow":
        return lit(sheet, falling_off(sheet) * light)
    return sheet


@pytest.mark.parametrize("on_lit_paper", [False, True], ids=["clean", "paper"])
@pytest.mark.parametrize(
    "mark",
    [
        "underline",
        "minus",
        "tiny 1",
        "point",
        "at the right rim",
        "at the lower rim",
        "at the upper rim",
    ],
)
def test_no_mark_is_left_out_without_a_word(mark, on_lit_paper):
    paper = ink_on_paper(beside(mark, on_lit_paper))
    assert len(paper.digits) == 3
    assert len(paper.doubtful) == 1


@pytest.mark.parametrize("on_lit_paper", [False, True], ids=["clean", "paper"])
@pytest.mark.parametrize(
    "mark", ["ruled line", "margin", "scanner's edge", "shadow", "speck"]
)
def test_lines_edges_and_shadows_are_surely_no_writing(mark, on_lit_paper):
    paper = ink_on_paper(beside(mark, on_lit_paper))
    assert len(paper.digits) == 3
    assert paper.doubtful == []


@pytest.mark.parametrize("core", [2, 8, 30, 120])
def test_a_soft_spot_on_a_large_sheet_is_not_enlarged_without_end(core):
    y, x = np.mgrid[:1600, :1600]
    away = ((x - 800) ** 2 + (y - 700) ** 2) / (2 * core**2)
    # Of its slopes most lie far from what is ink.
    spot = Image.fromarray((255 * np.exp(-(away**0.25))).astype(np.uint8))
    assert max(at_one_size(spot).size) <= 2 * 1600
