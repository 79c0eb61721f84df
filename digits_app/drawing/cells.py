"""The pixels of an image that was enlarged with hard edges, by any factor: its cells."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.drawing.ink import MIN_CONTRAST

LINE: Final = 0.008
"""The lines around a panel are within this share of its side."""

MOST_CELLS: Final = 64
"""Most pixels, along a side, of an image whose own size is looked for."""

LEAST_CELL: Final = 6
"""Least side of such a pixel in the plot."""

OFF: Final = 0.2
"""What begins at a cell is off by at most this share of one."""

SHARP: Final = 0.35
"""A row begins new pixels where it differs by this share of the greatest difference."""


def own_pixels(panel: Image.Image) -> Image.Image:
    """Give an image of few pixels that was enlarged with hard edges its own size back.

    Unlike `digits_app.drawing.original.without_enlargement`, whatever the factor: its
    pixels may be 46.2 wide, and what is next to its rim may be cut off.

    Parameters
    ----------
    panel : PIL.Image.Image
        Mode "L" or "RGB".

    Returns
    -------
    PIL.Image.Image
        The panel itself where there is nothing to undo.

    Examples
    --------
    >>> drawing = Image.radial_gradient("L").resize((8, 8))
    >>> panel = drawing.resize((370, 370), Image.Resampling.NEAREST)
    >>> own_pixels(panel) == drawing
    True
    """
    levels = np.asarray(panel)
    cells = cells_of(np.atleast_3d(levels).astype(np.int16), least_rows=2)
    return panel if cells is None else Image.fromarray(middles(levels, *cells))


def cells_of(levels: NDArray[np.int16], least_rows: int) -> tuple[int, int] | None:
    """How many rows and columns of cells a picture has; None where it has none.

    Parameters
    ----------
    levels : ndarray of shape (height, width, n_bands)
        0..255.
    least_rows : int
        With fewer rows it counts as having none.
    """
    height, width = levels.shape[:2]
    down, across = steps(levels), steps(levels.swapaxes(0, 1))
    for n_rows in range(least_rows, min(MOST_CELLS, height // LEAST_CELL) + 1):
        n_columns = max(1, round(n_rows * width / height))
        if is_made_of(down, n_rows, height) and is_made_of(across, n_columns, width):
            return n_rows, n_columns
    return None


def middles(levels: NDArray[Any], n_rows: int, n_columns: int) -> NDArray[Any]:
    """The pixels in the middle of each cell: shape (n_rows, n_columns), and the bands."""
    height, width = levels.shape[:2]
    rows = ((np.arange(n_rows) + 0.5) * height / n_rows).astype(int)
    columns = ((np.arange(n_columns) + 0.5) * width / n_columns).astype(int)
    return levels[np.ix_(rows, columns)]


def steps(levels: NDArray[np.int16]) -> NDArray[np.intp]:
    """Rows at which a picture changes sharply, but for those next to its rim."""
    differences = np.abs(np.diff(levels, axis=0)).max(axis=(1, 2))
    least = max(MIN_CONTRAST, SHARP * int(differences.max(initial=0)))
    rows = 1 + np.flatnonzero(differences >= least)
    rim = _tolerance(len(levels))
    return rows[(rows > rim) & (rows < len(levels) - rim)]


def _tolerance(height: int) -> float:
    """How far a row may be from where it begins, for the lines around were cut off."""
    return max(2.0, 1.5 * LINE * height)


def is_made_of(steps: NDArray[np.intp], n_cells: int, height: int) -> bool:
    """Whether so many rows of an image's own, enlarged, make these steps."""
    cell = height / n_cells
    off = np.abs(steps - cell * np.rint(steps / cell))
    return len(steps) > 0 and bool(off.max() <= min(_tolerance(height), OFF * cell))


def cells_along(length: float, cell: float) -> int:
    """How many cells of a side make this length; 0 where they do not, nearly."""
    n_cells = round(length / cell)
    return n_cells if abs(length - n_cells * cell) <= OFF * cell else 0
