"""How well pictures are read that people hand over: of any size, softness, pen and frame.

Run as `python -m benchmarks.handed_in`; `--quick` takes a fifth of the pictures. They are
made from the drawings and bitmaps in tests/data, as other programs would save them:

- drawings and scans of a few pixels, enlarged by every resampling that Pillow knows;
- digits of `load_digits`, saved by Pillow and by Matplotlib, with a frame and ticks, too;
- rows and columns on clean and on lit paper, of thick pens, cropped to their ink, with
  straight stems, with small digits beside tall ones, in tables, and on a sheet on a desk.

Each is read as one digit (`read_digit`) and as a sheet (`read_digits`), which is right only
where every digit was found, and nothing else. Beside them stands how many of the same
drawings are read right as they were drawn, for no picture of them can say more; and the
share of which the same is read before they were enlarged, and in the negative.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Final

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps
from threadpoolctl import threadpool_limits

from benchmarks.photographs import FOUND_AT, all_drawings, overlap, written_row
from digits_app import UnreadableDrawingError, read_digit, read_digits
from digits_app.dataset import load_split
from digits_app.drawing.paper import find_digits
from digits_app.drawing.picture_file import open_picture
from digits_app.reading.on_paper import number
from tests.support.pen_drawings import PenDrawing, Stroke, render
from tests.support.unipen import load_unipen

Resampling = Image.Resampling

SMOOTH: Final = tuple(kind for kind in Resampling if kind != Resampling.NEAREST)
"""Ways of enlarging that soften edges, and Pillow's box, which hardly does."""

SIZES: Final = (56, 100, 280, 700, 1600, 4000)
"""Sides, in pixels, to which drawings of 28 are enlarged."""

QUICK: Final = 5
"""One picture in so many is read in the quick mode."""

PAGES: Final = 50
"""How many pages of four digits under a line of letters are looked at."""

DIGIT_HEIGHT: Final = 240
"""Height of a digit in a row, in pixels."""


@dataclass(frozen=True)
class Handed:
    """A picture and what is written on it.

    Attributes
    ----------
    picture : PIL.Image.Image
    written : str
        Its digits in reading order.
    drawing : PenDrawing or None
        What it was made from, where it shows one drawing in its own shape.
    small : PIL.Image.Image or None
        What it was enlarged from, where that has 28 pixels or more.
    """

    picture: Image.Image
    written: str
    drawing: PenDrawing | None = None
    small: Image.Image | None = None


def canvas(drawing: PenDrawing, side: int = 28, pen: float = 22) -> Image.Image:
    """A drawing of another program: white on black, a few pixels large."""
    return render(drawing.placed("filling"), pen).resize((side, side), Resampling.BOX)


def scanned(bitmap: NDArray[np.uint8], grey: bool) -> Image.Image:
    """A scan of 16 pixels without a border: grey in its own shape, or hard and filling."""
    picture = Image.fromarray(255 * bitmap)
    picture = picture.crop(picture.getbbox())
    if grey:
        picture.thumbnail((16, 16), Resampling.BOX)
        picture = ImageOps.pad(picture, (16, 16))
    else:
        picture = picture.resize((16, 16), Resampling.BOX).point(lambda v: 255 * (v > 127))
    return picture


def painted(drawing: PenDrawing, rng: np.random.Generator) -> Image.Image:
    """A drawing made with the mouse: a hard pen of some pixels on a small sheet."""
    side = int(rng.integers(28, 100))
    pen = rng.uniform(14, 34)
    picture = render(drawing.placed("filling"), pen).resize((side, side), Resampling.BOX)
    return picture.point(lambda level: 0 if level > 100 else 255)


def enlarged(picture: Image.Image, side: int, way: Resampling) -> Image.Image:
    """The same picture, `side` pixels wide."""
    return picture.resize((side, round(picture.height * side / picture.width)), way)


def written(
    drawings: Sequence[PenDrawing], pen: float, rng: np.random.Generator, margin: float = 60
) -> Image.Image:
    """Digits in a row, black on white: the pen as a share of their height."""
    row = written_row(drawings, DIGIT_HEIGHT, rng)
    return draw(row, pen * DIGIT_HEIGHT, margin)


def draw(digits: Sequence[Sequence[Stroke]], pen: float, margin: float) -> Image.Image:
    """Draw strokes in pixels, with so many empty ones around the ink."""
    from PIL import ImageDraw

    fine = 3
    points = np.concatenate([stroke for strokes in digits for stroke in strokes])
    low = points.min(axis=0) - margin - pen / 2
    size = np.ceil(points.max(axis=0) + margin + pen / 2 - low).astype(int)
    sheet = Image.new("L", (fine * size[0], fine * size[1]), 255)
    brush = ImageDraw.Draw(sheet)
    for stroke in (stroke for strokes in digits for stroke in strokes):
        way = [(float(x), float(y)) for x, y in (stroke - low) * fine]
        if len(way) > 1:
            brush.line(way, fill=0, width=round(pen * fine))
        for place in way:
            brush.circle(place, pen * fine / 2, fill=0)
    return sheet.reduce(fine)


def lit(picture: Image.Image, rng: np.random.Generator) -> Image.Image:
    """The same on paper: grey, lit unevenly, a little noisy and blurred."""
    soft = picture.convert("L").filter(ImageFilter.GaussianBlur(1.2))
    x = np.linspace(-0.5, 0.5, picture.width)
    y = np.linspace(-0.5, 0.5, picture.height)[:, None]
    light = 0.82 * (1 + rng.uniform(-0.3, 0.3) * x) * (1 + rng.uniform(-0.3, 0.3) * y)
    levels = 50 + np.asarray(soft) * (200 / 255)
    grain = rng.normal(0, 2.5, levels.shape)
    return Image.fromarray((levels * light + grain).clip(0, 255).astype(np.uint8))


def plotted(image: NDArray[np.float64], how: str) -> Image.Image:
    """A digit of `load_digits` as Matplotlib saves it."""
    file = BytesIO()
    figure = Figure(figsize=(4.8, 4.8) if "matshow" in how else None)
    axes = figure.subplots()
    if "matshow" in how:
        shown = axes.matshow(image, cmap="gray" if "dark" in how else "gray_r")
    else:
        shown = axes.imshow(image, cmap="gray_r", interpolation="nearest")
    if "title" in how:
        axes.set_title("Training: 3")
    if "bar" in how.split():
        figure.colorbar(shown)
    if "bare" in how:
        axes.set_axis_off()
    figure.savefig(file, format="png")
    return open_picture(file.getvalue())


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> Image.Image:
    """The picture as it comes back from a file."""
    file = BytesIO()
    picture.save(file, kind, **options)
    return open_picture(file.getvalue())


Maker = Callable[[PenDrawing, int, np.random.Generator], Handed]


def of_canvases(side: int, way: Resampling) -> Maker:
    """Drawings of 28 pixels, enlarged."""

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        small = canvas(drawing, pen=rng.uniform(14, 34))
        return Handed(enlarged(small, side, way), str(drawing.label), drawing, small)

    return make


def of_paint(side: int, way: Resampling) -> Maker:
    """Drawings made with the mouse, enlarged."""

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        small = painted(drawing, rng)
        return Handed(enlarged(small, side, way), str(drawing.label), drawing, small)

    return make


def of_scans(side: int, way: Resampling, grey: bool) -> Maker:
    """Scans of 16 pixels, enlarged."""
    bitmaps, labels = load_bitmaps()

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        k = (7 * i) % len(bitmaps)
        return Handed(enlarged(scanned(bitmaps[k], grey), side, way), str(labels[k]))

    return make


def of_load_digits(side: int, way: Resampling, light: bool) -> Maker:
    """Digits of `load_digits`, enlarged."""
    split = load_split(10)

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        image = split.test_images[i % len(split.test_images)]
        levels = image * (255 / 16) if light else 255 - image * (255 / 16)
        picture = Image.fromarray(levels.astype(np.uint8))
        label = str(split.y_test[i % len(split.y_test)])
        return Handed(enlarged(picture, side, way), label)

    return make


def of_plots(how: str) -> Maker:
    """Digits of `load_digits`, as Matplotlib saves them."""
    split = load_split(10)
    return lambda drawing, i, rng: Handed(
        plotted(split.test_images[i % 450], how), str(split.y_test[i % 450])
    )


def of_figures(cmap: str) -> Maker:
    """Four digits of `load_digits` beside each other, with titles and without frames."""
    split = load_split(10)

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        figure, file = Figure(figsize=(10, 3)), BytesIO()
        chosen = rng.integers(0, len(split.y_test), 4)
        for axes, k in zip(figure.subplots(1, 4), chosen, strict=True):
            axes.imshow(split.test_images[k], cmap=cmap, interpolation="nearest")
            axes.set_axis_off()
            axes.set_title("Training: 3")
        figure.savefig(file, format="png")
        text = "".join(str(split.y_test[k]) for k in chosen)
        return Handed(open_picture(file.getvalue()), text)

    return make


def of_rows(
    pen: float, paper: bool, margin: float = 60, n: int = 4, **file: object
) -> Maker:
    """Rows of digits, on clean white or on lit paper."""
    drawings = everybody()

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        row = [drawings[k] for k in rng.integers(0, len(drawings), n)]
        picture = written(row, pen, rng, margin)
        return Handed(
            lit(picture, rng) if paper else picture, "".join(str(d.label) for d in row)
        )

    return make


def of_sheets(table: tuple[int, int, int]) -> Maker:
    """Rows of three digits on a sheet of paper that lies on a table, a little turned."""
    drawings = everybody()

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        row = [drawings[k] for k in rng.integers(0, len(drawings), 3)]
        sheet = written(row, rng.uniform(0.02, 0.08), rng).convert("RGBA")
        turned = sheet.rotate(rng.uniform(-8, 8), Resampling.BICUBIC, expand=True)
        size = [round(side * rng.uniform(1.1, 1.6)) for side in turned.size]
        photo = Image.new("RGB", (size[0], size[1]), table)
        spare = [most - side for most, side in zip(size, turned.size, strict=True)]
        photo.paste(turned, (spare[0] // 2, spare[1] // 3), turned)
        return Handed(lit(photo, rng), "".join(str(d.label) for d in row))

    return make


def of_tables(paper: bool) -> Maker:
    """Tables of two rows and three columns, a digit in each cell."""
    drawings = everybody()

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        chosen = [drawings[k] for k in rng.integers(0, len(drawings), 6)]
        side, placed = 1.7 * DIGIT_HEIGHT, []
        for k, each in enumerate(chosen):
            [strokes] = written_row([each], DIGIT_HEIGHT, rng)
            points = np.concatenate(strokes)
            middle = (points.min(axis=0) + points.max(axis=0)) / 2
            cell = side * (np.array([k % 3, k // 3]) + 0.5)
            placed.append([stroke - middle + cell for stroke in strokes])
        placed.append([side * np.array([[x, 0.0], [x, 2]]) for x in range(4)])
        placed.append([side * np.array([[0.0, y], [3, y]]) for y in range(3)])
        picture = draw(placed, rng.uniform(0.02, 0.08) * DIGIT_HEIGHT, 60)
        text = "".join(str(d.label) for d in chosen)
        return Handed(lit(picture, rng) if paper else picture, text)

    return make


def of_small_beside_tall(pen: float, paper: bool, share: float) -> Maker:
    """Rows of which one digit is a share as tall as the others."""
    drawings = everybody()

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        row = [drawings[k] for k in rng.integers(0, len(drawings), 4)]
        placed = written_row(row, DIGIT_HEIGHT, rng)
        k = int(rng.integers(4))
        points = np.concatenate(placed[k])
        foot = np.array([(points[:, 0].min() + points[:, 0].max()) / 2, 0])
        placed[k] = [(stroke - foot) * share + foot for stroke in placed[k]]
        picture = draw(placed, pen * DIGIT_HEIGHT, 60)
        text = "".join(str(d.label) for d in row)
        return Handed(lit(picture, rng) if paper else picture, text)

    return make


def of_columns(pen: float, paper: bool, gap: float) -> Maker:
    """Three digits, one below the other: the gap as a share of their height."""
    drawings = everybody()

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        column = [drawings[k] for k in rng.integers(0, len(drawings), 3)]
        placed, top = [], 0.0
        for each in column:
            [strokes] = written_row([each], DIGIT_HEIGHT, rng)
            points = np.concatenate(strokes)
            shift = np.array([-points[:, 0].mean(), top - points[:, 1].min()])
            placed.append([stroke + shift for stroke in strokes])
            top += np.ptp(points[:, 1]) + (gap + pen) * DIGIT_HEIGHT
        picture = draw(placed, pen * DIGIT_HEIGHT, 60)
        text = "".join(str(d.label) for d in column)
        return Handed(lit(picture, rng) if paper else picture, text)

    return make


def of_stems(paper: bool) -> Maker:
    """A 9, 4, 7 or 1 of straight strokes whose stem is as tall as the picture, nearly."""
    shapes = {
        "9": [[(0.9, 0), (0.1, 0), (0.1, 0.4), (0.9, 0.4)], [(0.9, 0), (0.9, 1.7)]],
        "4": [[(0.1, 0.1), (0, 0.8), (1.2, 0.8)], [(0.8, 0), (0.8, 1.7)]],
        "1": [[(0.4, 0), (0.4, 1.7)]],
        "7": [[(0, 0), (0.9, 0), (0.9, 1.7)]],
    }

    def make(drawing: PenDrawing, i: int, rng: np.random.Generator) -> Handed:
        text = "9417"[i % 4]
        strokes = [
            DIGIT_HEIGHT * (np.array(s, dtype=float) + rng.normal(0, 0.01, (len(s), 2)))
            for s in shapes[text]
        ]
        picture = draw([strokes], rng.uniform(4, 16), rng.uniform(4, 40))
        wide = ImageOps.expand(picture, (round(rng.uniform(0, 150)), 0), 255)
        return Handed(lit(wide, rng) if paper else wide, text)

    return make


def under_handwriting(
    rng: np.random.Generator,
) -> tuple[Image.Image, list[NDArray[np.float64]]]:
    """Four digits under a line of letters, which touch each other or do not.

    Returns
    -------
    picture : PIL.Image.Image
    frames : list of ndarray of shape (4,)
        The box of each digit: left, top, right, bottom.
    """
    letters = [sign for sign in load_unipen("others") if sign.label.isalpha()]
    share, is_joined = rng.uniform(0.5, 1.3), rng.random() < 0.5
    text, left = [], 0.0
    for k in rng.integers(0, len(letters), 8):
        [strokes] = written_row([PenDrawing(0, letters[k].strokes)], share, rng)
        points = np.concatenate(strokes)
        corner = np.array([left - points[:, 0].min(), 0])
        text.append([stroke + corner for stroke in strokes])
        gap = rng.uniform(-0.05, 0.02) if is_joined else rng.uniform(0.1, 0.3)
        left += np.ptp(points[:, 0]) + share * gap
    drawings = everybody()
    row = [drawings[k] for k in rng.integers(0, len(drawings), 4)]
    digits = written_row(row, 1, rng)
    below = max(p[:, 1].max() for strokes in text for p in strokes)
    below -= min(p[:, 1].min() for strokes in digits for p in strokes)
    shift = np.array([rng.uniform(0, 1), below + rng.uniform(0.2, 0.6)])
    digits = [[stroke + shift for stroke in strokes] for strokes in digits]
    page = [[DIGIT_HEIGHT * stroke for stroke in strokes] for strokes in text + digits]
    pen, margin = 0.05 * DIGIT_HEIGHT, 60
    low = np.concatenate([p for strokes in page for p in strokes]).min(axis=0)
    frames = []
    for strokes in page[-4:]:
        points = np.concatenate(strokes) - low + margin + pen / 2
        frames.append(np.concatenate([points.min(axis=0), points.max(axis=0)]))
    return draw(page, pen, margin), frames


def found_under_handwriting(n_pages: int, paper: bool) -> float:
    """Share of the digits under a line of letters that are found where they are."""
    found = []
    for i in range(n_pages):
        rng = np.random.default_rng((i, 8))
        picture, frames = under_handwriting(rng)
        digits = find_digits(lit(picture, rng) if paper else picture)
        boxes = [np.array(digit.box, dtype=float) for digit in digits]
        found += [any(overlap(box, f) >= FOUND_AT for box in boxes) for f in frames]
    return float(np.mean(found))


everybody = cache(all_drawings)


@cache
def load_bitmaps() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The 32x32 bitmaps of `load_digits`, 1 = ink, and what they show."""
    with np.load("tests/data/load_digits_bitmaps.npz") as arrays:
        packed, target = arrays["packed"], arrays["target"]
    return np.unpackbits(packed, axis=1).reshape(-1, 32, 32), target


def kinds() -> dict[str, tuple[Maker, int]]:
    """Every kind of picture, and how many of it."""
    near, cubic, linear = Resampling.NEAREST, Resampling.BICUBIC, Resampling.BILINEAR
    return {
        "canvas of 28 px": (of_canvases(28, near), 200),
        **{
            f"canvas, enlarged to {side} px, {way.name.lower()}": (
                of_canvases(side, way),
                200 if way == cubic and side < 2000 else 40,
            )
            for side in SIZES
            for way in ((near, *SMOOTH) if side == 280 else (cubic, linear))
        },
        "mouse, its own size": (of_paint(64, near), 100),
        "mouse, 280 px, bicubic": (of_paint(280, cubic), 100),
        "mouse, 800 px, bilinear": (of_paint(800, linear), 100),
        **{
            f"scan of 16 px, {'grey' if grey else 'hard'}, {side} px, {way.name.lower()}": (
                of_scans(side, way, grey),
                200,
            )
            for grey in (True, False)
            for side, way in ((16, near), (280, near), (280, cubic), (280, linear))
        },
        **{
            f"load_digits, {'light' if light else 'dark'} ink, {side} px, "
            f"{way.name.lower()}": (of_load_digits(side, way, light), 150)
            for light in (True, False)
            for side, way in ((8, near), (64, linear), (400, near), (400, cubic))
        },
        **{
            f"plot, {how}": (of_plots(how), 40)
            for how in (
                "matshow",
                "matshow dark",
                "matshow bar",
                "imshow title",
                "imshow title bare",
                "imshow bar title",
            )
        },
        **{
            f"plot, 4 images, titles, no frames, {cmap}": (of_figures(cmap), 40)
            for cmap in ("gray_r", "gray")
        },
        **{
            f"row of 4, pen {pen:.0%}, {'paper' if paper else 'white'}": (
                of_rows(pen, paper),
                40,
            )
            for pen in (0.03, 0.1, 0.18)
            for paper in (False, True)
        },
        **{
            f"row of 4, {margin} px around, {'paper' if paper else 'white'}": (
                of_rows(0.08, paper, margin),
                40,
            )
            for margin in (0, 1, 2, 4)
            for paper in (False, True)
        },
        **{
            f"one digit, {margin} px around, {'paper' if paper else 'white'}": (
                of_rows(0.1, paper, margin, 1),
                100,
            )
            for margin in (0, 2)
            for paper in (False, True)
        },
        **{
            f"one of four {share:.0%} as tall, {'paper' if paper else 'white'}": (
                of_small_beside_tall(0.04, paper, share),
                40,
            )
            for share in (0.35, 0.5)
            for paper in (False, True)
        },
        **{
            f"column of 3, gap {gap:.0%}, {'paper' if paper else 'white'}": (
                of_columns(0.04, paper, gap),
                40,
            )
            for gap in (0.08, 0.3)
            for paper in (False, True)
        },
        **{
            f"row of 3 on a sheet, {name} table": (of_sheets(table), 40)
            for name, table in (("brown", (70, 50, 35)), ("grey", (120, 120, 120)))
        },
        **{
            f"table of 6, {'paper' if paper else 'white'}": (of_tables(paper), 40)
            for paper in (False, True)
        },
        "straight stems, white": (of_stems(False), 40),
        "straight stems, paper": (of_stems(True), 40),
    }


def pictures(maker: Maker, count: int, every: int = 1) -> Iterator[Handed]:
    """Pictures of one kind, made from drawings of all writers."""
    drawings = everybody()
    for i in range(0, count, every):
        rng = np.random.default_rng((i, 5))
        yield maker(drawings[(37 * i) % len(drawings)], i, rng)


def is_read_as_drawn(drawing: PenDrawing) -> bool:
    """Whether a drawing is read right on the app's own canvas."""
    return read_digit(render(drawing.placed("filling"))).label == drawing.label


def as_digit(picture: Image.Image) -> str:
    """What is read where one digit is expected."""
    try:
        return str(read_digit(picture).label)
    except UnreadableDrawingError:
        return ""


def as_sheet(picture: Image.Image) -> str:
    """What is read where any number of digits is expected."""
    try:
        return number(read_digits(picture))
    except UnreadableDrawingError:
        return ""


def table(every: int, only: str = "") -> Iterator[str]:
    """Share of the pictures read right, by what they are."""
    yield (
        "| pictures | number | as drawn | as one digit | as a sheet | small alike | "
        "negative alike |"
    )
    yield "|---|---|---|---|---|---|---|"
    for name, (maker, count) in kinds().items():
        if only not in name:
            continue
        handed = list(pictures(maker, count, every))
        sheets = [as_sheet(one.picture) for one in handed]
        right = np.mean([a == b.written for a, b in zip(sheets, handed, strict=True)])
        alone = all(len(one.written) == 1 for one in handed)
        single = (
            f"{np.mean([as_digit(h.picture) == h.written for h in handed]):.1%}"
            if alone
            else ""
        )
        drawn = [one.drawing for one in handed if one.drawing]
        known = f"{np.mean([is_read_as_drawn(d) for d in drawn]):.1%}" if drawn else ""
        small = [
            as_sheet(h.small) == s for h, s in zip(handed, sheets, strict=True) if h.small
        ]
        negative = [
            as_sheet(ImageOps.invert(h.picture.convert("RGB"))) == s
            for h, s in zip(handed, sheets, strict=True)
        ]
        yield (
            f"| {name} | {len(handed)} | {known} | {single} | {right:.1%} | "
            f"{f'{np.mean(small):.1%}' if small else ''} | {np.mean(negative):.1%} |"
        )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a fifth of the pictures")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    with threadpool_limits(limits=1, user_api="blas"):
        for line in table(QUICK if asked.quick else asked.every, asked.only):
            print(line, flush=True)
        if not asked.only:
            n_pages = PAGES // (QUICK if asked.quick else asked.every)
            for where, paper in (("white", False), ("paper", True)):
                share = found_under_handwriting(n_pages, paper)
                print(f"Digits found under a line of letters, {where}: {share:.1%}")


if __name__ == "__main__":
    main()
