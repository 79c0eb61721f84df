"""The pictures of reasons: what speaks for an answer, and what against it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from digits_app.dataset import MAX_INTENSITY
from digits_app.drawing.colours import SLATE, rgb
from digits_app.network.classifiers import Classifier, Training, load_classifier
from digits_app.pages.shared.digit_pictures import AGAINST, FOR, grid
from digits_app.pages.shared.networks import Network, classifier_of
from digits_app.pages.shared.pictures import picture_url
from digits_app.pages.why.words import other_digits, place
from digits_app.reading.explanation import (
    Explanation,
    InkExplanation,
    Method,
    explain_digit,
    explain_drawing,
    look_alike,
    rub_out,
    with_random_weights,
)
from digits_app.wording import a_digit, certainty, percent

View = Literal["ink", "pixels", "mean"]

_VIEWS: Final[dict[View, str]] = {
    "ink": "Rub out ink",
    "pixels": "Rub out pixels",
    "mean": "Compare",
}
_METHODS: Final[dict[View, Method]] = {
    "pixels": "occlusion",
    "mean": "integrated gradients",
}
_COLOURS: Final = (
    '<b class="for">Orange</b> speaks for the answer, <b class="against">blue</b> against '
    "it"
)
_SENTENCES: Final[dict[View, str]] = {
    "ink": f"{_COLOURS}: your ink was rubbed out piece by piece, and the rest read anew.",
    "pixels": f"{_COLOURS}: each square is one of the 64 pixels. Those with ink were "
    "rubbed out, one at a time, and the other 63 read anew.",
    "mean": f"{_COLOURS}: each of the 64 pixels is compared with the average of all digits "
    "it learned from. Here missing ink can count, too: it can be why a 3 is no 8.",
}
_CHECKS: Final[dict[View, str]] = {
    "ink": "The stronger the colour, the more it counts. Check it with the eraser.",
    "pixels": "The stronger the colour, the more it counts. Check it in the editor below.",
    "mean": "The stronger the colour, the more it counts.",
}
_HONESTY: Final = (
    "The last picture is for a network of the same size with random weights: it has "
    "learned nothing. If it looked like the first, the method would be worth nothing."
)
_REASONS: Final = Path(__file__).with_name("reasons.html").read_text(encoding="utf-8")
_LEGEND: Final = """<div class="why-legend{}"><span>speaks for</span><i></i>\
<span>speaks against</span>{}</div>"""
_DOT_LEGEND: Final = "<em><u></u>ink</em>"
_NEUTRAL: Final = np.array((105, 110, 124))
_SLATE: Final = rgb(SLATE)
_UNTRAINED: Final = "<b>Random weights:</b> it has learned nothing"
_N_COMPARED: Final = 5
_N_LISTED: Final = 3
_LEAST_SHOWN: Final = 0.005


@dataclass(frozen=True)
class DrawnDigit:
    """A drawing whose ink can be rubbed out.

    Attributes
    ----------
    image : PIL.Image.Image
        Mode "L", 0 background to 255 ink.
    averaged : bool
        Read as nine tilted copies.
    """

    image: Image.Image
    averaged: bool


def show_reasons(
    image: NDArray[np.float64],
    proba: NDArray[np.float64],
    network: Network,
    rival: int,
    key: str,
    drawing: DrawnDigit | None = None,
) -> None:
    """Show what speaks for the answer, against all digits and against one of them.

    The picture comes first, and what can be changed about it after it.

    Parameters
    ----------
    image : ndarray of shape (8, 8)
        The digit, 0..16.
    proba : ndarray of shape (n_classes,)
        What was read in it; with a drawing, in that.
    network : Network
        Who reads it.
    rival : int
        The digit to compare with first.
    key : str
        Begins the widget keys.
    drawing : DrawnDigit, optional
        Where the digit comes from.
    """
    label = int(proba.argmax())
    place = st.container()
    with st.expander("More ways to find out"):
        view, against, is_honest = _ask_how(proba, rival, key, drawing is not None)
    if view == "ink" and drawing is not None:
        maps = _ink_maps(drawing, network, label, against, is_honest)
    else:
        maps = _pixel_maps(image, network, label, against, _METHODS[view], is_honest)
    place.html(
        _REASONS.format(
            a_digit=a_digit(label),
            sure=f"{certainty(proba[label])}, {percent(proba[label])}",
            sentence=_SENTENCES[view],
            maps="".join(maps),
            check=f"{_CHECKS[view]} {_HONESTY if is_honest else ''}",
        )
    )


def _ask_how(
    proba: NDArray[np.float64], rival: int, key: str, is_drawn: bool
) -> tuple[View, int, bool]:
    """Ask for the way to find out, the other digit, and whether to show what is random."""
    label = int(proba.argmax())
    others = other_digits(proba, label)
    views: list[View] = [view for view in _VIEWS if is_drawn or view != "ink"]
    if is_drawn:  # `averaged_looks` has its value before
        st.toggle("Look nine times, tilted a little each time", True, key=_looks_key(key))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        view = st.segmented_control(
            "How to find out",
            views,
            format_func=_VIEWS.__getitem__,
            default=views[0],
            required=True,
            key=f"{key}_view",
        )
        against = st.selectbox(
            f"{a_digit(label).capitalize()}, and not …",
            others,
            format_func=a_digit,
            index=others.index(rival),
            width=150,
            key=f"{key}_against_{label}_{rival}",
        )
        is_honest = st.toggle("Beside a network that learned nothing", key=f"{key}_honest")
    assert view is not None
    return view, against, is_honest


def averaged_looks(key: str) -> bool:
    """Whether the drawing is looked at nine times: chosen where the reasons are shown."""
    return bool(st.session_state.get(_looks_key(key), True))


def _looks_key(key: str) -> str:
    return f"{key}_averaged"


def _pixel_maps(
    image: NDArray[np.float64],
    network: Network,
    label: int,
    against: int,
    method: Method,
    is_honest: bool,
) -> Iterator[str]:
    """Maps over the 64 pixels, and the legend."""
    classifier = classifier_of(network)
    for_all = explain_digit(image, classifier, label, method=method)
    for_one = explain_digit(image, classifier, label, against, method)
    read = int(for_all.proba.argmax())
    doubt = "" if read == label else f". One look at these 64 alone reads {a_digit(read)}"
    alike = look_alike(for_all.heat, for_one.heat)
    caption = _caption(label) + doubt + (_same(label, against) if alike else "")
    yield _figure(_heat_grid(image, for_all), caption, _counts(for_all))
    yield _LEGEND.format("", _DOT_LEGEND)
    if not alike:
        caption = _caption(label, against)
        yield _figure(_heat_grid(image, for_one), caption, _counts(for_one))
    if is_honest:
        untrained = explain_digit(image, _untrained(network), label, method=method)
        shared = _n_shared(for_all.heat, untrained.heat)
        yield _figure(_heat_grid(image, untrained), _UNTRAINED, _agreement(shared))


def _ink_maps(
    drawing: DrawnDigit,
    network: Network,
    label: int,
    against: int,
    is_honest: bool,
) -> Iterator[str]:
    """Maps over the ink of a drawing, and the legend."""
    classifier = classifier_of(network)
    rubbed = rub_out(drawing.image, drawing.averaged)
    for_all = explain_drawing(rubbed, classifier, label)
    for_one = explain_drawing(rubbed, classifier, label, against)
    alike = look_alike(for_all.heat, for_one.heat)
    caption = _caption(label) + (_same(label, against) if alike else "")
    yield _figure(_heat_ink(drawing.image, for_all), caption, _ink_counts(for_all))
    yield _LEGEND.format(" of-ink", "")
    if not alike:
        yield _figure(_heat_ink(drawing.image, for_one), _caption(label, against), "")
    if is_honest:
        untrained = explain_drawing(rubbed, _untrained(network), label)
        shared = _n_shared(for_all.heat, untrained.heat)
        yield _figure(_heat_ink(drawing.image, untrained), _UNTRAINED, _agreement(shared))


def _untrained(network: Network) -> Classifier:
    """A network of the same shape with random weights."""
    if network.training == "mine":  # the next visitor's may have another shape
        return with_random_weights(classifier_of(network))
    return _shared_untrained(network.n_classes, network.training)


@st.cache_resource(show_spinner=False)
def _shared_untrained(n_classes: int, training: Training) -> Classifier:
    return with_random_weights(load_classifier(n_classes, training))


def _caption(label: int, against: int | None = None) -> str:
    if against is None:
        return f"<b>For {a_digit(label)}</b> or against it"
    return f"<b>{a_digit(label).capitalize()},</b> and not {a_digit(against)}"


def _same(label: int, against: int) -> str:
    return (
        f". “{a_digit(label).capitalize()}, and not {a_digit(against)}” gives the same "
        "picture, so it is shown once."
    )


def _figure(picture: str, caption: str, counts: str) -> str:
    return f"<figure>{picture}<figcaption>{caption}{counts}</figcaption></figure>"


def _n_shared(first: NDArray[np.float64], second: NDArray[np.float64]) -> int:
    """How many of the pixels that count most are the same in two maps."""
    strongest = [
        set(np.argsort(-np.abs(heat).ravel())[:_N_COMPARED]) for heat in (first, second)
    ]
    return len(strongest[0] & strongest[1])


def _agreement(n_shared: int) -> str:
    return (
        f'<p class="why-counts">Of the {_N_COMPARED} places that count most, '
        f"{n_shared or 'none'} {'is' if n_shared == 1 else 'are'} the same.</p>"
    )


def _counts(why: Explanation) -> str:
    """Name the pixels that count most, and what rubbing them out does."""
    heat = why.heat.ravel()
    order = np.argsort(-heat, kind="stable").tolist()
    lines = []
    for kind, name, pixels in (
        ("for", "for", [pixel for pixel in order if heat[pixel] > 0]),
        ("against", "against", [pixel for pixel in order[::-1] if heat[pixel] < 0]),
    ):
        if pixels:
            named = "; ".join(_count(why, pixel) for pixel in pixels[:_N_LISTED])
            lines.append(f'<li><span class="{kind}">Most {name}:</span> {named}</li>')
    return f'<ul class="why-counts">{"".join(lines)}</ul>'


def _count(why: Explanation, pixel: int) -> str:
    change = float(why.heat.flat[pixel])
    if why.method == "occlusion" and why.against is None:
        return f"{place(pixel)} ({percent(why.proba[why.label] - change)} sure without it)"
    return place(pixel)


def _ink_counts(why: InkExplanation) -> str:
    strongest = float(why.heat.max())
    whole = float(why.proba[why.label])
    if strongest < _LEAST_SHOWN:
        return (
            f'<p class="why-counts">Whichever piece you rub out, it stays at least '
            f"{percent(whole - strongest)} sure.</p>"
        )
    return (
        f'<p class="why-counts">Without the piece that counts most it is '
        f"{percent(whole - strongest)} sure, not {percent(whole)}.</p>"
    )


def _heat_grid(image: NDArray[np.float64], why: Explanation) -> str:
    """Colour the 64 squares; a white dot is ink, the larger the more."""
    strongest = float(np.abs(why.heat).max()) or 1.0
    cells = (
        f"<span{_colour(heat / strongest)}>{_dot(ink)}</span>"
        for heat, ink in zip(why.heat.flat, image.flat, strict=True)
    )
    return grid(cells, _description(why), "why-heat")


def _heat_ink(image: Image.Image, why: InkExplanation) -> str:
    """Colour the ink of a drawing, patch by patch."""
    strength = why.heat / (np.abs(why.heat).max() or 1.0)
    # from patches to pixels of the drawing
    wide = strength.repeat(why.patch_side, axis=0).repeat(why.patch_side, axis=1)
    canvas = Image.new("F", image.size)
    canvas.paste(Image.fromarray(wide.astype(np.float32)), why.corner)
    by_pixel = np.asarray(canvas)[:, :, None]
    side = np.where(by_pixel < 0, rgb(AGAINST), rgb(FOR))
    ink_colour = _NEUTRAL + np.abs(by_pixel) * (side - _NEUTRAL)
    opacity = np.asarray(image)[:, :, None] / 255
    colours = _SLATE + opacity * (ink_colour - _SLATE)
    address = picture_url(Image.fromarray(colours.astype(np.uint8)))
    return f'<img class="slate" src="{address}" alt="{_description(why)}">'


def _description(why: Explanation | InkExplanation) -> str:
    """Say in a sentence what a map shows, for a screen reader."""
    of_what = a_digit(why.label)
    other = "" if why.against is None else f", and not {a_digit(why.against)}"
    n_columns = why.heat.shape[1]
    return (
        f"What speaks for {of_what}{other}: most of all "
        f"{place(int(why.heat.argmax()), n_columns)}; against it most of all "
        f"{place(int(why.heat.argmin()), n_columns)}."
    )


def _colour(strength: float) -> str:
    """Style of a square: -1 speaks against, 1 for."""
    share = round(100 * abs(strength))
    if not share:
        return ""
    side = ' class="against"' if strength < 0 else ""
    return f'{side} style="--share:{share}%"'


def _dot(ink: float) -> str:
    size = np.sqrt(ink / MAX_INTENSITY)
    return f'<u style="--s:{size:.2f}"></u>' if ink else ""
