"""What the project is made of: files, lines by kind, and names of Streamlit's inside.

    python -m benchmarks.census                       as it is
    python -m benchmarks.census --before 93ded39      beside an earlier commit
    python -m benchmarks.census --memory              and what a warm server holds

A line of code is one that is not empty, no comment and not part of a docstring. `make test`
writes down how long each part took when it passes: at an earlier commit, the times are of
that commit; now, they are the newest.
"""

import argparse
import ast
import re
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from statistics import median

import psutil

from tests.support.serving import ROOT, run_server, wait_until_warm
from tests.support.streamlit_names import page_names, python_names

Census = dict[str, float]

TOOK = ROOT / ".venv" / "checks_took"
"""A line for each part of the checks that passed: commit, name, seconds."""

DECLARATION = re.compile(r"[\w-]+\s*:[^:;{}]*(?=[;}])")


def code_lines(text: str) -> tuple[int, int]:
    """Count lines of code and lines of comment of a Python module."""
    docs: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docs.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    numbered = enumerate(text.splitlines(), 1)
    lines = [line.strip() for number, line in numbered if number not in docs]
    n_comments = sum(line.startswith("#") for line in lines)
    return sum(bool(line) for line in lines) - n_comments, n_comments


def function_lengths(text: str) -> list[int]:
    """Lines of each function, its docstring left out."""
    lengths = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            doc = node.body[0] if ast.get_docstring(node) else None
            n_doc = doc.end_lineno - doc.lineno + 1 if doc and doc.end_lineno else 0
            lengths.append((node.end_lineno or node.lineno) - node.lineno + 1 - n_doc)
    return lengths


def take(root: Path) -> Census:
    """Count a checkout."""
    found: Census = {}
    files = [file for file in root.rglob("*") if _counts(file, root)]
    found["files"] = len(files)
    found["files of digits_app"] = sum("digits_app" in file.parts for file in files)
    app: list[int] = []
    n_comments = 0
    for folder, name in (("digits_app", "the app"), ("tests", "tests"), ("benchmarks", "")):
        texts = [f.read_text(encoding="utf-8") for f in _of(root, folder, "py")]
        counted = [code_lines(text) for text in texts]
        found[f"Python of {name or folder}, lines of code"] = sum(c for c, _ in counted)
        if folder == "digits_app":
            n_comments = sum(c for _, c in counted)
            app = [n for text in texts for n in function_lengths(text)]
    for kind in ("js", "css", "html"):
        lines = [
            line
            for file in _of(root, "digits_app", kind)
            for line in file.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.strip().startswith(("//", "/*", "*"))
        ]
        found[f"{kind} of the app, lines"] = len(lines)
        if kind == "css":  # a formatter changes the lines, and not how much is said
            found["css of the app, declarations"] = len(DECLARATION.findall("".join(lines)))
        found[f"{kind}, longest line"] = max(map(len, lines), default=0)
    found["comment lines in the app's Python"] = n_comments
    found["functions of the app"] = len(app)
    found["their lines, median"] = median(app)
    found["their lines, longest"] = max(app)
    for name, names in (("page", page_names(root)), ("Python", python_names(root))):
        found[f"names of Streamlit's {name}"] = len(names)
        found[f"places that lean on Streamlit's {name}"] = names.total()
    return found


def _of(root: Path, folder: str, kind: str) -> list[Path]:
    """Files of a kind, our own only."""
    found = [f for f in sorted((root / folder).rglob(f"*.{kind}")) if _counts(f, root)]
    return found + ([root / "app.py"] if (folder, kind) == ("digits_app", "py") else [])


def _counts(file: Path, root: Path) -> bool:
    parts = file.relative_to(root).parts
    hidden = any(part.startswith(".") and part != ".streamlit" for part in parts)
    made = {"__pycache__", "node_modules", "dist", "build", "axe"}
    return file.is_file() and not hidden and made.isdisjoint(parts)


def take_commit(commit: str, with_memory: bool) -> Census:
    """Count an earlier commit."""
    command = ["git", "archive", commit]
    packed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        root = Path(folder)
        return take(root) | (memory(root) if with_memory else {}) | times(commit)


def memory(root: Path) -> Census:
    """Megabytes of its own that a server holds when it has warmed up."""
    with (
        tempfile.TemporaryDirectory() as folder,
        run_server(Path(folder) / "log", root / "app.py") as server,
    ):
        wait_until_warm(server)
        size = psutil.Process(server.process.pid).memory_full_info().uss
    return {"MB of a warm server": size >> 20}


def times(commit: str | None) -> Census:
    """Minutes that each part of the checks took at a commit; None for the newest time."""
    if not TOOK.exists():
        return {}
    known = [line.split() for line in TOOK.read_text(encoding="utf-8").splitlines()]
    if commit is not None:
        command = ["git", "rev-parse", f"{commit}^{{commit}}"]
        asked = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=True
        )
        known = [line for line in known if line[0] == asked.stdout.strip()]
    # Later lines are newer.
    return {f"minutes of `make {part}`": int(seconds) / 60 for _, part, seconds in known}


def table(columns: dict[str, Census]) -> str:
    """One line for each figure, one column for each census."""
    lines = [f"| | {' | '.join(columns)} |", "|---" + "|---:" * len(columns) + "|"]
    names = dict.fromkeys(name for census in columns.values() for name in census)
    for name in names:
        figures = (census.get(name) for census in columns.values())
        cells = (
            "" if figure is None else f"{figure:,.{1 if 'minutes' in name else 0}f}"
            for figure in figures
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", help="an earlier commit, to stand beside")
    parser.add_argument("--memory", action="store_true")
    arguments = parser.parse_args()
    now = take(ROOT) | (memory(ROOT) if arguments.memory else {}) | times(None)
    columns = {"now": now}
    if before := arguments.before:
        columns = {before: take_commit(before, arguments.memory), **columns}
    print(table(columns))


if __name__ == "__main__":
    main()
