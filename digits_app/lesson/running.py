"""Run the lesson's code and keep what it prints and draws.

Code runs in a namespace, as a notebook's cells do. What several visitors share is run
once and handed on as a copy, so nobody changes what another one sees.
"""

import builtins
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from itertools import dropwhile, takewhile
from types import SimpleNamespace
from typing import Any, Final

from digits_app.lesson.drawing_board import DrawingBoard, inline_png
from digits_app.lesson.settings import LessonSettings
from digits_app.lesson.steps import FIRST, Cell, Choice, step

Namespace = dict[str, Any]


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
    pictures: tuple[bytes, ...]


@dataclass(frozen=True)
class Run:
    """Where the code has got to. It may be shared, so nobody changes it.

    Attributes
    ----------
    namespace : dict
        The variables by name.
    outputs : tuple of Output
        One for each cell of the present step that has run.
    warning : str or None
        What scikit-learn had to say about the training, in its own words.
    """

    namespace: Namespace
    outputs: tuple[Output, ...] = ()
    warning: str | None = None


NOTHING_YET: Final = Run({})
"""A notebook just opened."""


def run_cell(source: str, namespace: Namespace, foreground: str = "black") -> Output:
    """Run a piece of the lesson's code in a namespace, which it changes.

    Parameters
    ----------
    source : str
        Code of `digits_app.lesson.steps`, never of a visitor.
    namespace : dict
        Its variables by name.
    foreground : str
        Colour of axes and text in its pictures.

    Returns
    -------
    Output
    """
    board, printed = DrawingBoard(foreground), StringIO()
    namespace["__builtins__"] = _builtins(board, printed)
    if "plt" in namespace:
        namespace["plt"] = board
    exec(compile(source, "<lesson>", "exec"), namespace)
    return Output(printed.getvalue().rstrip("\n"), tuple(map(inline_png, board.figures)))


def run_base(number: int, settings: LessonSettings) -> Run:
    """Run the first cells of all that a step builds on, where that trains nothing.

    Parameters
    ----------
    number : int
        The step, 1 to 9.
    settings : LessonSettings
        The learner's values.

    Returns
    -------
    Run
        Without outputs: they belong to other steps.
    """
    earlier = step(number).builds_on
    if earlier is None:
        return NOTHING_YET
    if step(earlier).trains:
        raise ValueError(f"step {number} builds on a training: ask a TrainingRoom for it")
    namespace = dict(run_base(earlier, settings).namespace)
    run_cell(step(earlier).cells[0].source(settings), namespace)
    return Run(namespace)


def run_fixed_cells(
    number: int, start: Run, settings: LessonSettings, foreground: str = "black"
) -> Run:
    """Run the cells of a step up to the first that looks at one of many pictures.

    Parameters
    ----------
    number : int
        The step, 1 to 9.
    start : Run
        What it builds on; for a step that trains, with its own first cell run.
    settings : LessonSettings
        The learner's values.
    foreground : str
        Colour of axes and text in its pictures.
    """
    own = step(number).trains
    namespace = dict(start.namespace)
    done = start.outputs if own else ()
    cells = takewhile(_is_fixed, step(number).cells[len(done) :])
    outputs = _run_cells(cells, namespace, settings, FIRST, foreground)
    return Run(namespace, done + outputs, start.warning if own else None)


def run_choice_cells(
    number: int, fixed: Run, settings: LessonSettings, choice: Choice, foreground: str
) -> tuple[Output, ...]:
    """Run the rest of a step: from the first cell that looks at one of many pictures.

    Parameters
    ----------
    number : int
        The step, 1 to 9.
    fixed : Run
        What `run_fixed_cells` returned.
    settings : LessonSettings
        The learner's values.
    choice : Choice
        Which picture.
    foreground : str
        Colour of axes and text in its pictures.

    Returns
    -------
    tuple of Output
        One for each of these cells.
    """
    cells = dropwhile(_is_fixed, step(number).cells)
    return _run_cells(cells, dict(fixed.namespace), settings, choice, foreground)


def _is_fixed(cell: Cell) -> bool:
    return not cell.has_choice


def _run_cells(
    cells: Iterable[Cell],
    namespace: Namespace,
    settings: LessonSettings,
    choice: Choice,
    foreground: str,
) -> tuple[Output, ...]:
    return tuple(
        run_cell(cell.source(settings, choice), namespace, foreground) for cell in cells
    )


def _builtins(board: DrawingBoard, printed: StringIO) -> Namespace:
    """Python's builtins, but what is printed is kept, and pyplot is `board`."""

    def print_here(*values: object, sep: str = " ", end: str = "\n") -> None:
        print(*values, sep=sep, end=end, file=printed)

    def import_here(name: str, *args: Any, **options: Any) -> Any:
        if name == "matplotlib.pyplot":
            return SimpleNamespace(pyplot=board)
        return builtins.__import__(name, *args, **options)

    return {**vars(builtins), "print": print_here, "__import__": import_here}
