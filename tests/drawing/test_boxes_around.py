"""Digits in boxes and tables: the lines are no writing, and all that is in them is."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from digits_app import read_digits
from digits_app.drawing.boxes_around import lines_of_boxes
from digits_app.reading.on_paper import number
from tests.support.pen_drawings import SEVEN, render

CELL = 170


def table(rows: int, columns: int, line: int = 3, margin: int = 40) -> Image.Image:
    """A 7 in each cell."""
    size = (columns * CELL + 2 * margin, rows * CELL + 2 * margin)
    sheet = Image.new("L", size, 255)
    draw = ImageDraw.Draw(sheet)
    right, bottom = size[0] - margin, size[1] - margin
    for x in range(margin, right + 1, CELL):
        draw.line((x, margin, x, bottom), fill=0, width=line)
    for y in range(margin, bottom + 1, CELL):
        draw.line((margin, y, right, y), fill=0, width=line)
    seven = render([SEVEN], 22).resize((140, 140))
    for top in range(margin, bottom - 1, CELL):
        for left in range(margin, right - 1, CELL):
            sheet.paste(30, (left + 15, top + 15), mask=seven)
    return sheet


def photo(sheet: Image.Image) -> Image.Image:
    light = np.linspace(0.9, 0.6, sheet.width)
    grain = np.random.default_rng(0).normal(0, 2.5, (sheet.height, sheet.width))
    soft = np.asarray(sheet.filter(ImageFilter.GaussianBlur(0.8)))
    return Image.fromarray((soft * light + grain).clip(0, 255).astype(np.uint8))


@pytest.mark.parametrize("as_taken", [lambda sheet: sheet, photo], ids=["clean", "photo"])
@pytest.mark.parametrize("line", [3, 12])
@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (1, 7), (2, 2), (3, 4)])
def test_each_cell_of_a_table_is_read_and_no_line(shape, line, as_taken):
    assert number(read_digits(as_taken(table(*shape, line)))) == "7" * (shape[0] * shape[1])


def test_a_box_drawn_by_hand_is_no_writing():
    sheet = Image.new("L", (500, 500), 255)
    corners = [(62, 58), (441, 50), (436, 447), (54, 440), (62, 58)]
    ImageDraw.Draw(sheet).line(corners, fill=0, width=9, joint="curve")
    sheet.paste(0, (110, 110), mask=render([SEVEN], 10))
    assert number(read_digits(sheet)) == "7"


def test_a_digit_that_touches_its_box_is_still_there():
    sheet = table(1, 3)
    ImageDraw.Draw(sheet).line((125, 120, 125, 210), fill=30, width=11)  # down to the line
    ink = np.asarray(sheet) < 128
    left = ink & ~lines_of_boxes(ink)
    assert left[150:190, 120:131].mean() > 0.8
    assert not left[:, 209:212].any()


@pytest.mark.parametrize("line", [5, 17, 40])
def test_thick_lines_are_found_whole_where_the_frame_was_cut_off(line):
    ink = np.zeros((600, 900), dtype=bool)
    ink[300 : 300 + line] = ink[:, 450 : 450 + line] = True
    table = ink.copy()
    for row in (100, 450):
        for column in (200, 700):
            ink[row : row + 100, column : column + 20] = True  # a 1 in each cell
    assert np.array_equal(ink & lines_of_boxes(ink, is_framed=True), table)


def test_what_has_a_hole_is_no_box():
    drawing = Image.new("L", (300, 300), 255)
    pen = ImageDraw.Draw(drawing)
    pen.ellipse((60, 40, 240, 260), outline=0, width=16)
    pen.line((120, 200, 180, 100), fill=0, width=12)  # a 0 that is crossed out
    assert not lines_of_boxes(np.asarray(drawing) < 128).any()


def test_squared_paper_is_no_table():
    page = np.zeros((300, 300), dtype=bool)
    page[::50] = page[:, ::50] = True
    page[15:40, 20:24] = True  # in one square of 36
    assert not lines_of_boxes(page).any()
