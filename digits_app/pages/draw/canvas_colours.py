"""The two colours of the canvas."""

from collections.abc import Mapping
from typing import Any, Final

CHALK: Final = "#fbf7ee"
"""Ink."""

SLATE: Final = "#1b1f2a"
"""The canvas; a stroke of it takes ink away."""


def erases(path: Mapping[str, Any]) -> bool:
    """Whether a path takes ink away: in the slate's colour, or in plain black."""
    return path.get("stroke") in (SLATE, "#000000", "black")
