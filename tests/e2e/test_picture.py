"""Digits from a picture, in a real browser: from a file, and from a camera."""

import re
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import BrowserType, FilePayload, Locator, Page, expect

from tests.e2e.conftest import ConsoleWatch
from tests.e2e.drawing import (
    expect_more_ink,
    expect_run_done,
    expect_still,
    go_back,
    open_page,
    settle,
    still_box,
    wait_until,
)
from tests.support.chromium import FLAGS
from tests.support.pen_drawings import SEVEN, render

ONE = np.array([[140.0, 50], [140, 230]])


def photo(*digits: np.ndarray, size: tuple[int, int] = (1280, 720)) -> bytes:
    """A JPEG of digits on paper, in light that falls off to the right."""
    sheet = Image.new("RGB", size, "#f0ece0")
    for i, strokes in enumerate(digits):
        sheet.paste("#203060", (140 + 300 * i, 200), mask=render([strokes], 14))
    shade = np.linspace(1, 0.55, size[0])[None, :, None]
    lit = (np.asarray(sheet) * shade).clip(0, 255).astype(np.uint8)
    file = BytesIO()
    Image.fromarray(lit).save(file, "JPEG", quality=90)
    return file.getvalue()


def choose(page: Page, data: bytes, name: str = "photo.jpg") -> None:
    expect_run_done(page)
    page.locator("input[type=file]").set_input_files(
        FilePayload(name=name, mimeType="image/jpeg", buffer=data)
    )


def open_dialog(page: Page) -> Locator:
    open_page(page)
    page.get_by_role("button", name="From a picture").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Choose a file")).to_be_visible()
    return dialog


def frame(page: Page, number: int) -> Locator:
    return page.get_by_role("button", name=f"Digit {number} of")


def test_a_row_is_read_as_one_number_and_each_digit_opens(page: Page):
    dialog = open_dialog(page)
    choose(page, photo(SEVEN, ONE, SEVEN))
    expect(dialog.get_by_role("status")).to_have_text("It reads 717")
    answer = dialog.get_by_role("region", name="Answer")
    expect(answer).to_contain_text("it is a 7")
    frame(page, 2).click()
    expect(answer).to_contain_text("it is a 1")
    expect(frame(page, 2)).to_have_attribute("aria-pressed", "true")
    for step in ("Your picture", "The ink", "Stretched", "Evened", "Lined up"):
        expect(dialog.get_by_role("figure").filter(has_text=step)).to_be_visible()


def test_a_frame_is_dragged_onto_another_digit(page: Page):
    dialog = open_dialog(page)
    choose(page, photo(SEVEN, ONE))
    expect(dialog.get_by_role("status")).to_have_text("It reads 71")
    grip = frame(page, 2)
    grip.click()
    expect(grip).to_have_attribute("aria-pressed", "true")
    expect_still(page)
    seven, one = still_box(frame(page, 1)), still_box(grip)
    page.mouse.move(one["x"] + one["width"] / 2, one["y"] + 40)
    page.mouse.down()
    page.mouse.move(seven["x"] + seven["width"] / 2, seven["y"] + 40, steps=5)
    page.mouse.up()
    expect(grip).to_have_attribute("aria-label", re.compile("Digit 2"))
    # The narrow frame of the 1 now holds the middle of the 7 alone.
    end = seven["x"] + seven["width"]
    wait_until(page, lambda: still_box(grip)["x"] < end, "the frame where it was dropped")
    expect(dialog.get_by_role("status")).not_to_have_text("It reads 71")


def test_a_frame_is_moved_by_keys_and_by_presses_alone(page: Page):
    dialog = open_dialog(page)
    choose(page, photo(SEVEN))
    expect(frame(page, 1)).to_be_visible()
    frame(page, 1).focus()
    for _ in range(25):
        page.keyboard.press("ArrowRight")
    expect(dialog.get_by_text("There is no writing in this frame")).to_be_visible()
    for _ in range(25):
        page.keyboard.press("ArrowLeft")
    answer = dialog.get_by_role("region", name="Answer")
    expect(answer).to_contain_text("it is a 7")
    expect_still(page)
    before = still_box(frame(page, 1))
    x, y = before["x"] + before["width"] / 2, before["y"] + before["height"] / 2
    page.mouse.click(x + 2 * before["width"], y)
    expect(dialog.get_by_text("There is no writing in this frame")).to_be_visible()
    expect_still(page)
    page.mouse.click(x, y)
    expect(answer).to_contain_text("it is a 7")
    dialog.get_by_role("button", name="Larger").click()
    wide = 1.05 * before["width"]
    wait_until(page, lambda: still_box(frame(page, 1))["width"] > wide, "a larger frame")
    expect(answer).to_contain_text("it is a 7")


def test_a_digit_is_put_on_the_canvas(page: Page):
    dialog = open_dialog(page)
    choose(page, photo(SEVEN))
    expect(frame(page, 1)).to_be_visible()
    dialog.get_by_role("button", name="Put it on the canvas").click()
    expect(dialog).to_be_hidden()
    settle(page)
    expect(page.get_by_role("region", name="Answer")).to_contain_text("it is a 7")
    expect_more_ink(page, 1000)


def test_what_holds_no_digit_gets_a_sentence_and_the_next_is_read(page: Page):
    dialog = open_dialog(page)
    for data, name, sentence in [
        (photo(), "blank.jpg", "There is no writing in this picture"),
        (b"%PDF-1.7\n", "page.jpg", "not a picture that can be read here"),
        (photo(SEVEN)[:9000], "torn.jpg", "This picture is damaged"),
    ]:
        choose(page, data, name)
        expect(dialog.get_by_text(sentence)).to_be_visible()
        choose(page, photo(ONE, SEVEN))
        expect(dialog.get_by_role("status")).to_have_text("It reads 17")
        expect(dialog.get_by_text(sentence)).to_have_count(0)
        dialog.get_by_role("button", name="Another picture").click()


def test_a_photo_is_read_on_a_phone(phone: Page):
    dialog = open_dialog(phone)
    choose(phone, photo(SEVEN, ONE))
    expect(dialog.get_by_role("status")).to_have_text("It reads 71")
    frame(phone, 2).tap()
    expect(dialog.get_by_role("region", name="Answer")).to_contain_text("it is a 1")
    fits = "dialog => dialog.scrollWidth <= dialog.clientWidth"
    wait_until(phone, lambda: dialog.evaluate(fits), "no wider than the dialog")


HAS_A_PICTURE = """() => {
  const video = document.querySelector("video");
  return video?.readyState >= 2 && video.getVideoPlaybackQuality().totalVideoFrames > 0;
}"""

TAKE_A_PHOTO = """() => {
  const buttons = [...document.querySelectorAll("[role=dialog] button")];
  buttons.find((button) => button.innerText === "Take Photo")?.click();
  return document.querySelector("[role=dialog] [role=status]") !== null;
}"""


def test_a_photo_is_taken(
    browser_type: BrowserType, browser_type_launch_args: dict, base_url: str, tmp_path: Path
):
    """The browser's stand-in for a camera films a sheet of paper."""
    film = tmp_path / "paper.mjpeg"
    film.write_bytes(photo(SEVEN, ONE, size=(1280, 720)) * 10)
    fake = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    ]
    options = {**browser_type_launch_args, "args": FLAGS + fake}
    with (
        browser_type.launch(**options) as browser,
        browser.new_context(base_url=base_url, permissions=["camera"]) as context,
        ConsoleWatch(base_url).guarding(context),
    ):
        page = context.new_page()
        dialog = open_dialog(page)
        dialog.get_by_text("Take a photo").click()
        # A photo is lost where the run that shows the camera has not ended, and there is
        # none before the camera's first picture.
        expect_run_done(page)
        page.wait_for_function(HAS_A_PICTURE)
        # Streamlit (1.67) takes none, and says nothing, while the camera changes its size.
        wait_until(page, lambda: page.evaluate(TAKE_A_PHOTO), "an answer to the photo")
        expect(dialog.get_by_role("status")).to_have_text("It reads 71")


def test_a_kind_that_the_picker_refuses_gets_our_sentence(page: Page):
    dialog = open_dialog(page)
    ours = dialog.get_by_text("Save it as JPEG")
    expect(ours).to_be_hidden()
    choose(page, photo(), "blank.jpg")
    of_the_one_before = dialog.get_by_text("There is no writing in this picture")
    expect(of_the_one_before).to_be_visible()
    for name in ("photo.heic", "page.pdf", "film.mov"):
        choose(page, b"something else", name)
        expect(ours).to_be_visible()
        expect(of_the_one_before).to_be_hidden()
        choose(page, photo(SEVEN, ONE))
        expect(dialog.get_by_role("status")).to_have_text("It reads 71")
        dialog.get_by_role("button", name="Another picture").click()
        expect(dialog.get_by_text("Choose a file")).to_be_visible()
        expect(ours).to_be_hidden()


def test_back_closes_the_dialog_and_a_reload_opens_it_again(page: Page):
    dialog = open_dialog(page)
    page.reload()
    expect(dialog.get_by_text("Choose yours again")).to_be_visible()
    choose(page, photo(SEVEN))
    expect(frame(page, 1)).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(page).not_to_have_url(re.compile("picture"))
    go_back(page)
    expect(dialog.get_by_text("Choose a file")).to_be_visible()
    go_back(page)
    expect(dialog).to_be_hidden()
