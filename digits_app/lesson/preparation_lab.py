"""The five steps from a drawing to 8x8, each to be left out.

`digits_app.drawing.five_steps` goes all of them. Here a learner sees what each is good
for: by what happens without it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digits_app.dataset import MAX_INTENSITY
from digits_app.drawing.five_steps import (
    BLOCK_SIDE,
    DIGIT_WIDTH,
    FRAME_SIDE,
    Bitmap,
    block_counts,
    crop_to_ink,
    deslant,
    even_out_stroke,
    fit_to_frame,
)
from digits_app.lesson.step import EXAMPLE_DRAWING

LabStep = Literal["stretch", "centre", "even", "upright", "count"]

ALL_STEPS: Final[tuple[LabStep, ...]] = get_args(LabStep)
"""In order: crop to the ink and stretch it to 20x32; centre it; even out the stroke; take
out the slant; count the ink of each block of 4x4."""


@dataclass(frozen=True)
class Stages:
    """A drawing on its way to 8x8, by the steps that were switched on.

    Attributes
    ----------
    framed : ndarray of shape (32, 32), bool
        Cropped, stretched and centred, as far as these are on.
    evened : ndarray of shape (32, 32), bool
        After the stroke was evened out, or as before.
    upright : ndarray of shape (32, 32), bool
        After the slant was taken out, or as before.
    image : ndarray of shape (8, 8)
        What the network gets, 0..16.
    """

    framed: Bitmap
    evened: Bitmap
    upright: Bitmap
    image: NDArray[np.float64]


def prepare_by(drawing: Image.Image, steps: Collection[LabStep]) -> Stages:
    """Take a drawing through some of the five steps.

    Parameters
    ----------
    drawing : PIL.Image.Image
        Mode "L", square, 0 background to 255 ink, with some ink.
    steps : collection of str
        Those switched on, of `ALL_STEPS`.

    Returns
    -------
    Stages
        With all steps on, `image` is what `five_steps` makes of the drawing.
    """
    framed = _frame(drawing, steps)
    evened = even_out_stroke(framed) if "even" in steps else framed
    upright = deslant(evened) if "upright" in steps else evened
    image = block_counts(upright) if "count" in steps else _middles(upright)
    return Stages(framed, evened, upright, image)


def make_small(drawing: Image.Image) -> NDArray[np.float64]:
    """Shrink the whole drawing to 8x8, as most apps do.

    Parameters
    ----------
    drawing : PIL.Image.Image
        Mode "L", square, 0 background to 255 ink.

    Returns
    -------
    ndarray of shape (8, 8)
        0..16.
    """
    small = drawing.resize((8, 8), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64) * (MAX_INTENSITY / 255)


def example_drawing() -> Image.Image:
    """Draw the 7 of the lesson's code, for somebody who has drawn nothing."""
    namespace: dict[str, Any] = {"Image": Image, "ImageDraw": ImageDraw}
    exec(EXAMPLE_DRAWING, namespace)
    drawing: Image.Image = namespace["drawing"]
    return drawing


def _frame(drawing: Image.Image, steps: Collection[LabStep]) -> Bitmap:
    """Bring the ink into the frame of 32x32."""
    if "stretch" not in steps:
        # The whole drawing keeps its place; "centre" moves its ink to the middle.
        small = drawing.resize((FRAME_SIDE, FRAME_SIDE), Image.Resampling.BOX)
        whole = np.asarray(small) >= 128
        return _centred(whole) if "centre" in steps else whole
    framed = fit_to_frame(crop_to_ink(drawing))
    margin = (FRAME_SIDE - DIGIT_WIDTH) // 2
    return framed if "centre" in steps else np.roll(framed, -margin, axis=1)


def _centred(bitmap: Bitmap) -> Bitmap:
    """Move the ink's bounding box to the middle."""
    moved = bitmap
    for axis in (0, 1):
        lines = np.flatnonzero(bitmap.any(axis=1 - axis))
        if len(lines):
            free = FRAME_SIDE - (lines[-1] - lines[0] + 1)
            moved = np.roll(moved, free // 2 - lines[0], axis=axis)
    return moved


def _middles(bitmap: Bitmap) -> NDArray[np.float64]:
    """Take one pixel from the middle of each block, all or nothing, instead of counting."""
    middle = BLOCK_SIDE // 2
    picked = bitmap[middle::BLOCK_SIDE, middle::BLOCK_SIDE]
    return picked.astype(np.float64) * MAX_INTENSITY
