"""A picture that was read: its digits in their frames, which can be moved."""

import secrets
from dataclasses import dataclass, replace
from typing import Final

from PIL import Image

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.marks import Box, rows_of
from digits_app.drawing.paper import FoundDigit, NoWritingError, PaperInk, ink_on_paper
from digits_app.drawing.picture_file import open_picture

SHOWN_SIDE: Final = 900
"""Longer side of the copy that is shown, in pixels."""


@dataclass(frozen=True)
class FramedDigit:
    """A frame on the photo, and what was lifted from it.

    Attributes
    ----------
    box : tuple of int
        Left, top, right and bottom, in pixels of the picture.
    found : FoundDigit or None
        None where there is no ink in the frame.
    is_doubtful : bool
        It is hardly a digit, so it is not read; see `PaperInk.doubtful`.
    """

    box: Box
    found: FoundDigit | None
    is_doubtful: bool = False


@dataclass(frozen=True)
class Sheet:
    """A picture that was read.

    Attributes
    ----------
    name : str
        Another one for each picture.
    photo : PIL.Image.Image
        A small copy, mode "RGB".
    paper : PaperInk
        All its ink.
    digits : tuple of FramedDigit
        In the order in which they were found, those that are doubtful at the end.
    chosen : int
        Which digit is opened.
    moves : int
        Time of the move of a frame that was answered last.
    """

    name: str
    photo: Image.Image
    paper: PaperInk
    digits: tuple[FramedDigit, ...]
    chosen: int = 0
    moves: int = 0

    @property
    def rows(self) -> list[list[int]]:
        """Which frames hold digits, row by row, wherever they were moved to."""
        read = [i for i, digit in enumerate(self.digits) if not digit.is_doubtful]
        on_paper = [self.paper.box_on_paper(self.digits[i].box) for i in read]
        return [[read[k] for k in row] for row in rows_of(on_paper)]

    @property
    def row(self) -> list[FramedDigit]:
        """Digits of the row that the chosen frame is in, as far as there is ink in them."""
        rows = [row for row in self.rows if self.chosen in row]
        digits = [self.digits[i] for row in rows for i in row]
        return [digit for digit in digits if digit.found is not None]


def read_sheet(data: bytes) -> Sheet:
    """Open a picture file and find the digits in it.

    Raises
    ------
    UnreadableDrawingError
        It is no picture, or there is no writing in it.
    """
    picture = open_picture(data)
    paper = ink_on_paper(picture)
    digits = tuple(FramedDigit(digit.box, digit) for digit in paper.digits)
    if not digits:
        raise NoWritingError()
    digits += tuple(FramedDigit(mark.box, mark, True) for mark in paper.doubtful)
    photo = picture.convert("RGB")
    photo.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    if (times := SHOWN_SIDE // 2 // max(photo.size)) > 1:
        size = (times * photo.width, times * photo.height)
        photo = photo.resize(size, Image.Resampling.NEAREST)
    return Sheet(secrets.token_hex(4), photo, paper, digits)


def moved(sheet: Sheet, index: int, box: Box) -> Sheet:
    """Move a frame, and lift what is in it now."""
    try:
        digit = FramedDigit(box, sheet.paper.digit_in(box))
    except UnreadableDrawingError:
        digit = FramedDigit(box, None)
    return _with(sheet, index, digit)


def accepted(sheet: Sheet) -> Sheet:
    """Take the chosen mark for a digit: the person who wrote it knows."""
    digit = replace(sheet.digits[sheet.chosen], is_doubtful=False)
    return _with(sheet, sheet.chosen, digit)


def _with(sheet: Sheet, index: int, digit: FramedDigit) -> Sheet:
    digits = (*sheet.digits[:index], digit, *sheet.digits[index + 1 :])
    return replace(sheet, digits=digits, chosen=index)
