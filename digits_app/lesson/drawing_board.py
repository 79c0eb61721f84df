"""The lesson's `plt`, for a program that serves many visitors at once.

The lesson draws with `matplotlib.pyplot`, which keeps one current figure for the whole
process and is not thread-safe. So where the app runs the lesson's code, `import
matplotlib.pyplot as plt` gives it a `DrawingBoard`: the few functions the lesson calls,
by the same names, on figures of its own. In the notebook and the script, `plt` is
pyplot itself.
"""

from io import BytesIO
from typing import Any, Final

import matplotlib
import matplotlib.cm
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

_LINE_COLOUR: Final = "#e4572e"

_PICTURE_SIDE: Final = 2.4
_MAX_WIDTH: Final = 7.0

DOTS_PER_INCH: Final = 200
"""Two dots for each pixel of a figure shown at 100 pixels an inch: sharp everywhere."""


class DrawingBoard:
    """Stands in for `matplotlib.pyplot` while one piece of the lesson's code runs.

    Parameters
    ----------
    foreground : str
        Colour of axes and text; the ground is transparent, to suit the page's theme.

    Attributes
    ----------
    figures : list of matplotlib.figure.Figure
        What was drawn, in order.
    cm : module
        `matplotlib.cm`, for `plt.cm.gray`.
    """

    def __init__(self, foreground: str = "black") -> None:
        self.figures: list[Figure] = []
        self.cm = matplotlib.cm
        self._foreground = foreground
        self._current: Axes | None = None

    def subplots(
        self, nrows: int = 1, ncols: int = 1, **figure_options: Any
    ) -> tuple[Figure, Any]:
        """Start a figure with a grid of axes; see `matplotlib.pyplot.subplots`."""
        figure = self._new_figure(**figure_options)
        axes = figure.subplots(nrows, ncols)
        self._current = figure.axes[-1]
        for ax in figure.axes:
            self._dress(ax)
        return figure, axes

    def matshow(self, matrix: ArrayLike, **options: Any) -> None:
        """Draw a matrix in a figure of its own; see `matplotlib.pyplot.matshow`."""
        figure = self._new_figure(figsize=_size(np.shape(matrix)))
        self._current = figure.add_axes((0, 0, 1, 1))
        self._dress(self._current)
        self._current.matshow(matrix, **options)

    def plot(self, *values: ArrayLike, **options: Any) -> None:
        """Draw a line in the current axes; see `matplotlib.pyplot.plot`."""
        self._axes().plot(*values, **options)

    def xticks(self, ticks: ArrayLike) -> None:
        """Set the ticks of the x axis; see `matplotlib.pyplot.xticks`."""
        self._axes().set_xticks(ticks)

    def yticks(self, ticks: ArrayLike) -> None:
        """Set the ticks of the y axis; see `matplotlib.pyplot.yticks`."""
        self._axes().set_yticks(ticks)

    def xlabel(self, text: str) -> None:
        """Name the x axis; see `matplotlib.pyplot.xlabel`."""
        self._axes().set_xlabel(text)

    def ylabel(self, text: str) -> None:
        """Name the y axis; see `matplotlib.pyplot.ylabel`."""
        self._axes().set_ylabel(text)

    def show(self) -> None:
        """End the current figure; the page shows it."""
        self._current = None

    def _axes(self) -> Axes:
        if self._current is None:
            self.subplots(figsize=(5.2, 3))
        assert self._current is not None
        return self._current

    def _new_figure(self, **options: Any) -> Figure:
        figure = Figure(**options)
        figure.patch.set_alpha(0)
        self.figures.append(figure)
        return figure

    def _dress(self, ax: Axes) -> None:
        ax.patch.set_alpha(0)
        ax.set_prop_cycle(color=[_LINE_COLOUR])
        ax.tick_params(colors=self._foreground)
        ax.spines[:].set_color(self._foreground)
        for text in (ax.xaxis.label, ax.yaxis.label, ax.title):
            text.set_color(self._foreground)


def _size(shape: tuple[int, ...]) -> tuple[float, float]:
    """Width and height of the picture of a matrix, in inches; its cells are squares."""
    n_rows, n_columns = shape
    width = _PICTURE_SIDE * n_columns / n_rows
    if n_columns <= n_rows:
        return width, _PICTURE_SIDE
    width = min(width, _MAX_WIDTH)
    return width, width * n_rows / n_columns


def inline_png(figure: Figure) -> bytes:
    """Render a figure as a PNG, cut to what is drawn, as a notebook does."""
    buffer = BytesIO()
    figure.savefig(
        buffer, format="png", dpi=DOTS_PER_INCH, bbox_inches="tight", pad_inches=0.02
    )
    return buffer.getvalue()
