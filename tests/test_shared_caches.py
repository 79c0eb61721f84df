"""What all visitors share is made from nothing that one of them drew or sent.

A cache is keyed and filled by its parameters. So each of them must be of a type that has
few values, known before anybody comes: which network, which digit of the dataset, which of
the lesson's whole numbers. A drawing (pixels, bytes, text, a dict) fits none of them.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import ROOT

CACHES = {"cache", "lru_cache", "cache_data", "cache_resource"}

CLOSED = {
    "int",  # how many digits; a row of the dataset; a digit
    "Training",  # as shipped: never "mine", which is the visitor's
    "LessonSettings",  # whole numbers within limits
    "Choice",  # a row, or that it is the own drawing, which then is not kept
}

EXCEPTIONS = {
    # names of message kinds, of which Streamlit has ten
    ("_log_unknown", "kind", "str"),
    # a section of the settings' theme
    ("written", "section", "str"),
    # our own style sheets
    ("read_style", "path", "Path"),
    # names of modules, of which there are two lists
    ("import_alone", "modules", "tuple[str, ...]"),
    # Streamlit's own files
    ("_read_once", "path", "Path"),
    # the page asks for it only of networks that all share, never of "mine"
    ("_fitted", "network", "Network"),
}

Found = tuple[str, ast.FunctionDef | ast.AsyncFunctionDef, ast.expr]


def name_of(node: ast.expr) -> str:
    """`st.cache_data(...)` and `functools.cache` alike by their last part."""
    node = node.func if isinstance(node, ast.Call) else node
    return ast.unparse(node).rsplit(".", 1)[-1]


def is_of_a_session(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and any(
        word.arg == "scope" and ast.unparse(word.value) == "'session'"
        for word in decorator.keywords
    )


def cached_functions(source: str) -> Iterator[Found]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if name_of(decorator) in CACHES:
                    yield node.name, node, decorator


def open_parameters(source: str) -> list[tuple[str, str, str]]:
    """Parameters of shared caches that could carry what a visitor made."""
    return [
        (name, argument.arg, annotation)
        for name, function, decorator in cached_functions(source)
        if not is_of_a_session(decorator)
        for argument in ast.walk(function.args)
        if isinstance(argument, ast.arg)
        if (annotation := ast.unparse(argument.annotation or ast.Name("nothing")))
        not in CLOSED
    ]


def modules() -> list[Path]:
    """All that the app imports: of `training` it imports nothing (`pyproject.toml`)."""
    every = (ROOT / "digits_app").rglob("*.py")
    return sorted(module for module in every if "training" not in module.parts)


def test_no_shared_cache_takes_what_a_visitor_made():
    found = {
        parameter
        for module in modules()
        for parameter in open_parameters(module.read_text(encoding="utf-8"))
    }
    assert found == EXCEPTIONS


def test_the_caches_are_found_at_all():
    n_caches = sum(
        1 for module in modules() for _ in cached_functions(module.read_text("utf-8"))
    )
    assert n_caches > 15


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("@cache\ndef f(n: int): ...", []),
        ("@functools.lru_cache(3)\ndef f(pixels: bytes): ...", [("f", "pixels", "bytes")]),
        ("@st.cache_data\ndef f(*all): ...", [("f", "all", "nothing")]),
        ("@st.cache_data(scope='session')\ndef f(pixels: bytes): ...", []),
    ],
)
def test_what_counts_as_open(source: str, expected: list[tuple[str, str, str]]):
    assert open_parameters(source) == expected
