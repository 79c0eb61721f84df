"""What a step of the lesson is made of.

A step owns all that sets it apart: its text and its code, what may be changed at it, which
picture it looks at, what is drawn for it, and where it leads. `steps` holds the nine.
"""

from dataclasses import dataclass
from string import Template
from typing import Final, Literal, get_args

from digits_app.lesson.settings import LessonSettings, SettingName

Scene = Literal[
    "first digits",
    "numbers",
    "greys",
    "training",
    "network",
    "mistakes",
    "neuron",
    "preparation",
]
"""What the page can draw at a step, beside what the code prints and draws:

- "first digits": the first rows of the data as small pictures;
- "numbers": one row, each number on its own pixel;
- "greys": which number makes which grey;
- "training": the training to watch again, iteration by iteration;
- "network": one digit on its way through the network;
- "mistakes": all test digits that it reads wrong, small;
- "neuron": one hidden unit to open;
- "preparation": the five steps from a drawing to 8x8, to switch off one by one.
"""

Destination = Literal["mistakes", "draw"]
"""The pages that a step can lead to."""


@dataclass(frozen=True)
class Choice:
    """Which of several pictures a step looks at.

    Attributes
    ----------
    row : int
        Number of the datapoint, test digit or mistake, counted from 0.
    own_drawing : bool
        Look at the visitor's drawing, which the code then finds under the names
        `your_drawing` (a picture) and `your_digit` (its 64 numbers).
    """

    row: int = 0
    own_drawing: bool = False

    def __post_init__(self) -> None:
        if type(self.row) is not int or self.row < 0:
            raise ValueError(f"row must be a whole number, 0 or more, got {self.row!r}")


FIRST: Final = Choice()
"""The first picture of each step, as the lesson has it."""


@dataclass(frozen=True)
class Rows:
    """The pictures that a step can look at, one at a time.

    Attributes
    ----------
    kind : {"datapoint", "test digit", "mistake"}
        What they are.
    label : str
        What one of them is called on the page.
    slider : bool
        There are few enough to slide through.
    """

    kind: Literal["datapoint", "test digit", "mistake"]
    label: str
    slider: bool = False


FROM_DRAW: Final = "  # from the Draw page"

EXAMPLE_DRAWING: Final = """\
drawing = Image.new("L", (280, 280))
pen = ImageDraw.Draw(drawing)
corners = [(110, 70), (210, 80), (90, 220)]
pen.line(corners, fill=255, width=20, joint="curve")"""
"""A 7, for somebody who has drawn nothing."""


@dataclass(frozen=True)
class Cell:
    """A piece of code that runs as a whole.

    Attributes
    ----------
    template : str
        Python source; `$name` stands for what settings and choice decide.
    folded : str or None
        The page folds it away under this sentence.
    only_draws : bool
        It is there to draw alone: the page runs it when it is unfolded.
    """

    template: str
    folded: str | None = None
    only_draws: bool = False

    @property
    def has_choice(self) -> bool:
        """It looks at one of many pictures."""
        names = Template(self.template).get_identifiers()
        return not {"row", "digit", "drawing"}.isdisjoint(names)

    def source(self, settings: LessonSettings, choice: Choice = FIRST) -> str:
        """Write the settings and the choice into the code."""
        own = choice.own_drawing
        source = Template(self.template).substitute(
            import_digits=settings.import_call,
            load=settings.load_call(),
            load_all=settings.load_call(all_digits=True),
            model=settings.model_call(),
            seeded_model=settings.model_call(seeded=True),
            fit=settings.fit_call,
            random_state=settings.random_state,
            row=choice.row,
            digit=f"your_digit{FROM_DRAW}" if own else f"X_test[{choice.row}]",
            drawing=f"drawing = your_drawing{FROM_DRAW}" if own else EXAMPLE_DRAWING,
        )
        return source.strip()


@dataclass(frozen=True)
class Step:
    """One step of the lesson.

    Attributes
    ----------
    number : int
        1 to 9: its place, and its name in the page's address.
    name : str
        In the outline.
    title : str
        What happens.
    text : str
        What one will see, two or three sentences, Markdown.
    cells : tuple of Cell
        Its code. The first cell is what later steps build on.
    builds_on : int or None
        The step whose first cell, with all that it builds on in turn, runs before.
    trains : bool
        Its first cell fits a network.
    all_digits : bool
        It works on all ten digits, however many the steps before it use.
    settings : tuple of str
        What may be changed at it.
    rows : Rows or None
        The pictures it can look at.
    example : str or None
        What it looks at unless the visitor prefers their own drawing; None where it
        cannot look at a drawing.
    scenes : tuple of str
        What the page draws for it, in order.
    note : str or None
        What else there is to know, Markdown.
    text_of_class : str or None
        In place of `text` where the digits are those of one's own class.
    leads_to : {"mistakes", "draw"} or None
        The page where it goes on.
    """

    number: int
    name: str
    title: str
    text: str
    cells: tuple[Cell, ...]
    builds_on: int | None = None
    trains: bool = False
    all_digits: bool = False
    settings: tuple[SettingName, ...] = ()
    rows: Rows | None = None
    example: str | None = None
    scenes: tuple[Scene, ...] = ()
    note: str | None = None
    text_of_class: str | None = None
    leads_to: Destination | None = None

    def __post_init__(self) -> None:
        for scene in self.scenes:
            if scene not in get_args(Scene):
                raise ValueError(f"no such scene: {scene!r}")

    def text_for(self, settings: LessonSettings) -> str:
        """What one will see, with the digits that are used."""
        return (
            self.text_of_class if settings.our_class and self.text_of_class else self.text
        )

    def settings_used(self, settings: LessonSettings) -> LessonSettings:
        """Drop what the step does not use, so that learners share what it computes."""
        return (
            settings.with_all_digits() if self.all_digits else settings.with_first_digits()
        )
