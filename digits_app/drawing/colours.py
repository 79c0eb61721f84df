"""The colours of a drawing: light ones are ink, dark ones take it away."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import ImageColor

CHALK: Final = "#fbf7ee"
"""Ink on the canvas."""

SLATE: Final = "#1b1f2a"
"""The canvas; a stroke of it takes ink away."""


LIGHT_FROM: Final = 128
"""How bright a colour looks, of 255, from which on it is ink."""


def is_light(colour: object) -> bool:
    """Whether a stroke of this colour is ink.

    Raises
    ------
    ValueError
        It is no colour.
    """
    level = ImageColor.getcolor(str(colour), "L")
    return isinstance(level, int) and level >= LIGHT_FROM


def erases(path: Mapping[str, Any]) -> bool:
    """Whether a path of the canvas takes ink away; one without a colour does not."""
    try:
        return not is_light(path.get("stroke"))
    except ValueError:
        return False


def rgb(colour: str) -> NDArray[np.float64]:
    """Red, green and blue, 0..255."""
    return np.array(ImageColor.getrgb(colour)[:3], dtype=np.float64)
