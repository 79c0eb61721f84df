"""How each page and dialog is reached, but those of a class."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from digits_app.my_hand.files import to_zip
from tests.e2e.drawing import SEVEN, draw_with_mouse, move_pen, open_page, settle
from tests.support.classes import as_my_digit, hands
from tests.support.pen_drawings import SEVEN as PEN_SEVEN
from tests.support.pen_drawings import Stroke, render

SCRIBBLE: Final = [
    [(60 + 150 * (i % 2), 60 + 12 * i) for i in range(14)],
    [(60 + 12 * i, 60 + 150 * (i % 2)) for i in range(14)],
]


def line(*corners: tuple[float, float]) -> Stroke:
    """A stroke from corner to corner, in small steps as a hand makes them."""
    return np.concatenate([np.linspace(one, other, 9) for one, other in pairwise(corners)])


FORTY_TWO: Final = [
    line((70, 70), (40, 160), (130, 160)),
    line((105, 110), (100, 220)),
    line((165, 95), (200, 70), (235, 95), (225, 140), (165, 215), (245, 215)),
]


def dialog(page: Page) -> Locator:
    """The dialog that is open."""
    return page.get_by_role("dialog")


def unfold(place: Page | Locator, name: str) -> None:
    """Open what is folded under a name."""
    place.locator("summary").filter(has_text=re.compile(name)).click()


def draw(page: Page) -> None:
    """A 7 is read."""
    open_page(page)
    draw_with_mouse(page, SEVEN)


def draw_two(page: Page) -> None:
    """A 7 that must be a 0 or a 1."""
    draw(page)
    page.get_by_role("radio", name="0 or 1").click()
    settle(page)


def draw_number(page: Page) -> None:
    """A number of two digits."""
    open_page(page)
    draw_with_mouse(page, FORTY_TWO)


def draw_scribble(page: Page) -> None:
    """What is no digit."""
    open_page(page)
    draw_with_mouse(page, SCRIBBLE)


def draw_tiny(page: Page) -> None:
    """Too small a drawing."""
    open_page(page)
    draw_with_mouse(page, [[(130, 130), (140, 131), (150, 130), (145, 140), (140, 152)]])


def draw_offline(page: Page) -> None:
    """A stroke while the server is gone."""
    draw(page)
    page.context.set_offline(True)
    page.evaluate("() => dispatchEvent(new Event('offline'))")
    move_pen(page, [[(60, 140), (200, 140)]])
    page.wait_for_timeout(6000)


def draw_correct(page: Page) -> None:
    """The question which digit was meant."""
    draw(page)
    page.get_by_role("button", name="That was a").click()
    expect(page.get_by_text("Which digit did you mean?").first).to_be_visible()


def present(page: Page) -> None:
    """The presenter's view, with a digit."""
    open_page(page)
    page.keyboard.press("F2")
    draw_with_mouse(page, SEVEN)


def present_number(page: Page) -> None:
    """The presenter's view, with a number."""
    open_page(page)
    page.keyboard.press("F2")
    draw_with_mouse(page, FORTY_TWO)


def present_empty(page: Page) -> None:
    """The presenter's view before anything is drawn."""
    open_page(page)
    page.keyboard.press("F2")


def ask_why(page: Page) -> None:
    """Ask why it is what it is."""
    page.get_by_role("button", name="Why").first.click()
    expect(dialog(page).get_by_text("What would make it").first).to_be_visible()


def why(page: Page) -> None:
    """Why it is a 7."""
    draw(page)
    ask_why(page)


def why_more(page: Page) -> None:
    """Why it is a 7, with all that can be opened."""
    why(page)
    unfold(dialog(page), "More ways")
    dialog(page).get_by_text("Beside a network that").click()
    dialog(page).get_by_text("Open one of the lesson").click()
    expect(dialog(page).get_by_text("64 products, added up")).to_be_visible()


def type_a_digit(page: Page) -> None:
    """The grid for the keyboard."""
    open_page(page)
    page.get_by_role("button", name="Type").click()
    expect(dialog(page).get_by_role("gridcell")).to_have_count(64)


def picture(page: Page) -> None:
    """The way in for a picture."""
    open_page(page)
    page.get_by_role("button", name="From a picture").click()
    expect(dialog(page).get_by_text("Choose a file")).to_be_visible()


def picture_read(page: Page) -> None:
    """A photo of two digits is read."""
    picture(page)
    sheet = Image.new("RGB", (1280, 720), "#f0ece0")
    for left in (140, 640):
        sheet.paste("#203060", (left, 200), mask=render([PEN_SEVEN], 14))
    file = BytesIO()
    sheet.save(file, "JPEG")
    photo = FilePayload(name="photo.jpg", mimeType="image/jpeg", buffer=file.getvalue())
    page.locator("input[type=file]").set_input_files(photo)
    expect(dialog(page).get_by_role("status")).to_have_text("It reads 77")


def my_hand(page: Page) -> None:
    """The first prompt."""
    open_page(page, "/my_hand")


def my_hand_begun(page: Page) -> None:
    """Three digits are written."""
    my_hand(page)
    for number in range(1, 4):
        draw_with_mouse(page, SEVEN)
        page.get_by_role("button", name="Next").click()
        progress = page.get_by_role("progressbar", name="Digits written")
        expect(progress).to_have_attribute("aria-valuenow", str(number))
        settle(page)


def my_hand_result(page: Page) -> None:
    """Twenty digits, as a file of somebody brings them."""
    my_hand(page)
    unfold(page, "Keep it")
    digits = to_zip([as_my_digit(sign) for sign in hands(1)[0][:20]])
    page.locator("input[type=file]").set_input_files(
        FilePayload(name="my_digits.zip", mimeType="application/zip", buffer=digits)
    )
    expect(page.get_by_role("heading", name="How well it reads your hand")).to_be_visible()
    expect(page.get_by_role("button", name="Forget my hand")).to_be_visible()


def my_hand_taught(page: Page) -> None:
    """What teaching brought."""
    my_hand_result(page)
    page.get_by_role("button", name="Teach it", exact=True).click()
    expect(page.get_by_role("button", name="Forget what it learned")).to_be_visible()


def my_hand_why(page: Page) -> None:
    """Why one's own digit was read so."""
    my_hand_result(page)
    page.locator("[class*='st-key-hand_card_'] button").first.click(force=True)
    expect(dialog(page).get_by_text("What would make it").first).to_be_visible()


def mistakes(page: Page) -> None:
    """The gallery."""
    page.goto("/mistakes")
    expect(page.get_by_role("img").first).to_be_visible()
    expect(page.get_by_role("table", name="Confusion matrix")).to_be_visible()


def mistakes_map(page: Page) -> None:
    """The map of all test digits."""
    page.goto("/mistakes?look=Map&show=All")
    expect(page.get_by_role("group", name="Map of the digits")).to_be_visible()


def mistake(page: Page) -> None:
    """A mistake that is opened."""
    page.goto("/mistakes?digit=4")
    expect(dialog(page).get_by_text("What each network says")).to_be_visible()


def mistake_why(page: Page) -> None:
    """Why it was read so."""
    mistake(page)
    unfold(dialog(page), "Why an? ")
    expect(dialog(page).get_by_text("What would make it").first).to_be_visible()


def lesson(number: int, more: str = "") -> Callable[[Page], None]:
    """A step of the lesson."""

    def show(page: Page) -> None:
        page.goto(f"/lesson?step={number}{more}")
        title = page.get_by_role("heading", level=1, name=re.compile(f"^{number}\\. "))
        expect(title).to_be_visible()
        expect(page.get_by_role("button", name="Python script")).to_be_visible()

    return show


def lesson_card(page: Page) -> None:
    """The network's card."""
    lesson(1)(page)
    unfold(page, "card")
    expect(page.get_by_text("Who wrote the digits?")).to_be_visible()


def lesson_by_heart(page: Page) -> None:
    """What is needed to learn by heart."""
    lesson(6)(page)
    page.get_by_role("button", name="By heart?").click()
    expect(page.get_by_role("button", name="Train on 60 digits")).to_be_visible()


def lesson_word(page: Page) -> None:
    """A word that explains itself."""
    lesson(4)(page)
    page.get_by_role("button", name="loss", exact=True).first.click()
    page.wait_for_timeout(300)


def lesson_code(page: Page) -> None:
    """The code that is folded."""
    lesson(8)(page)
    for folded in page.locator(".stExpander summary").all():
        folded.click()
    expect(page.get_by_alt_text("What the code draws").last).to_be_visible()


PAGE_SCREENS: Final[Mapping[str, Callable[[Page], None]]] = MappingProxyType(
    {
        "draw-empty": open_page,
        "draw": draw,
        "draw-two": draw_two,
        "draw-number": draw_number,
        "draw-scribble": draw_scribble,
        "draw-tiny": draw_tiny,
        "draw-offline": draw_offline,
        "draw-correct": draw_correct,
        "present-empty": present_empty,
        "present": present,
        "present-number": present_number,
        "why": why,
        "why-more": why_more,
        "type": type_a_digit,
        "picture": picture,
        "picture-read": picture_read,
        "my-hand": my_hand,
        "my-hand-begun": my_hand_begun,
        "my-hand-result": my_hand_result,
        "my-hand-taught": my_hand_taught,
        "my-hand-why": my_hand_why,
        "mistakes": mistakes,
        "mistakes-map": mistakes_map,
        "mistake": mistake,
        "mistake-why": mistake_why,
        **{f"lesson-{number}": lesson(number) for number in range(1, 10)},
        "lesson-card": lesson_card,
        "lesson-by-heart": lesson_by_heart,
        "lesson-few": lesson(6, "&n_train=60"),
        "lesson-word": lesson_word,
        "lesson-code": lesson_code,
    }
)
"""Opens each, by its name."""
