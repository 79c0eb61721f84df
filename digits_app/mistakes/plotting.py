"""Arrays to matplotlib figures, in the lesson's way: `matshow`, no ticks."""

from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from digits_app.dataset import MAX_INTENSITY
from digits_app.drawing.colours import CHALK, SLATE

PICTURE_DPI = 160

CHALK_ON_SLATE = LinearSegmentedColormap.from_list("chalk on slate", [SLATE, CHALK])
"""The app's own colours for ink: `matshow` with another colour map than the lesson's."""


def digit_figure(image: NDArray[np.float64], size: float = 1.5) -> Figure:
    """Draw one digit as the lesson does.

    `pyplot` keeps global state and is not thread-safe, so the figure is built directly.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        Floats 0 (no ink) to 16 (all ink).
    size : float
        Side of the figure in inches, at `PICTURE_DPI` dots an inch.

    Returns
    -------
    matplotlib.figure.Figure
        One axes that fills it.
    """
    figure = Figure(figsize=(size, size), dpi=PICTURE_DPI)
    show_digit(figure.add_axes((0, 0, 1, 1)), image)
    return figure


def show_digit(ax: Axes, image: NDArray[np.float64]) -> None:
    """Draw one digit on `ax` with `matshow`, 0 slate and 16 chalk, without ticks."""
    ax.matshow(image, cmap=CHALK_ON_SLATE, vmin=0, vmax=MAX_INTENSITY)
    ax.set_xticks([])
    ax.set_yticks([])


def png(figure: Figure) -> bytes:
    """Render a figure as a PNG file."""
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def values_figure(image: NDArray[np.float64], size: float = 3.6) -> Figure:
    """Draw one digit as `digit_figure` does, with its value in each pixel."""
    figure = digit_figure(image, size)
    ax = figure.axes[0]
    for (row, column), value in np.ndenumerate(image):
        ax.text(
            column,
            row,
            f"{value:.0f}",
            ha="center",
            va="center",
            color=SLATE if value > MAX_INTENSITY / 2 else CHALK,
        )
    return figure


def sheet_figure(
    images: NDArray[np.float64], captions: list[str], title: str, n_columns: int = 6
) -> Figure:
    """Draw many digits on one sheet, each with its caption below.

    Parameters
    ----------
    images : ndarray of shape (n_images, 8, 8)
        Floats 0..16.
    captions : list of str
        One for each.
    title : str
        Stands above them.
    n_columns : int
        Digits in a row.

    Returns
    -------
    matplotlib.figure.Figure
        One axes; its `matshow` holds all digits, masked between them.
    """
    n_rows = -(-len(images) // n_columns)
    side, below, between = images.shape[1], 3, 2
    mosaic = np.full((n_rows * (side + below), n_columns * (side + between)), np.nan)
    figure = Figure(figsize=(1.4 * n_columns, 1.6 * n_rows + 0.6), dpi=100)
    figure.suptitle(title, y=1 - 0.15 / figure.get_figheight(), va="top")
    ax = figure.add_axes((0.02, 0, 0.98, 1 - 0.55 / figure.get_figheight()))
    for number, (image, caption) in enumerate(zip(images, captions, strict=True)):
        top = number // n_columns * (side + below)
        left = number % n_columns * (side + between)
        mosaic[top : top + side, left : left + side] = image
        ax.text(
            left + side / 2 - 0.5, top + side, caption, ha="center", va="top", fontsize=8
        )
    show_digit(ax, mosaic)
    ax.set_axis_off()
    return figure
