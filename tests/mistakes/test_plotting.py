"""What is drawn, read back from the figures."""

import numpy as np
from matplotlib.colors import to_hex

from digits_app.dataset import load_split
from digits_app.mistakes.plotting import (
    CHALK,
    SLATE,
    digit_figure,
    png,
    sheet_figure,
    values_figure,
)


def test_a_digit_is_drawn_by_matshow_in_chalk_on_slate_without_ticks():
    image = load_split().test_images[4]
    axes = digit_figure(image).axes[0]
    drawn = axes.images[0]
    assert np.array_equal(drawn.get_array(), image)
    assert to_hex(drawn.get_cmap()(0.0)) == SLATE
    assert to_hex(drawn.get_cmap()(1.0)) == CHALK
    assert drawn.get_clim() == (0, 16)
    assert len(axes.get_xticks()) == len(axes.get_yticks()) == 0


def test_every_pixel_is_labelled_with_its_value():
    image = load_split().test_images[4]
    labels = [int(text.get_text()) for text in values_figure(image).axes[0].texts]
    assert labels == image.ravel().astype(int).tolist()


def test_a_sheet_holds_every_digit_and_caption():
    images = load_split().test_images[:8]
    axes = sheet_figure(images, [f"#{i}" for i in range(8)], "Eight").axes[0]
    drawn = np.ma.masked_invalid(axes.images[0].get_array())
    assert [text.get_text() for text in axes.texts] == [f"#{i}" for i in range(8)]
    assert drawn.sum() == images.sum()
    assert np.array_equal(drawn[11:19, 10:18], images[7])


def test_a_figure_becomes_a_png_file():
    assert png(digit_figure(np.zeros((8, 8)))).startswith(b"\x89PNG")
