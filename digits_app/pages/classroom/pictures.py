"""Animals and the square to scan, as images that `st.html` lets through."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

import segno

from digits_app.classroom.animals import Animal
from digits_app.drawing.colours import CHALK, SLATE, rgb
from digits_app.pages.shared.pictures import svg_url

COLOURS: Final = {
    "green": "#86cf8a",
    "yellow": "#efcf5b",
    "pink": "#f49ab8",
    "violet": "#b8a4f4",
    "white": CHALK,
}
_GREY: Final = "#b9b6ad"
_DARK: Final = 0.52  # share of the animal's colour in its darker pixels


@cache
def animal_address(number: int) -> str:
    """Draw an animal: an image as an address."""
    animal = Animal(number)
    colour = COLOURS[animal.colour]
    fills = {
        "m": colour,
        "d": _mixed(colour, SLATE, _DARK),
        "w": _GREY if animal.colour == "white" else CHALK,
    }
    # One path a colour, a piece of it a run of pixels: thirty of them stand on the wall.
    pixels = "".join(
        f'<path fill="{fill}" d="{_runs(animal.rows, pixel)}"/>'
        for pixel, fill in fills.items()
    )
    return svg_url(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1.6 -1.6 11.2 11.2" '
        f'shape-rendering="crispEdges"><rect x="-1.6" y="-1.6" width="11.2" height="11.2" '
        f'fill="{SLATE}"/>{pixels}</svg>'
    )


def animal_picture(number: int, is_named: bool = True) -> str:
    """Show an animal; its name is read out, unless it stands beside it."""
    name = Animal(number).name if is_named else ""
    return f'<img class="pet" src="{animal_address(number)}" alt="{name}">'


def square(link: str) -> str:
    """Draw the square that phones scan: dark on white in both themes, with a wide edge."""
    code = segno.make(link, error="m", micro=False)
    address = code.svg_data_uri(border=4, dark=SLATE, light="#ffffff", scale=8)
    return f'<img class="qr" src="{address}" alt="Square to scan: it opens this class">'


def _runs(rows: Sequence[str], pixel: str) -> str:
    """Outline the runs of a pixel, row by row, as an SVG path."""
    return "".join(
        f"M{run.start()} {y}h{len(run[0])}v1h-{len(run[0])}z"
        for y, row in enumerate(rows)
        for run in re.finditer(f"{pixel}+", row)
    )


def _mixed(one: str, other: str, share: float) -> str:
    mixed = share * rgb(one) + (1 - share) * rgb(other)
    return "#{:02x}{:02x}{:02x}".format(*mixed.round().astype(int).tolist())
