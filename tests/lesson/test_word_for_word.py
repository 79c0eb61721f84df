"""The lesson is the one people know: its own code, line by line, and its own output."""

import contextlib
import io

import matplotlib
import nbformat
import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

from digits_app.lesson.export import lesson_notebook, lesson_script
from digits_app.lesson.settings import LESSON
from digits_app.lesson.steps import step, steps
from tests.lesson.blocks import BLOCKS


def test_the_blocks_print_what_the_lesson_says(monkeypatch):
    """As they stand in the lesson, with the libraries themselves and nothing of ours."""
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    monkeypatch.setattr(plt, "show", lambda: plt.close("all"))
    # The lesson's first network begins at random: nearly always it scores 1.0.
    np.random.seed(2)  # noqa: NPY002
    namespace = {
        "plt": plt,
        "load_digits": load_digits,
        "train_test_split": train_test_split,
        "MLPClassifier": MLPClassifier,
    }
    for block in BLOCKS:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block.code, namespace)
        assert printed.getvalue().rstrip("\n") == block.prints, block.code


@pytest.mark.parametrize("number", range(1, 8))
def test_a_step_has_the_lessons_blocks_in_order_and_prints_the_same(lesson, number):
    this = step(number)
    blocks = [block for block in BLOCKS if block.step == number]
    cells = [
        (cell.source(LESSON), output.printed)
        for cell, output in zip(
            [cell for cell in this.cells if not cell.only_draws],
            lesson.run(number),
            strict=True,
        )
    ]
    found = [
        next(place for place, (source, _) in enumerate(cells) if block.code in source)
        for block in blocks
    ]
    assert found == sorted(set(found))
    for block, place in zip(blocks, found, strict=True):
        source, printed = cells[place]
        assert printed == block.prints
        added = source.replace(block.code, "").strip().splitlines()
        assert all(line.startswith(("from ", "import ")) for line in added)


def test_steps_1_to_7_have_no_code_of_their_own_but_what_is_folded():
    lines = {line for block in BLOCKS for line in block.code.splitlines()}
    for this in steps()[:7]:
        for cell in this.cells:
            if cell.folded is None:
                for line in filter(None, cell.source(LESSON).splitlines()):
                    assert line in lines or line.startswith(("from ", "import ")), line


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.code.split("\n")[0])
def test_notebook_and_script_hold_the_same(block):
    assert block.code in lesson_script(LESSON)
    notebook = nbformat.reads(lesson_notebook(LESSON), as_version=4)
    assert any(block.code in cell.source for cell in notebook.cells)


def test_it_says_that_there_are_360_and_that_this_is_not_mnist():
    assert "360 datapoints" in step(1).text
    assert "not MNIST" in step(1).text
