"""From the canvas' JSON to a picture: every stroke drawn again, with Pillow.

The canvas (`streamlit-drawable-canvas`, Fabric.js) reports a drawing as a list of path
objects in canvas pixels. Drawing them here needs no picture from the browser: it is
the same at every screen density, works for a drawing that was handed back to the
canvas, and a stroke stays a few kilobytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from digits_app.drawing.colours import is_light
from digits_app.drawing.errors import TooSmallDrawingError, UnreadableDrawingError

CANVAS_SIDE: Final = 280
"""Side of the canvas, in pixels."""

WIDE: Final = 2 * CANVAS_SIDE
"""Width of the wide canvas, on which a number is written; it is as high as the other."""

MAX_PATH_COMMANDS: Final = 5000
"""A digit takes a few hundred; more is a scribble, or no drawing at all."""

MAX_PEN_WIDTH: Final = 100
"""In pixels. The pens on the page are narrower; a traced blot takes nearly as much."""

MAX_WAY: Final = 10_000
"""In pixels, of the pen on the canvas. The finest pen then has filled most of it, and a
digit takes less than 1,000. It bounds what one drawing can cost the server."""

SET_DOWN: Final = 20
"""Pixels of the way that setting the pen down counts for, or the pen's width."""

MIN_STROKE_EXTENT: Final = 14
"""Longer side of the pen's way, in pixels, below which the mark is a dot."""

ENLARGED: Final = 2
"""How many times as large a fine picture is drawn before it is shrunk."""

POINTS_A_WIDTH: Final = 10
"""How many points are drawn for each pen's width of the way: the stroke is as round as with
all of them, and takes a fraction of the time."""

LEAST_STEP: Final = 2.0
"""In pixels. The points of the finest pen are no closer."""

FARTHEST: Final = 1e6
"""In pixels. No pen comes from farther away."""

ALONG_CURVES: Final = np.arange(1, 5) / 4
"""Where along a curve its points are, of 0 to 1."""

_SHAPES: Final = {(list, "M", 3), (list, "L", 3), (list, "Q", 5)}
"""Type, name and length of every command that the canvas' pen writes."""

_QUADRATIC: Final = np.array(
    [(1 - ALONG_CURVES) ** 2, 2 * ALONG_CURVES * (1 - ALONG_CURVES), ALONG_CURVES**2]
)
"""Weights of a Bézier curve's start, control point and end, at each of its points."""

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Stroke:
    """One line of the pen.

    Attributes
    ----------
    way : ndarray of shape (n_points, 2)
        Where the pen went, (x, y) in canvas pixels.
    width : float
        Of the pen, in canvas pixels.
    shade : int
        255 for ink, 0 for an eraser.
    """

    way: Points
    width: float
    shade: int


class DamagedDrawingError(UnreadableDrawingError):
    """The canvas' JSON is not a drawing."""


class OverfullDrawingError(UnreadableDrawingError):
    """The drawing has more strokes than any digit needs."""


def render_drawing(drawing: object) -> Image.Image | None:
    """Draw the strokes of the canvas: ink white on black.

    Parameters
    ----------
    drawing : object
        The canvas' JSON, decoded: a dict whose "objects" are Fabric paths of the free
        pen, round and in canvas pixels, 0..280. Dark strokes erase. None is an empty
        canvas. It comes from the browser, so it may be anything.

    Returns
    -------
    PIL.Image.Image or None
        Mode "L", 280x280, 0 background to 255 ink; None for an empty canvas.

    Raises
    ------
    DamagedDrawingError
        It is no drawing.
    OverfullDrawingError
        It has more ink, or more strokes and path commands, than any digit.
    TooSmallDrawingError
        It is a dot, whatever the pen's width.

    Examples
    --------
    >>> path = [["M", 80, 60], ["Q", 200, 60, 200, 60], ["L", 130, 230]]
    >>> stroke = {"path": path, "stroke": "#ffffff", "strokeWidth": 20}
    >>> render_drawing({"objects": [stroke]}).getbbox()  # the pen's way and half its width
    (70, 50, 211, 241)
    """
    strokes = read_strokes(paths_of(drawing))
    if not strokes:
        return None
    way = np.concatenate([stroke.way for stroke in strokes])
    if len(way) == 0 or np.ptp(way, axis=0).max() < MIN_STROKE_EXTENT:
        raise TooSmallDrawingError(
            "That is only a dot. Draw a digit that fills most of the box."
        )
    image = Image.new("L", (ENLARGED * CANVAS_SIDE, ENLARGED * CANVAS_SIDE))
    draw = ImageDraw.Draw(image)
    for stroke in strokes:
        pixels = [(x, y) for x, y in (ENLARGED * stroke.way).tolist()]
        draw_polyline(draw, pixels, ENLARGED * stroke.width, stroke.shade)
    return image.reduce(ENLARGED)


def pen_path(
    points: Sequence[Sequence[float]], width: float, colour: str = "#ffffff"
) -> dict[str, Any]:
    """Write a stroke as the canvas' own pen does: curves from middle to middle.

    Parameters
    ----------
    points : sequence of (float, float)
        Where the pen was, (x, y) in canvas pixels; one at least.
    width : float
        Of the pen, in canvas pixels.
    colour : str
        Light for ink, dark to erase.

    Examples
    --------
    >>> pen_path([(80, 60), (200, 60)], width=20)["path"]
    [['M', 80, 60], ['Q', 80, 60, 140.0, 60.0], ['L', 200, 60]]
    """
    commands: list[list[Any]] = [["M", *points[0]]]
    for (ax, ay), (bx, by) in pairwise(points):
        commands.append(["Q", ax, ay, round((ax + bx) / 2, 2), round((ay + by) / 2, 2)])
    return path_object([*commands, ["L", *points[-1]]], width, colour)


def path_object(commands: list[list[Any]], width: float, colour: str) -> dict[str, Any]:
    """Write the commands of a path as Fabric's free pen does."""
    return {
        "type": "Path",
        "path": commands,
        "fill": None,
        "stroke": colour,
        "strokeWidth": width,
        "strokeLineCap": "round",
        "strokeLineJoin": "round",
    }


def drawing_objects(drawing: object) -> list[dict[str, Any]]:
    """Check the canvas' JSON and return its paths; none for None.

    What comes from the browser is kept and handed back to the canvas, so every number of
    it is looked at.

    Raises
    ------
    DamagedDrawingError
        It is neither None nor a dict with a list of paths of numbers and a colour.
    OverfullDrawingError
        It has more than 5,000 strokes and path commands.
    """
    objects = paths_of(drawing)
    for path in objects:
        _width(path)
        _shade(path.get("stroke"))
        _parse(path["path"])
    return objects


def paths_of(drawing: object) -> list[dict[str, Any]]:
    """Return the paths of the canvas' JSON, of whose numbers nothing is known yet.

    See `drawing_objects`, which looks at them, too.
    """
    if drawing is None:
        return []
    objects = drawing.get("objects") if isinstance(drawing, dict) else None
    if not isinstance(objects, list) or not all(
        isinstance(path, dict) and isinstance(path.get("path"), list) for path in objects
    ):
        raise _damaged()
    if sum(1 + len(path["path"]) for path in objects) > MAX_PATH_COMMANDS:
        raise _overfull()
    return objects


def _overfull() -> OverfullDrawingError:
    return OverfullDrawingError(
        "That is more ink than a digit needs. Clear the canvas and draw one digit."
    )


def _damaged() -> DamagedDrawingError:
    return DamagedDrawingError(
        "The drawing did not arrive whole. Clear the canvas and draw again."
    )


def read_strokes(objects: list[dict[str, Any]]) -> list[Stroke]:
    """Read the paths of `paths_of`, with the points at which the pen is set down.

    Raises
    ------
    DamagedDrawingError, OverfullDrawingError
        See `render_drawing`.
    """
    strokes = []
    whole_way = 0.0
    for path in objects:
        width = _width(path)
        way = _follow(path["path"])
        come = _come_so_far(way)
        whole_way += come.max(initial=0) + max(width, SET_DOWN)
        if whole_way > MAX_WAY:
            raise _overfull()
        kept = _far_enough_apart(come, width / POINTS_A_WIDTH)
        strokes.append(Stroke(way[kept], width, _shade(path.get("stroke"))))
    return strokes


def _width(path: dict[str, Any]) -> float:
    width = path.get("strokeWidth", 1)
    if not isinstance(width, int | float) or not 0 < width <= MAX_PEN_WIDTH:
        raise _damaged()
    return width


def _follow(commands: Sequence[Any]) -> Points:
    """Turn the commands of a path into a polyline of shape (n_points, 2)."""
    points = _parse(commands)
    is_curve = np.array([command[0] == "Q" for command in commands], dtype=bool)
    ends = np.cumsum(1 + is_curve) - 1
    n_drawn = np.where(is_curve, len(ALONG_CURVES), 1)
    way: Points = np.repeat(points[ends], n_drawn, axis=0)
    # A curve starts where the command before it ended.
    start, control, end = (points[ends[is_curve] - before, None] for before in (2, 1, 0))
    # Term by term: a product of matrices rounds as the processor likes, and many points lie
    # just between two pixels.
    from_start, from_control, from_end = _QUADRATIC[:, :, None]
    along = from_start * start + from_control * control + from_end * end
    way[np.repeat(is_curve, n_drawn)] = along.reshape(-1, 2)
    return way


def _parse(commands: Sequence[Any]) -> Points:
    """Check all commands, and return their points one after the other."""
    try:
        names = [command[0] for command in commands]
        shapes = set(zip(map(type, commands), names, map(len, commands), strict=True))
        points = np.array([number for command in commands for number in command[1:]])
    except (LookupError, TypeError, ValueError) as error:
        raise _damaged() from error
    # The pen is set down once a path, at its beginning.
    if not shapes <= _SHAPES or names[:1] not in ([], ["M"]) or "M" in names[1:]:
        raise _damaged()
    # Of other kinds are words, whole numbers without end, and what is no number at all.
    if points.ndim != 1 or points.dtype.kind not in "if":
        raise _damaged()
    points = points.astype(np.float64)
    if not (np.abs(points) <= FARTHEST).all():  # nor NaN
        raise _damaged()
    return points.reshape(-1, 2).clip(-CANVAS_SIDE, WIDE)


def _come_so_far(way: Points) -> NDArray[np.float64]:
    """How far the pen has come at each point, in pixels."""
    across, down = (way[1:] - way[:-1]).T
    steps = np.sqrt(across * across + down * down)
    come = np.zeros(len(way))
    np.cumsum(steps, out=come[1:])
    return come


def _far_enough_apart(come: NDArray[np.float64], apart: float) -> NDArray[np.bool_]:
    """Which points to draw: one for each such piece of the way, and both ends."""
    pieces = np.floor(come / max(LEAST_STEP, apart))
    kept = np.ones(len(come), dtype=bool)
    kept[1:-1] = pieces[1:-1] > pieces[:-2]
    return kept


def _shade(colour: object) -> int:
    try:
        return 255 if is_light(colour) else 0
    except ValueError as error:
        raise _damaged() from error


def draw_polyline(
    draw: ImageDraw.ImageDraw,
    pixels: list[tuple[float, float]],
    width: float,
    shade: int = 255,
) -> None:
    """Draw with a round pen: a thick line, and a disc at every point.

    Parameters
    ----------
    draw : PIL.ImageDraw.ImageDraw
        Of an image of mode "L".
    pixels : list of (float, float)
        Where the pen goes, (x, y) in pixels of the image.
    width : float
        Width of the pen, in the same pixels.
    shade : int, default=255
        0 to 255.
    """
    if len(pixels) > 1:
        draw.line(pixels, fill=shade, width=round(width))
    radius = width / 2
    for x, y in pixels:
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shade)
