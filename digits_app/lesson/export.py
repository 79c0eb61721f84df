"""The whole lesson as a Jupyter notebook and as a Python script.

Both hold the text and the code of `digits_app.lesson.steps` with a learner's settings,
and need scikit-learn and matplotlib alone.
"""

import textwrap
from typing import Final

from digits_app.lesson.settings import CLASS_FILE, LessonSettings
from digits_app.lesson.steps import SOURCES, steps

NEEDS: Final = "pip install scikit-learn matplotlib"

_WIDTH = 76

_INTRODUCTION = (
    "From {digits} to a neural network that reads digits, and to the digits that it gets "
    "wrong. To run it: `" + NEEDS + "`{beside}."
)


def lesson_notebook(settings: LessonSettings) -> str:
    """Write the lesson as a Jupyter notebook, not yet run.

    Parameters
    ----------
    settings : LessonSettings
        The learner's values.

    Returns
    -------
    str
        A notebook of format 4, as JSON.
    """
    from nbformat import v4, validate, writes

    title = f"# A lesson on digits\n\n{_introduction(settings)}"
    cells = [v4.new_markdown_cell(title, id="title")]
    for step in steps():
        text = f"## {step.number}. {step.title}\n\n{step.text_for(settings)}"
        cells.append(v4.new_markdown_cell(text, id=f"step-{step.number}"))
        cells += [
            v4.new_code_cell(cell.source(settings), id=f"step-{step.number}-code-{part}")
            for part, cell in enumerate(step.cells, start=1)
        ]
    sources = "\n".join(f"- {source}" for source in SOURCES)
    cells.append(v4.new_markdown_cell(f"## Sources\n\n{sources}", id="sources"))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    validate(notebook)
    return str(writes(notebook))


def lesson_script(settings: LessonSettings) -> str:
    """Write the lesson as a plain Python script, in cells that editors know (`# %%`).

    Parameters
    ----------
    settings : LessonSettings
        The learner's values.

    Returns
    -------
    str
        Python source.
    """
    parts = [_comment("A lesson on digits. " + _introduction(settings))]
    for step in steps():
        heading = f"# %% {step.number}. {step.title}\n{_comment(step.text_for(settings))}"
        code = "\n\n".join(cell.source(settings) for cell in step.cells)
        parts.append(f"{heading}\n\n{code}")
    parts.append("# %% Sources\n" + "\n".join(_comment(source) for source in SOURCES))
    return "\n\n\n".join(parts) + "\n"


def _introduction(settings: LessonSettings) -> str:
    if settings.our_class:
        beside = f", and put `{CLASS_FILE}` beside this file"
        return _INTRODUCTION.format(digits="the digits of our class", beside=beside)
    return _INTRODUCTION.format(digits="`load_digits`", beside="")


def _comment(text: str) -> str:
    """Markdown as comment lines."""
    plain = text.replace("`", "").replace("*", "")
    return textwrap.fill(plain, _WIDTH, initial_indent="# ", subsequent_indent="# ")
