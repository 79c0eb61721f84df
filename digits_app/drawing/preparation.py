"""From any picture of a digit to its 8x8 pixels, with every stage kept."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.drawing.five_steps import (
    WORKING_SIDE,
    Bitmap,
    block_counts,
    deslant,
    even_out_stroke,
    fit_to_frame,
    shrink,
)
from digits_app.drawing.ink import cut_out_digit, ink_intensity
from digits_app.drawing.original import flattened, without_enlargement


@dataclass(frozen=True)
class PreparationStages:
    """What each step made of a drawing, for showing how it came to its 8x8 pixels.

    Attributes
    ----------
    framed : ndarray of shape (32, 32), bool
        Stretched to 20x32 and centred; True is ink.
    evened : ndarray of shape (32, 32), bool
        The stroke brought to the dataset's thickness.
    upright : ndarray of shape (32, 32), bool
        The slant taken out.
    image : ndarray of shape (8, 8)
        Ink counted in 4x4 blocks, floats 0..16.
    """

    framed: Bitmap
    evened: Bitmap
    upright: Bitmap
    image: NDArray[np.float64]


def prepare_image(image: Image.Image) -> NDArray[np.float64]:
    """Prepare a picture of one digit as the digits of `load_digits` were prepared.

    Parameters
    ----------
    image : PIL.Image.Image
        One digit, of any size and mode: dark ink on light, light ink on dark, or ink
        on a transparent background. An enlargement with hard edges is undone, and levels
        of 0 to 16 are counts, as in `read_digit`; what is written on paper, it does not
        find.

    Returns
    -------
    ndarray of shape (8, 8)
        Floats 0 (no ink) to 16 (all ink), as in `load_digits().images`.

    Raises
    ------
    BlankDrawingError
        The picture is one colour.
    TooSmallDrawingError
        The ink is a dot.

    Examples
    --------
    >>> picture = Image.new("L", (280, 280), "white")
    >>> picture.paste("black", (130, 40, 150, 240))  # a plain 1: it becomes a fat bar
    >>> prepare_image(picture)[4]
    array([ 0.,  0., 16., 16., 16., 16.,  0.,  0.])
    """
    return prepare_stages(image).image


def prepare_stages(image: Image.Image) -> PreparationStages:
    """Prepare a picture and keep every stage; see `prepare_image` for input and errors."""
    if isinstance(image, Image.Image) and 0 not in image.size:
        image = flattened(without_enlargement(image))
    return stages_of_ink(ink_intensity(image))


def stages_of_ink(ink: Image.Image) -> PreparationStages:
    """Take ink, as `ink_intensity` finds it, through the five steps."""
    return stages_of_digit(cut_out_digit(ink))


def stages_of_digit(digit: Image.Image) -> PreparationStages:
    """Take ink, as `cut_out_digit` cuts it out, through the five steps."""
    return stages_of_frame(fit_to_frame(shrink(digit, WORKING_SIDE)))


def stages_of_frame(framed: Bitmap) -> PreparationStages:
    """Take a bitmap that is in its frame already through steps 3 to 5."""
    evened = even_out_stroke(framed)
    upright = deslant(evened)
    return PreparationStages(framed, evened, upright, block_counts(upright))
