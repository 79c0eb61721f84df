"""The names of Streamlit's inside that the app leans on, found in its source.

None of them is promised by anybody. `tests/test_streamlit_names.py` looks for each in the
Streamlit that is installed, so that an upgrade says what has moved; `make census` counts
them.
"""

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import streamlit

from tests.support.serving import ROOT

INSTALLED: Final = Path(streamlit.__file__).parent

_PAGE_NAME: Final = re.compile(r"\bst[A-Z]\w+(?:-[A-Z]\w+)?|\bdata-test-[a-z-]+")
_PUBLIC: Final = ("streamlit", "streamlit.delta_generator", "streamlit.testing.v1")
_IMPORT: Final = re.compile(
    r"^from (streamlit(?:\.\w+)*) import \(?([\w, ]+)", re.MULTILINE
)
_PRIVATE: Final = re.compile(r"(?<!self)(?<!cls)(?<!\w)\w+(?:\(\))?\.(_[a-z]\w+)")
_ENDPOINT: Final = re.compile(r"/_stcore/\w[\w-]*")


def page_names(root: Path = ROOT) -> Counter[str]:
    """Count test ids, classes and attributes of Streamlit's page in our CSS and JavaScript.

    `st-key-…`, the class of a container with a key, is documented, and is not among them.
    """
    found: Counter[str] = Counter()
    for kind in ("css", "js", "html"):
        for file in (root / "digits_app").rglob(f"*.{kind}"):
            found.update(_PAGE_NAME.findall(file.read_text(encoding="utf-8")))
    return found


def python_names(root: Path = ROOT) -> Counter[str]:
    """Count private attributes and undocumented imports in our Python.

    "streamlit.runtime.get_instance" is one, "_session_mgr" another.
    """
    found: Counter[str] = Counter()
    for file in [root / "app.py", *(root / "digits_app").rglob("*.py")]:
        text = file.read_text(encoding="utf-8")
        if not re.search(r"^(?:from|import) streamlit\b", text, re.MULTILINE):
            continue
        for module, names in _IMPORT.findall(text):
            imported = [name.strip() for name in names.split(",") if name.strip()]
            if module == "streamlit":
                imported = [name for name in imported if not hasattr(streamlit, name)]
                imported += [n for n in ("runtime", "file_util") if n in names]
            if module != "streamlit" and module in _PUBLIC:
                continue
            found.update(f"{module}.{name}" for name in imported)
        own = set(re.findall(r"(?:self|cls|def|class)[. ](_[a-z]\w+)", text))
        code = re.sub(r"#.*|\"\"\"(?s:.*?)\"\"\"", "", text)
        found.update(name for name in _PRIVATE.findall(code) if name not in own)
        found.update(_ENDPOINT.findall(code))
    return found


@cache
def bundle() -> str:
    """All JavaScript and HTML of Streamlit's page."""
    files = sorted((INSTALLED / "static").rglob("*.js"))
    texts = [file.read_text(encoding="utf-8", errors="replace") for file in files]
    return "\n".join(texts)


@cache
def python_source() -> str:
    """All Python of Streamlit."""
    return "\n".join(
        file.read_text(encoding="utf-8") for file in sorted(INSTALLED.rglob("*.py"))
    )
