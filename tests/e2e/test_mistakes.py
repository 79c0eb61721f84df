"""The whole loop on the Mistakes page: click a cell, open one, change it, pass it on."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.drawing import answer


def open_mistakes(page: Page, query: str = "") -> None:
    page.goto(f"/mistakes{query}")
    expect(page.get_by_role("heading", name="Mistakes")).to_be_visible(timeout=30_000)


def cards(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile(r"^Open #\d+$"))


def click_cell(page: Page, true: int, predicted: int) -> None:
    """Click a cell of the confusion matrix, beside its count."""
    cell = page.get_by_test_id("stVegaLiteChart").locator(
        f'[aria-label$=": true {true}, predicted {predicted}"]'
    )
    cell.click(position={"x": 5, "y": 5})


def test_the_gallery_shows_18_pictures_the_first_a_4_read_as_9(page: Page):
    open_mistakes(page)
    expect(page.get_by_text("18 of 450 wrong, 96.0 % right")).to_be_visible()
    expect(cards(page)).to_have_count(18)
    pictures = page.get_by_role("img", name=re.compile("^Test digit"))
    expect(pictures).to_have_count(18)
    expect(pictures.first).to_have_accessible_name("Test digit 4, true 4, predicted 9")
    assert pictures.first.evaluate("picture => picture.naturalWidth") > 200


def test_from_a_cell_of_the_matrix_to_the_canvas(page: Page):
    open_mistakes(page)
    expect(cards(page)).to_have_count(18)
    click_cell(page, 4, 9)
    expect(cards(page)).to_have_text(["Open #4", "Open #179"])
    expect(page).to_have_url(re.compile(r"true=4&predicted=9$"))
    click_cell(page, 4, 9)
    expect(cards(page)).to_have_count(18)
    click_cell(page, 4, 9)
    expect(cards(page)).to_have_count(2)

    cards(page).first.click()
    digit = page.get_by_role("dialog")
    expect(digit.get_by_text("Read as 9 with 91%")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(digit.get_by_text("Read as 9 with 93%")).to_be_visible()
    expect(digit.get_by_role("button", name="Next")).to_be_disabled()
    expect(page).to_have_url(re.compile(r"digit=179"))

    digit.get_by_role("button", name="Open in Draw").click()
    expect(page.get_by_role("heading", name="Draw")).to_be_visible()
    expect(digit).to_have_count(0)
    expect(answer(page)).to_have_text("9", timeout=20_000)
    assert "digit=" not in page.url
    assert "true=" not in page.url


def test_a_click_on_right_answers_shows_them(page: Page):
    open_mistakes(page)
    click_cell(page, 9, 9)
    expect(page.get_by_text("35 test digits: true 9, predicted 9")).to_be_visible()
    expect(cards(page)).to_have_count(24)
    page.get_by_role("button", name="Page 2", exact=True).click()
    expect(cards(page)).to_have_count(11)


def test_a_copied_link_opens_the_same_view_for_someone_else(page: Page, phone: Page):
    open_mistakes(page)
    click_cell(page, 3, 5)
    expect(cards(page)).to_have_count(2)
    cards(page).last.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page).to_have_url(re.compile("digit=432"))
    phone.goto(page.url)
    expect(phone.get_by_role("dialog").get_by_text("Read as 5 with 93%")).to_be_visible(
        timeout=30_000
    )
    phone.keyboard.press("Escape")
    expect(cards(phone)).to_have_text(["Open #209", "Open #432"])
    expect(phone).to_have_url(re.compile(r"true=3&predicted=5$"))


def test_the_filter_works_by_keyboard_alone(page: Page):
    open_mistakes(page)
    expect(cards(page)).to_have_count(18)
    page.get_by_role("combobox", name="True digit").focus()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 mistakes: true 9")).to_be_visible()
    page.get_by_role("combobox", name="Predicted as").focus()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_text(["Open #394"])


def test_two_classes_are_good_news(page: Page):
    open_mistakes(page, "?classes=0+or+1")
    expect(page.get_by_text("all 90 test digits are read right")).to_be_visible()
    expect(cards(page)).to_have_count(18)


def test_a_nonsense_link_is_answered_with_a_sentence_each(page: Page):
    open_mistakes(page, "?true=eleven&show=cats&sort=up&digit=9999")
    expect(page.get_by_text("The link asks for")).to_have_count(4)
    expect(cards(page)).to_have_count(18)


def test_two_pictures_stand_side_by_side_on_a_phone(phone: Page):
    open_mistakes(phone)
    expect(cards(phone)).to_have_count(18)
    first, second = (cards(phone).nth(number).bounding_box() for number in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["width"] >= 130
    main = phone.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_downloads_hold_what_the_gallery_shows(page: Page):
    open_mistakes(page, "?true=4&predicted=9")
    expect(cards(page)).to_have_count(2)
    with page.expect_download() as table:
        page.get_by_role("button", name="CSV", exact=True).click()
    lines = table.value.path().read_text().splitlines()
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["4", "4", "9"],
        ["179", "4", "9"],
    ]
    with page.expect_download() as sheet:
        page.get_by_role("button", name="PNG", exact=True).click()
    assert sheet.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_picture_in_the_address_is_shown_as_text(page: Page):
    """The page fixture fails if another host is asked for anything."""
    page.goto("/mistakes?digit=![](//evil.example/x)")
    expect(page.get_by_text("![](//evil.example/x")).to_be_visible()
