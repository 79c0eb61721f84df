"""Arrays to matplotlib figures, in the lesson's way: `matshow` in grey, no ticks."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from digits_app.dataset import MAX_INTENSITY


def digit_figure(image: NDArray[np.float64], size: float = 1.5) -> Figure:
    """Draw one digit as the lesson does.

    `pyplot` keeps global state and is not thread-safe, so the figure is built directly.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        Floats 0 (black) to 16 (white).
    size : float
        Side of the figure in inches, at 100 dots an inch.

    Returns
    -------
    matplotlib.figure.Figure
        One axes that fills it.
    """
    figure = Figure(figsize=(size, size), dpi=100)
    show_digit(figure.add_axes((0, 0, 1, 1)), image)
    return figure


def show_digit(ax: Axes, image: NDArray[np.float64]) -> None:
    """Draw one digit on `ax` with `matshow`, 0 black and 16 white, without ticks."""
    ax.matshow(image, cmap="gray", vmin=0, vmax=MAX_INTENSITY)
    ax.set_xticks([])
    ax.set_yticks([])
