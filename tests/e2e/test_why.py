"""Why, in a real page: reasons, and the editor by keyboard alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.drawing import (
    SEVEN,
    answer,
    draw_with_mouse,
    expect_run_done,
    expect_still,
    go_back,
    open_page,
    still_box,
    wait_until,
)


def open_why(page: Page, query: str = "?digit=4") -> Locator:
    """Open a test digit, and ask why."""
    page.goto(f"/mistakes{query}")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("region", name="Answer")).to_be_visible()
    expect_run_done(page)
    dialog.locator("summary").filter(has_text=re.compile("^.*Why an? [0-9]")).click()
    expect(cell(dialog, 1, 1)).to_be_visible()
    expect_run_done(page)
    return dialog


def test_why_stands_still_when_the_answer_comes(page: Page):
    """It moved by 145 px, and a press on it met something else."""
    held: list[Route] = []
    page.route("**/board/answer.js*", lambda route: held.append(route))
    page.goto("/mistakes?digit=4")
    why = page.get_by_role("dialog").locator("summary").filter(has_text="Why")
    expect_run_done(page)
    wait_until(page, lambda: held, "the script of the answer")
    before = still_box(why)
    held[0].continue_()
    expect(page.get_by_role("region", name="Answer")).to_be_visible()
    assert still_box(why)["y"] == pytest.approx(before["y"], abs=2)


def ask_for_more(dialog: Locator) -> None:
    """Open what can be changed about the picture."""
    dialog.locator("summary").filter(has_text="More ways to find out").click()


def cell(place: Page | Locator, row: int, column: int) -> Locator:
    return place.get_by_role("gridcell", name=re.compile(f"^row {row}, column {column}, "))


def type_number(page: Page, place: Locator, number: int) -> None:
    """Type a number into a cell; where its digits came too late after each other, again."""

    def type_it() -> bool:
        page.keyboard.type(str(number))
        name = place.get_attribute("aria-label") or ""
        return name.endswith(f", {number}")

    wait_until(page, type_it, number)


def says(place: Page | Locator) -> Locator:
    return place.locator(".why-editor [role=status]")


def empty(dialog: Locator) -> None:
    dialog.get_by_label("Start from").select_option("nothing")
    expect(says(dialog)).to_contain_text("There is no ink")


def test_a_seven_is_typed_and_heard_by_keyboard_alone(page: Page):
    dialog = open_why(page)
    select = dialog.get_by_label("Start from")
    select.focus()
    page.keyboard.press("n")  # of "nothing"; letters that come slowly begin anew
    expect(says(dialog)).to_contain_text("There is no ink")
    for _ in range(3):  # over the brushes, to the grid
        page.keyboard.press("Tab")
        if cell(dialog, 1, 1).evaluate("cell => cell === document.activeElement"):
            break
    expect(cell(dialog, 1, 1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Space")
    for row in range(2, 9):
        page.keyboard.press("ArrowDown")
        if row in (4, 6):
            page.keyboard.press("ArrowLeft")
        type_number(page, dialog.locator(":focus"), 16)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("+")
    expect(cell(dialog, 8, 4)).to_have_accessible_name("row 8, column 4, 1")
    expect(says(dialog)).to_contain_text("row 8, column 4: 1. It reads 7, ")


def test_every_key_of_the_grid(page: Page):
    dialog = open_why(page)
    grid = dialog.get_by_role("grid")
    expect(grid.get_by_role("row")).to_have_count(8)
    expect(grid.get_by_role("gridcell")).to_have_count(64)
    expect(grid.locator("[tabindex='0']")).to_have_count(1)
    empty(dialog)
    cell(dialog, 1, 1).focus()
    for key, row, column in [
        ("ArrowDown", 2, 1),
        ("End", 2, 8),
        ("ArrowRight", 2, 8),
        ("PageDown", 8, 8),
        ("Home", 8, 1),
        ("Control+End", 8, 8),
        ("ArrowUp", 7, 8),
        ("PageUp", 1, 8),
        ("Control+Home", 1, 1),
        ("ArrowLeft", 1, 1),
        ("ArrowUp", 1, 1),
    ]:
        page.keyboard.press(key)
        expect(cell(dialog, row, column)).to_be_focused()
    for key, value in [
        ("7", 7),
        ("+", 8),
        ("-", 7),
        ("-", 6),
        ("Space", 0),
        ("Space", 16),
        ("+", 16),
        ("Delete", 0),
        ("-", 0),
        ("Enter", 16),
        ("Backspace", 0),
    ]:
        page.keyboard.press(key)
        expect(cell(dialog, 1, 1)).to_have_accessible_name(f"row 1, column 1, {value}")
    type_number(page, cell(dialog, 1, 1), 12)
    expect(cell(dialog, 1, 1)).to_have_accessible_name("row 1, column 1, 12")
    expect(says(dialog)).to_contain_text("row 1, column 1: 12.")
    # outside the grid the arrow keys step from digit to digit
    expect(page).to_have_url(re.compile("digit=4"))


def test_the_pointer_paints_and_the_answer_follows(page: Page):
    dialog = open_why(page)
    empty(dialog)
    expect_still(page)
    cell(dialog, 4, 4).scroll_into_view_if_needed()
    boxes = [still_box(cell(dialog, *place)) for place in ((2, 4), (7, 4))]
    points = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move(*points[1], steps=12)
    page.mouse.up()
    for row in range(2, 8):
        expect(cell(dialog, row, 4)).to_have_accessible_name(f"row {row}, column 4, 16")
    expect(cell(dialog, 8, 4)).to_have_accessible_name("row 8, column 4, 0")
    expect(dialog.locator(".why-says")).to_contain_text("1")
    expect(says(dialog)).to_contain_text("It reads 1, ")


def test_the_smallest_change_turns_the_answer_in_the_editor(page: Page):
    dialog = open_why(page)
    expect(dialog.locator(".why-says b")).to_have_text("9")
    expect(dialog.get_by_text("The smallest change we found: 4 pixels.")).to_be_visible()
    dialog.get_by_role("button", name="Try it in the editor").click()
    expect(dialog.locator(".why-says b")).to_have_text("4")
    expect(cell(dialog, 4, 4)).to_have_accessible_name("row 4, column 4, 3")
    # all four are needed: put one of them back, and it is no 4 again
    cell(dialog, 4, 4).focus()
    type_number(page, cell(dialog, 4, 4), 15)
    expect(dialog.locator(".why-says b")).not_to_have_text("4")


def test_the_reasons_can_be_checked_in_the_editor(page: Page):
    dialog = open_why(page)
    expect(dialog.get_by_text("Most for:").first).to_be_visible()
    reason = dialog.locator(".why-counts li").first.inner_text()
    found = re.search(r"row (\d), column (\d) \((\d+)% sure without it\)", reason)
    assert found is not None
    row, column, sure = map(int, found.groups())
    cell(dialog, row, column).focus()
    page.keyboard.press("0")
    expect(dialog.locator(".why-bars")).to_have_accessible_name(re.compile(f"9: {sure}%"))


def test_the_honesty_switch_adds_a_network_that_learned_nothing(page: Page):
    dialog = open_why(page)
    # rubbed out, a 9 is a 9 for the same reasons as it is no 4: one picture
    expect(dialog.locator(".why-maps figure")).to_have_count(1)
    ask_for_more(dialog)
    dialog.get_by_text("Beside a network that learned nothing").click()
    expect(dialog.locator(".why-maps figure")).to_have_count(2)
    expect(dialog.get_by_text("Random weights:", exact=True)).to_be_visible()
    dialog.get_by_role("radio", name="Compare").click()
    expect(dialog.get_by_text("Here missing ink can count, too")).to_be_visible()
    expect(dialog.locator(".why-maps figure")).to_have_count(3)


def test_a_neurons_numbers_add_up(page: Page):
    dialog = open_why(page)
    rows = dialog.locator(".why-neuron table").last.locator("tbody tr")
    expect(rows).to_have_count(10)
    for row in range(10):
        *parts, score = [
            float(text) for text in rows.nth(row).locator("td").all_inner_texts()
        ]
        assert abs(sum(parts) - score) < 0.02


def ask_why_of_a_drawn_seven(page: Page) -> Locator:
    open_page(page)
    draw_with_mouse(page, SEVEN)
    page.get_by_role("button", name="Why a 7?").click()
    dialog = page.get_by_role("dialog")
    expect(cell(dialog, 1, 1)).to_be_visible()
    expect_run_done(page)
    return dialog


def test_why_a_drawing_is_read_so_and_how_the_answer_changed(page: Page):
    dialog = ask_why_of_a_drawn_seven(page)
    expect(dialog.get_by_role("heading", name="Why a 7?")).to_be_visible()
    expect(
        dialog.get_by_role("img", name=re.compile("^What speaks for a 7: "))
    ).to_be_visible()
    # against all digits or against one: here the same picture, and it is shown once
    expect(dialog.locator(".why-maps figure")).to_have_count(1)
    expect(dialog.get_by_text("gives the same picture")).to_be_visible()
    slider = dialog.get_by_role("slider", name="Go back")
    whole = dialog.locator(".look-back canvas")
    then = dialog.locator(".look-back figcaption")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^a 7, "))
    all_ink = whole.evaluate("canvas => canvas.toDataURL()")
    expect(then).to_have_text(slider.get_attribute("aria-valuetext") or "nothing")
    slider.focus()
    page.keyboard.press("Home")
    expect(then).not_to_have_text(re.compile("^a 7, "))
    assert whole.evaluate("canvas => canvas.toDataURL()") != all_ink
    page.keyboard.press("End")
    assert whole.evaluate("canvas => canvas.toDataURL()") == all_ink
    expect(dialog.locator(".why-neuron")).to_have_count(0)
    dialog.get_by_text("Open one of the lesson’s network").click()
    expect(dialog.locator(".why-neuron table").last.locator("tbody tr")).to_have_count(10)
    go_back(page)  # as people do on a phone
    expect(dialog).to_have_count(0)
    expect(answer(page)).to_have_text("7")
    expect(page.get_by_role("button", name="Why a 7?")).to_be_visible()


def test_the_drawing_goes_on_after_why(page: Page):
    dialog = ask_why_of_a_drawn_seven(page)
    ask_for_more(dialog)
    dialog.get_by_text("Look nine times").click()
    expect_run_done(page)
    dialog.get_by_role("radio", name="Rub out pixels").click()
    expect(dialog.get_by_text("each square is one of the 64 pixels")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    draw_with_mouse(page, [[(110, 150), (200, 150)]])
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile(r"^.*Why an? \d\?$"))).to_be_visible()


def test_a_digit_is_typed_on_draw_without_a_pen(page: Page):
    open_page(page)
    button = page.get_by_role("button", name="No pen? Type one")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(cell(dialog, 1, 1)).to_be_visible()
    cell(dialog, 1, 4).focus()
    for _ in range(8):
        type_number(page, dialog.locator(":focus"), 16)
        page.keyboard.press("ArrowDown")
    expect(says(dialog)).to_contain_text("It reads 1, ")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


# Whether grid and pictures lie within the dialog, and the first picture above the choice.
IN_THE_DIALOG = """() => {
  const dialog = document.querySelector("[role=dialog]");
  const box = (selector) =>
    dialog.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
  const [around, picture] = [dialog.getBoundingClientRect(), box(".why-maps figure")];
  const choice = [...dialog.querySelectorAll("summary")]
    .find(({ innerText }) => innerText.includes("More ways"));
  return ["[role=grid]", ".why-maps"].map(box)
      .every(({ left, right }) => left >= around.left && right <= around.right)
    && picture.height > 0 && picture.bottom <= choice.getBoundingClientRect().top;
}"""


def test_why_fits_a_phone(phone: Page):
    phone.emulate_media(reduced_motion="reduce")
    dialog = open_why(phone)
    # nothing moves in a dialog either, which lies beside the page
    expect(dialog.locator("summary").first).to_have_css("transition-property", "none")
    fits = "element => element.scrollWidth <= element.clientWidth"
    wait_until(phone, lambda: dialog.evaluate(fits), "no wider than the dialog")
    # the picture comes before anything that can be chosen
    phone.wait_for_function(IN_THE_DIALOG)
    # on the smallest, too, all that can be chosen is in sight
    phone.set_viewport_size({"width": 320, "height": 568})
    ask_for_more(dialog)
    choice = dialog.get_by_role("radiogroup", name="How to find out")
    expect(choice.get_by_role("radio").last).to_be_visible()
    wait_until(phone, lambda: choice.evaluate(fits), "all that can be chosen")
    # the way out stays in sight
    dialog.get_by_role("heading", name="Open a neuron").scroll_into_view_if_needed()
    expect(dialog.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
