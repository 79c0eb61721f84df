"""A photo of a sheet on a table: what is written on the sheet is read, and no table."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from digits_app import read_digits
from digits_app.drawing.paper import find_digits
from digits_app.drawing.sheet_on_table import sheet_on
from digits_app.reading.on_paper import number
from tests.support.pen_drawings import SEVEN, render

ONE = np.array([[140.0, 50], [140, 230]])
WOOD, PAPER, INK = (70, 50, 35), (245, 243, 238), (30, 30, 60)
BOARD, WALL, CHALK = (40, 60, 55), (230, 228, 220), (240, 240, 235)


def on_table(table=WOOD, paper=PAPER, ink=INK, turn=0.0, at=(120, 90)) -> Image.Image:
    """A 7 and a 1 on a sheet, with the table all around."""
    sheet = Image.new("RGBA", (560, 320), paper)
    for left, strokes in ((20, SEVEN), (260, ONE)):
        sheet.paste(ink, (left, 20), mask=render([strokes], 12))
    turned = sheet.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    photo = Image.new("RGB", (800, 520), table)
    photo.paste(turned, at, turned)
    return photo


def lit(photo: Image.Image) -> Image.Image:
    light = np.linspace(0.95, 0.6, photo.width)[None, :, None]
    grain = np.random.default_rng(0).normal(0, 2.5, (photo.height, photo.width, 1))
    levels = np.asarray(photo) * light + grain
    return Image.fromarray(levels.clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("as_taken", [lit, ImageOps.invert, lambda photo: photo])
@pytest.mark.parametrize(
    "photo",
    [
        on_table(),
        on_table(turn=6),
        on_table(WALL, BOARD, CHALK, turn=-4),
        on_table(at=(240, 120)),
        on_table(turn=20, at=(60, 0)),
    ],
    ids=["level", "turned", "a board on a wall", "in a corner", "turned far"],
)
def test_what_is_on_a_sheet_is_read_and_no_table(photo, as_taken):
    assert number(read_digits(as_taken(photo))) == "71"


def test_a_table_that_cuts_a_corner_off_is_no_digit():
    photo = on_table(table=PAPER)
    ImageDraw.Draw(photo).polygon([(0, 0), (120, 0), (0, 350)], fill=WOOD)
    assert number(read_digits(lit(photo))) == "71"


def test_frames_are_where_the_digits_are_in_the_whole_photo():
    seven, one = find_digits(on_table(at=(200, 150)))
    assert np.abs(np.array(seven.box)[:2] - (220 + 74, 170 + 54)).max() < 12
    assert np.abs(np.array(one.box)[:2] - (460 + 134, 170 + 44)).max() < 12


@pytest.mark.parametrize("pen", [20, 60, 80])
def test_a_thick_0_is_no_sheet(pen):
    turns = np.linspace(0, 2 * np.pi, 60)
    ring = np.stack([140 + 80 * np.cos(turns), 140 + 100 * np.sin(turns)], axis=1)
    drawing = ImageOps.invert(render([ring], pen))
    assert sheet_on(drawing) is None
    assert sheet_on(drawing.crop(ImageOps.invert(drawing).getbbox())) is None


def test_a_shadow_is_no_table():
    photo = np.asarray(on_table(table=PAPER)).astype(float)
    photo[:, 380:] *= 0.5
    shaded = Image.fromarray(photo.astype(np.uint8))
    assert sheet_on(shaded) is None
    assert number(read_digits(lit(shaded))) == "71"


def test_a_stroke_at_the_rim_is_no_table():
    row = Image.new("RGB", (900, 270), PAPER)
    ImageDraw.Draw(row).arc((4, 10, 240, 250), -150, 150, fill=INK, width=20)
    ImageDraw.Draw(row).line((3, 60, 40, 90), fill=INK, width=20)
    row.paste(INK, (400, -5), mask=render([SEVEN], 20))
    row.paste(INK, (620, -5), mask=render([ONE], 20))
    assert sheet_on(row) is None
