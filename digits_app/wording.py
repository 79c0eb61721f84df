"""How figures are said, on every page and in every sentence alike."""

from typing import Final

CERTAINTY_WORDS: Final = (
    (0.95, "very sure"),
    (0.8, "fairly sure"),
    (0.5, "not so sure"),
    (0.0, "just guessing"),
)
"""From which probability on a reading is called what."""


def percent(share: float) -> str:
    """Write a probability or another share for reading; it never rounds to certainty.

    Within 1 % of either end there is a decimal, and beyond that a sign: only what is
    exactly 0 or 1 is "0%" or "100%".

    Parameters
    ----------
    share : float
        0..1.

    Examples
    --------
    >>> percent(0.914), percent(0.996), percent(0.004)
    ('91%', '99.6%', '0.4%')
    >>> percent(0.99996), percent(0.00004), percent(1), percent(0)
    ('>99.9%', '<0.1%', '100%', '0%')
    """
    if share in (0, 1):
        return f"{share:.0%}"
    if share < 0.001:
        return "<0.1%"
    if share > 0.999:
        return ">99.9%"
    return f"{share:.0%}" if 0.01 <= share <= 0.99 else f"{share:.1%}"


def certainty(probability: float) -> str:
    """Say a probability, 0..1, in words.

    Examples
    --------
    >>> certainty(0.97)
    'very sure'
    """
    return next(words for least, words in CERTAINTY_WORDS if probability >= least)


def a_digit(digit: int) -> str:
    """Write a digit with its article.

    Examples
    --------
    >>> a_digit(8), a_digit(7)
    ('an 8', 'a 7')
    """
    return f"an {digit}" if digit == 8 else f"a {digit}"
