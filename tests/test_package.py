"""`pip install .`: what is in the package, and that it works anywhere."""

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.installed import PROJECT
from tests.support.serving import ROOT

SEVEN = """
from PIL import Image, ImageDraw
import digits_app
picture = Image.new("L", (280, 280))
ImageDraw.Draw(picture).line([(80, 60), (200, 60), (130, 230)], fill=255, width=20)
print(digits_app.__file__, digits_app.read_digit(picture).label)
"""


def test_every_file_of_the_package_is_in_it(wheel: Path):
    entry = {"digits_app/entry/app.py", "digits_app/entry/.streamlit/config.toml"}
    ours = entry | {
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
    ours = {"digits_app", "tests", "benchmarks", "tools", "app"}
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
    declared = names(PROJECT["dependencies"])
    assert app <= declared
    assert names(pinned("requirements.txt")) == declared


def test_all_that_the_checks_import_is_declared():
    checks = packages(set(imports(ROOT / "tests", ROOT / "benchmarks", ROOT / "tools")))
    assert checks <= names(pinned("requirements.txt") + pinned("requirements-dev.txt"))


def test_what_is_pinned_lies_within_the_ranges():
    ranges = {
        canonicalize_name(wanted.name): wanted.specifier
        for wanted in map(Requirement, PROJECT["dependencies"])
    }
    for line in pinned("requirements.txt"):
        pin = Requirement(line)
        (exactly,) = pin.specifier
        assert ranges[canonicalize_name(pin.name)].contains(exactly.version), line


def locked() -> dict[str, Requirement]:
    """What requirements.lock installs on this machine; each entry has hashes."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text  # whoever installs chooses where from
    found = {}
    for entry in re.split(r"\n(?=[a-z])", re.sub(r"(?m)^\s*#.*\n", "", text)):
        requirement, *hashes = entry.replace("\\\n", " ").split("--hash=")
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", each) for each in hashes)
        pin = Requirement(requirement)
        if pin.marker is None or pin.marker.evaluate():
            found[canonicalize_name(pin.name)] = pin
    return found


def test_the_lock_holds_what_is_pinned():
    for line in pinned("requirements.txt"):
        pin = Requirement(line)
        assert locked()[canonicalize_name(pin.name)].specifier == pin.specifier


def test_what_is_tested_is_what_is_shipped():
    tested = {name: version(name) for name in locked()}
    assert {name: f"=={found}" for name, found in tested.items()} == {
        name: str(pin.specifier) for name, pin in locked().items()
    }
