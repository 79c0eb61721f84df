"""What tests wait for, and how long: on a machine that is busy all of it comes late."""

import ast
from collections.abc import Iterator
from functools import cache

from tests.e2e import conftest
from tests.support.serving import PATIENCE, ROOT


def test_what_a_page_is_waited_for_is_a_function():
    """Playwright looks at an expression by `eval`, which our policy forbids.

    It only fails where the page has to be asked a second time, so on a slow machine.
    """
    expressions = []
    for file in [*(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_wait = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if not is_wait or node.func.attr != "wait_for_function":
                continue
            texts = [
                part.value
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            ]
            if texts and "=>" not in "".join(texts):
                expressions.append(f"{file.name}:{node.lineno}")
    assert expressions == []


LIMITS = {"timeout", "default_timeout", "open_timeout", "settimeout"}
"""By which words a call is told how long to wait."""

ONE_SHOT = {"bounding_box", "is_visible", "is_hidden", "is_enabled", "is_checked"}
"""What Playwright reads once, without waiting."""


@cache
def calls() -> list[tuple[str, ast.Call, str]]:
    """Each call in a test: its file, itself, and the last part of its name."""
    found = []
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "tests").rglob("conftest.py")]
    for file in sorted(files):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = f"{file.relative_to(ROOT / 'tests')}:{node.lineno}"
                found.append((place, node, name))
    return found


def limits(call: ast.Call, name: str) -> Iterator[float]:
    """Numbers that a call is given to wait at most."""
    given = [each.value for each in call.keywords if each.arg in LIMITS]
    for value in [*given, *(call.args[:1] if name in LIMITS else [])]:
        if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
            yield value.value


def test_no_limit_is_shorter_than_our_patience():
    """A look that does not wait has the limit 0; that of what is tried again has a name."""
    short = []
    for place, call, name in calls():
        least = conftest.PATIENCE if place.startswith(("e2e", "browser")) else PATIENCE
        short += [place for limit in limits(call, name) if 0 < limit < least]
    assert short == []


def test_what_is_read_of_a_page_is_waited_for():
    """`wait_until` asks again, and `still_box` waits until a thing stands still."""
    hasty = [
        place
        for place, _, name in calls()
        if name in ONE_SHOT
        and place.startswith(("e2e", "browser"))
        # It acts on what is there, whatever that is.
        and not place.startswith("e2e/test_monkey")
    ]
    assert hasty == []
