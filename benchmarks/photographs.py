"""How well digits on paper are read from photographs, beside the same drawings clean.

Run as `python -m benchmarks.photographs`; `--quick` takes a tenth of the drawings. The
photographs are made: strokes of real people, drawn with a pen of 0.4 to 3 % of the digit's
height on plain, ruled or squared paper, which is turned by up to 15 degrees, lit unevenly,
crossed by the edge of a shadow, blurred, and stored as JPEG with the noise of a camera.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter
from threadpoolctl import threadpool_limits

from digits_app import UnreadableDrawingError, read_digit
from digits_app.drawing.paper import find_digits
from digits_app.drawing.picture_file import open_picture
from tests.support.pen_drawings import PenDrawing, Stroke, load_pen_drawings, render

Paper = Literal["plain", "ruled", "squared"]

SIZE: Final = (1200, 900)
"""Width and height of a photograph, in pixels."""

PENS: Final = (0.004, 0.03)
"""Thinnest and thickest pen, as a share of the digit's height."""

MAX_TURN: Final = 15.0
"""Degrees by which a page is turned, at most."""

QUICK: Final = 10
"""Quickly, every how manieth drawing is photographed."""

ROWS: Final = 300
"""How many rows of digits are photographed."""

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


def scene(rng: np.random.Generator) -> Scene:
    """Draw one at random."""
    ground, ink = GROUNDS[rng.integers(len(GROUNDS))], INKS[rng.integers(len(INKS))]
    fade = rng.uniform(0.15, 0.4)
    line = tuple(int(g - fade * max(60, g - i)) for g, i in zip(ground, (60, 90, 170), strict=True))
    if rng.random() < 0.15:  # chalk on a board, white pencil on black card
        ground, ink, line = (45, 60, 55), (235, 235, 225), (75, 90, 85)
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
    width, height = SIZE
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
        row.append([(s - low) * scale + (left, up - size[1] * scale) for s in drawing.strokes])
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
    grain = rng.normal(0, scene.noise, (height, width, 1))
    taken = Image.fromarray((lit + grain).clip(0, 255).astype(np.uint8))
    file = BytesIO()
    taken.save(file, "JPEG", quality=scene.quality)
    return open_picture(file.getvalue())
