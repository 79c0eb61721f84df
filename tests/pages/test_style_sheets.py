"""Style sheets, read as text: how the keys begin that they find, and forced colours."""

import re
from pathlib import Path

import pytest

from tests.support.serving import ROOT

PAGES = ROOT / "digits_app" / "pages"
PREFIXES = {
    prefix
    for sheet in PAGES.rglob("*.css")
    for prefix in re.findall(r'class\*="st-key-([a-z_]+_)"', sheet.read_text("utf-8"))
}


# A canvas or a photo covers these grounds, or there are words, which the system colours.
COVERED = {":is(.st-key-draw_slate, .st-key-hand_slate)", ".photo", ".code span"}


def rules(sheet: Path) -> list[tuple[str, str]]:
    """Selectors and style of each rule, without comments."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    return re.findall(r"([^{}]+)\{([^{}]*)\}", text)


def test_there_are_prefixes():
    assert {"unseen_", "hand_again_", "mistakes_open_"} <= PREFIXES


@pytest.mark.parametrize("page", sorted(PAGES.rglob("*.py")), ids=lambda page: page.stem)
def test_no_key_from_which_others_are_made_is_a_prefix_of_a_style_sheet(page):
    """What is made of `hand_why` was laid over the dialog like the button `hand_why_3`."""
    keys = re.findall(r'\bkey="([a-z_]+)"', page.read_text("utf-8"))
    assert not PREFIXES.intersection(f"{key}_" for key in keys)


def test_chalk_stays_on_its_slate_in_forced_colours():
    """A pupil wrote in chalk on white: the system had taken the slate away."""
    dark = {
        selector.strip()
        for sheet in PAGES.rglob("*.css")
        for selectors, style in rules(sheet)
        if "background: var(--slate);" in style
        for selector in selectors.split(",\n")
    }
    kept = next(
        selectors
        for selectors, style in rules(PAGES / "shared" / "forced_colours.css")
        if style.strip() == "forced-color-adjust: none;"
    )
    assert dark > COVERED
    assert dark - COVERED <= {selector.strip() for selector in kept.split(",")}
