"""Why, in a real page: reasons, and the editor by keyboard alone."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.drawing import SEVEN, answer, draw_with_mouse, open_page


def open_why(page: Page, query: str = "?digit=4") -> Locator:
    """Open a test digit, and ask why."""
    page.goto(f"/mistakes{query}")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.locator("summary").filter(has_text=re.compile("^.*Why an? [0-9]")).click()
    expect(cell(dialog, 1, 1)).to_be_visible()
    return dialog


def ask_for_more(dialog: Locator) -> None:
    """Open what can be changed about the picture."""
    dialog.locator("summary").filter(has_text="More ways to find out").click()


def cell(place: Page | Locator, row: int, column: int) -> Locator:
    return place.get_by_role("gridcell", name=re.compile(f"^row {row}, column {column}, "))


def says(place: Page | Locator) -> Locator:
    return place.locator(".why-editor [role=status]")


def empty(dialog: Locator) -> None:
    dialog.get_by_label("Start from").select_option("nothing")
    expect(says(dialog)).to_contain_text("There is no ink")


def test_a_seven_is_typed_and_heard_by_keyboard_alone(page: Page):
    dialog = open_why(page)
    select = dialog.get_by_label("Start from")
    select.focus()
    page.keyboard.type("nothing")
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
        page.keyboard.type("16")
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
    page.keyboard.type("12")
    expect(cell(dialog, 1, 1)).to_have_accessible_name("row 1, column 1, 12")
    expect(says(dialog)).to_contain_text("row 1, column 1: 12.")
    # outside the grid the arrow keys step from digit to digit
    expect(page).to_have_url(re.compile("digit=4"))


def test_the_pointer_paints_and_the_answer_follows(page: Page):
    dialog = open_why(page)
    empty(dialog)
    cell(dialog, 4, 4).scroll_into_view_if_needed()
    boxes = [cell(dialog, *place).bounding_box() for place in ((2, 4), (7, 4))]
    points = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box
    ]
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
    page.keyboard.type("15")
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
    all_ink = whole.evaluate("canvas => canvas.toDataURL()")
    assert slider.get_attribute("aria-valuetext") == then.inner_text()
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^a 7, "))
    slider.focus()
    page.keyboard.press("Home")
    expect(then).not_to_have_text(re.compile("^a 7, "))
    assert whole.evaluate("canvas => canvas.toDataURL()") != all_ink
    page.keyboard.press("End")
    assert whole.evaluate("canvas => canvas.toDataURL()") == all_ink
    expect(dialog.locator(".why-neuron")).to_have_count(0)
    dialog.get_by_text("Open one of the lesson’s network").click()
    expect(dialog.locator(".why-neuron table").last.locator("tbody tr")).to_have_count(10)
    page.go_back()  # as people do on a phone
    expect(dialog).to_have_count(0)
    expect(answer(page)).to_have_text("7")
    expect(page.get_by_role("button", name="Why a 7?")).to_be_visible()


def test_the_drawing_goes_on_after_why(page: Page):
    dialog = ask_why_of_a_drawn_seven(page)
    ask_for_more(dialog)
    dialog.get_by_text("Look nine times").click()
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
        page.keyboard.type("16")
        page.keyboard.press("ArrowDown")
    expect(says(dialog)).to_contain_text("It reads 1, ")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_why_fits_a_phone(phone: Page):
    phone.emulate_media(reduced_motion="reduce")
    dialog = open_why(phone)
    # nothing moves in a dialog either, which lies beside the page
    expect(dialog.locator("summary").first).to_have_css("transition-property", "none")
    assert dialog.evaluate("element => element.scrollWidth <= element.clientWidth")
    for block in (dialog.get_by_role("grid"), dialog.locator(".why-maps")):
        box, around = block.bounding_box(), dialog.bounding_box()
        assert box is not None
        assert around is not None
        assert box["x"] >= around["x"]
        assert box["x"] + box["width"] <= around["x"] + around["width"]
    # the picture comes before anything that can be chosen
    picture = dialog.locator(".why-maps figure").first.bounding_box()
    first_choice = dialog.locator("summary").filter(has_text="More ways").bounding_box()
    assert picture is not None
    assert first_choice is not None
    assert picture["y"] + picture["height"] <= first_choice["y"]
    # on the smallest, too, all that can be chosen is in sight
    phone.set_viewport_size({"width": 320, "height": 568})
    ask_for_more(dialog)
    choice = dialog.get_by_role("radiogroup", name="How to find out")
    expect(choice.get_by_role("radio").last).to_be_visible()
    assert choice.evaluate("element => element.scrollWidth <= element.clientWidth")
    # the way out stays in sight
    dialog.get_by_role("heading", name="Open a neuron").scroll_into_view_if_needed()
    expect(dialog.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
