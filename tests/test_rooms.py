"""What importing, loading and running the app brings in, and what it must not."""

import doctest
import importlib
import json
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import digits_app
from digits_app.pages.shared.addresses import REMEMBERED
from tests.support.serving import ROOT

TELL = "import json, sys; print(json.dumps([*sys.modules]))"


def modules_after(*steps: str) -> list[set[str]]:
    """Names of all modules that a fresh process has imported after each of some steps."""
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(f"{step}\n{TELL}" for step in steps)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    told = [line for line in run.stdout.splitlines() if line.startswith('["')]
    assert len(told) == len(steps)
    return [set(json.loads(line)) for line in told]


def rooms(modules: set[str]) -> set[str]:
    return {name.split(".")[1] for name in modules if name.startswith("digits_app.")}


def test_importing_the_package_imports_nothing_that_takes_long():
    (modules,) = modules_after("import digits_app")
    assert not {"sklearn", "scipy", "numpy", "PIL", "streamlit"} & modules


def test_naming_a_classifier_does_not_import_scikit_learn():
    (modules,) = modules_after("from digits_app import load_classifier, prepare_image")
    assert not {"sklearn", "scipy", "streamlit"} & modules


def test_a_shipped_classifier_is_loaded_without_what_trained_it():
    (modules,) = modules_after(
        "import digits_app; digits_app.load_classifier(10, 'augmented')"
    )
    assert "sklearn" in modules
    assert rooms(modules) == {"dataset", "network"}


def test_a_drawing_is_read_without_what_trained_the_network_and_without_streamlit():
    (modules,) = modules_after(
        "from digits_app import read_digit\nfrom PIL import Image\n"
        "picture = Image.new('L', (280, 280))\n"
        "picture.paste(255, (130, 40, 150, 240))\n"
        "assert read_digit(picture).label == 1"
    )
    assert rooms(modules) == {"dataset", "drawing", "network", "reading"}
    assert "streamlit" not in modules


def entered_later(early: set[str], late: set[str]) -> set[str]:
    """Modules of packages that threads must not enter by different ones, imported late."""
    packages = ("sklearn.", "scipy.", "pandas.", "matplotlib.")
    data = (".data", ".descr")
    return {
        name
        for name in late - early
        if name.startswith(packages) and not name.endswith(data)
    }


def test_pages_import_nothing_of_training_and_nothing_two_threads_can_get_stuck_in():
    gate = (
        "from digits_app.server.imports import FOR_ALL_PAGES, import_alone\n"
        "import_alone(FOR_ALL_PAGES)"
    )
    visit = (
        "import digits_app.server.start\n"
        "from streamlit.testing.v1 import AppTest\n"
        "app = AppTest.from_file('digits_app/pages/navigation.py', default_timeout=120)\n"
        "app.run()\n"
        f"for address in {list(REMEMBERED)}:\n"
        "    assert not app.switch_page(address).run().exception, app.exception\n"
    )
    early, late = modules_after(gate, visit)
    assert rooms(late) >= {"pages", "lesson", "mistakes", "reading"}
    assert "training" not in rooms(late)
    assert not entered_later(early, late)


def test_what_a_stroke_imports_later_no_two_threads_can_get_stuck_in():
    answer = (
        "from digits_app.drawing.canvas_json import pen_path\n"
        "from digits_app.pages.draw.number_answer import read_signs\n"
        "from digits_app.pages.shared.drawing_state import Drawing\n"
        "from digits_app.pages.shared.networks import Network\n"
        "drawing = Drawing([pen_path([[140, 60], [140, 220]], 20)])\n"
        "both = [Network(n, 'augmented') for n in (2, 10)]\n"
        "assert read_signs(drawing, both[1], both)"
    )
    gate = (
        "from digits_app.server.imports import FOR_READING, import_alone\n"
        "import_alone(FOR_READING)"
    )
    assert not entered_later(*modules_after(gate, answer))


def test_every_public_name_is_there():
    for name in digits_app.__all__:
        assert getattr(digits_app, name).__doc__, name
    assert set(digits_app.__all__) <= set(dir(digits_app))
    with pytest.raises(AttributeError, match="no attribute 'write_digit'"):
        digits_app.write_digit  # noqa: B018


def test_imports_go_only_downwards():
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout


def test_nothing_of_ours_has_a_type_that_mypy_skips():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    skipped = [
        module.removesuffix(".*")
        for override in settings["tool"]["mypy"]["overrides"]
        if override.get("follow_imports") == "skip"
        for module in override["module"]
    ]
    assert skipped
    for file in (ROOT / "digits_app").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not [module for module in skipped if module in text], file


def core_modules() -> list[str]:
    """All modules but the pages, which need a Streamlit runtime, and the entries."""
    names = [
        module.name
        for module in pkgutil.walk_packages(digits_app.__path__, "digits_app.")
        if not module.name.startswith("digits_app.pages") and "__main__" not in module.name
    ]
    return ["digits_app", *names]


@pytest.mark.parametrize("name", core_modules())
def test_the_examples_of_the_docstrings_run(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0


def test_no_example_is_skipped():
    files = sorted((ROOT / "digits_app").rglob("*.py"))
    assert not [file.name for file in files if "+SKIP" in file.read_text(encoding="utf-8")]


def test_every_public_function_has_an_example():
    public = [getattr(digits_app, name) for name in digits_app.__all__]
    functions = [each for each in public if not isinstance(each, type)]
    assert len(functions) >= 3
    for function in functions:
        tests = doctest.DocTestFinder(recurse=False).find(function)
        assert any(test.examples for test in tests), function.__name__
