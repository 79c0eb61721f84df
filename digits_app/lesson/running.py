"""Run the lesson's code and keep what it prints, draws and makes.

Called in a helper (`digits_app.helper_process`), where pyplot's one current figure, the
standard output and the warnings belong to the lesson alone. So the libraries are the
libraries themselves; only `MLPClassifier` is one whose training can be watched.
"""

import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn import neural_network
from sklearn.exceptions import ConvergenceWarning

from digits_app.lesson.learning import WatchedClassifier
from digits_app.lesson.replay import Replay, replay
from digits_app.lesson.settings import CLASS_FILE, LessonSettings
from digits_app.lesson.step import FIRST, Cell, Choice, Step
from digits_app.lesson.steps import step, steps
from digits_app.network.threads import use_one_blas_thread

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Namespace = dict[str, Any]
"""The lesson's variables by name."""

DOTS_PER_INCH: Final = 200
"""Two dots for each pixel of a figure shown at 100 pixels an inch: sharp everywhere."""

_LINE_COLOUR: Final = "#e4572e"
_MAX_DOTS: Final = 1400


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


@dataclass(frozen=True)
class Base:
    """What the first cell of a step has made, for this step and those that build on it.

    It is shared, so nobody changes it; the arrays cannot be changed.

    Attributes
    ----------
    values : dict
        The lesson's data by name: `X` and `y`, and after a training `mlp`, `X_test` and
        `y_test` among them.
    output : Output
        What the cell printed.
    warning : str or None
        What scikit-learn had to say about a training, in its own words.
    """

    values: Namespace
    output: Output
    warning: str | None

    def __post_init__(self) -> None:
        for value in self.values.values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Be built anew where it is unpickled: an array forgets that it is read-only."""
        return Base, (self.values, self.output, self.warning)

    @property
    def network(self) -> WatchedClassifier:
        """The lesson's `mlp`."""
        network: WatchedClassifier = self.values["mlp"]
        return network

    @cached_property
    def replay(self) -> Replay:
        """The training to watch again."""
        test = self.values["X_test"], self.values["y_test"]
        return replay(self.network.snapshots_, self.network.classes_, *test)


def base(this: Step) -> Step:
    """Find the step whose first cell is run once for all that build on it.

    Returns
    -------
    Step
        The nearest that trains, this one or one below it; else the lowest.
    """
    if this.trains or this.builds_on is None:
        return this
    return base(step(this.builds_on))


def run_base(
    number: int, settings: LessonSettings, our_class: Namespace | None = None
) -> Base:
    """Run the first cell of a step that others build on, and what it builds on itself.

    Parameters
    ----------
    number : int
        Of a step that is its own `base`.
    settings : LessonSettings
        The learner's values.
    our_class : dict or None
        What the file of a class holds, `data` and `target`, where the settings ask for it.

    Returns
    -------
    Base
    """
    this = step(number)
    names = _imported_before(this, settings)
    if this.builds_on is not None:
        names |= run_base(this.builds_on, settings, our_class).values
    with _hearing(ConvergenceWarning) as said, _class_at_hand(our_class):
        output = _run(this.cells[0], names, settings)
    data = (np.ndarray, WatchedClassifier)
    values = {name: value for name, value in names.items() if isinstance(value, data)}
    return Base(values, output, said[0] if said else None)


def run_cells(
    values: Namespace,
    number: int,
    settings: LessonSettings,
    choice: Choice = FIRST,
    foreground: str = "black",
    unfolded: int | None = None,
) -> tuple[Output | None, ...]:
    """Run the cells of a step, but for its base and for those that are there only to draw.

    Parameters
    ----------
    values : dict
        What it builds on: the values of its `Base`, and a visitor's drawing.
    number : int
        Of the step.
    settings : LessonSettings
        The learner's values.
    choice : Choice
        Which picture it looks at.
    foreground : str
        Colour of axes and text in its pictures.
    unfolded : int or None
        Place of the one cell that is wanted, counted from 0, whatever it is there for.

    Returns
    -------
    tuple of Output or None
        One for each cell; None for one that was not run.
    """
    this = step(number)
    names = _imported_before(this, settings)
    if base(this) is this:
        run_source(_imports(this.cells[0], settings), names)
    names |= values
    return tuple(
        _run(cell, names, settings, choice, foreground)
        if place == unfolded or not (cell.only_draws or cell is base(this).cells[0])
        else None
        for place, cell in enumerate(this.cells)
    )


def get_ready() -> None:
    """Import what the lesson's code needs, in a helper that has just started."""
    run_source("import matplotlib.pyplot as plt", {})


def run_source(
    source: str, names: Namespace, chance: int = 0, foreground: str = "black"
) -> Output:
    """Run a piece of the lesson's code with the names it knows, to which it adds.

    Parameters
    ----------
    source : str
        Code of `digits_app.lesson.steps`, never of a visitor.
    names : dict
        Its variables, functions and modules by name.
    chance : int
        Decides what is random in it: the first weights of a network without a
        `random_state`. So all with the same settings see, and share, the same training.
    foreground : str
        Colour of axes and text in its pictures.

    Returns
    -------
    Output
    """
    use_one_blas_thread()
    np.random.seed(chance)  # noqa: NPY002 - where no random_state is set, this one decides
    printed = StringIO()
    # The first steps draw nothing, and pyplot takes half a second to be imported.
    draws = "plt" in names or "plt" in source
    collected: AbstractContextManager[list[bytes]] = (
        _collected(foreground) if draws else nullcontext([])
    )
    with _watched_training(), collected as pictures, redirect_stdout(printed):
        exec(compile(source, "<lesson>", "exec"), names)
    return Output(printed.getvalue().rstrip("\n"), tuple(pictures))


def _run(
    cell: Cell,
    names: Namespace,
    settings: LessonSettings,
    choice: Choice = FIRST,
    foreground: str = "black",
) -> Output:
    source = cell.source(settings, choice)
    return run_source(source, names, settings.random_state, foreground)


def _imported_before(this: Step, settings: LessonSettings) -> Namespace:
    """All that the lesson has imported before a step."""
    names: Namespace = {}
    earlier = steps()[: this.number - 1]
    cells = [cell for each in earlier for cell in each.cells]
    run_source("\n".join(_imports(cell, settings) for cell in cells), names)
    return names


def _imports(cell: Cell, settings: LessonSettings) -> str:
    """What a cell imports, as code."""
    lines = cell.source(settings).splitlines()
    return "\n".join(line for line in lines if line.startswith(("import ", "from ")))


@contextmanager
def _hearing(category: type[Warning]) -> Iterator[list[str]]:
    """Keep warnings of one kind, in the warners' own words; the others go their way."""
    heard: list[str] = []
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", category)
        yield heard
    for each in said:
        if issubclass(each.category, category):
            heard.append(str(each.message))
        else:
            warnings.warn_explicit(each.message, each.category, each.filename, each.lineno)


@contextmanager
def _class_at_hand(our_class: Namespace | None) -> Iterator[None]:
    """Let `np.load` give the digits of a class, of which no file is written here."""
    theirs = np.load

    def load(file: object, *arguments: Any, **options: Any) -> Any:
        is_class = our_class is not None and file == CLASS_FILE
        return our_class if is_class else theirs(file, *arguments, **options)  # type: ignore[arg-type]

    np.load = load
    try:
        yield
    finally:
        np.load = theirs


@contextmanager
def _watched_training() -> Iterator[None]:
    """Let `from sklearn.neural_network import MLPClassifier` give one to be watched."""
    theirs = neural_network.MLPClassifier
    neural_network.MLPClassifier = WatchedClassifier
    try:
        yield
    finally:
        neural_network.MLPClassifier = theirs


@contextmanager
def _collected(foreground: str) -> Iterator[list[bytes]]:
    """Collect what pyplot shows, as a notebook does, in the colours of the page."""
    # Only a helper pays for the import, and only it may use pyplot: it is no server.
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt  # noqa: TID251

    pictures: list[bytes] = []

    def show() -> None:
        pictures.extend(_png(plt.figure(number)) for number in plt.get_fignums())
        plt.close("all")

    theirs, plt.show = plt.show, show  # type: ignore[assignment]
    try:
        with plt.style.context(_style(foreground)):
            yield pictures
            show()
    finally:
        plt.show = theirs
        plt.close("all")


def _style(foreground: str) -> dict[str, Any]:
    coloured = ("axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color")
    return {
        **dict.fromkeys((*coloured, "text.color"), foreground),
        "axes.facecolor": "none",
        "axes.prop_cycle": f"cycler(color=['{_LINE_COLOUR}'])",
        "figure.facecolor": "none",
        "figure.figsize": (5.2, 3),
    }


def _png(figure: "Figure") -> bytes:
    """Render a figure as a PNG, cut to what is drawn, as a notebook does."""
    buffer = BytesIO()
    dpi = min(DOTS_PER_INCH, _MAX_DOTS / figure.get_tightbbox().width)
    figure.savefig(buffer, format="png", dpi=dpi, bbox_inches="tight", pad_inches=0.02)
    return buffer.getvalue()
