"""What the README and the documents say: short enough, true, and with examples that run."""

import ast
import contextlib
import doctest
import inspect
import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

import digits_app
from tests.support.serving import ROOT

README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
API = ROOT / "docs" / "api.md"
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "tests" / "data" / "README.md",
]

MAX_WORDS = 1200
MAX_TABLE_ROWS = 12
MAX_PICTURE_BYTES = 1_000_000


def read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """What stands in a document's fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(text: str) -> set[str]:
    """The anchors that a document's headings get."""
    headings = re.findall(r"^#+ (.*)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each).lower().replace(" ", "-") for each in headings}


def signature(name: str, arguments: ast.Call) -> inspect.Signature:
    """What a heading such as `f(a, b=1)` says of a function."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    needed = [inspect.Parameter(ast.unparse(each), kind) for each in arguments.args]
    with_default = [
        inspect.Parameter(str(each.arg), kind, default=ast.literal_eval(each.value))
        for each in arguments.keywords
    ]
    assert ast.unparse(arguments.func) == name
    return inspect.Signature([*needed, *with_default])


# The README


def test_the_readme_is_read_in_five_minutes():
    assert len(read(README).split()) <= MAX_WORDS
    rows = re.findall(r"^\|(?![|:\- ]+$).*$", read(README), re.MULTILINE)
    assert 0 < len(rows) <= MAX_TABLE_ROWS


def test_the_readme_opens_with_a_small_moving_picture():
    _title, opening, *_ = read(README).split("\n\n")
    shown = re.fullmatch(r"!\[.+\]\((.+)\)", opening)
    assert shown is not None
    file = ROOT / shown[1]
    assert file.stat().st_size < MAX_PICTURE_BYTES
    with Image.open(file) as picture:
        assert getattr(picture, "n_frames", 1) >= 20


def test_the_example_of_the_readme_prints_what_it_says():
    (example,) = blocks(read(README), "python")
    promised = re.findall(r"^print\(.*\)  # (.*)$", example, re.MULTILINE)
    assert promised
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example, "README.md", "exec"), {})
    assert printed.getvalue().splitlines() == promised


def test_the_commands_of_the_documents_exist():
    makefile = read(ROOT / "Makefile")
    for document in DOCUMENTS:
        text = read(document)
        for target in re.findall(r"(?:^|`)make ([a-z][a-z-]*)", text, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), (document, target)
        for module in re.findall(r"python -m ((?:benchmarks|digits_app)[\w.]*)", text):
            file = ROOT / module.replace(".", "/")
            places = (file / "__main__.py", file.with_suffix(".py"))
            assert any(place.exists() for place in places), (document, module)


# All documents


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.name)
def test_links_lead_somewhere(document: Path):
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(read(document))):
        if re.match(r"https?://", target):
            continue
        path, _, anchor = target.partition("#")
        file = document.parent / path if path else document
        assert file.exists(), target
        assert not anchor or anchor in anchors(read(file)), target


def test_every_document_is_linked_from_the_readme():
    for document in (ROOT / "docs").glob("*.md"):
        assert f"](docs/{document.name})" in read(README), document.name


# The map and the picture


def places_on_the_map() -> tuple[set[str], set[str]]:
    """Places in the map of files, and what they are said to be tested by."""
    _, _, chapter = read(ARCHITECTURE).partition("## The map of files\n")
    rows = re.findall(r"^\| (`.+?) \| .+? \| (.*?) ?\|$", chapter, re.MULTILINE)
    places = {place for first, _ in rows for place in re.findall("`(.+?)`", first)}
    tests = {place for _, last in rows for place in re.findall("`(.+?)`", last)}
    return places, tests


def test_all_that_is_on_the_map_exists():
    places, tests = places_on_the_map()
    assert places
    assert tests
    for place in places | tests:
        assert (ROOT / place).exists(), place
        assert place.endswith("/") == (ROOT / place).is_dir() or place in tests, place


def test_all_that_exists_is_on_the_map():
    places, _ = places_on_the_map()
    package = ROOT / "digits_app"
    folders = [file.parent for file in package.rglob("__init__.py")]
    packages = {f"{folder.relative_to(ROOT)}/" for folder in folders}
    files = [file for file in package.glob("*.py") if file.stem != "__init__"]
    modules = {str(file.relative_to(ROOT)) for file in files}
    assert packages | modules <= places


def test_files_named_in_the_text_exist():
    folders = (ROOT, ROOT / "digits_app", ROOT / "tests", ROOT / "docs")
    for document in DOCUMENTS:
        named = re.findall(r"`([\w./]+/[\w./]+\.(?:py|js|css|html|npz))`", read(document))
        for name in named:
            assert any((folder / name).exists() for folder in folders), (document, name)


def modules_imported(file: Path) -> set[str]:
    """What a file imports, anywhere in it; `from a import b` counts as a.b."""
    found = set()
    for node in ast.walk(ast.parse(read(file))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def imports_between_rooms() -> set[tuple[str, str]]:
    """Which room of digits_app imports which."""
    package = ROOT / "digits_app"
    rooms = {file.stem for file in package.iterdir() if not file.stem.startswith("_")}
    found = set()
    for file in package.rglob("*.py"):
        here = file.relative_to(package).parts[0].removesuffix(".py")
        for module in modules_imported(file):
            start, _, rest = module.partition(".")
            there = rest.partition(".")[0]
            if start == "digits_app" and {here, there} <= rooms and here != there:
                found.add((here, there))
    return found


def test_the_picture_of_the_imports_is_true():
    (picture,) = blocks(read(ARCHITECTURE), "mermaid")
    arrows = set(re.findall(r"^ +(\w+) --> (\w+)$", picture, re.MULTILINE))
    imports = imports_between_rooms()
    assert arrows <= imports
    reached = set(arrows)
    for _ in arrows:
        reached |= {(a, d) for a, b in reached for c, d in arrows if b == c}
    assert imports <= reached
    assert not {(a, b) for a, b in reached if (b, a) in reached}


# The Python functions


def api_headings() -> list[str]:
    return re.findall(r"^### `(.+)`$", read(API), re.MULTILINE)


def test_every_public_name_is_described_with_its_signature():
    described = {}
    for heading in api_headings():
        parsed = ast.parse(heading, mode="eval").body
        name = ast.unparse(parsed.func if isinstance(parsed, ast.Call) else parsed)
        described[name] = parsed
    assert set(described) == set(digits_app.__all__)
    for name, parsed in described.items():
        public = getattr(digits_app, name)
        assert isinstance(parsed, ast.Call) == inspect.isfunction(public), name
        if isinstance(parsed, ast.Call):
            real = [
                each.replace(annotation=inspect.Parameter.empty)
                for each in inspect.signature(public).parameters.values()
            ]
            assert signature(name, parsed) == inspect.Signature(real)


def test_every_public_name_has_an_example():
    parts = re.split(r"^### .+$", read(API), flags=re.MULTILINE)[1:]
    for heading, part in zip(api_headings(), parts, strict=True):
        assert blocks(part, "python"), heading


def test_the_examples_of_the_functions_run():
    examples = "\n".join(blocks(read(API), "python"))
    test = doctest.DocTestParser().get_doctest(examples, {}, API.name, str(API), 0)
    assert len(test.examples) > len(digits_app.__all__)
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("file", [README, API], ids=lambda file: file.name)
def test_headings_go_down_one_at_a_time(file: Path):
    levels = [len(each) for each in re.findall(r"^(#+) ", prose(read(file)), re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
