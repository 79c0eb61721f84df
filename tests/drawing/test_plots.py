"""What is inside a plot's frame is read, and nothing that Matplotlib writes around it."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image, ImageDraw

from digits_app import read_digits
from digits_app.dataset import load_split
from digits_app.drawing.cells import own_pixels
from digits_app.drawing.marks import TooManyDigitsError
from digits_app.drawing.paper import ink_on_paper
from digits_app.drawing.picture_file import open_picture
from digits_app.drawing.plots import plot_on
from digits_app.reading.on_paper import number


def plot_of(
    image,
    how="matshow",
    cmap="gray_r",
    bar=False,
    title="",
    dpi=100.0,
    side=4.8,
    bare=False,
):
    figure = Figure(figsize=(side, side))
    axes = figure.subplots()
    shown = getattr(axes, how)(image, cmap=cmap)
    if bar:
        figure.colorbar(shown, orientation=bar if isinstance(bar, str) else "vertical")
    if title:
        axes.set_title(title)
    if bare:
        axes.set_axis_off()
    return saved(figure, dpi)


def saved(figure, dpi=100.0):
    file = BytesIO()
    quickly = {"compress_level": 1}
    figure.savefig(file, format="png", dpi=dpi, pil_kwargs=quickly)
    return open_picture(file.getvalue())


def plots_of(images, rows, columns, cmap, titles, bare=False):
    figure = Figure()
    panels = figure.subplots(rows, columns, squeeze=False).ravel()
    for axes, image in zip(panels, images, strict=False):
        axes.imshow(image, cmap=cmap)
        if titles:
            axes.set_title("Training: 5" if bare else "Label: 5")
        if bare:
            axes.set_axis_off()
    return saved(figure)


@pytest.mark.parametrize("cmap", ["gray", "gray_r", "viridis"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"bar": True},
        {"how": "imshow", "title": "Label: 5"},
        {"dpi": 300.0},
        {"dpi": 500.0, "bar": True},
        {"side": 2.0},
        {"bar": True, "bare": True},
        {"bar": "horizontal", "bare": True},
    ],
    ids=["matshow", "bar", "title", "300 dpi", "shrunk", "small", "bare", "bar below"],
)
def test_a_digit_in_a_plot_is_the_only_one(cmap, options):
    split = load_split(10)
    wrong = []
    for image, label in zip(split.test_images[:3], split.y_test[:3], strict=True):
        read = number(read_digits(plot_of(image, cmap=cmap, **options)))
        wrong += [(label, read)] if read != str(label) else []
    assert not wrong


@pytest.mark.parametrize("how", ["bare", "in a plot"])
def test_an_image_of_pale_pixels_is_no_photo(how):
    split = load_split(10)
    pale = [127, 162, 278, 291, 306, 394]
    read = ""
    for image in split.test_images[pale]:
        bare = Image.fromarray((255 * image / 16).astype(np.uint8))
        read += number(read_digits(bare if how == "bare" else plot_of(image, cmap="gray")))
    assert read == "".join(str(label) for label in split.y_test[pale])


@pytest.mark.parametrize("titles", [False, True], ids=["plain", "titles"])
@pytest.mark.parametrize("cmap", ["gray", "gray_r", "viridis"])
@pytest.mark.parametrize(("rows", "columns"), [(1, 2), (2, 5), (3, 3)])
def test_each_of_several_panels_is_a_digit_of_its_own(rows, columns, cmap, titles):
    split = load_split(10)
    n = rows * columns - 1  # the last one stays empty
    plot = plots_of(split.test_images[:n], rows, columns, cmap, titles)
    read = read_digits(plot)
    assert number(read) == "".join(map(str, split.y_test[:n]))
    paper = ink_on_paper(plot)
    assert paper.doubtful == []
    for digit in read:
        assert paper.digit_in(digit.found.box).ink.getbbox()


@pytest.mark.parametrize("titles", [False, True], ids=["plain", "titles"])
@pytest.mark.parametrize("cmap", ["gray", "gray_r", "viridis"])
@pytest.mark.parametrize(("rows", "columns"), [(1, 4), (2, 5)])
def test_images_without_a_frame_are_found_by_their_pixels(rows, columns, cmap, titles):
    """On a dark ground the ink of a 1 or a 4 parts its panel in two, from rim to rim."""
    split = load_split(10)
    n = rows * columns
    plot = plots_of(split.test_images[20:][:n], rows, columns, cmap, titles, bare=True)
    assert number(read_digits(plot)) == "".join(map(str, split.y_test[20:][:n]))
    assert ink_on_paper(plot).doubtful == []


def test_an_images_ground_comes_with_its_pixels():
    images = load_split(10).test_images[20:24]
    light, dark = (
        plot_on(plots_of(images, 1, 4, cmap, titles=True, bare=True).convert("L")).images
        for cmap in ("gray_r", "gray")
    )
    for image, on_white, on_black in zip(images, light, dark, strict=True):
        levels = np.asarray(on_black.pixels, dtype=float)
        assert np.abs(levels - image * (255 / 16)).max() < 2
        levels = np.asarray(on_white.pixels, dtype=float)
        assert (levels[[0, -1]] == 255).all()
        assert (levels[:, [0, -1]] == 255).all()
        inked = image[:, image.any(axis=0)]
        assert np.abs(255 - levels[1:-1, 1:-1] - inked * (255 / 16)).max() < 2


def test_more_panels_than_are_read_get_a_sentence():
    images = load_split(10).test_images[:42]
    with pytest.raises(TooManyDigitsError):
        read_digits(plots_of(images, 6, 7, "gray_r", titles=False))


def test_the_images_own_pixels_come_back():
    image = load_split(10).test_images[0]
    plot = plot_of(image, cmap="gray", bar=True).convert("L")
    small = np.asarray(own_pixels(plot.crop(plot_on(plot).panels[0])), dtype=float)
    assert small.shape == (8, 8)
    assert np.abs(small - image * (255 / 16)).max() < 2


def test_the_frame_of_the_digit_is_in_the_plot():
    image = np.zeros((8, 8))
    image[2:6, 3:5] = 16
    plot = plot_of(image)
    [(left, top, right, _)] = plot_on(plot.convert("RGB")).panels
    cell = (right - left) / 8
    [digit] = read_digits(plot)
    expected = [left + 3 * cell, top + 2 * cell, left + 5 * cell, top + 6 * cell]
    assert np.abs(np.array(digit.found.box) - expected).max() < cell


def test_a_pattern_of_very_many_parts_is_no_plot():
    page = np.full((1000, 1000), 255, np.uint8)
    page[20:180, 20:180] = np.kron(load_split(10).test_images[0] * 15, np.ones((20, 20)))
    assert len(plot_on(Image.fromarray(page)).images) == 1
    for y in range(220, 980, 40):
        for x in range(20, 960, 60):
            page[y : y + 20, x : x + 40] = 100
    assert plot_on(Image.fromarray(page)).images == ()


def test_what_is_drawn_by_hand_is_no_plot():
    sheet = Image.new("L", (400, 400), "white")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((100, 60, 300, 340), outline=0, width=14)  # a square 0
    assert plot_on(sheet).panels == []
    pen.rectangle((100, 60, 300, 340), fill=0)
    assert plot_on(sheet).panels == []
    four = Image.new("L", (400, 400), "white")
    pen = ImageDraw.Draw(four)
    pen.line([(120, 60), (120, 200), (280, 200)], fill=0, width=20)
    pen.line([(240, 100), (240, 340)], fill=0, width=20)
    assert plot_on(four).images == ()


def test_a_smooth_picture_stays_as_it_is():
    gradient = Image.radial_gradient("L")
    assert own_pixels(gradient) is gradient


SPAN = st.tuples(st.integers(0, 180), st.integers(1, 12) | st.integers(1, 180))


@given(st.lists(st.tuples(SPAN, SPAN, st.integers(0, 255)), max_size=4))
def test_no_arrangement_of_boxes_and_hairlines_is_a_fault(boxes):
    levels = np.full((190, 190), 255, dtype=np.uint8)
    for (left, width), (top, height), grey in boxes:
        levels[top : top + height, left : left + width] = grey
    page = plot_on(Image.fromarray(levels))
    assert len(page.panels) + len(page.images) <= 4


@pytest.mark.parametrize("width", [1, 2, 3])
def test_an_upright_hairline_is_no_image(width):
    levels = np.full((400, 400), 255, dtype=np.uint8)
    levels[100:300, 150 : 150 + width] = 0
    assert not plot_on(Image.fromarray(levels)).images
