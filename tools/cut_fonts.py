"""Cut Streamlit's fonts to what our pages write: `make fonts`, after a new Streamlit.

Three fonts of the first page weigh 974 KB, which do not pack; cut they weigh a tenth. They
are served under the addresses of the originals (`digits_app/server/first_page.py`). What a
cut font lacks, such as Greek, the browser takes from the system.

The text fonts are Adobe's Source fonts under the SIL Open Font License, which keeps their
name for the originals: what is cut is called "Eight by Eight". The icons are Google's,
under the Apache License 2.0.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "digits_app" / "server" / "fonts"

LETTERS: Final = [
    *range(0x20, 0x7F),  # ASCII
    *range(0xA0, 0x180),  # Latin for Europe
    *range(0x218, 0x21C),  # Romanian
    0x1E9E,  # capital sharp s
    *range(0x2010, 0x2027),  # dashes, quotation marks, dots
    *(0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122),
    *range(0x2080, 0x208A),  # figures below the line
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
]
"""What the cut text fonts can write."""

TEXT_FONTS: Final = {
    "SourceSansVF-Upright.ttf": {"wght": (400, 700)},
    "SourceSansVF-Italic.ttf": {"wght": 400},
    "SourceSerifVariable-Roman.ttf": {"wght": 600, "opsz": 32},  # headings alone
    "SourceCodeVF-Upright.ttf": {"wght": (400, 700)},
}
"""Which fonts are cut, and which of their weights and sizes stay."""

ICONS: Final = "MaterialSymbols-Rounded"
_NAMED: Final = re.compile(r":material/([a-z0-9_]+)")
_WRITTEN: Final = re.compile(r"class=\"ms\"[^>]*>\s*([a-z0-9_]+)")
"""An icon in our own HTML; what its words are put together from is not found."""


def streamlit_static() -> Path:
    """Folder of Streamlit's files for the browser."""
    spec = find_spec("streamlit")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "static" / "static"


def original(name: str) -> Path:
    """Streamlit's file of a font, whose name goes on with a digest."""
    (path,) = (streamlit_static() / "media").glob(f"{name}.*.woff2")
    return path


def icons() -> set[str]:
    """Names of the icons that our pages or Streamlit's own elements may show."""
    ours = [path for end in ("py", "html", "js") for path in _ours(end)]
    streamlits = (streamlit_static() / "js").glob("*.js")
    named = {
        name
        for path in [*ours, *streamlits]
        for name in _NAMED.findall(path.read_text(encoding="utf-8"))
    } - {"star_filled"}  # a picture of Streamlit's own
    written = {
        name for path in ours for name in _WRITTEN.findall(path.read_text(encoding="utf-8"))
    }
    return named | written


def _ours(end: str) -> Iterator[Path]:
    return (ROOT / "digits_app").rglob(f"*.{end}")


def ligatures(font: TTFont) -> Iterator[tuple[str, str]]:
    """Yield what must be written for an icon, and the glyph that it becomes."""
    characters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, rest in getattr(table, "ligatures", {}).items():
                for each in rest:
                    glyphs = [first, *each.Component]
                    yield "".join(characters[glyph] for glyph in glyphs), each.LigGlyph


def cut_text_font(path: Path, limits: dict[str, Any]) -> TTFont:
    """Keep some weights and `LETTERS` of a font, under another name."""
    font = TTFont(path)
    options = Options(
        flavor="woff2", hinting=False, name_IDs=[0, 13, 14], notdef_outline=True
    )
    cutter = Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    font = instancer.instantiateVariableFont(font, limits)
    for number, text in ((1, "Eight by Eight"), (4, "Eight by Eight"), (6, "EightByEight")):
        font["name"].setName(text, number, 3, 1, 0x409)
    font.flavor = "woff2"
    return font


def cut_icons(path: Path, names: set[str]) -> TTFont:
    """Keep some icons, and the letters that their names are written with."""
    font = TTFont(path)
    found = {name: glyph for name, glyph in ligatures(font) if name in names}
    assert found.keys() == names, names - found.keys()
    options = Options(hinting=False, layout_closure=False)
    cutter = Subsetter(options)
    cutter.populate(text="".join(names), glyphs=sorted(found.values()))
    cutter.subset(font)
    font.flavor = "woff2"
    return font


def main() -> None:
    """Write all of them, and say how much is saved."""
    FOLDER.mkdir(exist_ok=True)
    fonts = {name: cut_text_font(original(name), it) for name, it in TEXT_FONTS.items()}
    fonts[ICONS] = cut_icons(original(ICONS), icons())
    for name, font in fonts.items():
        file = FOLDER / f"{name}.woff2"
        font.save(file)
        before, after = original(name).stat().st_size, file.stat().st_size
        print(f"{name}: {before:,} bytes, cut to {after:,}")


if __name__ == "__main__":
    main()
