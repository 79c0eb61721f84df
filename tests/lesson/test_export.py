"""The notebook and the script, run as a learner runs them."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

from digits_app.lesson.export import lesson_notebook, lesson_script
from digits_app.lesson.settings import LESSON, LessonSettings
from digits_app.lesson.steps import steps
from tests.lesson.blocks import BLOCKS
from tests.support.serving import PATIENCE

FIGURES = (
    *(block.prints for block in BLOCKS if block.prints != "1.0"),
    "most votes for: 4",
    "after the five steps: [7]",
)
"""The score of the two digits is left out: their network begins at random."""


@pytest.fixture
def learners_computer(tmp_path, monkeypatch):
    """A folder of its own, without this app, and no screen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return tmp_path


def test_the_script_runs_as_it_is_and_prints_the_lessons_figures(learners_computer):
    script = learners_computer / "digits_lesson.py"
    script.write_text(lesson_script(LESSON), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-W", "error::FutureWarning", script.name],
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert run.returncode == 0, run.stderr
    for figure in FIGURES:
        assert figure in run.stdout


@pytest.mark.filterwarnings("default")  # the kernel's own, none of the lesson's
def test_the_notebook_runs_as_it_is_and_prints_the_lessons_figures(learners_computer):
    notebook = nbformat.reads(lesson_notebook(LESSON), as_version=4)
    NotebookClient(notebook, timeout=PATIENCE, kernel_name="python3").execute()
    outputs = [
        output
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]
    printed = "".join(output.text for output in outputs if output.output_type == "stream")
    for figure in FIGURES:
        assert figure in printed


@pytest.mark.parametrize("write", [lesson_notebook, lesson_script])
def test_both_need_scikit_learn_and_matplotlib_alone(write):
    text = write(LESSON)
    assert "digits_app" not in text
    assert "streamlit" not in text
    # NumPy, SciPy and Pillow come along with the two.
    modules = {"sklearn", "matplotlib", "numpy", "scipy", "PIL"} | sys.stdlib_module_names
    for line in text.replace('"', "").splitlines():
        words = line.strip().removesuffix("\\n,").split()
        if words[:1] in (["from"], ["import"]) and len(words) > 1:
            assert words[1].split(".")[0] in modules, line


@pytest.mark.parametrize("write", [lesson_notebook, lesson_script])
def test_both_hold_every_step_and_the_learners_values(write):
    text = write(LessonSettings(n_classes=4, hidden_units=17))
    for step in steps():
        assert f"{step.number}. {step.title}" in text
    assert "n_class=4" in text
    assert "hidden_layer_sizes=(17,)" in text


def test_the_notebook_is_valid_and_always_the_same():
    nbformat.validate(nbformat.reads(lesson_notebook(LESSON), as_version=4))
    assert lesson_notebook(LESSON) == lesson_notebook(LESSON)
