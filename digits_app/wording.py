"""How figures are said, on every page and in every sentence alike."""

from typing import Any, Final

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


NEGLIGIBLE: Final = 0.005
"""Probability below which a digit is not named."""


def board_words() -> dict[str, Any]:
    """What the board says, for the browser, which fills in the figures.

    Returns
    -------
    dict
        Sentences with places in braces; `answer` has those of a reading, `history` those of
        the chart, and `empty`, `begun` and `notYet` stand where nothing is read.
    """
    return {
        "answer": answer_words(),
        "history": history_words(),
        "empty": {
            "title": "Your turn",
            "detail": "The answer appears with your first line and changes as you go on.",
        },
        "begun": {"title": "Reading…", "detail": "Go on, it needs a little more."},
        "notYet": "Not a digit yet",
        "silent": "The server is not answering just now. Keep drawing: nothing is lost, "
        "and the steps, the similar digits and the other opinions come when it is back.",
    }


def answer_words() -> dict[str, Any]:
    """What is said of a reading.

    Examples
    --------
    >>> answer_words()["titles"][0]
    (0.95, 'Very sure it is {digit}')
    """
    return {
        "titles": [
            (least, f"{words.capitalize()} it is {{digit}}")
            for least, words in CERTAINTY_WORDS[:-1]
        ]
        + [(0.0, "Only guessing: {digit}")],
        "first": "{percent} for the {digit}.",
        "second": "The {digit} comes next, with {percent}.",
        "alone": "Nothing else comes close.",
        "negligible": NEGLIGIBLE,
        "why": "Why {digit}?",
        "noDigit": "no digit",
        "number": {
            "title": "A number, digit by digit",
            "changed": "how the answer to the marked one changed",
            "detail": "Each digit is read on its own. This page is about the marked one: "
            "press another to see it.",
            "said": "It reads {number}.",
        },
        "bars": "How likely each digit is: {each}",
        "barsNotTrusted": "How likely each digit is: not to be trusted here",
        "unfamiliar": {
            "title": "It has never seen anything like this",
            "detail": {
                n_classes: f"It knows only {known}. If it must choose, it says {{digit}}. "
                "Don’t trust that."
                for n_classes, known in ((10, "0 to 9"), (2, "0 and 1"))
            },
            "always": "A network always answers.",
            "note": {
                n_classes: f"Its {many} likelihoods add up to 100%, even for a star. So "
                "this page also asks a second network, which has seen letters and "
                "scribbles too."
                for n_classes, many in ((10, "ten"), (2, "two"))
            },
        },
    }


def history_words() -> dict[str, str]:
    """What is said of how the answer changed."""
    return {
        "title": "How the answer changed while you drew",
        "from": "from pen down to pen up",
        "began": "first {article}",
        "now": "now {article}",
        "always": "It read {first} from the beginning",
        "changed": "It first read {first}{between}, now {now}",
        "then": ", then {then}",
        "goBack": "Go back",
        "readAs": "Your drawing when it was read as {digit}",
        "tooFew": "It was read too seldom to show how the answer changed. Draw a digit, "
        "line by line.",
    }
