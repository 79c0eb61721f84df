"""Tell ink from the paper around it, in uneven light and whatever the colours.

A photograph has no one background: light falls off, a shadow lies across. So the paper's
own brightness at each place is taken from the picture's grey-scale closing, which fills
whatever dark is narrower than its window and follows the edge of a shadow, and ink is how
far a pixel falls below it, as a share (`paper_contrast`). Before that the ink is turned
dark where it is light, and the window is chosen (`dark_ink`).
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from digits_app.drawing.five_steps import Bitmap
from digits_app.drawing.ink import near

Contrast = NDArray[np.float32]

WINDOW_SHARES: Final = (0.05, 0.12, 0.3)
"""Sides of the closing's window to choose from, as shares of the picture's shorter side."""

SMALL_WINDOW_SHARES: Final = (0.15, 0.4)
"""The same for a small picture, which is one digit with little around it."""

DARKEST_PAPER: Final = 48
"""Of 255. What is darker is compared with this, so that noise in the dark is no ink."""

SMALL_PICTURE: Final = 240
"""A picture whose longer side is shorter, in pixels, is enlarged to it."""

LEAST_INK: Final = 80
"""Longer side, in pixels, of the ink of a drawing that is made smaller, at least."""

FLAT: Final = 16
"""Of 255. A clean ground differs from one colour by no more."""

SLOPE_SIDE: Final = 32
"""Longer side, in pixels, of the copy in which every grey of a drawing is on a slope."""

FLAT_GREY: Final = 36
"""Of 255. A grey that differs by less from all around is on no slope."""

MOST_FLAT_GREY: Final = 0.08
"""Greatest share of a drawing that is such a grey."""

SOFT_SIDE: Final = 200
"""Longer side, in pixels, of the copy in which the way from grey to ink is measured."""

FULL_INK: Final = 180
"""Of 255. The thickest ink of a drawing is at least so strong."""

THIN_INK: Final = 2.0
"""Half the width, in pixels of the copy, of strokes that no pixel of it is within."""

THICKEST: Final = 0.42
"""Half the thickest ink of a drawing, as a share of its shorter side, at most."""

SLOPE_REACH: Final = 3.0
"""A slope is at most so wide, as a share of half the thickest ink."""

FAINT: Final = 30.0
"""Of 255. Ink less bright or dark than this is looked for in the colours, too."""

COARSE_SIDE: Final = 600
"""Longer side, in pixels, of the copy that tells dark ink from light, thick from thin."""

EDGES_BESIDE_INK: Final = 0.7
"""A window is wide enough where this share of the sharpest edges is beside ink."""

WIDER: Final = 2.5
"""A window is at least so many times as wide as the ink is thick."""

FAINTEST: Final = 0.1
"""Contrast of what is taken for ink in measuring how thick ink is, at least."""

AS_DARK: Final = 0.3
"""Ink differs from the ink around it by less than this share of its contrast."""

FRAME_ZONE: Final = 0.15
"""The sides of a frame are looked for within this share of a side from the rim."""

FRAME_COVERAGE: Final = 0.95
"""Least share of a side that the side of a frame covers."""

LEAST_FRAMED: Final = 16
"""A picture with a shorter side than this, in pixels, has no room for a frame."""

TOUCHES_FRAME: Final = 0.04
"""More ink than this share of a side next to a frame belongs to what looks like one."""

FRAME_CONTRAST: Final = 25.0
"""Of 255. A frame differs from the paper by more than this."""


def is_clean(intensity: Image.Image) -> bool:
    """Whether the ground of a picture is one colour, and only ink stands out.

    Parameters
    ----------
    intensity : PIL.Image.Image
        Mode "L", of `digits_app.drawing.ink.ink_intensity`.
    """
    small = _reduced(intensity, SOFT_SIDE)
    ink = small >= 128
    inside = ndimage.distance_transform_edt(ink)
    if ink.any():
        deep = small[inside > 0.6 * inside.max()]
        is_thin = inside.max() <= THIN_INK  # and pale in the copy, however black it is
        is_pale = not is_thin and np.median(deep) < FULL_INK
        if is_pale or inside.max() > THICKEST * min(small.shape):
            return False  # a shadow, or what lies beside one
    return is_sharp(np.asarray(intensity)) or (
        _has_slopes_only(_reduced(intensity, SLOPE_SIDE))
        and _is_ground_far_from(ink, SLOPE_REACH * float(inside.max()), small)
    )


def is_sharp(levels: NDArray[np.uint8]) -> bool:
    """Whether all is ground but for ink and the pixels next to it."""
    if np.mean((levels > FLAT) & (levels < 128)) > 0.3:
        return False
    ground = levels[~near(levels >= 128, 2)]
    return len(ground) > 0 and float(np.mean(ground > FLAT)) < 0.005


def _has_slopes_only(small: NDArray[np.float32]) -> bool:
    """Whether greys are the slopes from ink to ground, and hardly ever lie flat.

    A drawing that was enlarged smoothly has slopes as wide as its pen; paper that is lit
    unevenly is grey all over.
    """
    around = ndimage.maximum_filter(small, 3) - ndimage.minimum_filter(small, 3)
    flat = (small > FLAT) & (small < 128) & (around < FLAT_GREY)
    return float(np.mean(flat)) <= MOST_FLAT_GREY


def _is_ground_far_from(ink: Bitmap, reach: float, levels: NDArray[np.float32]) -> bool:
    """Whether nothing stands out but ink and what is within reach of it."""
    if not ink.any():
        return False
    far = ndimage.distance_transform_edt(~ink) > max(reach, 2.0)
    return float(np.mean(far & (levels > FLAT))) < 0.005


def _reduced(band: Image.Image, side: int) -> NDArray[np.float32]:
    """A copy of about so many pixels, averaged."""
    factor = max(1, max(band.size) // side)
    return np.asarray(band.reduce(factor), dtype=np.float32)


def inside_frame(grey: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """What is inside the frame of a form, or inside the rim of a table around the paper.

    Parameters
    ----------
    grey : ndarray of shape (height, width), uint8

    Returns
    -------
    tuple of int
        Left, top, right and bottom of what is inside; the whole picture without a frame.
    """
    if min(grey.shape) < LEAST_FRAMED:
        return 0, 0, grey.shape[1], grey.shape[0]
    coarse = grey[:: max(1, len(grey) // 200), :: max(1, grey.shape[1] // 200)]
    paper = float(np.median(coarse))
    low, high = np.quantile(coarse, [0.02, 0.98])
    least = max(FRAME_CONTRAST, 0.4 * max(paper - low, high - paper))
    top, bottom = _rows_inside_frame(grey, paper, least)
    left, right = _rows_inside_frame(grey.T, paper, least)
    return left, top, right, bottom


def _rows_inside_frame(
    grey: NDArray[np.uint8], paper: float, least: float
) -> tuple[int, int]:
    """First row inside a frame's upper side, and first row of its lower side."""
    zone = max(2, round(FRAME_ZONE * len(grey)))
    upper = _rows_of_frame(grey[:zone], paper, least)
    lower = _rows_of_frame(grey[::-1][:zone], paper, least)
    return upper, len(grey) - lower


def _rows_of_frame(strip: NDArray[np.uint8], paper: float, least: float) -> int:
    """How many rows of a strip along the rim are frame, or outside of one."""
    levels = strip.astype(np.float32)
    dark, light = levels < paper - least, levels > paper + least
    away = dark if dark.mean() > light.mean() else light
    frame = np.flatnonzero(away.mean(axis=1) >= FRAME_COVERAGE)
    if not len(frame) or frame[-1] + 2 >= len(strip):
        return 0  # there is none, or it is no line: it goes on
    side = max(2, round(FRAME_ZONE * strip.shape[1]))
    if away[frame[-1] + 2, side:-side].mean() > TOUCHES_FRAME:
        return 0  # a stroke leads on from it: the foot of a 2 fills a narrow picture
    return int(frame[-1]) + 1


def enlarged(band: Image.Image) -> Image.Image:
    """Enlarge a small picture smoothly, so that its greys become the shape of a stroke."""
    factor = SMALL_PICTURE // max(band.size)
    if factor <= 1:
        return band
    return band.resize(
        (factor * band.width, factor * band.height), Image.Resampling.BICUBIC
    )


def at_one_size(intensity: Image.Image) -> Image.Image:
    """Bring a small or a soft drawing to one size, whichever it was enlarged to.

    Where an edge falls among the pixels decides an answer that is between two digits. So
    the same few pixels are to fall alike, enlarged here or by another program. What has
    sharp edges has a size of its own, and keeps it.

    Parameters
    ----------
    intensity : PIL.Image.Image
        Mode "L", of `digits_app.drawing.ink.ink_intensity`; clean.
    """
    side, least = max(intensity.size), SMALL_PICTURE
    if side == least or (side > least and is_sharp(np.asarray(intensity))):
        return intensity
    box = intensity.point(lambda level: level >= 128).getbbox()
    assert box is not None  # the strongest ink is 255
    # A small digit on a large sheet keeps its detail.
    longer = max(box[2] - box[0], box[3] - box[1])
    while least < side and least * longer < LEAST_INK * side:
        least *= 2
    size = [max(1, round(least / side * length)) for length in intensity.size]
    return intensity.resize((size[0], size[1]), Image.Resampling.BICUBIC)


def paper_contrast(
    grey: NDArray[np.uint8 | np.float32], window: float, is_light: bool
) -> Contrast:
    """How far each pixel falls below the paper around it, as a share of the light.

    Parameters
    ----------
    grey : ndarray of shape (height, width), uint8
        Ink is dark.
    window : float
        Pixels; what is dark and narrower is taken for ink.
    is_light : bool
        The picture was inverted: its ink is light in truth.

    Returns
    -------
    ndarray of the same shape, float32
        0 paper to 1 black ink on white, with noise about 0.
    """
    paper = ndimage.grey_closing(grey, size=2 * int(window / 2) + 3)
    below = paper.astype(np.float32) - grey
    # Light that falls on both cancels out: the darker one's share of the lighter one's.
    lighter = 255 - grey if is_light else paper
    contrast: Contrast = below / np.maximum(lighter, DARKEST_PAPER)
    return contrast


def valley(contrast: Contrast) -> tuple[float, float]:
    """Part levels into two heaps (N. Otsu, IEEE Trans. SMC 9(1), 1979).

    Returns
    -------
    level : float
        Between the two.
    parted : float
        How much of the variance is between them, 0..1.
    """
    counts, edges = np.histogram(contrast, 64)
    middles = (edges[1:] + edges[:-1]) / 2
    share = counts / counts.sum()
    below, mean = np.cumsum(share)[:-1], np.cumsum(share * middles)
    total = float(mean[-1])
    variance = float(np.sum(share * (middles - total) ** 2))
    between = (total * below - mean[:-1]) ** 2 / np.maximum(below * (1 - below), 1e-9)
    best = int(np.argmax(between))
    return float(edges[best + 1]), float(between[best] / max(variance, 1e-12))


def ink_band(page: Image.Image) -> Image.Image:
    """One band of a picture in which its ink stands out.

    Brightness, unless it shows little and red, green or blue shows twice as much: red ink
    on a blue ground can be as bright as the ground.

    Parameters
    ----------
    page : PIL.Image.Image
        Mode "L" or "RGB".

    Returns
    -------
    PIL.Image.Image
        Mode "L".
    """
    brightness = page.convert("L")
    if page.mode == "L" or (shown := _spread(brightness)) > FAINT:
        return brightness
    colours = page.split()
    spreads = [_spread(colour) for colour in colours]
    best = int(np.argmax(spreads))
    return colours[best] if spreads[best] > 2 * shown else brightness


def _spread(band: Image.Image) -> float:
    """How far, of 255, fine detail of a band is from its surroundings."""
    factor = -(-max(band.size) // COARSE_SIDE)
    small = np.asarray(band.reduce(factor) if factor > 1 else band, dtype=np.float32)
    window = max(3, int(min(small.shape) * 0.1))
    return float(np.quantile(np.abs(small - ndimage.uniform_filter(small, window)), 0.995))


def dark_ink(
    band: Image.Image, window_shares: tuple[float, ...]
) -> tuple[NDArray[np.uint8], float, bool]:
    """Turn a band so that its ink is dark, and choose the window for its closing.

    The window is the smallest of which all the strongest ink is narrower: a wide one takes
    the dark between a digit and the edge of a shadow for ink. With a small window the ink
    is also told from the holes of the digits, which are wider.

    Parameters
    ----------
    band : PIL.Image.Image
        Mode "L".
    window_shares : tuple of float
        Windows to choose from, ascending, as shares of the shorter side.

    Returns
    -------
    grey : ndarray of shape (height, width), uint8
        Ink is dark.
    window : float
        Pixels.
    is_light : bool
        The band was inverted.
    """
    grey = ndimage.gaussian_filter(np.asarray(band), 0.7)
    both = (_coarse(grey), _coarse(255 - grey))
    steps = [_steps(small, is_light) for is_light, small in enumerate(both)]
    tops = [float(np.quantile(step, 0.998)) for step in steps]
    edges = [step > 0.6 * top for step, top in zip(steps, tops, strict=True)]
    best = (-1.0, 0, 0.0)
    for share in window_shares:
        inks = [
            paper_contrast(small, share * min(small.shape), bool(is_light)) > 0.5 * top
            for is_light, (small, top) in enumerate(zip(both, tops, strict=True))
        ]
        beside = [
            float(np.mean(near(ink, 2)[edge])) if edge.any() else 0.0
            for ink, edge in zip(inks, edges, strict=True)
        ]
        polarity = int(beside[1] > beside[0])
        if min(beside) > 0.85 * max(beside):
            polarity = _further_from_surroundings(both, inks)
        if beside[polarity] > best[0] + 0.05:
            best = (beside[polarity], polarity, share)
        if best[0] >= EDGES_BESIDE_INK:
            break
    _, polarity, share = best
    return (255 - grey if polarity else grey), share * min(grey.shape), bool(polarity)


def ink_contrast(grey: NDArray[np.uint8], window: float, is_light: bool) -> Contrast:
    """Contrast of ink, and of what is thicker than the window but just as dark.

    Where strokes meet, ink is wider than the pen: in a window just wider than the pen, a
    crossing is taken for paper. A wider window sees it, but also the dark between a digit
    and the edge of a shadow. So what only the wider one sees counts where it is as dark as
    the ink that both see around it.

    Parameters
    ----------
    grey, window, is_light
        See `dark_ink`.
    """
    contrast = paper_contrast(grey, window, is_light)
    strong = float(np.quantile(contrast[::4, ::4], 0.99))
    for _ in range(3):
        seen = contrast > max(0.5 * strong, FAINTEST)
        wider = WIDER * _thickness(seen)
        if wider <= window or window >= min(grey.shape):
            break
        window = min(wider, float(min(grey.shape)))
        reach = int(window) | 1
        share = ndimage.uniform_filter(seen.astype(np.float32), reach)
        ink = ndimage.uniform_filter(np.where(seen, grey, 0).astype(np.float32), reach)
        level = ink / np.maximum(share, 1e-6)
        wide = paper_contrast(grey, window, is_light)
        paper = ndimage.grey_closing(grey, size=2 * int(window / 2) + 3)
        as_dark = (share > 1e-3) & (grey < level + AS_DARK * (paper - level))
        contrast = np.where(as_dark, np.maximum(wide, contrast), contrast)
    return contrast


def _thickness(ink: Bitmap) -> float:
    """How thick ink is where it is thickest, in pixels, but for a few blots."""
    every = max(1, max(ink.shape) // SOFT_SIDE)
    ink = ink[::every, ::every]
    if not ink.any():
        return 0.0
    inside = ndimage.distance_transform_edt(ink)
    return float(2 * every * np.quantile(inside[ink], 0.98))


def _steps(small: NDArray[np.float32], is_light: int) -> NDArray[np.float32]:
    """How steep a picture is at each place, as a share of the brightness there."""
    highest, lowest = ndimage.maximum_filter(small, 3), ndimage.minimum_filter(small, 3)
    lighter = np.maximum(255 - lowest if is_light else highest, DARKEST_PAPER)
    step: NDArray[np.float32] = (highest - lowest) / lighter
    return step


def _further_from_surroundings(
    both: tuple[NDArray[np.float32], ...], inks: list[Bitmap]
) -> int:
    """Which polarity's ink it is: a hole is about as bright as its wide surroundings."""
    away = [
        float(
            np.sum((ndimage.uniform_filter(small, max(small.shape) // 2 + 1) - small)[ink])
        )
        for small, ink in zip(both, inks, strict=True)
    ]
    return int(away[1] > away[0])


def _coarse(grey: NDArray[np.uint8]) -> NDArray[np.float32]:
    """A small copy that keeps thin dark strokes: the darkest pixel of each block."""
    factor = -(-max(grey.shape) // COARSE_SIDE)
    height, width = (side // factor * factor for side in grey.shape)
    blocks = grey[:height, :width].reshape(
        height // factor, factor, width // factor, factor
    )
    darkest: NDArray[np.float32] = blocks.min(axis=(1, 3)).astype(np.float32)
    return darkest
