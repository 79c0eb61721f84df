"""The pieces of HTML that an answer is made of."""

from collections.abc import Sequence
from typing import Final

HEAD: Final = '<div class="head"><h3>{}</h3><span class="muted">{}</span></div>'
_ARROW: Final = '<span class="arrow"></span>'
_STEP: Final = """<figure class="step{last}">{picture}<figcaption>{title}\
<span>{detail}</span></figcaption></figure>"""
_DRAWN: Final = (("Your ink", "as you drew it"),)
_STEPS: Final = (
    ("Stretched", "to 20 × 32"),
    ("Evened", "one pen for all"),
    ("Lined up", "at its left edge"),
    ("8 × 8 numbers", "ink in each square, 0&nbsp;to&nbsp;16"),
)


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
