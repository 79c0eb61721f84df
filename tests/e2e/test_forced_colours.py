"""Forced colours (Windows' high contrast): what a colour tells can still be seen.

Chromium forces them as Windows does, in a light and in a dark palette. These tests look at
pixels, for a style sheet that is right may still be painted over.
"""

from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.drawing import (
    draw_with_mouse,
    expect_still,
    light_and_dark,
    open_page,
    still_box,
    wait_until,
)
from tests.e2e.test_why import ask_for_more, open_why
from tests.support.rows import ONE, zero

Painted = NDArray[np.float64]
"""Colours 0..1 of shape (n_pixels, 3)."""

CONTRAST = 3.0
"""Of WCAG 2.2 for what is no text."""

SEEN = 0.01
"""Least share of a picture that must stand out for a person to see a mark in it."""


@pytest.fixture
def forced(page: Page) -> Page:
    page.emulate_media(forced_colors="active")
    return page


def pixels(place: Locator) -> Painted:
    """What is painted there."""
    (painted,) = pixels_of(place)
    return painted


def pixels_of(*places: Locator) -> list[Painted]:
    """What is painted at places that are in sight together, from one screenshot."""
    screen = _screen(places[0])
    return [_cut_out(screen, *_edges(place)) for place in places]


def left_edge(place: Locator) -> Painted:
    """What is painted on both sides of the line where a box begins, half way down."""
    screen = _screen(place)
    left, top, _, bottom = _edges(place)
    middle = (max(top, 0) + min(bottom, screen.height)) // 2
    return _cut_out(screen, left - 4, middle - 8, left + 4, middle + 8)


def _screen(place: Locator) -> Image.Image:
    page = place.page
    expect_still(page)
    page.wait_for_function("() => document.getAnimations().length === 0")
    place.scroll_into_view_if_needed()
    return Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")


def _edges(place: Locator) -> tuple[int, int, int, int]:
    box = still_box(place)
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    return round(box["x"]), round(box["y"]), round(right), round(bottom)


def _cut_out(screen: Image.Image, left: int, top: int, right: int, bottom: int) -> Painted:
    assert 0 <= left < right <= screen.width, (left, right)
    assert 0 <= top < bottom <= screen.height, (top, bottom)
    part = screen.crop((left, top, right, bottom))
    return np.asarray(part, dtype=np.float64).reshape(-1, 3) / 255


def luminance(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance, 0..1 (WCAG 2.2)."""
    linear = np.where(
        colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4
    )
    weighted: NDArray[np.float64] = linear @ (0.2126, 0.7152, 0.0722)
    return weighted


def share_that_stands_out(painted: Painted) -> float:
    """Share of pixels with enough contrast to the ground, the colour that most have."""
    bright = luminance(painted)
    values, counts = np.unique(bright.round(4), return_counts=True)
    ground = values[counts.argmax()]
    contrast = (np.maximum(bright, ground) + 0.05) / (np.minimum(bright, ground) + 0.05)
    return float((contrast >= CONTRAST).mean())


def difference(one: Painted, other: Painted) -> float:
    """Between the mean colours, in the channel in which it is greatest."""
    return float(np.abs(one.mean(axis=0) - other.mean(axis=0)).max())


def expect_other_ground(chosen: Locator, other: Locator) -> None:
    """What is chosen is painted otherwise, and its words can be read."""

    def is_other() -> bool:
        painted = pixels_of(chosen, other)
        can_be_read = all(share_that_stands_out(each) > SEEN for each in painted)
        return can_be_read and difference(*painted) > 0.2

    wait_until(chosen.page, is_other, (chosen, other))


def expect_to_stand_out(*places: Locator) -> None:
    """Wait until something can be seen at each place; all are in sight together."""

    def stand_out() -> bool:
        return all(share_that_stands_out(each) > SEEN for each in pixels_of(*places))

    wait_until(places[0].page, stand_out, places)


def expect_difference(one: Locator, other: Locator, least: float) -> None:
    """Wait until two places are painted otherwise."""
    wait_until(one.page, lambda: difference(*pixels_of(one, other)) > least, (one, other))


def expect_edge(place: Locator) -> None:
    """Wait until it can be seen where a box begins."""
    wait_until(place.page, lambda: share_that_stands_out(left_edge(place)) > SEEN, place)


def expect_nothing_hidden_below(cover: Locator, place: Locator) -> None:
    """What a place shows is the same with and without what lies over it."""

    def is_same() -> bool:
        covered, element = pixels(place), cover.element_handle()
        element.evaluate("element => { element.style.visibility = 'hidden' }")
        bare = pixels(place)
        element.evaluate("element => { element.style.visibility = '' }")
        return np.array_equal(covered, bare)

    wait_until(place.page, is_same, cover)


def expect_a_mark_in_the_tabs(page: Page) -> None:
    """The page that is shown has another ground there."""
    shown = page.locator(".st-key-tab_shown a")
    expect(shown).to_be_visible()
    tabs = page.locator(".st-key-tabs a")
    (other,) = [tab for tab in tabs.all() if tab.inner_text() != shown.inner_text()][:1]
    expect_other_ground(shown, other)


def expect_a_mark_in_the_switch(page: Page) -> None:
    switch = page.get_by_role("radiogroup").last
    expect(switch.get_by_role("radio", checked=True)).to_be_visible()
    expect_other_ground(
        switch.get_by_role("radio", checked=True),
        switch.get_by_role("radio", checked=False).first,
    )


def share_of_orange(painted: Painted) -> float:
    red, _, blue = painted.T
    return float(((red > 0.8) & (blue < 0.5)).mean())


def test_an_opened_digit(forced: Page):
    """Where the dialog ends, how sure the network is, the digit, a link, and the map."""
    dialog = open_why(forced)
    bars = dialog.locator(".bar:visible i")
    expect(bars).to_have_count(10)
    heat = dialog.locator(".why-heat").first
    expect(heat).to_be_visible()
    ask_for_more(dialog)
    switch = dialog.get_by_role("switch", name="Beside a network")
    track = switch.locator("xpath=ancestor::label/div[1]")
    expect(track).to_be_visible()
    for _ in light_and_dark(forced):
        expect_edge(dialog)
        expect_to_stand_out(track)
        expect_to_stand_out(*bars.all())  # each has an outline
        expect_difference(bars.nth(9), bars.nth(0), 0.3)
        answer = dialog.locator("p", has_text="Read as").first
        expect_nothing_hidden_below(dialog.locator(".digit").first, answer)
        link = dialog.get_by_role("link", name="Open in Draw")
        expect_to_stand_out(link)
        wait_until(forced, lambda: share_of_orange(pixels(heat)) > SEEN, "orange")


def test_the_mistakes(forced: Page):
    """How many are right; a mistake looks otherwise; a card hides nothing of its digit."""
    forced.goto("/mistakes")
    matrix = forced.get_by_role("table", name="Confusion matrix")
    expect(matrix).to_be_visible()
    card = forced.locator("[class*='st-key-mistakes_card_']").first
    expect(card.get_by_role("button")).to_be_attached()
    for _ in light_and_dark(forced):
        kinds = ("button.right", "button.wrong:not(.most)", "button.wrong.most")
        right, *wrong = (matrix.locator(kind).first for kind in kinds)
        for each in wrong:
            expect_difference(each, right, 0.1)
        expect_to_stand_out(*wrong)
        score = forced.locator(".score")
        expect_difference(score.locator("i"), score.locator("span"), 0.5)
        digit = card.locator("img, .px").first
        expect_nothing_hidden_below(card.get_by_role("button"), digit)
        expect_a_mark_in_the_switch(forced)
        expect_a_mark_in_the_tabs(forced)


def test_my_hand(forced: Page):
    """The button to press, and how many digits are written."""
    forced.goto("/my_hand")
    button = forced.get_by_role("button", name="Next")
    bar = forced.get_by_role("progressbar", name="Digits written")
    expect(button).to_be_visible()
    expect(bar).to_be_visible()
    for _ in light_and_dark(forced):
        expect_to_stand_out(button)
        expect_to_stand_out(bar)
        expect_a_mark_in_the_tabs(forced)


def test_the_lesson(forced: Page):
    """Which step it is, and where a piece of code begins."""
    forced.goto("/lesson?step=6")
    code = forced.get_by_test_id("stCode").first
    expect(code).to_be_visible()
    for _ in light_and_dark(forced):
        expect_edge(code)
        expect_a_mark_in_the_switch(forced)
        expect_a_mark_in_the_tabs(forced)


def test_the_draw_page(forced: Page):
    """Each width of the pen is a dot; tools and the digit that are chosen are marked."""
    open_page(forced)
    pen, widths = (
        forced.get_by_role("radiogroup", name=name)
        for name in ("Pen or eraser", "Width of the pen")
    )
    thin, medium, thick = (
        widths.get_by_role("radio", name=name) for name in ("Thin", "Medium", "Thick")
    )
    expect(medium).to_be_checked()
    draw_with_mouse(forced, [*ONE, *zero(95)])
    signs = forced.get_by_role("region", name="Answer").locator(".sign")
    expect(signs).to_have_count(2)
    for _ in light_and_dark(forced):
        expect_other_ground(*pen.get_by_role("radio").all())
        expect_other_ground(medium, thick)
        expect_other_ground(*signs.all())
        expect_difference(thin, thick, 0.03)
        expect_a_mark_in_the_tabs(forced)
