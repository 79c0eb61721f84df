"""The pieces of HTML that an answer is made of."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app.wording import percent

PARTS: Final = ("answer", "history", "saw", "near", "others", "said")
"""Places of the page that the board fills."""

Parts = dict[str, str | None]

ANSWER: Final = """<section class="answer {mood}" aria-label="Answer">
<div class="digit num {faded}">{digit}</div><div><div class="verdict"><div><h2>{title}</h2>
<p>{detail}</p></div>{button}</div>{bars}</div></section>"""
WHY: Final = """<button class="btn" type="button" data-ask="why">\
<span class="ms" aria-hidden="true">help</span>Why {}?</button>"""
TYPE_ONE: Final = """<button class="btn" type="button" data-ask="type">\
<span class="ms" aria-hidden="true">keyboard</span>No pen? Type one</button>"""
_BARS: Final = '<div class="bars" role="img" aria-label="{said}">{bars}</div>'
_BAR: Final = """<div class="bar{win}"><em class="num">{percent}</em>\
<i style="--p:{height:.1f}%"></i><span class="num">{label}</span></div>"""
HEAD: Final = '<div class="head"><h3>{}</h3><span class="muted">{}</span></div>'
_ARROW: Final = """<svg class="arrow" viewBox="0 0 28 16" aria-hidden="true">\
<path d="M2 8h23M19 2l6 6-6 6"/></svg>"""
_STEP: Final = """<figure class="step{last}">{picture}<figcaption>{title}\
<span>{detail}</span></figcaption></figure>"""
_DRAWN: Final = (("Your ink", "as you drew it"),)
_STEPS: Final = (
    ("Stretched", "to 20 × 32"),
    ("Evened", "one pen for all"),
    ("Upright", "slant taken out"),
    ("8 × 8 numbers", "ink in each square, 0 to 16"),
)
NOTE: Final = """<div class="note"><span class="ms" aria-hidden="true">{icon}</span>\
<p>{text}</p></div>"""


def bars_html(proba: NDArray[np.float64], strange: bool) -> str:
    """Draw a bar for each digit; without percentages for what is like no digit."""
    best = int(proba.argmax())
    bars = "".join(
        _BAR.format(
            win="" if strange or label != best else " win",
            percent="" if strange or part < 0.005 else percent(part),
            height=100 * part,
            label=label,
        )
        for label, part in enumerate(proba.tolist())
    )
    if strange:
        said = "How likely each digit is: not to be trusted here"
    else:
        said = "How likely each digit is: " + ", ".join(
            f"{label}: {percent(part)}" for label, part in enumerate(proba.tolist())
        )
    return _BARS.format(said=said, bars=bars)


def steps(
    title: str, pictures: Sequence[str], first: Sequence[tuple[str, str]] = _DRAWN
) -> str:
    """Show the steps of the preparation, with arrows between them.

    Parameters
    ----------
    title : str
    pictures : sequence of str
        HTML, one for each step.
    first : sequence of (str, str)
        Names and details of the steps up to the ink.
    """
    figures = [
        _STEP.format(
            last=" last" if name == _STEPS[-1][0] else "",
            picture=picture,
            title=name,
            detail=detail,
        )
        for picture, (name, detail) in zip(pictures, (*first, *_STEPS), strict=True)
    ]
    head = HEAD.format(title, "the same five steps as for the digits it learned from")
    return f'{head}<div class="steps">{_ARROW.join(figures)}</div>'
