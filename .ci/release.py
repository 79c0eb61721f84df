"""Check a release and print its notes: `python .ci/release.py v2.0.0`.

The version stands in `digits_app/__init__.py` alone; CHANGELOG.md has a chapter for it. The
workflow `release` runs this for the tag that was pushed.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def version(root: Path = ROOT) -> str:
    """Return the version of the package."""
    source = (root / "digits_app" / "__init__.py").read_text(encoding="utf-8")
    (found,) = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    return str(found)


def notes(changes: str, version: str) -> str:
    """Return what the chapter of a version says, without its heading.

    Raises
    ------
    ValueError
        There is no such chapter, or it says that the version is not released.
    """
    chapters = re.split(r"^## ", changes, flags=re.MULTILINE)
    for chapter in chapters[1:]:
        heading, _, text = chapter.partition("\n")
        if heading.split()[0] == version:
            if "not released" in heading:
                raise ValueError(f"CHANGELOG.md calls {version} not released yet")
            return text.strip()
    raise ValueError(f"CHANGELOG.md has no chapter for {version}")


def main(tag: str) -> None:
    """Print the notes of a tag's version, or say why it cannot be released."""
    if tag != f"v{version()}":
        sys.exit(f"The tag is {tag}, but the version is {version()}.")
    try:
        print(notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version()))
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
