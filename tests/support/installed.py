"""An environment that holds a wheel and what it asks for, and nothing else."""

import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.serving import ROOT

PROJECT: Final[dict[str, Any]] = tomllib.loads(
    (ROOT / "pyproject.toml").read_text(encoding="utf-8")
)["project"]


def build_wheel(folder: Path) -> Path:
    """Build the package as `pip install .` does, from a copy of the source."""
    source, out = folder / "source", folder / "wheel"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "app.py"):
        shutil.copy(ROOT / name, source)
    ignored = shutil.ignore_patterns("__pycache__", ".ruff_cache")
    for name in ("digits_app", ".streamlit"):
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    build = ["wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([sys.executable, "-m", "pip", *build, out, source], check=True)
    (wheel,) = out.glob("*.whl")
    return wheel


def make_environment(folder: Path, wheel: Path, wanted: Iterable[str]) -> Path:
    """Make an empty environment and install a wheel in it.

    What it needs is not fetched but linked from the environment of the tests.

    Parameters
    ----------
    folder : Path
        Where to make it.
    wheel : Path
        Installed as pip does it, without what it asks for.
    wanted : iterable of str
        Requirements; they come with all that they ask for in their turn.

    Returns
    -------
    Path
        Folder of its commands.
    """
    venv.create(folder)
    paths = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", vars=paths))
    for each in _with_all_they_ask_for(wanted):
        for name in {path.parts[0] for path in each.files or () if path.parts[0] != ".."}:
            link = packages / name
            if not link.exists():
                link.symlink_to(Path(str(each.locate_file(name))))
    commands = Path(sysconfig.get_path("scripts", vars=paths))
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python"), "install"]
    subprocess.run([*pip, "--quiet", "--no-deps", "--no-index", wheel], check=True)
    return commands


def _with_all_they_ask_for(wanted: Iterable[str]) -> list[Distribution]:
    found: dict[str, Distribution] = {}
    waiting = [each for each in map(Requirement, wanted) if _applies(each)]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        found[name] = distribution(name)
        asked_for = map(Requirement, found[name].requires or ())
        waiting += [each for each in asked_for if _applies(each, *requirement.extras)]
    return list(found.values())


def _applies(requirement: Requirement, *extras: str) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": e}) for e in ("", *extras))
