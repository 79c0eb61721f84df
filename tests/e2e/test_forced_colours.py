"""Forced colours (Windows' high contrast): what a colour tells can still be seen.

Chromium forces them as Windows does, in a light and in a dark palette. These tests look at
pixels, for a style sheet that is right may still be painted over.
"""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.test_why import open_why

CONTRAST = 3.0
"""Of WCAG 2.2 for what is no text."""

SEEN = 0.01
"""Least share of a picture that must stand out for a person to see a mark in it."""


@pytest.fixture(params=["light", "dark"])
def forced(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict
) -> Iterator[Page]:
    with browser.new_context(
        **{**browser_context_args, "color_scheme": request.param}, forced_colors="active"
    ) as context:
        yield context.new_page()


def pixels(place: Locator) -> NDArray[np.float64]:
    """What is painted there: colours 0..1 of shape (n_pixels, 3)."""
    expect(place.page.get_by_test_id("stApp")).to_have_attribute(
        "data-test-script-state", "notRunning", timeout=60_000
    )
    place.page.wait_for_function("() => document.getAnimations().length === 0")
    place.scroll_into_view_if_needed()
    picture = Image.open(BytesIO(place.screenshot(animations="disabled"))).convert("RGB")
    return np.asarray(picture, dtype=np.float64).reshape(-1, 3) / 255


def luminance(colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance, 0..1 (WCAG 2.2)."""
    linear = np.where(
        colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4
    )
    weighted: NDArray[np.float64] = linear @ (0.2126, 0.7152, 0.0722)
    return weighted


def share_that_stands_out(place: Locator) -> float:
    """Share of pixels with enough contrast to the ground, the colour that most have."""
    bright = luminance(pixels(place))
    values, counts = np.unique(bright.round(4), return_counts=True)
    ground = values[counts.argmax()]
    contrast = (np.maximum(bright, ground) + 0.05) / (np.minimum(bright, ground) + 0.05)
    return float((contrast >= CONTRAST).mean())


def mean_colour(place: Locator) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = pixels(place).mean(axis=0)
    return mean


def expect_other_ground(chosen: Locator, other: Locator) -> None:
    """What is chosen is painted otherwise, and its words can be read."""
    assert np.abs(mean_colour(chosen) - mean_colour(other)).max() > 0.2
    for place in (chosen, other):
        assert share_that_stands_out(place) > SEEN


def test_bars_tell_how_sure_it_is(forced: Page):
    forced.goto("/mistakes?digit=4")
    bars = forced.get_by_role("dialog").locator(".bar i")
    expect(bars).to_have_count(10, timeout=30_000)
    for digit in range(10):  # each has an outline
        assert share_that_stands_out(bars.nth(digit)) > SEEN
    sure, not_at_all = mean_colour(bars.nth(9)), mean_colour(bars.nth(0))
    assert np.abs(sure - not_at_all).max() > 0.3


def test_the_large_digit_covers_nothing(forced: Page):
    forced.goto("/mistakes?digit=4")
    dialog = forced.get_by_role("dialog")
    expect(dialog.locator(".digit")).to_be_visible(timeout=30_000)
    with_digit = pixels(dialog.locator("p", has_text="Read as").first)
    dialog.locator(".digit").evaluate("digit => { digit.style.visibility = 'hidden' }")
    without = pixels(dialog.locator("p", has_text="Read as").first)
    assert np.array_equal(with_digit, without)


def test_a_mistake_is_not_a_right_answer(forced: Page):
    forced.goto("/mistakes")
    matrix = forced.get_by_role("table", name="Confusion matrix")
    expect(matrix).to_be_visible(timeout=30_000)
    right = matrix.locator("button.right").first
    for kind in ("button.wrong:not(.most)", "button.wrong.most"):
        wrong = matrix.locator(kind).first
        assert np.abs(mean_colour(wrong) - mean_colour(right)).max() > 0.1
        assert share_that_stands_out(wrong) > SEEN


@pytest.mark.parametrize("path", ["/mistakes", "/lesson?step=6"])
def test_what_is_chosen_in_a_switch_has_another_ground(forced: Page, path: str):
    forced.goto(path)
    switch = forced.get_by_role("radiogroup").last
    expect(switch.get_by_role("radio", checked=True)).to_be_visible(timeout=60_000)
    expect_other_ground(
        switch.get_by_role("radio", checked=True),
        switch.get_by_role("radio", checked=False).first,
    )


@pytest.mark.parametrize("path", ["/", "/mistakes", "/my_hand", "/lesson"])
def test_the_page_that_is_shown_has_a_mark_in_the_tabs(forced: Page, path: str):
    forced.goto(path)
    shown = forced.locator(".st-key-tab_shown a")
    expect(shown).to_be_visible(timeout=30_000)
    tabs = forced.locator(".st-key-tabs a")
    (other,) = [tab for tab in tabs.all() if tab.inner_text() != shown.inner_text()][:1]
    expect_other_ground(shown, other)


def test_the_button_to_press_can_be_read(forced: Page):
    forced.goto("/my_hand")
    button = forced.get_by_role("button", name="Next")
    expect(button).to_be_visible(timeout=30_000)
    assert share_that_stands_out(button) > SEEN
    forced.goto("/mistakes?digit=4")
    link = forced.get_by_role("dialog").get_by_role("link", name="Open in Draw")
    expect(link).to_be_visible(timeout=30_000)
    assert share_that_stands_out(link) > SEEN


def test_the_map_of_reasons_keeps_its_colours(forced: Page):
    dialog = open_why(forced)
    heat = dialog.locator(".why-heat").first
    expect(heat).to_be_visible()
    red, _, blue = pixels(heat).T
    orange = (red > 0.8) & (blue < 0.5)
    assert orange.mean() > SEEN


def test_a_press_on_a_card_writes_nothing_over_the_digit(forced: Page):
    forced.goto("/mistakes")
    card = forced.locator("[class*='st-key-mistakes_card_']").first
    expect(card.get_by_role("button")).to_be_attached(timeout=30_000)
    with_button = pixels(card.locator("img, .px").first)
    card.get_by_role("button").evaluate("button => { button.style.visibility = 'hidden' }")
    assert np.array_equal(with_button, pixels(card.locator("img, .px").first))


def test_how_far_the_test_of_ones_hand_is_can_be_seen(forced: Page):
    forced.goto("/my_hand")
    bar = forced.get_by_role("progressbar", name="Digits written")
    expect(bar).to_be_visible(timeout=30_000)
    assert share_that_stands_out(bar) > SEEN
