"""How well digits on paper are read from photographs, beside the same drawings clean.

Run as `python -m benchmarks.photographs`; `--quick` takes a tenth of the drawings. The
photographs are made: strokes of real people, drawn with a pen of 0.4 to 3 % of the digit's
height on plain, ruled or squared paper, which is turned by up to 15 degrees, lit unevenly,
crossed by the edge of a shadow, blurred, and stored as JPEG with the noise of a camera.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from threadpoolctl import threadpool_limits

from digits_app import UnreadableDrawingError, read_digit
from digits_app.drawing.paper import FoundDigit, find_digits
from digits_app.drawing.picture_file import open_picture
from tests.support.pen_drawings import PenDrawing, Stroke, load_pen_drawings, render
from tests.support.unipen import load_unipen

Paper = Literal["plain", "ruled", "squared"]

SIZE: Final = (1200, 900)
"""Width and height of a photograph, in pixels."""

PENS: Final = (0.004, 0.03)
"""Thinnest and thickest pen, as a share of the digit's height."""

MAX_TURN: Final = 15.0
"""Degrees by which a page is turned, at most."""

QUICK: Final = 10
"""One drawing in this many is photographed in the quick mode."""

ROWS: Final = 300
"""How many rows of digits are photographed."""

PHONE_SIZE: Final = (4000, 3000)
"""Width and height of a phone's photograph: 12 megapixels."""

TIMED: Final = 10
"""How often its reading is timed."""

FOUND_AT: Final = 0.5
"""Least overlap of the frame found and the digit's own, intersection over union."""


@dataclass(frozen=True)
class Scene:
    """Everything about a photograph but what is written.

    Attributes
    ----------
    paper : {"plain", "ruled", "squared"}
    ground, ink, line : tuple of int
        Their colours, red, green and blue, 0..255.
    pitch : float
        From line to line, as a share of the digit's height.
    pen : float
        The pen's width, as a share of the digit's height.
    height : float
        The digit's height, as a share of the picture's.
    turn : float
        Degrees, clockwise.
    light : tuple of float
        How much of the light is lost from the left to the right, and from the top down.
    shadow : tuple of float
        Position along the picture 0..1, direction in degrees, light lost, and softness of
        the edge in pixels.
    noise : float
        Standard deviation of the camera's noise, of 255.
    blur : float
        Pixels.
    quality : int
        Of the JPEG.
    """

    paper: Paper
    ground: tuple[int, int, int]
    ink: tuple[int, int, int]
    line: tuple[int, int, int]
    pitch: float
    pen: float
    height: float
    turn: float
    light: tuple[float, float]
    shadow: tuple[float, float, float, float]
    noise: float
    blur: float
    quality: int


GROUNDS: Final = ((250, 248, 240), (235, 225, 200), (250, 235, 140), (190, 215, 240))
INKS: Final = ((25, 25, 30), (20, 40, 140), (170, 30, 40), (110, 110, 115))
"""Black, blue and red ink, and pencil."""

LINES: Final = (60, 90, 170)
"""The blue that printed lines tend to."""


def scene(rng: np.random.Generator) -> Scene:
    """Draw one at random."""
    ground, ink = GROUNDS[rng.integers(len(GROUNDS))], INKS[rng.integers(len(INKS))]
    fade = rng.uniform(0.15, 0.4)
    line = tuple(
        int(g - fade * max(60, g - i)) for g, i in zip(ground, (60, 90, 170), strict=True)
    )
    if rng.random() < 0.15:  # chalk on a board, white pencil on black card
        ground, ink, line = (45, 60, 55), (235, 235, 225), [75, 90, 85]
    return Scene(
        paper=rng.choice(get_args(Paper)),
        ground=ground,
        ink=ink,
        line=(line[0], line[1], line[2]),
        pitch=rng.uniform(0.4, 1.5),
        pen=float(np.exp(rng.uniform(*np.log(PENS)))),
        height=rng.uniform(0.3, 0.6),
        turn=rng.uniform(-MAX_TURN, MAX_TURN),
        light=(rng.uniform(-0.4, 0.4), rng.uniform(-0.4, 0.4)),
        shadow=(
            rng.uniform(0.2, 0.8),
            rng.uniform(0, 360),
            rng.uniform(0, 0.5),
            rng.uniform(1, 40),
        ),
        noise=rng.uniform(1, 6),
        blur=rng.uniform(0, 1.2),
        quality=int(rng.integers(60, 95)),
    )


def photograph(
    drawings: Sequence[PenDrawing], scene: Scene, rng: np.random.Generator
) -> tuple[Image.Image, list[NDArray[np.float64]]]:
    """Photograph digits written side by side on one sheet.

    Returns
    -------
    picture : PIL.Image.Image
        Mode "RGB", as a JPEG file gives it back.
    frames : list of ndarray of shape (4,)
        The box of each digit: left, top, right, bottom.
    """
    height = SIZE[1]
    row = written_row(drawings, scene.height * height, rng)
    turned = [[_turn(stroke, scene.turn) for stroke in strokes] for strokes in row]
    # A long row is written smaller.
    points = np.concatenate([p for strokes in turned for p in strokes])
    shrink = min(1.0, *(0.92 * np.array(SIZE) / np.ptp(points, axis=0).clip(1)))
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    spare = (np.array(SIZE) * 0.95 - shrink * np.ptp(points, axis=0)) / 2
    place = np.array(SIZE) / 2 + rng.uniform(-1, 1, 2) * spare.clip(0)
    placed = [[(p - middle) * shrink + place for p in strokes] for strokes in turned]
    digit_height = scene.height * height * shrink
    sheet = lined_paper(scene, digit_height, rng)
    _write(sheet, placed, max(scene.pen * digit_height, 0.8), scene.ink)
    frames = [_frame(strokes) for strokes in placed]
    return _through_a_camera(sheet, scene, rng), frames


def written_row(
    drawings: Sequence[PenDrawing], height: float, rng: np.random.Generator
) -> list[list[Stroke]]:
    """Lay digits out from left to right, about equally tall, with gaps between."""
    left = 0.0
    row = []
    for drawing in drawings:
        points = np.concatenate(drawing.strokes)
        low, size = points.min(axis=0), np.ptp(points, axis=0)
        scale = height * rng.uniform(0.85, 1.0) / max(size[1], 0.6 * size[0], 1)
        up = height * rng.uniform(-0.05, 0.05)
        corner = (left, up - size[1] * scale)
        row.append([(stroke - low) * scale + corner for stroke in drawing.strokes])
        left += size[0] * scale + height * rng.uniform(0.15, 0.5)
    return row


def lined_paper(scene: Scene, digit_height: float, rng: np.random.Generator) -> Image.Image:
    """Draw a sheet with its lines, as large as the picture and turned with the page."""
    sheet = Image.new("RGB", SIZE, scene.ground)
    if scene.paper == "plain":
        return sheet
    draw = ImageDraw.Draw(sheet)
    pitch = max(scene.pitch * digit_height, 18)
    reach = float(np.hypot(*SIZE))
    directions = (0.0,) if scene.paper == "ruled" else (0.0, 90.0)
    for direction in directions:
        offset = rng.uniform(0, pitch)
        for k in np.arange(-reach, reach, pitch):
            ends = np.array([[-reach, k + offset], [reach, k + offset]])
            (x0, y0), (x1, y1) = _turn(ends, scene.turn + direction) + np.array(SIZE) / 2
            draw.line((x0, y0, x1, y1), fill=scene.line, width=int(rng.integers(1, 3)))
    return sheet


def _turn(points: Stroke, degrees: float) -> Stroke:
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    turned: Stroke = points @ np.array([[c, s], [-s, c]])
    return turned


def _frame(strokes: list[Stroke]) -> NDArray[np.float64]:
    points = np.concatenate(strokes)
    return np.concatenate([points.min(axis=0), points.max(axis=0)])


def _write(
    sheet: Image.Image, row: list[list[Stroke]], pen: float, ink: tuple[int, int, int]
) -> None:
    """Draw strokes with a round pen, anti-aliased."""
    fine = 3
    mask = Image.new("L", (fine * SIZE[0], fine * SIZE[1]))
    draw = ImageDraw.Draw(mask)
    radius = fine * pen / 2
    for stroke in (stroke for strokes in row for stroke in strokes):
        points = [(float(x), float(y)) for x, y in stroke * fine]
        if len(points) > 1:
            draw.line(points, fill=255, width=max(1, round(2 * radius)), joint="curve")
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    sheet.paste(ink, mask=mask.reduce(fine))


def _through_a_camera(
    sheet: Image.Image, scene: Scene, rng: np.random.Generator
) -> Image.Image:
    """Light the sheet, blur it, add noise, and store it as JPEG."""
    width, height = SIZE
    x, y = np.linspace(-0.5, 0.5, width), np.linspace(-0.5, 0.5, height)[:, None]
    light = 0.8 * (1 + scene.light[0] * x) * (1 + scene.light[1] * y)
    at, direction, lost, softness = scene.shadow
    angle = np.deg2rad(direction)
    beyond = (x * np.cos(angle) + y * np.sin(angle) - (at - 0.5)) * width / softness
    light = light * (1 - lost / (1 + np.exp(-beyond.clip(-50, 50))))
    blurred = sheet.filter(ImageFilter.GaussianBlur(scene.blur))
    lit = np.asarray(blurred) * light[..., None]
    lit += rng.normal(0, scene.noise, (height, width, 1))
    taken = Image.fromarray(lit.clip(0, 255, out=lit).astype(np.uint8))
    file = BytesIO()
    taken.save(file, "JPEG", quality=scene.quality)
    return open_picture(file.getvalue())


@dataclass(frozen=True)
class Photographed:
    """What became of drawings that were photographed.

    Attributes
    ----------
    clean : ndarray of shape (n_drawings,), bool
        The drawing itself is read right.
    photographed : ndarray of shape (n_drawings,), bool
        Its photograph is read right.
    strange : ndarray of shape (n_drawings,), bool
        The photograph is called strange.
    scenes : list of Scene
    """

    clean: NDArray[np.bool_]
    photographed: NDArray[np.bool_]
    strange: NDArray[np.bool_]
    scenes: list[Scene]

    @property
    def kept(self) -> float:
        """Photographs read right, as a share of the drawings that are."""
        return float(self.photographed.sum() / self.clean.sum())


def all_drawings() -> list[PenDrawing]:
    """The drawings of both schools: 30 writers of one, 134 of many countries (UniPen)."""
    unipen = [PenDrawing(int(d.label), d.strokes) for d in load_unipen("digits")]
    return load_pen_drawings() + unipen


def read_photographs(drawings: Sequence[PenDrawing]) -> Photographed:
    """Photograph each drawing in a scene of its own, and read both."""
    outcomes, scenes = [], []
    for i, drawing in enumerate(drawings):
        rng = np.random.default_rng(i)
        scenes.append(scene(rng))
        picture, _ = photograph([drawing], scenes[-1], rng)
        clean = read_digit(render(drawing.placed("filling")), training="augmented")
        try:
            read = read_digit(picture, training="augmented")
            outcomes.append(
                (
                    clean.label == drawing.label,
                    read.label == drawing.label,
                    read.is_unfamiliar,
                )
            )
        except UnreadableDrawingError:
            outcomes.append((clean.label == drawing.label, False, True))
    clean_right, right, strange = np.array(outcomes, dtype=bool).T
    return Photographed(clean_right, right, strange, scenes)


def split_rows(drawings: Sequence[PenDrawing], n_rows: int) -> NDArray[np.bool_]:
    """Photograph rows of 2 to 6 digits; whether each is split into its digits."""
    right = []
    for i in range(n_rows):
        rng = np.random.default_rng((1, i))
        chosen = rng.integers(0, len(drawings), rng.integers(2, 7))
        picture, frames = photograph([drawings[k] for k in chosen], scene(rng), rng)
        right.append(is_split_right(find_digits(picture), frames))
    return np.array(right)


def is_split_right(found: list[FoundDigit], frames: list[NDArray[np.float64]]) -> bool:
    """Whether as many digits were found as were written, each where it was, in order."""
    return len(found) == len(frames) and all(
        overlap(np.array(digit.box, dtype=float), frame) >= FOUND_AT
        for digit, frame in zip(found, frames, strict=True)
    )


def overlap(box: NDArray[np.float64], frame: NDArray[np.float64]) -> float:
    """Share of two boxes' common ground in all that they cover.

    A plain 1 is a line without a width, so both are first widened by a few pixels.
    """
    wider = np.array([-4, -4, 4, 4])
    a, b = box + wider, frame + wider
    common = np.prod((np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])).clip(0))
    return float(common / (np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - common))


def conditions_table(outcome: Photographed) -> Iterator[str]:
    """Share of the photographs read right, by what is on them."""
    groups: dict[str, Callable[[Scene], bool]] = {
        **{f"{paper} paper": lambda s, p=paper: s.paper == p for paper in get_args(Paper)},
        "pen below 0.8 % of the height": lambda s: s.pen < 0.008,
        "pen from 0.8 %": lambda s: s.pen >= 0.008,
        "pencil": lambda s: s.ink == INKS[3],
        "light ink on dark": lambda s: sum(s.ink) > sum(s.ground),
        "turned by more than 8 degrees": lambda s: abs(s.turn) > 8,
        "shadow of more than 30 %": lambda s: s.shadow[2] > 0.3,
    }
    yield "| photographs | number | read right | drawings read right |"
    yield "|---|---|---|---|"
    for name, belongs in {"all": lambda s: True, **groups}.items():
        chosen = np.array([belongs(s) for s in outcome.scenes])
        if chosen.any():
            right, clean = outcome.photographed[chosen], outcome.clean[chosen]
            yield f"| {name} | {chosen.sum()} | {right.mean():.1%} | {clean.mean():.1%} |"


def time_reading(drawing: PenDrawing) -> str:
    """Median time from the file of a 12-megapixel photograph to its digit."""
    rng = np.random.default_rng(0)
    picture, _ = photograph([drawing], scene(rng), rng)
    file = BytesIO()
    large = picture.resize(PHONE_SIZE, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(PHONE_SIZE, 12)
    Image.blend(large, Image.merge("RGB", [grain] * 3), 0.1).save(file, "JPEG", quality=90)
    seconds = []
    for _ in range(TIMED):
        start = time.thread_time()
        read_digit(open_picture(file.getvalue()), training="augmented")
        seconds.append(time.thread_time() - start)
    return (
        f"One photograph of {PHONE_SIZE[0]}x{PHONE_SIZE[1]} pixels, "
        f"{len(file.getvalue()) / 1e6:.1f} MB, opened and read: median "
        f"{1e3 * statistics.median(seconds):.0f} ms, fastest {1e3 * min(seconds):.0f} ms "
        f"(processor time of one thread, {TIMED} times)."
    )


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the drawings")
    parser.add_argument("--every", type=int, default=1, help="take one drawing in so many")
    asked = parser.parse_args()
    every = QUICK if asked.quick else asked.every
    with threadpool_limits(limits=1, user_api="blas"):
        drawings = all_drawings()
        outcome = read_photographs(drawings[::every])
        print(*conditions_table(outcome), "", sep="\n")
        print(
            f"Photographs get {outcome.kept:.1%} of what the clean drawings get; "
            f"{outcome.strange.mean():.1%} are called strange."
        )
        split = split_rows(drawings, ROWS // every)
        print(f"Rows of 2 to 6 digits split right: {split.mean():.1%} of {len(split)}.")
        print(time_reading(drawings[0]))


if __name__ == "__main__":
    main()
