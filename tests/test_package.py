"""`pip install .`: what is in the package, and that it works anywhere."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.serving import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

SEVEN = """
from PIL import Image, ImageDraw
import digits_app
picture = Image.new("L", (280, 280))
ImageDraw.Draw(picture).line([(80, 60), (200, 60), (130, 230)], fill=255, width=20)
print(digits_app.__file__, digits_app.read_digit(picture).label)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as `pip install .` builds it, from a copy of the source."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    ignored = shutil.ignore_patterns("__pycache__", ".ruff_cache")
    shutil.copytree(ROOT / "digits_app", source / "digits_app", ignore=ignored)
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([sys.executable, "-m", "pip", *build, out, source], check=True)
    (wheel,) = out.glob("*.whl")
    return wheel


def test_every_file_of_the_package_is_in_it(wheel: Path):
    ours = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "digits_app").rglob("*")
        if path.is_file()
        and path.suffix != ".pyc"
        and path.name != "ruff.toml"
        and ".ruff_cache" not in path.parts
    }
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert ours <= packed
    assert {name for name in packed if name.startswith("digits_app/")} == ours


def test_it_reads_a_digit_from_any_folder(wheel: Path, tmp_path: Path):
    """With what it depends on, but without this folder."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'installed')!r})\n{SEVEN}"
    run = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    file, label = run.stdout.split()
    assert Path(file).is_relative_to(tmp_path)
    assert label == "7"


def imports(*folders: Path) -> Iterator[str]:
    """Names of the top-level modules that the code in some folders imports."""
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def packages(modules: set[str]) -> set[str]:
    """Distributions that bring modules which are neither Python's nor ours."""
    ours = {"digits_app", "tests", "benchmarks", "app"}
    # Imports that only measure another program, and are named where they stand.
    measured = {"gradio", "gradio_client", "psutil"}
    known = packages_distributions()
    return {
        canonicalize_name(known[module][0])
        for module in modules - ours - measured - set(sys.stdlib_module_names)
    }


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def pinned(file: str) -> list[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if re.match(r"[a-z]", line)]


def test_all_that_the_app_imports_is_declared():
    app = packages(set(imports(ROOT / "digits_app"))) | packages({"streamlit", "starlette"})
    declared = names(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["app"])
    assert app <= declared
    assert names(pinned("requirements.txt")) == declared


def test_all_that_the_checks_import_is_declared():
    checks = packages(set(imports(ROOT / "tests", ROOT / "benchmarks")))
    assert checks <= names(pinned("requirements.txt") + pinned("requirements-dev.txt"))


def test_what_is_pinned_lies_within_the_ranges():
    ranges = {
        canonicalize_name(wanted.name): wanted.specifier
        for wanted in map(
            Requirement, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["app"]
        )
    }
    for line in pinned("requirements.txt"):
        pin = Requirement(line)
        (version,) = pin.specifier
        assert ranges[canonicalize_name(pin.name)].contains(version.version), line


def test_the_lock_holds_what_is_pinned_each_with_its_hash():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z])", re.sub(r"(?m)^\s*#.*\n", "", text))
    locked = {}
    for entry in entries:
        requirement, *hashes = entry.replace("\\\n", " ").split("--hash=")
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", each) for each in hashes)
        pin = Requirement(requirement)
        locked[canonicalize_name(pin.name)] = str(pin.specifier)
    for line in pinned("requirements.txt"):
        pin = Requirement(line)
        assert locked[canonicalize_name(pin.name)] == str(pin.specifier)
    assert "://" not in text  # whoever installs chooses where from
