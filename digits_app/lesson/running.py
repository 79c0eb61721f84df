"""Run the lesson's code and keep what it prints and draws.

Code runs in a namespace, as a notebook's cells do. A namespace that several visitors
share is handed on as a copy, so nobody changes what another one sees.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from digits_app.lesson.drawing_board import DrawingBoard, inline_png
from digits_app.lesson.settings import LessonSettings
from digits_app.lesson.stand_ins import lesson_builtins
from digits_app.lesson.step import FIRST, Cell, Choice, Step
from digits_app.lesson.steps import step, steps

Namespace = dict[str, Any]
"""The lesson's variables by name. One may be shared: whoever runs code copies it first."""


@dataclass(frozen=True)
class Output:
    """What a piece of code printed and drew.

    Attributes
    ----------
    printed : str
        Lines of text, or nothing.
    pictures : tuple of bytes
        Its figures as PNG, with a transparent ground, `DOTS_PER_INCH` dots an inch.
    """

    printed: str
    pictures: tuple[bytes, ...] = ()


def run_source(
    source: str, namespace: Namespace, chance: int = 0, foreground: str = "black"
) -> Output:
    """Run a piece of the lesson's code in a namespace, which it changes.

    Parameters
    ----------
    source : str
        Code of `digits_app.lesson.steps`, never of a visitor.
    namespace : dict
        Its variables by name.
    chance : int
        See `lesson_builtins`.
    foreground : str
        Colour of axes and text in its pictures.

    Returns
    -------
    Output
    """
    board, printed = DrawingBoard(foreground), StringIO()
    namespace["__builtins__"] = lesson_builtins(board, printed, chance)
    if "plt" in namespace:
        namespace["plt"] = board
    exec(compile(source, "<lesson>", "exec"), namespace)
    return Output(printed.getvalue().rstrip("\n"), tuple(map(inline_png, board.figures)))


def run_base(this: Step, settings: LessonSettings) -> Namespace:
    """Run what a step builds on, where that trains nothing.

    Parameters
    ----------
    this : Step
        The step.
    settings : LessonSettings
        The learner's values.

    Returns
    -------
    dict
        The variables by name: all that the lesson has imported before this step, and what
        the first cells of the steps it builds on have made.
    """
    namespace: Namespace = {}
    run_source(_imports_before(this), namespace)
    for earlier in _foundations(this):
        if earlier.trains:
            raise ValueError(f"step {this.number} builds on a training: ask for its Fit")
        run_source(earlier.cells[0].source(settings), namespace)
    return namespace


def run_cells(
    this: Step,
    base: Namespace,
    settings: LessonSettings,
    choice: Choice = FIRST,
    foreground: str = "black",
) -> tuple[Output | None, ...]:
    """Run the cells of a step, but for those that it only unfolds to draw.

    Parameters
    ----------
    this : Step
        The step.
    base : dict
        What it builds on; for a step that trains, its own first cell has run in it.
    settings : LessonSettings
        The learner's values.
    choice : Choice
        Which picture it looks at.
    foreground : str
        Colour of axes and text in its pictures.

    Returns
    -------
    tuple of Output or None
        One for each cell; None for one that waits to be unfolded (`run_folded`).
    """
    namespace = dict(base)
    return tuple(
        None
        if cell.only_draws
        else Output("")
        if this.trains and cell is this.cells[0]
        else _run(cell, namespace, settings, choice, foreground)
        for cell in this.cells
    )


def run_folded(
    this: Step,
    cell: Cell,
    base: Namespace,
    settings: LessonSettings,
    choice: Choice = FIRST,
    foreground: str = "black",
) -> Output:
    """Run a cell that was folded away, after the others; see `run_cells`."""
    namespace = dict(base)
    for other in _needed_for(this, cell):
        _run(other, namespace, settings, choice, foreground)
    return _run(cell, namespace, settings, choice, foreground)


def _needed_for(this: Step, cell: Cell) -> Iterable[Cell]:
    first = 1 if this.trains else 0
    before = this.cells[first : this.cells.index(cell)]
    return (other for other in before if not other.only_draws)


def _run(
    cell: Cell,
    namespace: Namespace,
    settings: LessonSettings,
    choice: Choice,
    foreground: str,
) -> Output:
    source = cell.source(settings, choice)
    return run_source(source, namespace, settings.random_state, foreground)


def _foundations(this: Step) -> list[Step]:
    """The steps that a step builds on, the lowest first."""
    if this.builds_on is None:
        return []
    earlier = step(this.builds_on)
    return [*_foundations(earlier), earlier]


def _imports_before(this: Step) -> str:
    """All that the lesson has imported before a step, as code."""
    earlier = steps()[: this.number - 1]
    return "\n".join(imports_of(cell) for each in earlier for cell in each.cells)


def imports_of(cell: Cell) -> str:
    """What a cell imports, as code."""
    lines = cell.template.splitlines()
    return "\n".join(line for line in lines if line.startswith(("import ", "from ")))
