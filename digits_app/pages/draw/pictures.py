"""Small pictures of digits, as HTML: chalk on slate, the same in both themes."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing.canvas_json import CANVAS_SIDE
from digits_app.drawing.colours import CHALK, SLATE, erases, rgb
from digits_app.drawing.five_steps import FRAME_SIDE
from digits_app.pages.shared.pictures import picture_url

SHADES: Final = np.linspace(rgb(SLATE), rgb(CHALK), MAX_INTENSITY + 1).round()
"""Colour of each intensity, 0..16: shape (17, 3), 0..255."""

_PALETTE: Final = SHADES.astype(np.uint8).tobytes()
_DARK_TEXT_FROM: Final = 7


def bitmap_picture(bitmap: NDArray[np.bool_], alt: str = "") -> str:
    """Show a bitmap of 32x32, True is ink."""
    # Each answer has three. A BMP is a head and the bits, the lowest row first: it is
    # written in a tenth of the time of a PNG.
    bits = np.packbits(bitmap[::-1], axis=1).tobytes()
    address = "data:image/bmp;base64," + b64encode(_bitmap_head() + bits).decode("ascii")
    return f'<img class="px" src="{address}" alt="{alt}">'


@cache
def _bitmap_head() -> bytes:
    """Return what stands in a BMP of 32x32 before its bits: chalk on slate."""
    file = BytesIO()
    Image.new("1", (FRAME_SIDE, FRAME_SIDE)).save(file, "BMP")
    # Blue, green, red and a 0 for each.
    colours = np.pad(SHADES[[0, -1], ::-1], [(0, 0), (0, 1)]).astype(np.uint8).tobytes()
    return file.getvalue()[: -len(colours) - FRAME_SIDE**2 // 8] + colours


def digit_picture(image: NDArray[Any], alt: str = "") -> str:
    """Show a digit of whole numbers 0..16."""
    picture = Image.fromarray(image.astype(np.uint8), "P")
    picture.putpalette(_PALETTE)
    return f'<img class="px" src="{picture_url(picture)}" alt="{alt}">'


@cache
def training_picture(n_classes: int, index: int) -> str:
    """Show a digit of the training split, of which there are few enough to keep."""
    # brings scikit-learn, which the empty canvas does not wait for
    from digits_app.reading.unfamiliarity import load_split_once

    return digit_picture(load_split_once(n_classes).X_train[index].reshape(IMAGE_SHAPE))


def ink_picture(objects: Sequence[dict[str, Any]]) -> str:
    """Show a drawing as it lies on the canvas, of paths that can be rendered."""
    paths = "".join(
        f'<path d="{_way(path["path"])}" stroke-width="{float(path["strokeWidth"]):.0f}"'
        f"{_eraser(path)}/>"
        for path in objects
    )
    side = CANVAS_SIDE
    return (
        f'<svg class="slate" viewBox="0 0 {side} {side}" aria-hidden="true">{paths}</svg>'
    )


def ink_image(objects: Sequence[dict[str, Any]], alt: str = "") -> str:
    """Show a drawing as `ink_picture` does, where only images may be (`st.html`)."""
    paths = "".join(
        f'<path d="{_way(path["path"])}" stroke-width="{float(path["strokeWidth"]):.0f}" '
        f'stroke="{SLATE if erases(path) else CHALK}"/>'
        for path in objects
    )
    side = CANVAS_SIDE
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" fill="none" '
        f'stroke-linecap="round" stroke-linejoin="round">{paths}</svg>'
    )
    address = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")
    return f'<img class="px ink" src="{address}" alt="{alt}">'


def _way(commands: Sequence[Sequence[Any]]) -> str:
    return "".join(
        name + " ".join(f"{number:.0f}" for number in numbers)
        for name, *numbers in commands
    )


def _eraser(path: dict[str, Any]) -> str:
    return ' style="stroke:var(--slate)"' if erases(path) else ""


def number_grid(image: NDArray[np.float64]) -> str:
    """Show the 64 numbers of a digit, each on its shade."""
    numbers = image.astype(int).ravel().tolist()
    rows = "; ".join(
        " ".join(map(str, numbers[start : start + 8])) for start in range(0, 64, 8)
    )
    cells = "".join(_CELLS[number] for number in numbers)
    return (
        f'<div class="grid8" role="img" aria-label="The 64 numbers: {rows}">{cells}</div>'
    )


def _cell(number: int) -> str:
    colour = "#{:02x}{:02x}{:02x}".format(*SHADES[number].astype(int).tolist())
    text = "#9a9ea9" if number == 0 else CHALK
    text = "#0a0c11" if number >= _DARK_TEXT_FROM else text
    return f'<span style="background:{colour};color:{text}">{number}</span>'


_CELLS: Final = [_cell(number) for number in range(MAX_INTENSITY + 1)]
