"""The pictures of digits that all pages show."""

import re

import numpy as np
import pytest

from digits_app.drawing.colours import CHALK, SLATE, rgb
from digits_app.pages.shared.digit_pictures import (
    AGAINST,
    FOR,
    SHADES,
    number_grid,
    shade,
)
from tests.support.serving import ROOT

PAGES = ROOT / "digits_app" / "pages"


@pytest.mark.parametrize(
    ("token", "colour"),
    [("slate", SLATE), ("chalk", CHALK), ("for", FOR), ("against", AGAINST)],
)
def test_the_style_sheet_and_the_pictures_have_the_same_colours(token, colour):
    css = (PAGES / "shared" / "style.css").read_text(encoding="utf-8")
    assert re.findall(rf"--{token}: (#\w+);", css) == [colour]


def test_a_number_lies_on_the_shade_of_its_picture():
    assert shade(0) == SLATE
    assert shade(16) == CHALK
    assert (
        SHADES[4].tolist() == (rgb(SLATE) + (rgb(CHALK) - rgb(SLATE)) / 4).round().tolist()
    )


def test_a_grid_of_numbers_says_and_marks_them():
    image = np.zeros((8, 8))
    image[0, 1], image[7, 7] = 6, 16
    grid = number_grid(image, "After", image > 6)
    assert 'aria-label="After: 0 6 0 0 0 0 0 0; 0' in grid
    cells = re.findall(r'<span class="([\w ]+)" style="--ink-share:([\d.]+)%">(\d+)<', grid)
    assert len(cells) == 64
    assert cells[:2] == [("empty", "0", "0"), ("dark", "37.5", "6")]
    assert cells[-1] == ("light marked", "100", "16")


def test_the_editor_colours_its_numbers_as_every_grid_does():
    script = (PAGES / "why" / "editor.js").read_text(encoding="utf-8")
    (light_from,) = re.findall(r'"empty" : value < (\d+) \? "dark" : "light"', script)
    looks = [
        re.findall('span class="(.*?)"', number_grid(np.full((8, 8), n)))[0]
        for n in range(17)
    ]
    assert looks == [
        "empty",
        *["dark" if n < int(light_from) else "light" for n in range(1, 17)],
    ]
