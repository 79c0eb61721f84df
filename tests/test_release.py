"""A release: one version everywhere, its notes, and workflows that run what is pinned."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import digits_app
from tests.support.serving import ROOT

CHANGES = "# Changes\n\n## 2.1.0 (not released yet)\n- New\n\n## 2.0.0\n- First\n- Second\n"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / ".ci" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_notes_of_a_version_are_its_chapter(release: ModuleType):
    assert release.notes(CHANGES, "2.0.0") == "- First\n- Second"


@pytest.mark.parametrize(
    ("version", "why"), [("2.1.0", "not released yet"), ("3.0.0", "no chapter")]
)
def test_what_is_not_finished_is_not_released(release: ModuleType, version: str, why: str):
    with pytest.raises(ValueError, match=why):
        release.notes(CHANGES, version)


def test_another_tag_than_the_version_releases_nothing(release: ModuleType):
    with pytest.raises(SystemExit, match="but the version is"):
        release.main("v0.0.1")


def test_the_version_is_the_packages_and_the_changes_begin_with_it(release: ModuleType):
    assert release.version() == digits_app.__version__
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changes.split("\n## ")[1].split()[0] == digits_app.__version__


def test_kubernetes_runs_this_version():
    manifest = (ROOT / "deploy" / "kubernetes.yaml").read_text(encoding="utf-8")
    assert re.findall(r"image: digits:(\S+)", manifest) == [digits_app.__version__]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.stem)
def test_actions_and_images_are_named_by_their_digests(workflow: Path):
    text = workflow.read_text(encoding="utf-8")
    for action in re.findall(r"uses: (.*)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", action), action
    for image in re.findall(r"image: (\S+)$|- (python\S+)$", text, re.MULTILINE):
        assert re.search(r"@sha256:[0-9a-f]{64}$", "".join(image)), image
