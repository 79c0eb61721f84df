"""Pictures that people hand over, with the shares read right that may not be lost."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks import handed_in
from digits_app.drawing.picture_file import open_picture

PICTURES = Path(__file__).parents[1] / "data" / "pictures"


def right(kind: str, every: int) -> float:
    """Share of the pictures of one kind that are read right, as a sheet."""
    maker, count = handed_in.kinds()[kind]
    return float(
        np.mean(
            [
                handed_in.as_sheet(one.picture) == one.written
                for one in handed_in.pictures(maker, count, every)
            ]
        )
    )


@pytest.mark.parametrize("side", [280, 1600])
def test_a_drawing_enlarged_smoothly_is_read_as_before(side):
    maker, count = handed_in.kinds()[f"canvas, enlarged to {side} px, bicubic"]
    same = [
        handed_in.as_sheet(one.picture) == handed_in.as_sheet(one.small)
        for one in handed_in.pictures(maker, count, 5)
    ]
    assert len(same) == 40
    assert np.mean(same) >= 0.99


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        ("mouse, 280 px, bicubic", 0.85),
        ("scan of 16 px, grey, 280 px, bicubic", 0.95),
        ("scan of 16 px, hard, 280 px, bilinear", 0.93),
        ("load_digits, light ink, 8 px, nearest", 0.93),
        ("load_digits, dark ink, 400 px, bicubic", 0.93),
        ("row of 4, pen 10%, paper", 0.87),
        ("row of 4, 0 px around, white", 0.87),
        ("one digit, 0 px around, paper", 0.9),
        ("straight stems, paper", 0.87),
        ("one of four 35% as tall, paper", 0.87),
        ("column of 3, gap 8%, white", 0.87),
        ("plot, matshow bar", 0.87),
        ("plot, matshow dark", 0.87),
    ],
)
def test_pictures_of_every_kind_are_read(kind, floor):
    assert right(kind, 5) >= floor


@pytest.mark.parametrize("paper", [False, True], ids=["white", "paper"])
def test_digits_under_a_line_of_handwriting_are_found(paper):
    assert handed_in.found_under_handwriting(5, paper) >= 0.9


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("width_4_0.png", "4860"),
        ("width_4_3.png", "3293"),
        ("width_4_12.png", "9524"),
        ("load_digits_6_400.png", "6"),
        ("ld8_0to16.png", "7"),
        ("rim_0_0.png", "4860"),
        ("rim_1_1.png", "5272"),
        ("stem_9.png", "9"),
        ("no_eoi.jpg", "7"),
        ("anim_blank_first.gif", "7"),
    ],
)
def test_what_was_read_wrongly_is_read(name, written):
    picture = open_picture((PICTURES / name).read_bytes())
    assert handed_in.as_sheet(picture) == written
