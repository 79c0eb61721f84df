"""Small pictures of digits, as HTML: chalk on slate, the same in both themes."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing.canvas_json import CANVAS_SIDE
from digits_app.drawing.colours import CHALK, SLATE, erases, rgb
from digits_app.drawing.five_steps import FRAME_SIDE
from digits_app.pages.shared.pictures import picture_url, svg_url
from digits_app.wording import a_digit

if TYPE_CHECKING:
    from digits_app.reading.unfamiliarity import NearestDigits

SHADES: Final = np.linspace(rgb(SLATE), rgb(CHALK), MAX_INTENSITY + 1).round()
"""Colour of each intensity, 0..16: shape (17, 3), 0..255."""

FOR: Final = "#ff7a4d"
AGAINST: Final = "#6fb1e0"
"""The pair of colours on slate: what speaks for a digit, and what against it."""

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
    """Show pixels of 0..16, each a square of its shade."""
    return f'<img class="px" src="{digit_url(image)}" alt="{alt}">'


def digit_url(image: NDArray[Any]) -> str:
    """Draw pixels of 0..16 as a picture; its address holds it."""
    picture = Image.fromarray(np.rint(image).astype(np.uint8), "P")
    picture.putpalette(_PALETTE)
    return picture_url(picture)


def signed_url(values: NDArray[np.float64], most: float) -> str:
    """Draw numbers as a picture: those above 0 orange, those below 0 blue.

    Parameters
    ----------
    values : ndarray of shape (height, width)
    most : float
        What has the full colour; beyond it no colour is stronger.
    """
    share = (values[..., None] / most).clip(-1, 1)
    slate, colour = rgb(SLATE), np.where(share > 0, rgb(FOR), rgb(AGAINST))
    colours = slate + np.abs(share) * (colour - slate)
    return picture_url(Image.fromarray(np.rint(colours).astype(np.uint8)))


def shade(value: float) -> str:
    """Colour of a pixel, 0..16, for CSS and SVG."""
    return "#{:02x}{:02x}{:02x}".format(*SHADES[round(value)].astype(int).tolist())


@cache
def training_picture(n_classes: int, index: int) -> str:
    """Show a digit of the training split, of which there are few enough to keep."""
    # brings scikit-learn, which the empty canvas does not wait for
    from digits_app.reading.unfamiliarity import load_split_once

    return digit_picture(load_split_once(n_classes).X_train[index].reshape(IMAGE_SHAPE))


def nearest_pictures(nearest: "NearestDigits", n_classes: int) -> str:
    """Show training digits that are most like another, each with its label."""
    figures = "".join(
        f"<figure>{training_picture(n_classes, index)}"
        f"<figcaption>{a_digit(label)}</figcaption></figure>"
        for index, label in zip(
            nearest.indices.tolist(), nearest.labels.tolist(), strict=True
        )
    )
    return f'<div class="near">{figures}</div>'


def ink_picture(objects: Sequence[dict[str, Any]], alt: str = "") -> str:
    """Show a drawing as it lies on the canvas, of paths that can be rendered.

    It is an image, for `st.html` lets no SVG through.
    """
    paths = "".join(
        f'<path d="{_way(path["path"])}" stroke-width="{float(path["strokeWidth"]):.0f}" '
        f'stroke="{SLATE if erases(path) else CHALK}"/>'
        for path in objects
    )
    return _slate(paths, alt)


def outline_picture(outline: Sequence[Sequence[float]], alt: str) -> str:
    """Show strokes of one pen, each x, y, x, y, ... in units of the canvas."""
    lines = "".join(
        f'<polyline points="{" ".join(map(str, stroke))}" stroke-width="20" '
        f'stroke="{CHALK}"/>'
        for stroke in outline
    )
    return _slate(lines, alt)


def _slate(lines: str, alt: str) -> str:
    side = CANVAS_SIDE
    address = svg_url(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" fill="none" '
        f'stroke-linecap="round" stroke-linejoin="round">{lines}</svg>'
    )
    return f'<img class="slate" src="{address}" alt="{alt}">'


def _way(commands: Sequence[Sequence[Any]]) -> str:
    return "".join(
        name + " ".join(f"{number:.0f}" for number in numbers)
        for name, *numbers in commands
    )


def number_grid(
    image: NDArray[np.float64],
    label: str = "The 64 numbers",
    marked: NDArray[np.bool_] | None = None,
) -> str:
    """Show the 64 numbers of a digit, each on its shade.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        0..16.
    label : str
        What a screen reader says before the numbers.
    marked : ndarray of shape (8, 8), bool, optional
        Pixels with a frame.
    """
    numbers = np.rint(image).astype(int).ravel().tolist()
    marks = [False] * len(numbers) if marked is None else marked.ravel().tolist()
    rows = "; ".join(
        " ".join(map(str, numbers[start : start + 8])) for start in range(0, 64, 8)
    )
    cells = (_CELLS[mark][number] for number, mark in zip(numbers, marks, strict=True))
    return grid(cells, f"{label}: {rows}", "numbers")


def grid(cells: Iterable[str], label: str, kind: str) -> str:
    """Lay 64 cells out as one picture."""
    return (
        f'<div class="grid8 {kind}" role="img" aria-label="{label}">{"".join(cells)}</div>'
    )


def _cell(number: int, is_marked: bool) -> str:
    # The style sheet and the editor (`why/editor.js`) use the same names.
    look = "empty" if number == 0 else "dark" if number < _DARK_TEXT_FROM else "light"
    mark = " marked" if is_marked else ""
    share = f"--ink-share:{100 * number / MAX_INTENSITY:g}%"
    return f'<span class="{look}{mark}" style="{share}">{number}</span>'


_CELLS: Final = [
    [_cell(number, is_marked) for number in range(MAX_INTENSITY + 1)]
    for is_marked in (False, True)
]
