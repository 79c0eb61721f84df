"""How each page and dialog of a class is reached: thirty real hands are on its wall."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from playwright.sync_api import Page, expect

from benchmarks.screens_of_pages import dialog
from digits_app.classroom.ending import end_class
from digits_app.classroom.joining import join_by_link, link_of, start_class
from digits_app.classroom.store import open_store
from digits_app.classroom.wall import N_PROMPTS
from digits_app.my_hand.prompts import prompts
from tests.support.classes import hands, write_sign
from tests.support.serving import Server
from tests.support.unipen import load_unipen

N_PUPILS: Final = 30
N_LETTERS: Final = 3
"""So many write a letter, which the guard holds back."""

PUPIL: Final = "digit-class-pupil"
"""Where a phone keeps its key, see `keeper.js`."""


@dataclass(frozen=True)
class FullClass:
    """Keys of classes in which somebody is.

    Attributes
    ----------
    teacher : str
        Of the class whose wall is full.
    pupil : str
        Of one of its pupils, who is done.
    newcomers : str
        The link of another class.
    ended : str
        A pupil's key of a class that has ended.
    """

    teacher: str
    pupil: str
    newcomers: str
    ended: str


def fill_class(server: Server) -> FullClass:
    """Let thirty people write: most are done, some are not."""
    store = open_store(server.store)
    _, teacher = start_class(store)
    letters = [sign for sign in load_unipen("others") if sign.label in "ABEGKMRW"]
    done = ""
    for number, hand in enumerate(hands(N_PUPILS)):
        pupil, key = join_by_link(store, link_of(teacher))
        n_digits = N_PROMPTS if number % 3 else 6 + number % 11
        done = done or (key if n_digits == N_PROMPTS else "")
        for place, label in enumerate(prompts(pupil.id % 10_000)[:n_digits]):
            mine = [sign for sign in hand if sign.label == str(label)] or hand
            sign = mine[place % len(mine)]
            if place == 2 and number < N_LETTERS:
                sign = letters[number]
            write_sign(store, pupil, place, sign, label)
    _, others = start_class(store)
    ending, gone = start_class(store)
    _, ended = join_by_link(store, link_of(gone))
    end_class(store, ending.id)
    store.engine.dispose()
    return FullClass(teacher, done, link_of(others), ended)


def heading(page: Page, name: str) -> None:
    """Wait for a heading."""
    expect(page.get_by_role("heading", name=name).first).to_be_visible()


def door(page: Page, _: FullClass) -> None:
    """The way into a class."""
    page.goto("/class")
    expect(page.get_by_role("button", name="Start a class")).to_be_visible()


def door_complains(page: Page, _: FullClass) -> None:
    """A code that leads nowhere."""
    page.goto("/class")
    page.get_by_label("The code").fill("xxxxxx")
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("No class with an open door")).to_be_visible()


def lobby(page: Page, _: FullClass) -> None:
    """The square and the code of a new class."""
    page.goto("/class")
    page.get_by_role("button", name="Start a class").click()
    heading(page, "Scan the square")


def view(name: str, title: str) -> Callable[[Page, FullClass], None]:
    """One of the teacher's views."""

    def show(page: Page, a_class: FullClass) -> None:
        page.goto(f"/class?view={name}#teach={a_class.teacher}")
        heading(page, title)
        page.wait_for_timeout(1500)

    return show


def new_wall(page: Page, a_class: FullClass) -> None:
    """The wall before anything is on it."""
    lobby(page, a_class)
    page.get_by_role("button", name="Open the wall").click()
    heading(page, "Our wall")


def wall_of_pixels(page: Page, a_class: FullClass) -> None:
    """The wall as 8x8 numbers."""
    view("wall", "Our wall")(page, a_class)
    page.get_by_role("radio", name="8 × 8").click()
    page.wait_for_timeout(1000)


def held(page: Page, a_class: FullClass) -> None:
    """What waits for the teacher's look."""
    view("wall", "Our wall")(page, a_class)
    page.get_by_role("button", name="on my screen").click()
    expect(dialog(page).get_by_role("button", name="Show").first).to_be_visible()


def tiles(page: Page, a_class: FullClass) -> None:
    """The small digits of a big one."""
    view("wall", "Our wall")(page, a_class)
    page.get_by_role("button", name="a 3: look").focus()
    page.keyboard.press("Enter")
    expect(dialog(page).get_by_role("button", name="Hide").first).to_be_visible()


def data_set(page: Page, a_class: FullClass) -> None:
    """Our data set."""
    view("results", "What the network makes of us")(page, a_class)
    page.get_by_role("button", name="Our data set").click()
    expect(dialog(page).get_by_role("button", name="Everything")).to_be_visible()


def left_out(page: Page, a_class: FullClass) -> None:
    """Everybody is left out once."""
    view("left-out", "Has it seen you?")(page, a_class)
    expect(page.get_by_text("made new from our own digits")).to_be_visible()


def left_out_named(page: Page, a_class: FullClass) -> None:
    """The same, by chance, with animals."""
    left_out(page, a_class)
    page.get_by_text("Show the animals").click()
    page.get_by_role("radio", name="by chance").click()
    expect(page.get_by_text("By chance, it learns")).to_be_visible()


def ending(page: Page, a_class: FullClass) -> None:
    """Whether to end the class."""
    view("wall", "Our wall")(page, a_class)
    page.get_by_role("button", name="End the class").click()
    expect(dialog(page).get_by_role("button", name="Erase everything")).to_be_visible()


def hello(page: Page, a_class: FullClass) -> None:
    """A pupil has scanned the square."""
    page.goto(f"/class#join={a_class.newcomers}")
    heading(page, "You are the")


def writing(page: Page, a_class: FullClass) -> None:
    """A pupil writes."""
    hello(page, a_class)
    page.get_by_role("button", name="Start").click()
    box = page.get_by_role("img", name="Drawing area").bounding_box()
    assert box is not None
    for number in range(2):
        for place, point in enumerate([(0.3, 0.2), (0.7, 0.2), (0.45, 0.8)]):
            x, y = box["x"] + point[0] * box["width"], box["y"] + point[1] * box["height"]
            page.mouse.move(x, y, steps=5)
            if place == 0:
                page.mouse.down()
        page.mouse.up()
        if number == 0:
            page.get_by_role("button", name="Next").click()
            expect(page.locator(".count")).to_have_text("2 of 20")
            page.wait_for_timeout(1500)


def own_result(page: Page, a_class: FullClass) -> None:
    """A pupil is done."""
    _as_pupil(page, a_class.pupil)
    heading(page, "digits read right")


def take_out(page: Page, a_class: FullClass) -> None:
    """Whether to take one's own digits out."""
    own_result(page, a_class)
    page.get_by_role("button", name="Take mine out").click()
    expect(dialog(page).get_by_role("button", name="Erase mine")).to_be_visible()


def ended(page: Page, a_class: FullClass) -> None:
    """The class of a pupil has ended."""
    _as_pupil(page, a_class.ended)
    expect(page.get_by_text("This class has ended")).to_be_visible()


def lesson_of_class(page: Page, a_class: FullClass) -> None:
    """The lesson with the digits of the class."""
    page.goto(f"/class?view=wall#teach={a_class.teacher}")
    heading(page, "Our wall")
    page.wait_for_function("() => localStorage.getItem('digit-class-teacher')")
    page.goto("/lesson?step=6&digits=our-class")
    expect(page.get_by_role("button", name="Python script")).to_be_visible()


def _as_pupil(page: Page, key: str) -> None:
    page.goto("/class")
    page.evaluate(
        "([name, key]) => localStorage.setItem(name, JSON.stringify(key))", [PUPIL, key]
    )
    page.reload()


CLASS_SCREENS: Final[Mapping[str, Callable[[Page, FullClass], None]]] = MappingProxyType(
    {
        "class-door": door,
        "class-door-complains": door_complains,
        "class-lobby": lobby,
        "class-room": view("room", "Scan the square"),
        "class-new-wall": new_wall,
        "class-wall": view("wall", "Our wall"),
        "class-wall-pixels": wall_of_pixels,
        "class-held": held,
        "class-tiles": tiles,
        "class-results": view("results", "What the network makes of us"),
        "class-data-set": data_set,
        "pupil-result": own_result,
        "class-left-out": left_out,
        "class-left-out-named": left_out_named,
        "pupil-result-and-row": own_result,
        "class-lesson": lesson_of_class,
        "class-end": ending,
        "pupil-hello": hello,
        "pupil-writing": writing,
        "pupil-take-out": take_out,
        "pupil-ended": ended,
    }
)
"""Opens each, by its name; in this order, for some build on what others worked out."""
