"""What the browser tests wait for."""

import ast

from tests.support.serving import ROOT


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
