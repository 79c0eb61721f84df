"""The lesson from its first step to its last, in a real browser."""

import json
import re

from playwright.sync_api import Locator, Page, expect

from digits_app.lesson.steps import steps
from digits_app.pages.shared.glossary import SENTENCES
from tests.e2e.drawing import (
    SEVEN,
    draw_with_mouse,
    expect_none,
    expect_run_done,
    go_back,
    go_forward,
    open_page,
    wait_until,
)
from tests.e2e.test_accessibility import expect_axe_finds_nothing
from tests.e2e.test_widths import CUT_WORDS

FIGURES = {
    1: "(360, 64) (360,)",
    2: "[[ 0.  0.  5. 13.  9.  1.  0.  0.]",
    3: "plt.matshow",
    4: "After iteration 40 of 40",
    5: "1.0",
    6: "0.96",
    7: "predicted value: 9",
    8: "lit up: ",
    9: "after the five steps: [7]",
}


# Numbers in a field that is too narrow for them.
CUT_NUMBERS = """() => [...document.querySelectorAll("input[type=number]")]
  .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth)
  .map(e => `${e.ariaLabel}: ${e.clientWidth} of ${e.scrollWidth}`)"""


def heading(page: Page, number: int) -> Locator:
    title = next(step.title for step in steps() if step.number == number)
    return page.get_by_role("heading", level=1, name=f"{number}. {title}")


def open_step(page: Page, path: str) -> None:
    """Open a step, and wait until its fields and buttons are there to stay."""
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect_run_done(page)


def walk(page: Page) -> None:
    """From step 1 to 9 by the button at the end of each; axe is content with all.

    None needs more than three screens, or is wider than one.
    """
    page.goto("/lesson")
    height = page.viewport_size["height"]
    for step in steps():
        expect(heading(page, step.number)).to_be_visible()
        expect(heading(page, step.number)).to_be_in_viewport()
        main = page.get_by_test_id("stMain")
        expect(main).to_contain_text(FIGURES[step.number])
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        expect(page.get_by_role("button", name="Python script")).to_be_visible()
        page.wait_for_function(
            "([main, most]) => main.scrollWidth <= main.clientWidth"
            " && main.scrollHeight <= most",
            arg=[main.element_handle(), 3 * height],
        )
        expect_axe_finds_nothing(page)
        if step.number < len(steps()):
            following = steps()[step.number]
            page.get_by_role("button", name=f"{following.number} {following.name}").click()


def test_a_walk_from_step_1_to_9(page: Page):
    walk(page)


def test_a_walk_on_a_phone(phone: Page):
    walk(phone)


def test_code_on_a_phone_scrolls_sideways_and_keeps_its_indentation(phone: Page):
    phone.goto("/lesson?step=4&hidden_units=9&max_iter=150")
    code = phone.get_by_test_id("stCode").first.locator("pre")
    expect(code).to_contain_text("    hidden_layer_sizes=(9,),")
    scrolls = (
        "code => [code, ...code.querySelectorAll('*')]"
        ".some(part => part.scrollWidth > part.clientWidth"
        " && getComputedStyle(part).overflowX === 'auto')"
    )
    wait_until(phone, lambda: code.evaluate(scrolls), "code that scrolls")
    expect(code.locator("code")).to_have_css("white-space", "pre")


def test_everything_to_touch_on_a_phone_is_large_enough(phone: Page):
    phone.goto("/lesson?step=4")
    expect(phone.get_by_role("button", name="Play")).to_be_visible()
    for name in ("Play", "5 Predict", "3 Draw", "Python script"):
        wait_until_tall(phone.get_by_role("button", name=name, exact=False).first)
    wait_until_tall(phone.locator(".snapshots"))
    # The smallest phone has room for all of a number and of a link.
    phone.set_viewport_size({"width": 320, "height": 568})
    expect(phone.get_by_role("spinbutton", name="Hidden units")).to_have_value("100")
    expect_none(phone, CUT_NUMBERS)
    expect_none(phone, CUT_WORDS)


def wait_until_tall(element: Locator) -> None:
    """Wait until something is 40 pixels tall: a style sheet may come a moment later."""
    is_tall = "element => element.getBoundingClientRect().height >= 40"
    wait_until(element.page, lambda: element.evaluate(is_tall), element)


def test_a_word_that_is_pressed_explains_itself(page: Page):
    page.goto("/lesson?step=4")
    note = page.locator("#word-note")
    expect(note).to_be_attached()
    expect_run_done(page)
    page.get_by_role("button", name="loss", exact=True).click()
    expect(note).to_be_visible()
    expect(note).to_have_text(SENTENCES["loss"])
    expect(page).to_have_url(re.compile("step=4$"))  # it leads nowhere
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.get_by_role("button", name="fit", exact=True).focus()
    page.keyboard.press("Enter")
    expect(note).to_have_text(SENTENCES["fit"])
    expect(note).to_be_in_viewport(ratio=1)


def test_the_outline_jumps_to_a_step_which_then_stands_in_the_address(page: Page):
    open_step(page, "/lesson")
    page.get_by_role("radio", name="7 Mistakes").click()
    expect(heading(page, 7)).to_be_visible()
    expect(page).to_have_url(re.compile(r"step=7$"))
    page.reload()
    expect(heading(page, 7)).to_be_visible()
    page.get_by_role("link", name="See them all on the Mistakes page").click()
    expect(heading(page, 7)).to_have_count(0)
    expect(page).to_have_url(re.compile("/mistakes"))


def test_a_short_link_opens_a_step(page: Page):
    page.goto("/lesson?step=5")
    expect(heading(page, 5)).to_be_visible()


def test_back_returns_to_each_step_and_to_the_values(page: Page):
    open_step(page, "/lesson?step=6")
    expect(heading(page, 6)).to_be_visible()
    iterations = page.get_by_role("spinbutton", name="Iterations")
    iterations.fill("11")
    iterations.press("Enter")
    expect(page.get_by_text("had to stop after 11 iterations")).to_be_visible()
    expect_run_done(page)
    page.get_by_role("button", name="7 Mistakes").click()
    expect(heading(page, 7)).to_be_visible()
    expect_run_done(page)
    page.get_by_role("radio", name="2 Pixels").click()
    expect(heading(page, 2)).to_be_visible()
    go_back(page)
    expect(heading(page, 7)).to_be_visible()
    go_back(page)
    expect(heading(page, 6)).to_be_visible()
    expect(iterations).to_have_value("11")
    go_back(page)
    expect(iterations).to_have_value("200")
    go_forward(page)
    expect(iterations).to_have_value("11")


def test_back_from_another_page_returns_to_the_step(page: Page):
    """A short link, left for another page: the way back once ended in an apology."""
    page.goto("/lesson?step=6")
    expect(heading(page, 6)).to_be_visible()
    page.get_by_role("link", name="Draw", exact=True).first.click()
    expect(heading(page, 6)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("lesson"))
    go_back(page)
    expect(heading(page, 6)).to_be_visible()
    expect(page.get_by_text("Something went wrong")).to_have_count(0)


def test_a_reload_keeps_step_and_values(page: Page):
    open_step(page, "/lesson?step=4")
    units = page.get_by_role("spinbutton", name="Hidden units")
    units.fill("12")
    units.press("Enter")
    expect(page).to_have_url(re.compile("hidden_units=12"))
    page.reload()
    expect(heading(page, 4)).to_be_visible()
    expect(units).to_have_value("12")


def test_a_reload_keeps_the_drawing(page: Page):
    open_page(page)
    page.goto("/lesson?step=8")
    page.get_by_role("link", name="Draw a digit, come back").click()
    draw_with_mouse(page, SEVEN)
    page.get_by_role("link", name="Back to step 8 of the lesson").click()
    expect(page.get_by_text("predicted: [7]")).to_be_visible()
    expect(page.get_by_text("# from the Draw page")).to_be_visible()
    page.reload()
    expect(heading(page, 8)).to_be_visible()
    expect(page.get_by_text("# from the Draw page")).to_be_visible()
    expect(page.get_by_text("predicted: [7]")).to_be_visible()


def test_an_emptied_field_asks_for_a_number(page: Page):
    open_step(page, "/lesson?step=1&n_class=5")
    digits = page.get_by_role("spinbutton", name="Digits")
    digits.fill("")
    digits.press("Tab")
    expect(page.get_by_text("which number, 2 to 10?")).to_be_visible()
    expect(digits).to_have_value("")
    expect(page.get_by_test_id("stMain")).to_contain_text("n_class=5,")
    digits.fill("3")
    digits.press("Enter")
    expect(page.get_by_text("which number, 2 to 10?")).to_have_count(0)
    expect(page.get_by_test_id("stMain")).to_contain_text("n_class=3,")


def test_the_lessons_values_come_back(page: Page):
    page.goto("/lesson?step=6&max_iter=1")
    expect(page.get_by_text("had to stop after 1 iteration,")).to_be_visible()
    expect_run_done(page)
    page.get_by_role("button", name="The lesson's values").click()
    expect(page.get_by_text("had to stop")).to_have_count(0)
    expect(page.get_by_role("spinbutton", name="Iterations")).to_have_value("200")
    expect(page.get_by_test_id("stMain")).to_contain_text("0.96")


# Notes what the button of the training is called: it plays for a few seconds only.
WATCH_THE_PLAYER = """() => {
  window.names = [];
  const name = document.querySelector(".play-name");
  new MutationObserver(() => names.push(name.innerText)).observe(name, { childList: true });
}"""


def test_the_training_can_be_watched_again(page: Page):
    page.goto("/lesson?step=6")
    expect(page.get_by_text("After iteration 119 of 119")).to_be_visible()
    expect(page.get_by_text("reads 432 of 450")).to_be_visible()
    expect_run_done(page)
    slider = page.get_by_role("slider", name="Iteration")
    units = page.locator(".units canvas").first
    last = units.evaluate("canvas => canvas.toDataURL()")
    slider.focus()
    slider.press("Home")
    expect(page.get_by_text("After iteration 1 of 119")).to_be_visible()
    expect(page.get_by_text("reads 432 of 450")).to_have_count(0)
    expect(slider).to_have_attribute("aria-valuetext", "after iteration 1 of 119")
    page.wait_for_function(
        "([canvas, last]) => canvas.toDataURL() !== last",
        arg=[units.element_handle(), last],
    )
    page.evaluate(WATCH_THE_PLAYER)
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("() => window.names.includes('Pause')")
    expect(page.get_by_text("After iteration 119 of 119")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_the_lab_shows_what_a_step_is_good_for(page: Page):
    page.goto("/lesson?step=9")
    ways = page.locator(".way")
    expect(ways.nth(0).locator(".reading b")).to_have_text("2")
    expect(ways.nth(1).locator(".reading b")).to_have_text("7")
    page.get_by_role("button", name="1 Stretch").click()
    expect(ways.nth(1)).to_contain_text("With 4 of the five steps")


def test_folded_code_draws_when_it_is_unfolded(page: Page):
    open_step(page, "/lesson?step=4")
    expect(page.get_by_text("plt.plot")).to_have_count(0)
    page.get_by_text("Draw the loss curve with matplotlib").click()
    expect(page.get_by_text("plt.plot")).to_be_visible()
    expect(page.get_by_role("img", name="What the code draws")).to_be_visible()


def test_the_lesson_can_be_taken_home(page: Page):
    open_step(page, "/lesson")
    notebook = take_home(page, "Jupyter notebook", "digits_lesson.ipynb")
    assert json.loads(notebook)["nbformat"] == 4
    take_home(page, "Python script", "digits_lesson.py")


def take_home(page: Page, button: str, file: str) -> str:
    """What is downloaded by a button."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    assert waiting.value.suggested_filename == file
    text = waiting.value.path().read_text(encoding="utf-8")
    assert "load_digits(n_class=2, return_X_y=True)" in text
    return text
