"""The network as a drawing in SVG: pixels, hidden units, the brightest of them, outputs."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np

from digits_app.lesson.flow import Connections, Flow
from digits_app.pages.shared.digit_pictures import digit_url, shade, signed_url
from digits_app.wording import percent

Point = tuple[float, float]


@dataclass(frozen=True)
class Arrangement:
    """Where everything lies.

    All lengths are units of the drawing. "Along" is the way from the pixels to the
    outputs, "across" the other one.

    Attributes
    ----------
    name : str
        Its CSS class.
    is_upright : bool
        The flow goes down, not to the right.
    size : (float, float)
        Width and height.
    picture : (float, float, float)
        Along, across and side of the digit.
    pixels : (float, float, float)
        Along; first and last across.
    grid : (float, float, float, float)
        First and last along, first and last across, of the hidden units.
    near : (float, float, float, float)
        Along, first and last across, side, of the units shown from near.
    outputs : (float, float, float, float)
        Along, first and last across, length of a bar.
    """

    name: str
    is_upright: bool
    size: tuple[float, float]
    picture: tuple[float, float, float]
    pixels: tuple[float, float, float]
    grid: tuple[float, float, float, float]
    near: tuple[float, float, float, float]
    outputs: tuple[float, float, float, float]

    def at(self, along: float, across: float) -> Point:
        """Turn a place into x and y."""
        return (across, along) if self.is_upright else (along, across)


LANDSCAPE: Final = Arrangement(
    name="wide",
    is_upright=False,
    size=(1200, 300),
    picture=(10, 45, 172),
    pixels=(245, 22, 250),
    grid=(430, 625, 24, 248),
    near=(790, 16, 224, 35),
    outputs=(985, 26, 246, 130),
)
PORTRAIT: Final = Arrangement(
    name="tall",
    is_upright=True,
    size=(380, 536),
    picture=(2, 145, 90),
    pixels=(102, 24, 356),
    grid=(170, 312, 82, 298),
    near=(358, 12, 328, 38),
    outputs=(452, 28, 352, 48),
)


def draw(flow: Flow, name: str, place: Arrangement) -> str:
    """Draw one digit on its way.

    Parameters
    ----------
    flow : Flow
        What it does to the network.
    name : str
        What it is called.
    place : Arrangement
        Where everything lies.

    Returns
    -------
    str
        An SVG element.
    """
    width, height = place.size
    parts = (
        _connections(flow.into, _pixel(place, 14), _unit_of(flow, place), place),
        _threads(flow, place),
        _connections(flow.out_of, _near(flow, place, 1), _output(flow, place), place),
        _picture(flow, place),
        _pixel_strip(flow, place),
        _hidden_units(flow, place),
        _brightest(flow, place),
        _outputs(flow, place),
        _captions(flow, name, place),
    )
    return (
        f'<svg class="chart net {place.name}" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{name} on its way through the network: {flow.n_lit} of '
        f'{len(flow.hidden)} hidden units are lit, and it reads {flow.label}">'
        f"{''.join(parts)}</svg>"
    )


def _spread(first: float, last: float, n: int) -> np.ndarray:
    return np.linspace(first, last, n) if n > 1 else np.array([(first + last) / 2])


def _pixel(place: Arrangement, offset: float) -> Callable[[int], Point]:
    along, first, last = place.pixels
    across = _spread(first, last, 64)
    return lambda pixel: place.at(along + offset, across[pixel])


def _hidden(flow: Flow, place: Arrangement) -> Callable[[int], Point]:
    """Hidden units stand in ten lines, filled one after the other."""
    n_lines = 10
    n_in_line = -(-len(flow.hidden) // n_lines)
    first, last, top, bottom = place.grid
    if place.is_upright:
        lines, rows = _spread(first, last, n_lines), _spread(top, bottom, n_in_line)
        return lambda unit: (rows[unit % n_in_line], lines[unit // n_in_line])
    lines, rows = _spread(top, bottom, n_lines), _spread(first, last, n_in_line)
    return lambda unit: (rows[unit % n_in_line], lines[unit // n_in_line])


def _unit_of(flow: Flow, place: Arrangement) -> Callable[[int], Point]:
    hidden = _hidden(flow, place)
    return lambda rank: hidden(flow.brightest[rank])


def _near(flow: Flow, place: Arrangement, side: int) -> Callable[[int], Point]:
    """Before (0) or behind (1) each unit shown from near."""
    along, first, last, size = place.near
    across = _spread(first, last, len(flow.brightest)) + size / 2
    return lambda rank: place.at(along + side * size, across[rank])


def _output(flow: Flow, place: Arrangement) -> Callable[[int], Point]:
    along, first, last, _ = place.outputs
    across = _spread(first, last, len(flow.probabilities))
    return lambda digit: place.at(along - (4 if place.is_upright else 18), across[digit])


def _curve(start: Point, end: Point, place: Arrangement) -> str:
    """A line that leaves and arrives in the direction of the flow, as an SVG path."""
    (x0, y0), (x1, y1) = start, end
    if place.is_upright:
        bend = f"{x0:.0f} {(y0 + y1) / 2:.0f} {x1:.0f} {(y0 + y1) / 2:.0f}"
    else:
        bend = f"{(x0 + x1) / 2:.0f} {y0:.0f} {(x0 + x1) / 2:.0f} {y1:.0f}"
    return f"M{x0:.0f} {y0:.0f}C{bend} {x1:.0f} {y1:.0f}"


def _connections(
    connections: Connections,
    start_of: Callable[[int], Point],
    end_of: Callable[[int], Point],
    place: Arrangement,
) -> str:
    if not len(connections.push):
        return ""
    width = 0.4 + 2.6 * np.abs(connections.push) / np.abs(connections.push).max()
    return "".join(
        f'<path class="{"up" if push > 0 else "down"}" '
        f'd="{_curve(start_of(start), end_of(end), place)}" stroke-width="{thick:.1f}"/>'
        for start, end, push, thick in zip(
            connections.start, connections.end, connections.push, width, strict=True
        )
    )


def _threads(flow: Flow, place: Arrangement) -> str:
    """From each of the brightest units to its picture from near."""
    unit, near = _unit_of(flow, place), _near(flow, place, 0)
    return "".join(
        f'<path class="thread" d="{_curve(unit(rank), near(rank), place)}"/>'
        for rank in range(len(flow.brightest))
    )


def _image(x: float, y: float, side: float, url: str) -> str:
    return (
        f'<image class="pixelated" x="{x:.1f}" y="{y:.1f}" width="{side}" height="{side}" '
        f'href="{url}"/>'
    )


def _picture(flow: Flow, place: Arrangement) -> str:
    along, across, side = place.picture
    x, y = place.at(along, across)
    return _image(x, y, side, digit_url(flow.pixels.reshape(8, 8)))


def _pixel_strip(flow: Flow, place: Arrangement) -> str:
    at = _pixel(place, 0)
    _, first, last = place.pixels
    thick = (last - first) / 63
    boxes = []
    for pixel, value in enumerate(flow.pixels):
        x, y = at(pixel)
        width, height = (thick, 12.0) if place.is_upright else (12.0, thick)
        x, y = (x - thick / 2, y) if place.is_upright else (x, y - thick / 2)
        boxes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
            f'fill="{shade(value)}"/>'
        )
    return "".join(boxes)


def _hidden_units(flow: Flow, place: Arrangement) -> str:
    at = _hidden(flow, place)
    most = float(flow.hidden.max()) or 1.0
    radius = 7.0 if len(flow.hidden) <= 100 else 4.5
    chosen = set(flow.brightest.tolist())
    circles = []
    for unit, lit in enumerate(flow.hidden):
        x, y = at(unit)
        css = "unit near" if unit in chosen and lit > 0 else "unit"
        circles.append(
            f'<circle class="dark" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'
            f'<circle class="{css}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}" '
            f'fill-opacity="{lit / most:.2f}"/>'
        )
    return "".join(circles)


def _brightest(flow: Flow, place: Arrangement) -> str:
    at, size = _near(flow, place, 0), place.near[3]
    most = float(np.abs(flow.weights).max()) or 1.0
    pictures = []
    for rank, weights in enumerate(flow.weights):
        x, y = at(rank)
        x, y = (x - size / 2, y) if place.is_upright else (x, y - size / 2)
        pictures.append(_image(x, y, size, signed_url(weights, most / 1.5)))
    return "".join(pictures)


def _outputs(flow: Flow, place: Arrangement) -> str:
    along, _, _, length = place.outputs
    at = _output(flow, place)
    parts = []
    for digit, share in enumerate(flow.probabilities):
        x, y = at(digit)
        hot = " hot" if digit == flow.label else ""
        if place.is_upright:
            bottom = along + length
            filled = max(length * share, 1)
            parts.append(
                f'<rect class="track" x="{x - 10:.1f}" y="{along}" width="20" '
                f'height="{length}" rx="3"/><rect class="bar-fill{hot}" x="{x - 10:.1f}" '
                f'y="{bottom - filled:.1f}" width="20" height="{filled:.1f}" rx="2"/>'
                f'<text class="dg{hot}" x="{x:.1f}" y="{bottom + 18}" '
                f'text-anchor="middle">{digit}</text>'
            )
        else:
            left = along + 22
            parts.append(
                f'<text class="dg{hot}" x="{along}" y="{y + 5:.1f}" '
                f'text-anchor="middle">{digit}</text>'
                f'<rect class="track" x="{left}" y="{y - 6:.1f}" width="{length}" '
                f'height="12" rx="3"/><rect class="bar-fill{hot}" x="{left}" '
                f'y="{y - 6:.1f}" width="{max(length * share, 1):.1f}" height="12" rx="2"/>'
            )
            if hot:
                parts.append(
                    f'<text class="hot" x="{left + length + 8}" y="{y + 4:.1f}">'
                    f"{escape(percent(share))}</text>"
                )
    return "".join(parts)


def _captions(flow: Flow, name: str, place: Arrangement) -> str:
    n_hidden, n_near = len(flow.hidden), len(flow.brightest)
    n_out = len(flow.probabilities)
    texts = (
        "" if place.is_upright else name,
        "<tspan>64</tspan> pixels",
        f"<tspan>{n_hidden}</tspan> hidden units, {flow.n_lit} of them lit",
        f"the <tspan>{n_near}</tspan> brightest: what they look for",
        f"<tspan>{n_out}</tspan> outputs, one a digit",
    )
    if place.is_upright:
        places = [(190, 0), (190, 132), (190, 340), (190, 416), (190, 534)]
    else:
        places = [(96, 290), (251, 290), (527, 290), (807, 290), (1085, 290)]
    return "".join(
        f'<text class="cap" x="{x}" y="{y}" text-anchor="middle">{text}</text>'
        for (x, y), text in zip(places, texts, strict=True)
    )
