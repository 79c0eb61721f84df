"""From the canvas' JSON to a picture: every stroke drawn again, with Pillow.

The canvas (`streamlit-drawable-canvas`, Fabric.js) reports a drawing as a list of path
objects in canvas pixels. Drawing them here needs no picture from the browser: it is
the same at every screen density, works for a drawing that was handed back to the
canvas, and a stroke stays a few kilobytes.
"""

from collections.abc import Iterator, Sequence
from math import comb
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageColor, ImageDraw

from digits_app.drawing.errors import TooSmallDrawingError, UnreadableDrawingError

CANVAS_SIDE: Final = 280
"""Side of the canvas, in pixels."""

MAX_PATH_COMMANDS: Final = 5000
"""A digit takes a few hundred; more is a scribble, or no drawing at all."""

MIN_STROKE_EXTENT: Final = 14
"""Longer side of the pen's way, in pixels, below which the mark is a dot."""

_OVERSAMPLING: Final = 2
_CURVE_STEPS: Final = np.arange(1, 5)[:, None] / 4
_SPACING: Final = 2.0
_COORDINATES: Final = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}

Points = NDArray[np.float64]

# Weights of a Bézier curve's points at each step: Bernstein polynomials of its degree.
_BERNSTEIN: Final = {
    name: np.hstack(
        [
            comb(degree, k) * _CURVE_STEPS**k * (1 - _CURVE_STEPS) ** (degree - k)
            for k in range(degree + 1)
        ]
    )
    for name, degree in (("Q", 2), ("C", 3))
}


class DamagedDrawingError(UnreadableDrawingError):
    """The canvas' JSON is not a drawing."""


class OverfullDrawingError(UnreadableDrawingError):
    """The drawing has more strokes than any digit needs."""


def render_drawing(drawing: object) -> Image.Image | None:
    """Draw the strokes of the canvas: ink white on black.

    Parameters
    ----------
    drawing : object
        The canvas' JSON, decoded: a dict whose "objects" are Fabric paths, stroked
        with a round pen or filled by the even-odd rule, in canvas pixels, 0..280.
        Dark strokes erase. None is an empty canvas. It comes from the browser, so it
        may be anything.

    Returns
    -------
    PIL.Image.Image or None
        Mode "L", 280x280, 0 background to 255 ink; None for an empty canvas.

    Raises
    ------
    DamagedDrawingError
        It is no drawing.
    OverfullDrawingError
        It has more than 5,000 strokes and path commands.
    TooSmallDrawingError
        It is a dot, whatever the pen's width.
    """
    objects = drawing_objects(drawing)
    if not objects:
        return None
    side = CANVAS_SIDE * _OVERSAMPLING
    image = Image.new("L", (side, side))
    way: list[Points] = []
    for path in objects:
        lines = list(_flatten(path["path"]))
        way += lines
        _draw_path(image, path, lines)
    if not way or np.ptp(np.concatenate(way), axis=0).max() < MIN_STROKE_EXTENT:
        raise TooSmallDrawingError(
            "That is only a dot. Draw a digit that fills most of the box."
        )
    return image.reduce(_OVERSAMPLING)


def drawing_objects(drawing: object) -> list[dict[str, Any]]:
    """Check the canvas' JSON and return its paths; none for None.

    Raises
    ------
    DamagedDrawingError
        It is neither None nor a dict with a list of paths.
    OverfullDrawingError
        It has more than 5,000 strokes and path commands.
    """
    if drawing is None:
        return []
    objects = drawing.get("objects") if isinstance(drawing, dict) else None
    if not isinstance(objects, list) or not all(
        isinstance(path, dict) and isinstance(path.get("path"), list) for path in objects
    ):
        raise _damaged()
    if sum(1 + len(path["path"]) for path in objects) > MAX_PATH_COMMANDS:
        raise OverfullDrawingError(
            "That is more ink than a digit needs. Clear the canvas and draw one digit."
        )
    return objects


def _damaged() -> DamagedDrawingError:
    return DamagedDrawingError(
        "The drawing did not arrive whole. Clear the canvas and draw again."
    )


def _flatten(commands: Sequence[Any]) -> Iterator[Points]:
    """Turn path commands into polylines of shape (n_points, 2), one a subpath."""
    points = _parse(commands)
    line: list[Points] = []
    end = 0
    for name, *numbers in commands:
        start, end = end, end + len(numbers) // 2
        if name == "M" and line:
            yield np.concatenate(line)
            line = []
        if name == "Z":
            continue
        if name != "M" and not line:
            raise _damaged()
        if name in _BERNSTEIN:
            # A curve starts where the command before it ended.
            line.append(_BERNSTEIN[name] @ points[start - 1 : end])
        else:
            line.append(points[start:end])
    if line:
        yield np.concatenate(line)


def _parse(commands: Sequence[Any]) -> Points:
    """Check all commands, and return their points one after the other."""
    flat: list[Any] = []
    for command in commands:
        if not isinstance(command, list) or not command:
            raise _damaged()
        name, *numbers = command
        if not isinstance(name, str) or len(numbers) != _COORDINATES.get(name, -1):
            raise _damaged()
        flat += numbers
    try:
        points = np.array(flat, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise _damaged() from error
    if points.shape != (len(flat),) or not np.isfinite(points).all():
        raise _damaged()
    return points.reshape(-1, 2).clip(-CANVAS_SIDE, 2 * CANVAS_SIDE)


def _draw_path(image: Image.Image, path: dict[str, Any], lines: list[Points]) -> None:
    fill, stroke = path.get("fill"), path.get("stroke")
    width = path.get("strokeWidth", 1)
    if not isinstance(width, int | float) or not 0 <= width <= CANVAS_SIDE:
        raise _damaged()
    if fill:
        inside = Image.new("1", image.size)
        for line in lines:
            if len(line) > 2:
                part = Image.new("1", image.size)
                ImageDraw.Draw(part).polygon(_pixels(line), fill=1)
                inside = ImageChops.logical_xor(inside, part)
        image.paste(_shade(fill), mask=inside)
    if stroke and width:
        _draw_stroke(ImageDraw.Draw(image), lines, width * _OVERSAMPLING, _shade(stroke))


def _draw_stroke(
    draw: ImageDraw.ImageDraw, lines: list[Points], width: float, shade: int
) -> None:
    for line in lines:
        draw_polyline(draw, _pixels(_thin_out(line)), width, shade)


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
    for x, y in pixels:
        draw.circle((x, y), width / 2, fill=shade)


def _thin_out(line: Points) -> Points:
    """Drop points closer than `_SPACING` along the way, keeping both ends."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    keep = np.diff(np.floor(way / _SPACING), prepend=-1) > 0
    keep[-1] = True
    return line[keep]


def _pixels(line: Points) -> list[tuple[float, float]]:
    return [(x, y) for x, y in (line * _OVERSAMPLING).tolist()]


def _shade(colour: object) -> int:
    """255 for a light colour, which is ink, and 0 for a dark one, which erases."""
    try:
        level = ImageColor.getcolor(str(colour), "L")
    except ValueError as error:
        raise _damaged() from error
    return 255 if isinstance(level, int) and level >= 128 else 0
