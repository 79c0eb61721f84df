"""Arrays to matplotlib figures, in the lesson's way: `matshow` in grey, no ticks."""

from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from digits_app.dataset import MAX_INTENSITY

PICTURE_DPI = 160


def digit_figure(image: NDArray[np.float64], size: float = 1.5) -> Figure:
    """Draw one digit as the lesson does.

    `pyplot` keeps global state and is not thread-safe, so the figure is built directly.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        Floats 0 (black) to 16 (white).
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
    """Draw one digit on `ax` with `matshow`, 0 black and 16 white, without ticks."""
    ax.matshow(image, cmap="gray", vmin=0, vmax=MAX_INTENSITY)
    ax.set_xticks([])
    ax.set_yticks([])


def png(figure: Figure) -> bytes:
    """Render a figure as a PNG file."""
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()
