"""Style sheets find what a page puts down by its key, and by how keys begin."""

import re

import pytest

from tests.support.serving import ROOT

PAGES = ROOT / "digits_app" / "pages"
PREFIXES = {
    prefix
    for sheet in PAGES.rglob("*.css")
    for prefix in re.findall(r'class\*="st-key-([a-z_]+_)"', sheet.read_text("utf-8"))
}


def test_there_are_prefixes():
    assert {"unseen_", "hand_again_", "mistakes_open_"} <= PREFIXES


@pytest.mark.parametrize("page", sorted(PAGES.rglob("*.py")), ids=lambda page: page.stem)
def test_no_key_from_which_others_are_made_is_a_prefix_of_a_style_sheet(page):
    """What is made of `hand_why` was laid over the dialog like the button `hand_why_3`."""
    keys = re.findall(r'\bkey="([a-z_]+)"', page.read_text("utf-8"))
    assert not PREFIXES.intersection(f"{key}_" for key in keys)
