"""The lesson with the digits of one's own class: the page and what it hands out agree."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.export import to_npz
from digits_app.lesson.export import lesson_notebook, lesson_script
from digits_app.lesson.running import Namespace, run_base, run_cells
from digits_app.lesson.settings import CLASS_FILE, LESSON, LessonSettings
from digits_app.lesson.steps import step, steps
from tests.support.classes import a_class
from tests.support.serving import PATIENCE

OURS = LessonSettings(our_class=True)


@pytest.fixture(scope="module")
def digits() -> ClassDigits:
    return a_class(8)


@pytest.fixture(scope="module")
def values(digits: ClassDigits) -> Namespace:
    return {"data": digits.data, "target": digits.labels}


def printed_on_the_page(values: Namespace, settings: LessonSettings) -> list[str]:
    """What each cell that draws nothing prints, of the steps that train and those after."""
    printed = []
    for number, below in ((1, 1), (5, 4), (6, 6), (8, 6)):
        base = run_base(below, settings, values)
        if number == below:
            printed.append(base.output.printed)
        outputs = run_cells(base.values, number, settings)
        printed += [output.printed for output in outputs if output and output.printed]
    return [text for text in printed if text]


@pytest.mark.parametrize("settings", [OURS, LessonSettings(4, 7, 30, 60, our_class=True)])
def test_the_script_prints_what_the_page_shows(
    settings: LessonSettings, digits: ClassDigits, values: Namespace, tmp_path: Path
):
    (tmp_path / CLASS_FILE).write_bytes(to_npz(digits))
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", lesson_script(settings)],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert run.returncode == 0, run.stderr
    for text in printed_on_the_page(values, settings):
        assert text in run.stdout


def test_it_is_the_class_that_is_learned(digits: ClassDigits, values: Namespace):
    of_class = run_base(6, OURS, values)
    np.testing.assert_array_equal(of_class.values["X"], digits.data)
    assert len(of_class.values["X_test"]) == -(-len(digits.labels) // 4)
    two = run_base(1, OURS, values).values["y"]
    assert len(two) == np.isin(digits.labels, (0, 1)).sum()
    assert set(two) == {0, 1}


def test_np_load_is_their_own_again_when_the_code_has_run(values: Namespace):
    theirs = np.load
    run_base(1, OURS, values)
    assert np.load is theirs


@pytest.mark.parametrize("write", [lesson_notebook, lesson_script])
def test_what_leaves_says_which_file_it_needs_and_no_figure_of_load_digits(write):
    ours, theirs = (" ".join(write(settings).split("# ")) for settings in (OURS, LESSON))
    assert CLASS_FILE in ours
    for told_of_load_digits in ("load_digits(", "1,797", "0.96", "MNIST"):
        assert told_of_load_digits in theirs
        assert told_of_load_digits not in ours


def test_the_same_steps_are_shown_with_other_digits():
    for each in steps():
        for cell in each.cells:
            assert "load_digits(" not in cell.source(OURS)
    assert step(1).text_for(OURS) != step(1).text_for(LESSON)
    assert OURS.with_all_digits().our_class
    assert OURS.lessons_own == OURS
