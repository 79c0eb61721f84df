"""The whole loop on the Mistakes page: click a cell, open one, change it, pass it on."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.e2e.drawing import (
    SEVEN,
    answer,
    draw_with_mouse,
    drawn_ink,
    expect_canvas,
    expect_ink,
    expect_run_done,
    go_back,
    go_forward,
    open_page,
    settle,
    stored_strokes,
    wait_until,
)


def open_mistakes(page: Page, query: str = "") -> None:
    page.goto(f"/mistakes{query}")
    expect(page.get_by_role("heading", name="Where it goes wrong")).to_be_visible()
    # The cards are there before the run ends, which puts the fields in place once more.
    expect_run_done(page)


def cards(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile(r"^Open this \d read as \d$"))


def expect_cards(page: Page, *names: str) -> None:
    expect(cards(page)).to_have_text([f"Open this {name}" for name in names])


def cell(page: Page, true: int, predicted: int) -> Locator:
    """A number of the confusion matrix."""
    meaning = "read right" if true == predicted else f"read as {predicted}"
    return page.get_by_role("button", name=re.compile(f"^{true} {meaning}: "))


def test_18_pictures_and_a_matrix_of_which_full_cells_can_be_pressed(page: Page):
    open_mistakes(page)
    expect(page.get_by_text("It reads 432 of them right")).to_be_visible()
    expect(cards(page)).to_have_count(18)
    pictures = page.get_by_role("img", name=re.compile("^A test digit"))
    expect(pictures).to_have_count(18)
    expect(pictures.first).to_have_accessible_name("A test digit: a 4 read as 9")
    page.wait_for_function(
        "picture => picture.naturalWidth > 200", arg=pictures.first.element_handle()
    )
    matrix = page.get_by_role("table", name=re.compile("^Confusion matrix"))
    expect(matrix.get_by_role("button")).to_have_count(10 + 15)
    expect(cell(page, 0, 7)).to_have_count(0)


def test_from_a_cell_of_the_matrix_to_the_canvas(page: Page):
    open_mistakes(page)
    expect(cards(page)).to_have_count(18)
    cell(page, 4, 9).click()
    expect_cards(page, "4 read as 9", "4 read as 9")
    expect(cell(page, 4, 9)).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"true=4&predicted=9$"))
    cell(page, 4, 9).click()
    expect(cards(page)).to_have_count(18)
    cell(page, 4, 9).click()
    expect(cards(page)).to_have_count(2)

    cards(page).first.click()
    digit = page.get_by_role("dialog")
    expect(digit.get_by_text("Read as 9 with 91%")).to_be_visible()
    expect(digit.get_by_text("1 of 2")).to_be_visible()
    expect(digit.get_by_role("button", name="Next")).to_be_enabled()
    expect_run_done(page)
    page.keyboard.press("ArrowRight")
    expect(digit.get_by_text("Read as 9 with 93%")).to_be_visible()
    expect(digit.get_by_role("button", name="Next")).to_be_disabled()
    expect(page).to_have_url(re.compile(r"digit=179"))

    digit.get_by_role("link", name="Open in Draw").click()
    expect(digit).to_have_count(0)
    expect(answer(page)).to_have_text("9")
    expect(page).not_to_have_url(re.compile(r"digit="))
    expect(page).not_to_have_url(re.compile(r"true="))


def test_open_in_draw_is_one_step_of_the_history_and_replaces_the_drawing(
    page: Page, phone: Page
):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    settle(page)
    (seven,) = stored_strokes(page)
    page.goto("/mistakes?digit=179")
    into_draw = page.get_by_role("dialog").get_by_role("link", name="Open in Draw")
    expect(into_draw).to_be_visible()
    steps = page.evaluate("history.length")
    into_draw.click()
    # The digit that is left says 9, too.
    expect_canvas(page)

    def is_replaced() -> bool:
        paths = [stroke["path"] for stroke in stored_strokes(page)]
        return bool(paths) and seven["path"] not in paths

    wait_until(page, is_replaced, "strokes of the 9 alone")
    expect(answer(page)).to_have_text("9")
    settle(page)
    traced = stored_strokes(page)
    page.wait_for_function("n => history.length === n", arg=steps + 1)
    draw_with_mouse(page, [SEVEN[0][:2]])
    settle(page)
    drawn = stored_strokes(page)
    assert len(drawn) == len(traced) + 1

    go_back(page)
    expect(into_draw).to_be_visible()
    go_forward(page)
    expect(answer(page)).to_have_text(re.compile(r"\d"))
    settle(page)
    assert stored_strokes(page) == drawn
    page.reload()
    expect(answer(page)).to_have_text(re.compile(r"\d"))
    settle(page)
    assert stored_strokes(page) == drawn

    open_page(phone, page.url)  # the link opens the digit for anybody
    expect(answer(phone)).to_have_text("9")
    settle(phone)
    assert stored_strokes(phone) == traced


def test_an_opened_digit_stays_as_it_is_when_another_network_is_asked(page: Page):
    open_page(page)
    open_mistakes(page, "?digit=137")
    page.get_by_role("dialog").get_by_role("link", name="Open in Draw").click()
    expect(answer(page)).to_have_text(re.compile(r"\d"))
    page.wait_for_function("() => sessionStorage.getItem('digit-draw')?.includes('Path')")
    settle(page)
    traced, drawn = stored_strokes(page), drawn_ink(page)
    page.locator("button[data-ask=network]").first.click()
    expect(page).not_to_have_url(re.compile("training_draw"))
    page.reload()  # a new session traces for the network that is asked now
    expect(answer(page)).to_have_text(re.compile(r"\d"))
    settle(page)
    assert stored_strokes(page) == traced
    expect_ink(page, pytest.approx(drawn, rel=0.02))


def test_nothing_of_an_opened_digit_is_cut_off(page: Page):
    page.goto("/mistakes?digit=179")
    dialog = page.get_by_role("dialog")
    table = dialog.get_by_role("table")
    expect(table).to_be_visible()
    expect_run_done(page)
    link = dialog.get_by_role("link", name="Open in Draw")
    image = dialog.get_by_alt_text("The digit with the value of each pixel")
    for width in (641, 820):
        page.set_viewport_size({"width": width, "height": 900})
        # The dialog grows for a moment before it has its size.
        page.wait_for_function(
            "([table, link, dialog, image]) => link.getBoundingClientRect().height >= 40 &&"
            " link.offsetWidth >= image.offsetWidth - 1 &&"
            " table.getBoundingClientRect().right <="
            " dialog.getBoundingClientRect().right - 16",
            arg=[each.element_handle() for each in (table, link, dialog, image)],
        )


# Whether the bars are even, and their numbers apart: 80 and 17 % are neighbours there.
EVEN_AND_APART = """() => {
  const bars = [...document.querySelectorAll("[role=dialog] .bar")];
  const widths = bars.map(bar => bar.querySelector("i").offsetWidth);
  const numbers = bars.map(bar => bar.querySelector("em"))
    .filter(em => em.innerText && getComputedStyle(em).visibility !== "hidden")
    .map(em => {
      const text = document.createRange();
      text.selectNodeContents(em);
      return text.getBoundingClientRect();
    });
  return numbers.length && Math.max(...widths) - Math.min(...widths) <= 1
    && numbers.slice(1).every((rect, i) => rect.left - numbers[i].right >= 1);
}"""


def test_the_bars_of_an_opened_digit_are_even_and_their_numbers_apart(page: Page):
    page.goto("/mistakes?digit=137")
    bars = page.get_by_role("dialog").locator(".bar")
    expect(bars).to_have_count(10)
    for width in (320, 390, 820):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(EVEN_AND_APART)


def test_a_copied_link_opens_the_same_view_for_someone_else(page: Page, phone: Page):
    open_mistakes(page)
    cell(page, 3, 5).click()
    expect(cards(page)).to_have_count(2)
    cards(page).last.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(re.compile("digit=432"))
    phone.goto(page.url)
    expect(phone.get_by_role("dialog").get_by_text("Read as 5 with 93%")).to_be_visible()
    expect_run_done(phone)
    phone.keyboard.press("Escape")
    expect_cards(phone, "3 read as 5", "3 read as 5")
    expect(phone).to_have_url(re.compile(r"true=3&predicted=5$"))


AGAIN = 5000
"""Milliseconds after which a key that did nothing is pressed again."""

ONE_OFFERED = "() => document.querySelectorAll('[role=option]').length === 1"
CHOSEN = "before => location.href !== before"


def choose_by_keyboard(page: Page, box: str, digit: str) -> None:
    """Type a digit into a box and take what its list offers.

    The list closes where the page scrolls, as it does when a box gets the focus: then it is
    opened again.
    """
    expect_run_done(page)
    field = page.get_by_role("combobox", name=box)
    before = page.url

    def choose() -> bool:
        is_offered = page.get_by_role("option").count() == 1
        if is_offered:
            field.press("Enter")
        elif field.input_value() == digit:
            field.press("ArrowDown")
        else:
            field.press("ControlOrMeta+a")
            field.press(digit)
        awaited = CHOSEN if is_offered else ONE_OFFERED
        with suppress(TimeoutError):
            page.wait_for_function(awaited, arg=before, timeout=AGAIN)
        return page.url != before

    wait_until(page, choose, f"{digit} in {box}")


def test_the_filter_works_by_keyboard_alone(page: Page):
    open_mistakes(page)
    expect(cards(page)).to_have_count(18)
    choose_by_keyboard(page, "Somebody wrote", "9")
    expect(page.get_by_text("4 mistakes: a 9")).to_be_visible()
    choose_by_keyboard(page, "It read", "3")
    expect_cards(page, "9 read as 3")


def test_two_pictures_stand_side_by_side_on_a_phone(phone: Page):
    open_mistakes(phone)
    expect(cards(phone)).to_have_count(18)
    # Both at one moment: what comes above them may still push them down.
    phone.wait_for_function(
        """cards => {
          const [first, second] = cards.map(card => card.getBoundingClientRect());
          return first.y === second.y && first.width >= 130;
        }""",
        arg=cards(phone).element_handles()[:2],
    )
    main = phone.get_by_test_id("stMain").element_handle()
    phone.wait_for_function("main => main.scrollWidth <= main.clientWidth", arg=main)


def test_downloads_hold_what_the_gallery_shows(page: Page):
    open_mistakes(page, "?true=4&predicted=9")
    expect(cards(page)).to_have_count(2)
    with page.expect_download() as table:
        page.get_by_role("button", name="List", exact=True).click()
    lines = table.value.path().read_text().splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["4", "4", "9"],
        ["179", "4", "9"],
    ]
    with page.expect_download() as sheet:
        page.get_by_role("button", name="Picture", exact=True).click()
    assert sheet.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_picture_in_the_address_is_not_fetched(page: Page):
    """The page fixture fails if another host is asked for anything."""
    page.goto("/mistakes?digit=![](//evil.example/x)")
    expect(page.get_by_text("The link asks for")).to_be_visible()


def test_a_click_shows_right_answers_and_their_second_page_opens_at_its_top(page: Page):
    open_mistakes(page)
    cell(page, 9, 9).click()
    expect(page.get_by_text("35 test digits: a 9 read as a 9")).to_be_visible()
    expect(cards(page)).to_have_count(24)
    second = page.get_by_role("button", name="Page 2", exact=True)
    second.scroll_into_view_if_needed()
    second.click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(cards(page)).to_have_count(11)
    expect(cards(page).first).to_be_in_viewport()


def test_a_digit_of_the_map_opens_and_arrow_keys_find_the_next(page: Page):
    open_mistakes(page, "?look=Map")
    digits = page.get_by_role("group", name=re.compile("^Map of the digits"))
    expect(digits.get_by_role("button")).to_have_count(18)
    first = digits.get_by_role("button").first
    first.focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(re.compile(r"digit=\d+"))
