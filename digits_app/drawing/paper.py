"""Find the digits on a photographed or scanned sheet of paper.

A photograph has no one background: light falls off, a shadow lies across, the page is
ruled and a little crooked. So ink is what is darker (or lighter) than the paper *around*
it:

1. `paper_contrast`: the paper's own brightness at each place is the grey-scale closing of
   the picture, which fills whatever dark is narrower than its window and follows the edge
   of a shadow; ink is how far a pixel falls below it, as a share.
2. `digits_app.drawing.ruled_lines`: ruled lines and frames are taken out, and the page is
   turned until they are level.
3. `digits_app.drawing.marks`: ink that hangs together is a mark, and marks that belong
   together are a digit.
4. `PaperInk.digit_in`: each digit is lifted from the paper, white on black, with a pen
   that is never thinner than a pen on the canvas.

A picture whose ground is one colour to begin with (a clean scan, a canvas) skips the first
two steps, and where it holds one digit alone, it is read as it is.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps
from scipy import ndimage

from digits_app.drawing.boxes_around import lines_of_boxes
from digits_app.drawing.cells import own_pixels
from digits_app.drawing.errors import BlankDrawingError
from digits_app.drawing.five_steps import Bitmap
from digits_app.drawing.ink import ink_intensity, near
from digits_app.drawing.marks import (
    MAX_DIGITS,
    Box,
    Mark,
    Marks,
    TooManyDigitsError,
    group_marks,
    stroke_width,
)
from digits_app.drawing.original import as_positive, flattened, without_enlargement
from digits_app.drawing.paper_light import (
    SMALL_PICTURE,
    SMALL_WINDOW_SHARES,
    WINDOW_SHARES,
    at_one_size,
    dark_ink,
    enlarged,
    ink_band,
    ink_contrast,
    inside_frame,
    is_clean,
    valley,
)
from digits_app.drawing.picture_file import require_few_pixels, shrunk, upright
from digits_app.drawing.plots import plot_on
from digits_app.drawing.ruled_lines import level_and_take_out_lines
from digits_app.drawing.sheet_on_table import sheet_on

NO_WRITING: Final = (
    "There is no writing in this picture. Write a digit large and dark on plain paper, go "
    "near, and take it again."
)

IDENTITY: Final = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
"""Maps each pixel to itself."""

LEAST_CONTRAST: Final = 0.07
"""Least share of the paper's light that ink takes away."""

NOISE_LEVELS: Final = 5.0
"""Ink stands out from the paper by this many times its noise."""

TWO_HEAPS: Final = 0.8
"""Of `valley`. One heap of noise has 0.64, levels spread evenly have 0.75."""

INK_LEVEL: Final = 0.4
"""What counts as ink, as a share of the strong ink's contrast."""

FAINT_INK: Final = 0.25
"""What counts as ink on a clean ground: a fine pen greys what it only touches."""

SOFT_FROM: Final = 0.2
SOFT_TO: Final = 0.7
"""Shares of the strong ink's contrast at which a lifted stroke begins and is full."""

FAR_SMALLER: Final = 0.2
"""A digit less tall than this share of a sheet is lifted from it, alone or not."""

DIGIT_SIDE: Final = 160
"""Longer side of a digit lifted from the paper, in pixels."""

LEAST_PEN: Final = 0.08
"""Least width of the pen in a lifted digit, as a share of its longer side."""

MARGIN: Final = 0.2
"""Empty border around a lifted digit, as a share of its longer side."""


class NoWritingError(BlankDrawingError):
    """The picture may show much, but no digit written on a plain ground."""

    def __init__(self, message: str = NO_WRITING) -> None:
        super().__init__(message)


@dataclass(frozen=True)
class FoundDigit:
    """A digit found in a picture.

    Attributes
    ----------
    box : tuple of int
        Left, top, right and bottom in pixels of the upright picture.
    ink : PIL.Image.Image
        Mode "L": the digit alone, 0 background to 255 ink.
    """

    box: Box
    ink: Image.Image


@dataclass(frozen=True)
class PaperInk:
    """The ink of a whole picture, from which digits are lifted.

    Attributes
    ----------
    contrast : ndarray of shape (height, width), uint8
        0 paper to 255 strong ink. The page is level and its ruled lines are gone.
    mask : ndarray of shape (height, width), bool
        What counts as ink.
    to_picture : ndarray of shape (2, 3)
        Maps (column, row, 1) of `contrast` to (x, y) of the upright picture.
    size : tuple of int
        Width and height of the upright picture, in pixels.
    clean : PIL.Image.Image or None
        The ink of the picture as it is, where its ground is one colour; see `at_one_size`.
    is_one : bool
        All of it is one digit: an image of few pixels.
    parts : tuple of PaperInk
        The pictures in a plot of several, in reading order; then all else is empty.
    """

    contrast: NDArray[np.uint8]
    mask: Bitmap
    to_picture: NDArray[np.float64]
    size: tuple[int, int]
    clean: Image.Image | None = None
    is_one: bool = False
    parts: tuple["PaperInk", ...] = ()

    @cached_property
    def _marks(self) -> Marks:
        return group_marks(self.mask, self.contrast, self.clean is not None)

    @cached_property
    def digits(self) -> list[FoundDigit]:
        """The digits in reading order: row by row, each from left to right."""
        if self.parts:
            return [digit for part in self.parts for digit in part.digits]
        marks = self._marks.digits
        if self.clean is not None and self.is_one and self.mask.any():
            whole = (0, 0, *self.mask.shape[::-1])
            return [FoundDigit(self._box_in_picture(whole, self.mask), self.clean)]
        if self.clean is not None and len(marks) == 1:
            [mark] = marks
            is_all = np.count_nonzero(mark.ink) == np.count_nonzero(self.mask)
            if is_all and not self._is_small(mark):
                return [FoundDigit(self._box_in_picture(mark.box, mark.ink), self.clean)]
        return [self._lift(mark) for mark in marks]

    def _is_small(self, mark: Mark) -> bool:
        """Whether a mark is a digit, and no dot, far smaller than the sheet it is on."""
        longer = max(mark.ink.shape)
        if longer >= FAR_SMALLER * max(self.mask.shape):
            return False
        return bool(stroke_width(np.pad(mark.ink, 1)) <= longer / 2)

    @cached_property
    def doubtful(self) -> list[FoundDigit]:
        """What may be writing beside the digits, and is hardly a digit."""
        if self.parts:
            return [mark for part in self.parts for mark in part.doubtful]
        return [] if self.is_one else [self._lift(mark) for mark in self._marks.doubtful]

    def _lift(self, mark: Mark) -> FoundDigit:
        ink = _lifted(self.contrast, mark.box, mark.ink)
        return FoundDigit(self._box_in_picture(mark.box, mark.ink), ink)

    def digit_in(self, box: Box) -> FoundDigit:
        """Lift what ink is inside a box, given in pixels of the upright picture.

        Raises
        ------
        NoWritingError
            There is none.
        """
        if self.parts:
            return min(self.parts, key=lambda part: part.away_from(box)).digit_in(box)
        left, top, right, bottom = self.box_on_paper(box)
        inside = self.mask[top:bottom, left:right]
        rows, columns = (
            np.flatnonzero(inside.any(axis=1)),
            np.flatnonzero(inside.any(axis=0)),
        )
        if not len(rows):
            raise NoWritingError(
                "There is no writing in this frame. Move it onto the digit."
            )
        tight = (
            left + int(columns[0]),
            top + int(rows[0]),
            left + int(columns[-1]) + 1,
            top + int(rows[-1]) + 1,
        )
        return FoundDigit(box, _lifted(self.contrast, tight, self.mask[_slices(tight)]))

    def away_from(self, box: Box) -> float:
        """How far the middle of a box of the picture is from that of this ink."""
        height, width = self.mask.shape
        middle = self.to_picture @ [width / 2, height / 2, 1]
        return float(np.hypot(*(middle - np.reshape(box, (2, 2)).mean(axis=0))))

    def _box_in_picture(self, box: Box, ink: Bitmap) -> Box:
        """The box, in the upright picture, of ink on the levelled page."""
        rows, columns = np.nonzero(ink)
        # Each pixel's corner at the bottom right, and the one at the top left.
        last = self.to_picture @ [
            columns + box[0] + 1,
            rows + box[1] + 1,
            np.ones(len(rows)),
        ]
        first = self.to_picture @ [columns + box[0], rows + box[1], np.ones(len(rows))]
        low, high = np.minimum(first, last).min(axis=1), np.maximum(first, last).max(axis=1)
        left, top = np.floor(low).clip(0).astype(int).tolist()
        right, bottom = np.ceil(high).astype(int).tolist()
        return left, top, min(right, self.size[0]), min(bottom, self.size[1])

    def box_on_paper(self, box: Box) -> Box:
        """Where a box of the picture is on the levelled page, in pixels of `contrast`.

        It has the same middle and, about, the same size.
        """
        if self.parts:
            return box
        turn, shift = self.to_picture[:, :2], self.to_picture[:, 2]
        left, top, right, bottom = box
        middle = np.linalg.solve(turn, np.array([left + right, top + bottom]) / 2 - shift)
        half = np.array([right - left, bottom - top]) / 2 / np.hypot(*turn[:, 0])
        height, width = self.mask.shape
        (x0, y0), (x1, y1) = np.rint(middle - half), np.rint(middle + half)
        return (
            int(np.clip(x0, 0, width)),
            int(np.clip(y0, 0, height)),
            int(np.clip(x1, 0, width)),
            int(np.clip(y1, 0, height)),
        )


def find_digits(picture: Image.Image) -> list[FoundDigit]:
    """Find the digits written in a picture, whether a photograph or a clean scan.

    Parameters
    ----------
    picture : PIL.Image.Image
        Any mode, up to 50 million pixels; EXIF tells how it was held. Ink of any colour
        on a ground of any colour, in uneven light, ruled or squared.

    Returns
    -------
    list of FoundDigit
        Row by row, each from left to right; empty where there is no writing.

    Raises
    ------
    HugePictureError
        The picture has too many pixels.

    Examples
    --------
    >>> find_digits(Image.new("RGB", (640, 480), "ivory"))
    []
    """
    return ink_on_paper(picture).digits


def only_digit(picture: Image.Image) -> Image.Image:
    """Lift the one digit that a picture shows, whether a photograph or a drawing.

    A drawing on a ground of one colour stays as it is. Of several digits on paper the
    largest is taken.

    Parameters
    ----------
    picture : PIL.Image.Image
        See `find_digits`.

    Returns
    -------
    PIL.Image.Image
        Mode "L", 0 background to 255 ink.

    Raises
    ------
    UnreadableDrawingError
        There is no writing in the picture, or only a dot, or it has too many pixels.
    """
    paper = ink_on_paper(picture)
    digits = paper.digits
    if paper.clean is not None and len(digits) != 1:
        return paper.clean  # one that was written in pieces, or a dot
    if not digits:
        intensity = ink_intensity(picture)  # says so of a picture of one colour
        if is_clean(intensity):
            return intensity  # a line so fine that it was lost in shrinking
        raise NoWritingError()
    return max(digits, key=lambda digit: _area(digit.box)).ink


def _area(box: Box) -> int:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def ink_on_paper(picture: Image.Image) -> PaperInk:
    """Part ink from paper; `PaperInk.digits` finds the digits in it.

    Parameters
    ----------
    picture : PIL.Image.Image
        See `find_digits`, also for what is raised.
    """
    if not isinstance(picture, Image.Image):
        raise TypeError(f"expected a PIL.Image.Image, got {type(picture).__name__}")
    require_few_pixels(picture)
    if 0 in picture.size:
        return _nothing(picture.size)
    held = upright(picture)
    page = flattened(shrunk(without_enlargement(held)))
    size = held.size
    plot = plot_on(page)
    if len(plot.panels) + len(plot.images) > MAX_DIGITS:
        raise TooManyDigitsError()
    parts = [_ink_of_part(page, box, size, is_panel=True) for box in plot.panels]
    parts += [_ink_within(each.pixels, each.box, page, size) for each in plot.images]
    if len(parts) > 1:
        return replace(_nothing(size), parts=tuple(parts))
    if parts:
        return parts[0]
    sheet = _ink_of_sheet(page, size)
    return sheet or _ink_of_part(page, plot.beside_bar, size)


def _ink_of_sheet(page: Image.Image, size: tuple[int, int]) -> PaperInk | None:
    """Part ink from paper on a sheet that lies on a table; None where nothing is on it."""
    positive = as_positive(page)
    sheet = sheet_on(positive)
    if sheet is None:
        return None
    alone = sheet.page if positive is page else ImageOps.invert(sheet.page)
    ink = _ink_of_part(alone, sheet.box, size)
    return ink if ink.digits else None


def _ink_of_part(
    whole: Image.Image, box: Box, size: tuple[int, int], is_panel: bool = False
) -> PaperInk:
    """Part ink from paper within a box of a page; `size` is that of the picture."""
    part = whole.crop(box)
    left, top, right, bottom = inside_frame(np.asarray(part.convert("L")))
    inside = part.crop((left, top, right, bottom))
    box = box[0] + left, box[1] + top, box[0] + right, box[1] + bottom
    is_framed = is_panel or inside.size != part.size
    pixels = own_pixels(inside) if is_panel else inside
    return _ink_within(pixels, box, whole, size, is_framed)


def _ink_within(
    page: Image.Image,
    box: Box,
    whole: Image.Image,
    size: tuple[int, int],
    is_framed: bool = False,
) -> PaperInk:
    """Part ink from paper in what a box of a whole page shows, whatever its own size."""
    try:
        intensity = ink_intensity(as_positive(page))
    except BlankDrawingError:
        return _nothing(size)
    if is_clean(intensity):
        found = _ink_of_clean(_without_boxes(intensity, is_framed))
    else:
        found = _ink_of_photo(page, is_framed)
    # From pixels of what was looked at to those of the page, and to those of the picture.
    left, top, right, bottom = box
    scale, shrink = size[0] / whole.width, (right - left) / found.size[0]
    to_picture = scale * (shrink * found.to_picture + np.array([[0, 0, left], [0, 0, top]]))
    is_one = page.size != (right - left, bottom - top)
    return replace(found, to_picture=to_picture, size=size, is_one=is_one)


def _ink_of_clean(intensity: Image.Image) -> PaperInk:
    ink = enlarged(intensity)
    contrast = np.asarray(ink)
    clean = at_one_size(intensity)
    return PaperInk(contrast, contrast >= 255 * FAINT_INK, IDENTITY, ink.size, clean)


def _without_boxes(intensity: Image.Image, is_framed: bool) -> Image.Image:
    """Take boxes and tables out of a clean picture; the strongest ink left is 255."""
    levels = np.asarray(intensity)
    lines = lines_of_boxes(levels >= 255 * FAINT_INK, is_framed)
    if not lines.any():
        return intensity
    left = np.where(lines, 0, levels)
    spread = left * (255 / max(float(left.max()), 1))
    return Image.fromarray(np.rint(spread).astype(np.uint8))


def _ink_of_photo(page: Image.Image, is_framed: bool) -> PaperInk:
    """Level the page, take its lines out, and let what is much weaker than ink fade."""
    band = enlarged(ink_band(page))
    shares = WINDOW_SHARES if max(page.size) > SMALL_PICTURE else SMALL_WINDOW_SHARES
    contrast = ink_contrast(*dark_ink(band, shares))
    sample = contrast[::4, ::4]
    offset = float(np.median(sample))
    noise = 1.4826 * float(np.median(np.abs(sample - offset)))
    contrast -= np.float32(offset)
    least = max(LEAST_CONTRAST, NOISE_LEVELS * noise)
    if max(page.size) <= SMALL_PICTURE:
        # So much of it is ink that ink and paper are two heaps, be there noise or not.
        between, parted = valley(contrast)
        if parted > TWO_HEAPS:
            least = min(least, max(LEAST_CONTRAST, between))
    contrast[lines_of_boxes(contrast > least, is_framed)] = 0
    levelled = level_and_take_out_lines(contrast, contrast > least)
    strong = levelled.contrast[levelled.mask]
    full = float(np.quantile(strong, 0.9)) if len(strong) else 1.0
    inked = (levelled.contrast / np.float32(full)).clip(0, 1)
    mask = levelled.mask & (inked > max(INK_LEVEL, least / full))
    # An open dialog keeps it: a byte for each pixel is enough.
    kept = np.rint(255 * inked).astype(np.uint8)
    return PaperInk(kept, mask, levelled.to_page, band.size)


def _nothing(size: tuple[int, int]) -> PaperInk:
    empty = np.zeros((1, 1), dtype=np.uint8)
    return PaperInk(empty, empty > 0, IDENTITY, size)


def _slices(box: Box) -> tuple[slice, slice]:
    left, top, right, bottom = box
    return slice(top, bottom), slice(left, right)


def _lifted(contrast: NDArray[np.uint8], box: Box, ink: Bitmap) -> Image.Image:
    """Cut one digit out, as if drawn on the canvas: white on black, with a fair pen.

    Parameters
    ----------
    contrast : ndarray of shape (height, width), uint8
        0 paper to 255 strong ink.
    box : tuple of int
        The digit's box in it.
    ink : ndarray of the box's shape, bool
        Which of its pixels are the digit's.
    """
    levels = contrast[_slices(box)] / np.float32(255)
    full = max(float(np.quantile(levels[ink], 0.8)), 1e-3)
    soft = np.where(near(ink, 1), (levels / full - SOFT_FROM) / (SOFT_TO - SOFT_FROM), 0)
    picture = Image.fromarray((255 * soft.clip(0, 1)).astype(np.uint8))
    scale = DIGIT_SIDE / max(picture.size)
    if scale < 0.5:
        picture = picture.filter(ImageFilter.MaxFilter(3)).reduce(int(1 / scale))
        scale = DIGIT_SIDE / max(picture.size)
    size = [max(1, round(scale * side)) for side in picture.size]
    picture = picture.resize((size[0], size[1]), Image.Resampling.BICUBIC)
    margin = round(MARGIN * DIGIT_SIDE)
    framed = Image.new("L", (size[0] + 2 * margin, size[1] + 2 * margin))
    framed.paste(picture, (margin, margin))
    return with_fair_pen(framed)


def with_fair_pen(ink: Image.Image) -> Image.Image:
    """Thicken strokes that are thinner than `LEAST_PEN`, evenly on both sides.

    Parameters
    ----------
    ink : PIL.Image.Image
        Mode "L", 0 background to 255 ink, with an empty border.
    """
    is_ink = np.asarray(ink) >= 128
    if not is_ink.any():
        return ink
    grow = (LEAST_PEN * DIGIT_SIDE - stroke_width(is_ink)) / 2
    if grow <= 0:
        return ink
    away = ndimage.distance_transform_edt(~is_ink)
    levels = (255 * (grow + 0.5 - away).clip(0, 1)).astype(np.uint8)
    return Image.fromarray(np.where(is_ink, 255, levels).astype(np.uint8))
