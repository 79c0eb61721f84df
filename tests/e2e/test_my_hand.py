"""My hand as a pupil lives through it: the test, the result, teaching, keeping."""

import re
from collections import Counter

import numpy as np
import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.e2e.drawing import (
    canvas,
    draw_with_mouse,
    expect_run_done,
    open_page,
    settle,
)
from tests.e2e.test_accessibility import expect_axe_finds_nothing
from tests.e2e.test_numbers import YEAR
from tests.support.unipen import UnipenSign, load_unipen


@pytest.fixture(scope="module")
def strokes() -> dict[int, list[list[np.ndarray]]]:
    """Two drawings of each digit by one writer, by digit, in few points."""
    signs = load_unipen("digits")
    writer, _ = Counter(sign.writer for sign in signs).most_common(1)[0]
    drawn: dict[int, list[list[np.ndarray]]] = {}
    for sign in signs:
        if sign.writer == writer:
            drawn.setdefault(int(sign.label), []).append(_thinned(sign))
    return drawn


def _thinned(sign: UnipenSign) -> list[np.ndarray]:
    return [np.concatenate([s[:-1:3], s[-1:]]) for s in sign.on_canvas]


def asked_digit(page: Page) -> int:
    return int(page.locator(".prompt h2 b").inner_text())


def write(page: Page, strokes: dict[int, list[list[np.ndarray]]], n_digits: int) -> None:
    """Write what is asked for, and go on."""
    written: Counter[int] = Counter()
    for number in range(n_digits):
        expect(page.get_by_text(re.compile(r"^\d+ of 20$"))).to_be_visible()
        digit = asked_digit(page)
        drawings = strokes[digit]
        draw_with_mouse(page, drawings[written[digit] % len(drawings)])
        written[digit] += 1
        page.get_by_role("button", name="Next").click()
        progress = page.get_by_role("progressbar", name="Digits written")
        if number < 19:
            expect(progress).to_have_attribute("aria-valuenow", str(number + 1))
        settle(page)


# Whether five cards have room side by side, all of them below the heading.
SMALL_CARDS_BELOW = """() => {
  const heading = [...document.querySelectorAll("h2, h3")]
    .find(({ innerText }) => innerText.includes("Teach it my hand"));
  const teaching = heading?.getBoundingClientRect();
  const cards = [...document.querySelectorAll("[class*='st-key-hand_card_']")];
  return teaching && cards.length && cards.map((card) => card.getBoundingClientRect())
    .every(({ y, width }) => y > teaching.y && width > 24 && width < 390 / 4);
}"""


def expect_small_cards_below_teaching_on_a_phone(page: Page) -> None:
    """Twenty large cards would stand between the score and what to do about it."""
    laptop = page.viewport_size
    assert laptop is not None
    page.set_viewport_size({"width": 390, "height": 844})
    cards = page.locator("[class*='st-key-hand_card_']")
    expect(cards.locator(".pair > :nth-child(2):visible")).to_have_count(0)
    page.wait_for_function(SMALL_CARDS_BELOW)
    page.set_viewport_size(laptop)


def test_a_whole_test_teaching_and_a_file_for_another_browser(
    page: Page, browser: Browser, base_url: str, strokes, tmp_path
):
    open_page(page, "/my_hand")
    write(page, strokes, 20)
    expect(page.get_by_text(re.compile(r"of 20 of your digits"))).to_be_visible()
    cards = page.get_by_role("button", name=re.compile(r"^Why was this \d read as an? \d"))
    expect(cards).to_have_count(20)
    expect_small_cards_below_teaching_on_a_phone(page)
    expect_axe_finds_nothing(page)

    page.get_by_role("button", name="Teach it").click()
    expect(page.get_by_text("Your other 10")).to_be_visible()
    expect(page.get_by_text("450 digits kept back")).to_be_visible()
    expect(page.get_by_text("1,961 by 134 people")).to_be_visible()

    with page.expect_download() as download:
        page.get_by_role("button", name="Everything").click()
    file = tmp_path / "my_digits.zip"
    download.value.save_as(file)

    page.get_by_role("link", name="Let it read in Draw").click()
    expect(page.get_by_role("heading", level=1, name="Draw a digit")).to_be_visible()
    draw_with_mouse(page, strokes[7][0])
    mine = page.locator('button.op[value="10 mine"]')
    mine.click()
    expect(page.locator('button.op.on[value="10 mine"]')).to_be_visible()
    # The browser has its own network, too, and reads with it while the pen is down.
    expect(page.locator("body[data-reads]")).to_be_attached()
    page.get_by_role("button", name="Why a", exact=False).click()
    explained = page.get_by_role("dialog")
    expect(explained.get_by_text("How the answer changed")).to_be_visible()
    expect(explained.get_by_text("What would make it").first).to_be_visible()
    page.keyboard.press("Escape")

    with browser.new_context(base_url=base_url) as context:
        other = context.new_page()
        open_page(other, "/my_hand")
        other.get_by_text("Keep it, or load a file that you saved").click()
        expect_run_done(other)
        other.locator("input[type=file]").set_input_files(file)
        expect(other.get_by_text("of 20 of your digits")).to_be_visible()
        # The two sessions stay apart: nothing was taught here.
        expect(other.get_by_text("Your other 10")).to_have_count(0)
        # A number, once: its digits are four of one's own.
        other.get_by_role("button", name="Write 2026").click()
        expect(canvas(other)).to_have_js_property("width", 1120)
        settle(other)
        draw_with_mouse(other, YEAR)
        other.get_by_role("button", name="Next").click()
        expect(other.get_by_text("of 24 of your digits")).to_be_visible()


def test_the_test_goes_on_after_a_reload(page: Page, strokes):
    open_page(page, "/my_hand")
    write(page, strokes, 2)
    asked = asked_digit(page)
    open_page(page, "/my_hand")
    expect(page.get_by_text("3 of 20")).to_be_visible()
    expect(page.locator(".prompt h2 b")).to_have_text(str(asked))
    expect(
        page.get_by_role("button", name=re.compile("^Write the .* again"))
    ).to_have_count(2)


def test_nothing_written_gets_a_sentence(page: Page):
    open_page(page, "/my_hand")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    expect(page.get_by_text("1 of 20")).to_be_visible()


def test_a_damaged_or_foreign_file_gets_a_sentence(page: Page):
    """What else may be damaged is tested without a browser."""
    open_page(page, "/my_hand")
    page.get_by_text("Keep it, or load a file that you saved").click()
    expect_run_done(page)
    foreign = FilePayload(
        name="my_digits.npz", mimeType="", buffer=b"PK\x03\x04 no archive"
    )
    page.locator("input[type=file]").set_input_files(foreign)
    expect(page.get_by_text("This file holds no digits of yours")).to_be_visible()


def test_a_correction_on_draw_is_kept_for_my_hand(page: Page, strokes):
    open_page(page)
    draw_with_mouse(page, strokes[4][0])
    page.get_by_role("button", name="That was a").click()
    page.get_by_role("radio", name="4", exact=True).click()
    expect(page.get_by_text("Kept as a 4")).to_be_visible()
    page.get_by_role("link", name="Test your hand").click()
    expect(page.get_by_role("heading", name="Can it read your hand?")).to_be_visible()
    expect_run_done(page)
    page.get_by_text("Keep it, or load a file that you saved").click()
    expect(page.get_by_role("button", name="Everything")).to_be_visible()
