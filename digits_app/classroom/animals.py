"""Sixty animals in place of names: twelve kinds in five colours, of 8×8 pixels."""

from dataclasses import dataclass
from typing import Final

COLOURS: Final = ("green", "yellow", "pink", "violet", "white")
"""Neither orange nor blue: those say what speaks for an answer, and against it."""

_PIXELS: Final = {
    "otter": ".mmmmmm./mmmmmmmm/mm.mm.mm/.mmmmmm./wwwddwww/.wwwwww./w.wwww.w/..mmmm..",
    "whale": "..w.w.../...w..../.mmmm..m/mmmmmm.m/m.mmmmmm/mmmmmmmm/wwwwwmm./.wwwm...",
    "owl": "m......m/mmmmmmmm/mwwmmwwm/mw.mm.wm/mmmddmmm/mdmddmdm/mmdmmdmm/.mmmmmm.",
    "duck": "..mmm.../.mmmmm../.m.mmm../dddmmm../..mmm..m/.mmmdmmm/.mmmddm./..mmmm..",
    "fish": "......../...mmm../m.mmdmm./mmmdmm.m/mmmdmmmm/m.mmdmm./...mmm../........",
    "penguin": "..mmmm../.mmmmmm./.m.mm.m./.mmddmm./mmwwwwmm/mwwwwwwm/mwwwwwwm/.dd..dd.",
    "crab": "m......m/mm....mm/mm.ww.mm/.m.mm.m./.mmmmmm./mmmmmmmm/m.mmmm.m/m.m..m.m",
    "cat": "m......m/mm....mm/mmmmmmmm/m.mmmm.m/mmmddmmm/dmmmmmmd/.mmmmmm./..mmmm..",
    "fox": "m......m/mm....mm/mmmmmmmm/m.mmmm.m/wwmmmmww/.wwmmww./..wwww../...dd...",
    "bear": "mm....mm/mdmmmmdm/.mmmmmm./.m.mm.m./.mmmmmm./.mwwwwm./.mw..wm./..wwww..",
    "frog": ".mm..mm./mw.mmw.m/mmmmmmmm/mmmmmmmm/m......m/mmmmmmmm/.mmmmmm./mm....mm",
    "rabbit": ".mm..mm./.md..dm./.md..dm./.mmmmmm./.m.mm.m./.mmddmm./.mmwwmm./..mwwm..",
}
"""Rows of pixels: m is the animal's colour, d a darker one, w white, a dot the slate."""

KINDS: Final = tuple(_PIXELS)
N_ANIMALS: Final = len(KINDS) * len(COLOURS)


@dataclass(frozen=True)
class Animal:
    """One pupil's animal.

    Attributes
    ----------
    number : int
        0..59; the first sixty pupils of a class get them in this order.

    Examples
    --------
    >>> Animal(0).name, Animal(13).name
    ('green otter', 'white whale')
    >>> len({Animal(number).name for number in range(N_ANIMALS)})
    60
    """

    number: int

    @property
    def kind(self) -> str:
        """What it is, one of `KINDS`."""
        return KINDS[self.number % len(KINDS)]

    @property
    def colour(self) -> str:
        """One of `COLOURS`."""
        # The next pupils differ in kind and in colour.
        return COLOURS[(self.number + self.number // len(KINDS)) % len(COLOURS)]

    @property
    def name(self) -> str:
        """Colour and kind."""
        return f"{self.colour} {self.kind}"

    @property
    def rows(self) -> tuple[str, ...]:
        """Eight rows of eight pixels: "m", "d", "w" or "."."""
        return tuple(_PIXELS[self.kind].split("/"))
