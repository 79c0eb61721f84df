"""Functions cut out of a module, with all they need: code to read and to run.

The last step of the lesson shows how this app prepares a drawing. Its code is not
written a second time: it is the source of the functions that the Draw page calls.
"""

import ast
import inspect
from collections.abc import Iterable
from threading import Lock
from types import ModuleType

OWN_PACKAGE = "digits_app"

# CPython 3.11 counts the depth of all threads' trees in one place, and raises SystemError
# where two are built at once.
_parsing = Lock()

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


def excerpt(module: ModuleType, names: Iterable[str]) -> str:
    """Cut functions out of a module, together with what they call and refer to.

    Docstrings are cut to their first line. A name that the module imports from this
    app becomes a plain assignment of its value.

    Parameters
    ----------
    module : module
        One whose source is at hand.
    names : iterable of str
        Functions, classes or constants of the module.

    Returns
    -------
    str
        Python source that runs by itself: imports, constants, then the rest, each in
        the order of the module.
    """
    source = inspect.getsource(module)
    with _parsing:
        body = ast.parse(source).body
    definitions = {name: node for node in body for name in _defined(node)}
    imports = {
        alias.asname or alias.name: (node, alias)
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    needed = _closure(names, definitions)
    used_imports = sorted(needed & imports.keys(), key=list(imports).index)
    own = [name for name in used_imports if _is_own(imports[name][0])]
    import_lines = [
        _import_line(*imports[name]) for name in used_imports if name not in own
    ]
    constants = [f"{name} = {getattr(module, name)!r}" for name in own]
    callables: list[str] = []
    for name, node in definitions.items():
        if name not in needed:
            continue
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            callables.append("\n\n" + _shortened(node, source))
        else:
            constants.append(f"{name} = {_value_source(node, source)}")
    return "\n".join([*import_lines, "", *constants, *callables]) + "\n"


def _defined(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _closure(names: Iterable[str], definitions: dict[str, ast.stmt]) -> set[str]:
    """All names reached from `names` through the module's own definitions."""
    needed: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in needed:
            continue
        needed.add(name)
        node = definitions.get(name)
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            node = ast.Expr(node.value)  # constants lose their annotation
        if node is not None:
            waiting += [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    return needed


def _is_own(node: ast.Import | ast.ImportFrom) -> bool:
    module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
    return (module or "").split(".")[0] == OWN_PACKAGE


def _import_line(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import([alias]))
    return ast.unparse(ast.ImportFrom(node.module, [alias], node.level))


def _shortened(node: ast.FunctionDef | ast.ClassDef, source: str) -> str:
    """Source of a function or class, its docstring cut to the first line."""
    lines = source.splitlines()
    docstring = ast.get_docstring(node)
    start = node.body[0]
    begin = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    if docstring is None:
        return "\n".join(lines[begin - 1 : node.end_lineno])
    indent = " " * start.col_offset
    summary = f'{indent}"""{docstring.splitlines()[0]}"""'
    head = lines[begin - 1 : start.lineno - 1]
    return "\n".join([*head, summary, *lines[start.end_lineno : node.end_lineno]])


def _value_source(node: ast.stmt, source: str) -> str:
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    text = ast.get_source_segment(source, value) if value is not None else None
    if text is None:
        raise ValueError("a constant of the module has no value")
    return text
