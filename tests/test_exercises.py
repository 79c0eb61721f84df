"""The exercises run, one after the other, and print what stands below each."""

import contextlib
import io
import re

from tests.support.serving import ROOT

EXERCISES = (ROOT / "docs" / "exercises.md").read_text(encoding="utf-8")
MAX_LINES = 25


def programs() -> list[tuple[str, str]]:
    """Code and what it prints."""
    return re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", EXERCISES, re.DOTALL)


def test_there_are_five_short_ones():
    assert len(programs()) == EXERCISES.count("```python") == 5
    for code, _ in programs():
        assert len([line for line in code.splitlines() if line.strip()]) <= MAX_LINES


def test_each_prints_what_stands_below_it():
    names: dict[str, object] = {}
    for code, expected in programs():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, "exercise", "exec"), names)
        lines = [line.rstrip() for line in printed.getvalue().splitlines()]
        assert "\n".join(lines) == expected.rstrip("\n")


def test_they_need_no_more_than_they_say():
    modules = set(re.findall(r"^(?:from|import) (\w+)", EXERCISES, re.MULTILINE))
    assert modules == {"sklearn", "numpy", "PIL"}
