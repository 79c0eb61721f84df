"""Signs that are no digits, as strokes of a pen: letters, marks, arrows, small pictures.

The guard (`training.guard`) learns to tell digits from them. They are data to be read, and
`handwriting` bends and draws them as it does digits.

Left out is what is a digit in many hands: the letters B, D, G, I, O, Q, S, Z, a, b, g, i,
j, l, o, q, s, y and z; a stroke or a bow (1); an oval with or without a stroke across (0);
signs of other scripts that look like a 2, 3, 4, 5, 6, 8 or 9.
"""

from typing import Final

from digits_app.training.allographs import Allograph


def _ring(x: float, y: float, radius: float) -> str:
    """Write a circle as a stroke."""
    near = 0.7 * radius
    course = (
        (0, -radius),
        (-near, -near),
        (-radius, 0),
        (-near, near),
        (0, radius),
        (near, near),
        (radius, 0),
        (near, -near),
        (0, -radius),
    )
    return " ".join(f"{x + across:.3f},{y + down:.3f}" for across, down in course)


LATIN: Final = (
    Allograph("A", "pointed", ("0,1 .5,0! 1,1", ".18,.62 .85,.62")),
    Allograph("A", "in one go", ("0,1 .5,0! 1,1! .15,.6",)),
    Allograph("A", "round", ("0,1 .05,.4 .5,0 .95,.4 1,1", "0,.55 1,.55")),
    Allograph("C", "plain", ("1,.18 .6,0 .12,.25 0,.55 .2,.9 .6,1 1,.82",)),
    Allograph("E", "plain", ("1,0 0,0! 0,1! 1,1", "0,.5 .8,.5")),
    Allograph("E", "four strokes", ("0,0 0,1", "0,0 1,0", "0,.5 .8,.5", "0,1 1,1")),
    Allograph("E", "like an epsilon", ("1,.12 .5,0 .12,.22 .55,.46! .02,.74 .45,1 1,.85",)),
    Allograph("F", "plain", ("1,0 0,0! 0,1", "0,.48 .75,.48")),
    Allograph("F", "three strokes", ("0,0 0,1", "0,0 1,0", "0,.5 .8,.45")),
    Allograph("H", "plain", ("0,0 0,1", "1,0 1,1", "0,.5 1,.5")),
    Allograph("H", "slanted bar", ("0,0 0,1", "0,.6 1,.5", "1,0 .98,1")),
    Allograph("J", "plain", (".95,0 .95,.7 .5,1 .1,.9 0,.65",)),
    Allograph("J", "with a bar", (".1,0 1,0", ".6,0 .6,.75 .35,1 0,.8")),
    Allograph("K", "plain", ("0,0 0,1", ".9,0 0,.55! 1,1")),
    Allograph("K", "three strokes", ("0,0 0,1", "1,0 .05,.6", ".3,.45 1,1")),
    Allograph("L", "plain", ("0,0 0,1! 1,1",)),
    Allograph("L", "looped", (".6,.25 .45,0 .3,.3 .35,.7 .05,1 .2,.85 .6,.98 1,.85",)),
    Allograph("M", "plain", ("0,1 .05,0! .5,.75! .95,0! 1,1",)),
    Allograph("M", "round", ("0,1 .1,.2 .28,0 .45,.3 .5,1! .55,.3 .75,0 .92,.3 1,1",)),
    Allograph("N", "plain", ("0,1 0,0! 1,1! 1,0",)),
    Allograph("P", "plain", ("0,0 0,1", "0,.05 .6,0 1,.25 .6,.52 0,.55")),
    Allograph("P", "in one go", ("0,1 0,0! .65,.02 1,.25 .6,.5 0,.52",)),
    Allograph("R", "plain", ("0,0 0,1", "0,.05 .6,0 .95,.25 .6,.5 .05,.52! 1,1")),
    Allograph("R", "in one go", ("0,1 0,0! .65,.02 .95,.25 .6,.5 .05,.52! 1,1",)),
    Allograph("T", "plain", ("0,0 1,0", ".5,0 .5,1")),
    Allograph("U", "plain", ("0,0 .02,.6 .5,1 .98,.6 1,0",)),
    Allograph("V", "plain", ("0,0 .5,1! 1,0",)),
    Allograph("W", "plain", ("0,0 .25,1! .5,.2! .75,1! 1,0",)),
    Allograph("W", "round", ("0,0 .05,.7 .25,1 .45,.7 .5,.2! .55,.7 .75,1 .95,.7 1,0",)),
    Allograph("X", "plain", ("0,0 1,1", "1,0 0,1")),
    Allograph("X", "in one go", ("0,0 .5,.5 1,1! 1,.5 1,0! .5,.5 0,1",)),
    Allograph("Y", "plain", ("0,0 .5,.5", "1,0 .5,.5! .5,1")),
    Allograph("Y", "cup and stem", ("0,0 .5,.45! 1,0", ".5,.45 .5,1")),
    Allograph("d", "plain", (".85,.5 .4,.42 0,.7 .4,1 .85,.75", ".85,0 .85,1")),
    Allograph("d", "in one go", (".85,.55 .45,.42 0,.72 .35,1 .8,.75 .85,0! .85,.8 1,1",)),
    Allograph("e", "plain", ("0,.55 1,.5 .6,0 .1,.25 0,.65 .4,1 1,.8",)),
    Allograph("e", "slanted", ("0,.7 .6,.45 .8,.15 .5,0 .15,.35 .1,.7 .4,1 1,.75",)),
    Allograph("f", "plain", ("1,.1 .7,0 .45,.2 .42,1", "0,.42 .9,.42")),
    Allograph(
        "f", "with a tail", ("1,.05 .7,.0 .52,.25 .48,.8 .3,1 0,.95", ".1,.42 .9,.42")
    ),
    Allograph("h", "plain", ("0,0 0,1! .1,.65 .5,.45 .85,.6 .9,1",)),
    Allograph(
        "h", "looped", ("0,.6 .5,.2 .45,0 .3,.2 .25,1! .35,.65 .6,.5 .8,.65 .85,.95 1,.9",)
    ),
    Allograph("k", "plain", ("0,0 0,1", ".8,.35 0,.7! .9,1")),
    Allograph(
        "m", "plain", ("0,0 0,1! .1,.3 .3,.05 .47,.3 .5,1! .6,.3 .8,.05 .97,.3 1,1",)
    ),
    Allograph("n", "plain", ("0,0 0,1! .15,.3 .55,0 .9,.3 1,1",)),
    Allograph("n", "round", ("0,1 .1,.3 .5,0 .9,.3 1,1",)),
    Allograph("p", "plain", ("0,0 0,1", "0,.1 .6,0 1,.25 .6,.5 0,.45")),
    Allograph("p", "in one go", ("0,.1 .05,1! .05,.3 .5,0 .95,.2 .7,.5 .05,.5",)),
    Allograph("r", "plain", ("0,0 0,1! .15,.3 .55,.03 1,.12",)),
    Allograph("t", "plain", (".45,0 .45,.85 .65,1 .98,.9", "0,.3 .95,.3")),
    Allograph("t", "straight", (".5,0 .5,1", "0,.28 1,.28")),
    Allograph("u", "plain", ("0,0 .05,.75 .4,1 .85,.7 .9,0! .9,.85 1,1",)),
    Allograph("w", "plain", ("0,0 .05,.7 .27,1 .48,.7 .5,.1! .55,.75 .75,1 .97,.6 1,0",)),
    Allograph(
        "x",
        "two bows",
        ("0,.05 .35,.15 .45,.5 .35,.85 0,.95", "1,.05 .6,.15 .5,.5 .6,.85 1,.95"),
    ),
    Allograph("v", "with a tail", ("0,0 .35,1! .7,.1 1,.05",)),
    Allograph(
        "ee", "joined", ("0,.9 .3,.5 .3,.1 .1,.4 .3,1 .6,.8 .8,.3 .7,.05 .55,.4 .7,1 1,.8",)
    ),
    Allograph(
        "ll",
        "joined",
        ("0,1 .35,.4 .3,0 .15,.4 .3,1 .6,.7 .85,.1 .72,0 .62,.4 .75,1 1,.85",),
    ),
    Allograph(
        "mm",
        "joined",
        ("0,1 .05,.1 .15,0 .2,1! .25,.1 .35,0 .4,1! .5,.1 .6,0 .65,1! .7,.1 .85,0 1,1",),
    ),
    Allograph(
        "ij",
        "apart",
        (".2,.3 .2,1", ".2,.02 .22,.08", ".75,.3 .75,.85 .4,1", ".75,.02 .77,.08"),
    ),
)
"""Letters of the Latin alphabet."""

OTHER_SCRIPTS: Final = (
    Allograph("alpha", "plain", (".95,0 .55,.8 .2,1 0,.5 .2,0 .55,.25 1,1",)),
    Allograph("lambda", "plain", ("0,0 .25,.05 1,1", ".48,.42 0,1")),
    Allograph("mu", "plain", ("0,1 .1,0! .12,.5 .4,.7 .75,.55 .8,0! .8,.6 1,.7",)),
    Allograph("pi", "plain", ("0,.1 1,0", ".3,.05 .22,1", ".72,.05 .75,.85 1,1")),
    Allograph("Sigma", "plain", ("1,.15 1,0! 0,0! .5,.5! 0,1! 1,1! 1,.85",)),
    Allograph("psi", "plain", ("0,.1 .05,.5 .5,.65 .95,.5 1,.1", ".5,0 .5,1")),
    Allograph("omega", "plain", (".2,0 0,.5 .25,1 .5,.6 .5,.4! .5,.6 .75,1 1,.5 .8,0",)),
    Allograph("Omega", "plain", ("0,1 .3,1! .03,.5 .5,0 .97,.5 .7,1! 1,1",)),
    Allograph("zh", "plain", ("0,0 1,1", "1,0 0,1", ".5,0 .5,1")),
    Allograph("ya", "plain", ("1,0 1,1", "1,.05 .4,0 .05,.25 .4,.5 1,.5", ".5,.52 0,1")),
    Allograph("backward N", "plain", ("0,0 0,1! 1,0! 1,1",)),
    Allograph("sha", "plain", ("0,0 0,1! 1,1! 1,0", ".5,0 .5,1")),
    Allograph("tse", "plain", ("0,0 0,.85! .8,.85! .8,0", ".8,.85 1,.85! 1,1")),
    Allograph("gate", "plain", ("0,1 0,0! 1,0! 1,1",)),
    Allograph("Gamma", "plain", ("0,1 0,0! 1,0! 1,.15",)),
    Allograph("yu", "plain", ("0,0 0,1", "0,.5 .35,.5", ".7,0 .38,.5 .7,1 1,.5 .7,0")),
    Allograph("de", "plain", ("0,1 0,.8! 1,.8! 1,1", ".15,.8 .4,0! .85,0! .85,.8")),
    Allograph("aleph", "plain", ("0,0 1,1", ".95,0 .9,.3 .6,.55", ".3,.35 .05,.6 .1,1")),
    Allograph("shin", "plain", ("0,0 .1,.9! .9,.9! 1,0", ".5,0 .5,.3 .12,.85")),
    Allograph("tsade", "plain", ("0,0 .6,.6", "1,0 .5,.5", ".6,.6 .95,.95! 0,1")),
    Allograph("ki", "plain", ("0,.3 .95,.22", ".02,.62 1,.53", ".4,0 .6,1")),
    Allograph("sa", "plain", ("0,.3 1,.3", ".28,0 .28,.6", ".75,0 .75,.5 .4,1")),
    Allograph("big", "plain", ("0,.35 1,.35", ".5,0 .45,.5 0,1", ".5,.4 .65,.75 1,1")),
    Allograph(
        "tree character",
        "plain",
        ("0,.3 1,.3", ".5,0 .5,1", ".5,.3 .3,.6 0,.8", ".5,.3 .7,.6 1,.8"),
    ),
    Allograph("king", "plain", ("0,0 1,0", ".1,.5 .9,.5", "0,1 1,1", ".5,0 .5,1")),
    Allograph("earth", "plain", (".1,.4 .9,.4", ".5,0 .5,1", "0,1 1,1")),
    Allograph("river", "plain", ("0,.05 .05,.6 0,1", ".5,.1 .5,.9", "1,0 1,1")),
    Allograph("mountain", "plain", (".5,0 .5,1", "0,.4 0,1! 1,1! 1,.4")),
    Allograph("middle", "plain", ("0,.2 0,.65! 1,.65! 1,.2! 0,.2", ".5,0 .5,1")),
    Allograph("field", "plain", ("0,0 0,1! 1,1! 1,0! 0,0", ".5,0 .5,1", "0,.5 1,.5")),
    Allograph("person", "plain", (".5,0 .4,.5 0,1", ".45,.4 .65,.75 1,1")),
    Allograph("woman", "plain", (".4,0 .15,.6 .8,1", ".75,.3 .5,.75 0,1", "0,.35 1,.35")),
    Allograph(
        "heart character",
        "plain",
        ("0,.4 .05,.8", ".25,.35 .3,.85 .6,1 .85,.9 .8,.7", ".45,.1 .55,.3", ".85,.2 1,.5"),
    ),
    Allograph("ba", "plain", ("0,.05 .1,.55 .5,.7 .9,.55 1,.05", ".48,.95 .52,1")),
    Allograph(
        "sin", "plain", ("0,.2 .1,.5 .25,.5 .3,.2! .4,.5 .55,.5 .6,.2! .65,.6 .8,.95 1,.7",)
    ),
    Allograph(
        "ka",
        "plain",
        ("0,.0 1,0", ".5,0 .5,1", ".5,.35 .2,.3 .1,.6 .4,.7", ".5,.45 .8,.3 .95,.55 .8,.8"),
    ),
    Allograph(
        "hangul",
        "plain",
        ("0,.1 .55,.1! .5,.45 .1,.6", ".8,0 .8,.65", ".8,.3 1,.3", "0,.8 .8,.8! .8,1"),
    ),
    Allograph("thorn", "plain", ("0,0 0,1", "0,.25 .7,.3 .9,.5 .6,.72 0,.75")),
)
"""Letters and characters of a dozen other scripts."""

MARKS: Final = (
    Allograph("+", "upright", (".5,0 .5,1", "0,.5 1,.5")),
    Allograph("*", "upright", (".5,0 .5,1", "0,.25 1,.75", "0,.75 1,.25")),
    Allograph("*", "level", ("0,.5 1,.5", ".2,0 .8,1", ".8,0 .2,1")),
    Allograph("#", "slanted", (".35,0 .25,1", ".75,0 .65,1", "0,.35 1,.35", "0,.68 1,.68")),
    Allograph(
        "@",
        "with an a",
        (
            ".7,.65 .65,.35 .4,.35 .32,.6 .5,.7 .7,.5! .72,.68 "
            ".9,.7 1,.45 .8,.08 .4,0 .05,.3 .02,.65 .3,.98 .85,.92",
        ),
    ),
    Allograph(
        "@",
        "round",
        (
            ".68,.5 .5,.35 .35,.5 .5,.65 .68,.5 .75,.65 "
            ".95,.55 .9,.2 .5,0 .1,.2 0,.6 .3,.97 .9,.9",
        ),
    ),
    Allograph("&", "in one go", ("1,1 .2,.25 .4,0 .6,.2 .1,.6 .05,.85 .4,1 .95,.55",)),
    Allograph(
        "&",
        "like an epsilon",
        ("1,.2 .5,.1 .2,.3 .6,.48! .05,.7 .4,.9 .95,.8", ".5,0 .5,1"),
    ),
    Allograph(
        "%", "two rings", (".95,0 .05,1", _ring(0.2, 0.2, 0.18), _ring(0.82, 0.8, 0.18))
    ),
    Allograph("?", "with a dot", ("0,.2 .3,0 .85,.05 .9,.3 .5,.5 .5,.72", ".48,.96 .52,1")),
    Allograph("!", "with a dot", (".5,0 .5,.7", ".48,.96 .52,1")),
    Allograph("=", "level", ("0,0 1,0", "0,.5 1,.5")),
    Allograph("≠", "slanted", ("0,.3 1,.3", "0,.7 1,.7", ".8,0 .2,1")),
    Allograph("identical", "plain", ("0,0 1,0", "0,.5 1,.5", "0,1 1,1")),
    Allograph("-", "level", ("0,.5 1,.5",), 0.3),
    Allograph("~", "wave", ("0,.65 .1,.45 .3,.4 .5,.5 .7,.6 .9,.55 1,.35",)),
    Allograph("^", "pointed", ("0,1 .5,0! 1,1",)),
    Allograph("<", "pointed", ("1,0 0,.5! 1,1",)),
    Allograph(">", "pointed", ("0,0 1,.5! 0,1",)),
    Allograph("less or equal", "plain", ("1,0 0,.35! 1,.7", "0,1 1,1")),
    Allograph("guillemets", "plain", (".45,0 0,.5! .45,1", "1,0 .55,.5! 1,1")),
    Allograph("{", "pointed", ("1,0 .5,.05 .5,.4 0,.5! .5,.6 .5,.95 1,1",)),
    Allograph("}", "pointed", ("0,0 .5,.05 .5,.4 1,.5! .5,.6 .5,.95 0,1",)),
    Allograph("[", "square", ("1,0 0,0! 0,1! 1,1",)),
    Allograph("]", "square", ("0,0 1,0! 1,1! 0,1",), 1),
    Allograph(":", "two dots", (".48,.05 .52,.1", ".48,.9 .52,.95")),
    Allograph(";", "dot and tail", (".5,.05 .54,.1", ".54,.75 .54,.88 .4,1")),
    Allograph("quotation marks", "plain", ("0,0 .05,.9", ".9,0 1,.9")),
    Allograph("three dots", "plain", ("0,.5 .02,.52", ".5,.5 .52,.52", ".98,.5 1,.52")),
    Allograph(
        "umlaut",
        "plain",
        ("0,0 .03,.05 .0,.1", "1,0 1.03,.05 1,.1", ".0,.5 .1,.9 .5,1 .9,.9 1,.5"),
    ),
    Allograph(
        "euro",
        "plain",
        ("1,.15 .65,0 .3,.3 .25,.6 .6,1 1,.88", "0,.4 .8,.38", "0,.6 .75,.58"),
    ),
    Allograph(
        "pound",
        "plain",
        (".95,.15 .65,0 .4,.2 .4,.7 .1,1! .3,.92 .7,1 1,.9", ".1,.5 .75,.5"),
    ),
    Allograph(
        "yen",
        "plain",
        ("0,0 .5,.45! 1,0", ".5,.45 .5,1", ".15,.55 .85,.55", ".15,.75 .85,.75"),
    ),
    Allograph(
        "infinity",
        "plain",
        (".5,.5 .75,.05 1,.5 .75,.95 .5,.5 .25,.05 0,.5 .25,.95 .5,.5",),
    ),
    Allograph("root", "plain", ("0,.55 .1,.5! .25,1! .45,0! 1,0",)),
    Allograph("divided by", "plain", ("0,.5 1,.5", ".48,.02 .52,.06", ".48,.95 .52,.99")),
    Allograph("plus or minus", "plain", (".5,0 .5,.7", "0,.35 1,.35", "0,1 1,1")),
    Allograph("tick", "sharp", ("0,.55 .3,1! 1,0",)),
    Allograph("tick", "round", ("0,.6 .15,.7 .25,1! .5,.5 1,0",)),
    Allograph("arrow right", "plain", ("0,.5 1,.5", ".6,.1 1,.5! .6,.9")),
    Allograph("arrow left", "plain", ("1,.5 0,.5", ".4,.1 0,.5! .4,.9")),
    Allograph("arrow up", "plain", (".5,1 .5,0", "0,.4 .5,0! 1,.4")),
    Allograph("arrow down", "plain", (".5,0 .5,1", "0,.6 .5,1! 1,.6")),
    Allograph("slanted arrow", "plain", ("0,1 1,0", ".4,0 1,0! 1,.6")),
    Allograph(
        "arrow both ways",
        "plain",
        ("0,.5 1,.5", ".25,.2 0,.5! .25,.8", ".75,.2 1,.5! .75,.8"),
    ),
    Allograph("bent arrow", "plain", ("0,0 .3,.8 .95,.8", ".7,.55 1,.8! .7,1")),
    Allograph("double arrow", "plain", ("0,.3 .8,.3", "0,.7 .8,.7", ".6,0 1,.5! .6,1")),
    Allograph("#", "upright", (".3,0 .3,1", ".7,0 .7,1", "0,.4 1,.25", "0,.75 1,.6")),
    Allograph("note", "plain", (".6,.85 .3,.72 0,.88 .3,1 .6,.85 .6,0! .9,.2 .95,.45",)),
    Allograph(
        "two notes",
        "plain",
        (".3,.85 .1,.78 0,.9 .15,1 .3,.85 .3,.05! 1,0! 1,.8 .8,.75 .7,.87 .85,.95 1,.8",),
    ),
    Allograph(
        "clef",
        "plain",
        (
            ".55,.7 .4,.6 .55,.45 .75,.6 .6,.8 .25,.75 .1,.55 "
            ".5,.25 .6,.05 .5,0 .45,.2 .55,.9 .4,1 .3,.92",
        ),
    ),
    Allograph(
        "paragraph sign",
        "plain",
        ("1,0 .4,0 .05,.25 .4,.5 .6,.5", ".6,0 .6,1", ".85,0 .85,1"),
    ),
    Allograph(
        "tally", "plain", ("0,0 0,1", ".3,0 .3,1", ".6,0 .6,1", ".9,0 .9,1", "-.1,.8 1,.2")
    ),
)
"""Punctuation, arithmetic, arrows and notes."""

PICTURES: Final = (
    Allograph(
        "heart",
        "plain",
        (".5,.25! .35,.02 .1,.05 0,.3 .2,.65 .5,1! .8,.65 1,.3 .9,.05 .65,.02 .5,.25!",),
    ),
    Allograph("star", "plain", ("0,.38 1,.38! .2,1! .5,0! .8,1! 0,.38!",)),
    Allograph(
        "outlined star",
        "plain",
        (".5,0 .62,.36! 1,.38! .7,.6! .8,1! .5,.76! .2,1! .3,.6! 0,.38! .38,.36! .5,0!",),
    ),
    Allograph(
        "six-pointed star",
        "plain",
        (".5,0 0,.75! 1,.75! .5,0!", ".5,1 0,.25! 1,.25! .5,1!"),
    ),
    Allograph("square", "plain", ("0,0 0,1! 1,1! 1,0! 0,0",)),
    Allograph("triangle", "plain", (".5,0 0,1! 1,1! .5,0",)),
    Allograph("triangle on its tip", "plain", ("0,0 1,0! .5,1! 0,0",)),
    Allograph("right-angled triangle", "plain", ("0,0 0,1! 1,1! 0,0",)),
    Allograph("crossed box", "plain", ("0,0 0,1! 1,1! 1,0! 0,0", "0,0 1,1", "1,0 0,1")),
    Allograph("ticked box", "plain", ("0,.2 0,1! .8,1! .8,.2! 0,.2", ".2,.5 .4,.8! 1,0")),
    Allograph(
        "box in a box",
        "plain",
        ("0,0 0,1! 1,1! 1,0! 0,0", ".3,.3 .3,.7! .7,.7! .7,.3! .3,.3"),
    ),
    Allograph("house", "plain", ("0,.4 .5,0! 1,.4", ".1,.35 .1,1! .9,1! .9,.35")),
    Allograph(
        "house with a door",
        "plain",
        ("0,.4 .5,0! 1,.4! 0,.4! 0,1! 1,1! 1,.4", ".4,1 .4,.65! .6,.65! .6,1"),
    ),
    Allograph(
        "smiley",
        "plain",
        (
            _ring(0.5, 0.5, 0.5),
            ".3,.3 .3,.4",
            ".7,.3 .7,.4",
            ".22,.6 .35,.78 .5,.82 .65,.78 .78,.6",
        ),
    ),
    Allograph(
        "sad face",
        "plain",
        (
            _ring(0.5, 0.5, 0.5),
            ".33,.32 .33,.38",
            ".67,.32 .67,.38",
            ".25,.78 .5,.62 .75,.78",
        ),
    ),
    Allograph(
        "stick man",
        "plain",
        (_ring(0.5, 0.13, 0.13), ".5,.26 .5,.62! 0,1", ".5,.62 1,1", ".05,.4 .95,.4"),
    ),
    Allograph(
        "sun",
        "plain",
        (
            _ring(0.5, 0.5, 0.22),
            ".5,0 .5,.15",
            ".5,.85 .5,1",
            "0,.5 .15,.5",
            ".85,.5 1,.5",
            ".15,.15 .25,.25",
            ".75,.75 .85,.85",
            ".85,.15 .75,.25",
            ".15,.85 .25,.75",
        ),
    ),
    Allograph(
        "moon", "plain", (".75,0 .3,.1 0,.5 .3,.9 .75,1! .45,.8 .35,.5 .45,.2 .75,0",)
    ),
    Allograph(
        "flower",
        "plain",
        (
            _ring(0.5, 0.5, 0.15),
            _ring(0.5, 0.18, 0.17),
            _ring(0.82, 0.42, 0.17),
            _ring(0.7, 0.82, 0.17),
            _ring(0.3, 0.82, 0.17),
            _ring(0.18, 0.42, 0.17),
        ),
    ),
    Allograph(
        "tulip",
        "plain",
        (".1,0 .1,.35 .5,.5 .9,.35 .9,0! .7,.2! .5,0! .3,.2! .1,0", ".5,.5 .5,1"),
    ),
    Allograph(
        "tree", "plain", (".4,1 .4,.7! .1,.6 0,.35 .3,.05 .7,.05 1,.35 .9,.6 .6,.7! .6,1",)
    ),
    Allograph(
        "fir",
        "plain",
        (".5,0 .15,.4! .35,.4! 0,.8! 1,.8! .65,.4! .85,.4! .5,0", ".5,.8 .5,1"),
    ),
    Allograph("fish", "plain", ("1,.1 .5,.85 .2,.95 0,.5 .2,.1 .5,.2 1,.9! .95,.5 1,.1!",)),
    Allograph("bolt", "plain", (".6,0 .1,.55! .5,.55! .3,1! 1,.4! .55,.4! .6,0!",)),
    Allograph("cross", "plain", (".5,0 .5,1", ".15,.3 .85,.3")),
    Allograph(
        "noughts and crosses grid",
        "plain",
        (".33,0 .33,1", ".67,0 .67,1", "0,.33 1,.33", "0,.67 1,.67"),
    ),
    Allograph(
        "ladder",
        "plain",
        (".2,0 .1,1", ".8,0 .9,1", ".2,.2 .8,.2", ".15,.5 .85,.5", ".1,.8 .9,.8"),
    ),
    Allograph(
        "fence", "plain", ("0,.3 1,.3", "0,.7 1,.7", ".1,0 .1,1", ".5,0 .5,1", ".9,0 .9,1")
    ),
    Allograph(
        "wave", "plain", ("0,.5 .12,.1 .25,.5 .37,.9 .5,.5 .62,.1 .75,.5 .87,.9 1,.5",)
    ),
    Allograph("zigzag", "plain", ("0,.8 .17,.1! .33,.9! .5,.1! .67,.9! .83,.1! 1,.8",)),
    Allograph("upright zigzag", "plain", (".2,0 .9,.2! .1,.4! .9,.6! .1,.8! .8,1",)),
    Allograph(
        "spiral",
        "plain",
        (
            ".5,.5 .58,.45 .6,.56 .45,.65 .33,.5 .45,.3 .72,.35 "
            ".78,.6 .5,.85 .15,.7 .12,.35 .5,.05 .95,.3 1,.7",
        ),
    ),
    Allograph(
        "coil",
        "plain",
        (
            "0,.5 .15,0 .3,.5 .15,1 .05,.6 .35,0 .5,.5 "
            ".35,1 .25,.6 .55,0 .7,.5 .55,1 .45,.6 .8,0 1,.5",
        ),
    ),
    Allograph("ring in a ring", "plain", (_ring(0.5, 0.5, 0.5), _ring(0.5, 0.5, 0.25))),
    Allograph("target", "plain", (_ring(0.5, 0.5, 0.5), ".5,0 .5,1", "0,.5 1,.5")),
    Allograph(
        "crossed circle",
        "plain",
        (_ring(0.5, 0.5, 0.5), ".15,.15 .85,.85", ".85,.15 .15,.85"),
    ),
    Allograph("clock", "plain", (_ring(0.5, 0.5, 0.5), ".5,.2 .5,.5! .7,.6")),
    Allograph(
        "circle with rays", "plain", (_ring(0.5, 0.35, 0.33), ".5,.7 .5,1", ".3,.85 .7,.85")
    ),
    Allograph(
        "male sign", "plain", (_ring(0.38, 0.62, 0.37), ".65,.35 1,0", ".7,0 1,0! 1,.3")
    ),
    Allograph("key", "plain", (_ring(0.2, 0.3, 0.2), ".4,.3 1,.3! 1,.6", ".8,.3 .8,.5")),
    Allograph("envelope", "plain", ("0,0 0,1! 1,1! 1,0! 0,0", "0,0 .5,.6! 1,0")),
    Allograph("cup", "plain", ("0,.1 .1,1! .7,1! .8,.1! 0,.1", ".78,.3 1,.3 1,.6 .73,.65")),
    Allograph("glass", "plain", ("0,0 .5,.5! 1,0! 0,0", ".5,.5 .5,1", ".2,1 .8,1")),
    Allograph(
        "umbrella",
        "plain",
        ("0,.5 .1,.15 .5,0 .9,.15 1,.5! 0,.5", ".5,.5 .5,.9 .35,1 .25,.9"),
    ),
    Allograph(
        "boat", "plain", ("0,.65 .2,1! .8,1! 1,.65! 0,.65", ".5,.65 .5,0! .9,.55! .5,.55")
    ),
    Allograph("flag", "plain", ("0,1 0,0! 1,.1! .9,.3! 1,.5! 0,.45",)),
    Allograph(
        "butterfly",
        "plain",
        (
            ".5,.4 .3,0 0,.1 .1,.45 .5,.5! .1,.6 .15,.95 .45,.85 "
            ".5,.5! .55,.85 .85,.95 .9,.6 .5,.5! .9,.45 1,.1 .7,0 .5,.4",
        ),
    ),
    Allograph(
        "cat",
        "plain",
        (
            "0,.9 .02,.1! .3,.3! .7,.3! .98,.1! 1,.9! .5,1 0,.9",
            ".3,.5 .32,.56",
            ".7,.5 .68,.56",
            ".4,.75 .6,.75",
        ),
    ),
    Allograph(
        "car",
        "plain",
        (
            "0,.75 0,.45! .25,.4! .4,0! .75,0! .85,.4! 1,.5! 1,.75! 0,.75",
            _ring(0.25, 0.85, 0.13),
            _ring(0.75, 0.85, 0.13),
        ),
    ),
    Allograph(
        "mushroom",
        "plain",
        ("0,.5 .2,.1 .5,0 .8,.1 1,.5! 0,.5", ".35,.5 .3,1! .7,1! .65,.5"),
    ),
    Allograph("peak", "plain", ("0,1 .3,.2! .5,.6! .7,0! 1,1",)),
    Allograph("steps", "plain", ("0,1 0,.67! .33,.67! .33,.33! .67,.33! .67,0! 1,0",)),
    Allograph("battlement", "plain", ("0,1 0,0! .33,0! .33,1! .67,1! .67,0! 1,0! 1,1",)),
    Allograph("eye", "plain", ("0,.5 .5,0 1,.5! .5,1 0,.5!", _ring(0.5, 0.5, 0.2))),
    Allograph(
        "glasses",
        "plain",
        (_ring(0.2, 0.5, 0.2), _ring(0.8, 0.5, 0.2), ".4,.45 .5,.35 .6,.45"),
    ),
    Allograph("knot", "plain", ("0,1 .6,.3 .5,0 .4,.3 1,1",)),
)
"""What people draw who have a pen and no plan."""

SIGNS: Final[tuple[Allograph, ...]] = (*LATIN, *OTHER_SCRIPTS, *MARKS, *PICTURES)
"""All of them."""
