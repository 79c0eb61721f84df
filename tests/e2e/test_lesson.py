"""The lesson from its first step to its last, in a real browser."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from digits_app.lesson.steps import steps

FIGURES = {
    1: "y.shape: (360,)",
    2: "[[ 0.  0.  5. 13.  9.  1.  0.  0.]",
    3: "plt.matshow",
    4: "Iterations: ",
    5: "Score: 1.0",
    6: "Score: 0.96",
    7: "18 of 450 wrong",
    8: "Lit up: ",
    9: "Prepared in five steps:  7",
}


def heading(page: Page, number: int):
    title = next(step.title for step in steps() if step.number == number)
    return page.get_by_role("heading", name=f"{number}. {title}")


def walk(page: Page) -> None:
    """From step 1 to 9 by the button at the end of each."""
    page.goto("/lesson")
    for step in steps():
        expect(heading(page, step.number)).to_be_visible()
        expect(heading(page, step.number)).to_be_in_viewport()
        expect(page.get_by_test_id("stMain")).to_contain_text(FIGURES[step.number])
        assert no_sideways_scrolling(page)
        if step.number < len(steps()):
            following = steps()[step.number]
            page.get_by_role("button", name=f"{following.number} {following.name}").click()


def no_sideways_scrolling(page: Page) -> bool:
    main = page.get_by_test_id("stMain")
    return main.evaluate("main => main.scrollWidth <= main.clientWidth")


def test_a_walk_from_step_1_to_9(page: Page):
    walk(page)


def test_a_walk_on_a_phone(phone: Page):
    walk(phone)


def test_the_outline_jumps_to_a_step_which_then_stands_in_the_address(page: Page):
    page.goto("/lesson")
    page.get_by_role("radio", name="7 Mistakes").click()
    expect(heading(page, 7)).to_be_visible()
    expect(page).to_have_url(re.compile(r"step=7\+Mistakes"))
    page.reload()
    expect(heading(page, 7)).to_be_visible()
    page.get_by_role("link", name="See them all on the Mistakes page").click()
    expect(page.get_by_role("heading", name="Mistakes")).to_be_visible()


def test_a_short_link_opens_a_step(page: Page):
    page.goto("/lesson?step=5")
    expect(heading(page, 5)).to_be_visible()


def test_the_way_back_to_a_short_link_opens_its_step(page: Page):
    page.goto("/lesson?step=6")
    expect(heading(page, 6)).to_be_visible()
    page.get_by_role("link", name="Draw", exact=True).click()
    expect(page.get_by_role("heading", name="Draw")).to_be_visible()
    # Streamlit writes entries of its own between the two.
    for number in (1, 6):
        page.go_back()
        expect(heading(page, number)).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/lesson$"))
    expect(heading(page, 6)).to_be_visible()
    expect(page.get_by_text("Something went wrong")).to_have_count(0)


def test_fewer_iterations_warn_and_the_lessons_values_come_back(page: Page):
    page.goto("/lesson?step=6+Ten+digits")
    iterations = page.get_by_role("spinbutton", name="Iterations")
    iterations.fill("11")
    iterations.press("Enter")
    expect(page.get_by_text("had to stop after 11 iterations")).to_be_visible()
    page.get_by_role("button", name="The lesson's values").click()
    expect(page.get_by_text("had to stop")).to_have_count(0)
    expect(iterations).to_have_value("200")
    expect(page.get_by_test_id("stMain")).to_contain_text("Score: 0.96")


@pytest.mark.parametrize(
    ("button", "file"),
    [
        ("Jupyter notebook", "digits_lesson.ipynb"),
        ("Python script", "digits_lesson.py"),
    ],
)
def test_the_lesson_can_be_taken_home(page: Page, button, file):
    page.goto("/lesson")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    download = waiting.value
    assert download.suggested_filename == file
    text = download.path().read_text(encoding="utf-8")
    assert "load_digits(n_class=2, return_X_y=True)" in text
    if file.endswith(".ipynb"):
        assert json.loads(text)["nbformat"] == 4
