"""The words of the trade: one that is pressed explains itself in one sentence.

`linked` makes links of them, to "#word-loss" say, in the text of any page. The script of
`show_glossary`, which is on every page, shows the sentence beside the word (`glossary.js`).
"""

import re
from typing import Final

from digits_app.pages.shared.components import declare_component

SENTENCES: Final = {
    "neural network": "A neural network turns numbers into an answer: it multiplies "
    "them by numbers of its own, adds them up, does so again, and changes its own "
    "numbers until its answers to many examples are right.",
    "hidden unit": "A hidden unit, or neuron, adds up all pixels, each times a weight of "
    "its own, and passes the sum on where it is more than 0.",
    "weight": "A weight is a number that the network has learned: how much one thing "
    "counts for another.",
    "datapoint": "A datapoint is one example: here one digit that somebody wrote, as 64 "
    "numbers.",
    "n_class": "`n_class` says how many digits there are: 2 means 0 and 1, 10 means all.",
    "fit": "To fit is to learn: the network changes its weights until its answers "
    "suit the examples.",
    "iteration": "An iteration is one pass through all the digits that it learns from.",
    "loss": "The loss is one number for how far the answers are from the right "
    "ones, and learning makes it smaller.",
    "random_state": "`random_state` is where chance begins: the same number brings the same"
    " shuffling and the same first weights.",
    "test set": "The test set is what the network never saw while it learned, kept back"
    " to find out whether it learned or only remembers.",
    "score": "The score is the share of the test set that it reads right.",
    "likelihood": "A likelihood says how sure the network is of one digit, and those of "
    "all digits add up to 100%.",
}
"""Each word, and what it is, for somebody of 14."""

_FORMS: Final = {
    "neural network": "(?:neural )?networks?",
    "hidden unit": "hidden units?|neurons?",
    "weight": "weights?",
    "datapoint": "datapoints?",
    "n_class": r"n_class(?:=\d+)?",
    "iteration": "iterations?",
    "likelihood": "likelihoods?",
}
"""How a word may be written, where not as it is."""

# A word of its own or in backticks, and no part of code, an address or another word.
_WORD: Final = re.compile(
    r"(?<![\w`#./-])(`?)("
    + "|".join(f"(?:{_FORMS.get(word, word)})" for word in SENTENCES)
    + r")\1(?![\w`(])",
    re.IGNORECASE,
)

_glossary = declare_component("glossary", __file__, "glossary.js")


def linked(text: str, is_html: bool = False) -> str:
    """Make links of the first place of each word of the glossary.

    Parameters
    ----------
    text : str
        In Markdown, or in HTML without any tags.
    is_html : bool, default=False

    Returns
    -------
    str
        In the same.

    Examples
    --------
    >>> linked("The loss of a loss, after `fit`.")
    'The [loss](#word-loss) of a loss, after [`fit`](#word-fit).'
    >>> linked("A network", is_html=True)
    'A <a href="#word-neural-network">network</a>'
    """
    seen: set[str] = set()

    def link(found: re.Match[str]) -> str:
        word = _word(found[2])
        if word in seen:
            return found[0]
        seen.add(word)
        target = f"#word-{word.replace(' ', '-')}"
        if is_html:
            return f'<a href="{target}">{found[0]}</a>'
        return f"[{found[0]}]({target})"

    return _WORD.sub(link, text)


def _word(written: str) -> str:
    """The word of the glossary that is written in one of its forms."""
    return next(
        word
        for word in SENTENCES
        if re.fullmatch(_FORMS.get(word, word), written, re.IGNORECASE)
    )


def show_glossary() -> None:
    """Let the words of a page explain themselves; once on each page."""
    said = {
        word.replace(" ", "-"): text.replace("`", "") for word, text in SENTENCES.items()
    }
    _glossary(key="unseen_glossary", data=said)
