"""A class as its teacher and its pupils live through it."""

import asyncio
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from digits_app.classroom.joining import link_of
from tests.classroom.conftest import postgres  # noqa: F401
from tests.e2e.drawing import (
    Fingers,
    Strokes,
    expect_none,
    expect_run_done,
    still_box,
    wait_until,
)
from tests.e2e.test_accessibility import expect_no_findings
from tests.e2e.test_forced_colours import expect_to_stand_out
from tests.e2e.test_widths import CUT_WORDS
from tests.support.classes import hands, write_sign
from tests.support.classmate import Classmate, write_all
from tests.support.serving import Server, free_port, run_server
from tests.support.unipen import UnipenSign

LONG = 300_000
"""Milliseconds for what takes a whole class' time, or a training for each of six."""

MATES_SECONDS = 500
"""What those without a browser may take to write all of it."""

SCREENS = {
    "phone": (390, 844),
    "tablet": (820, 1180),
    "laptop": (1280, 800),
    "wall": (1920, 1080),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with run_server(tmp_path_factory.mktemp("class") / "log") as server:
        yield server


@pytest.fixture(scope="module")
def hand() -> list[UnipenSign]:
    """The digits of one writer."""
    return hands(1)[0]


@pytest.fixture
def open_device(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page on a device of its own, whose page must not fail."""
    errors: list[str] = []
    with ExitStack() as stack:

        def open_device(width: int = 1280, height: int = 800, **options) -> Page:
            context: BrowserContext = stack.enter_context(
                browser.new_context(viewport={"width": width, "height": height}, **options)
            )
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            return page

        yield open_device
    assert errors == []


@pytest.fixture
def open_phone(open_device) -> Callable[[], Page]:
    return lambda: open_device(390, 844, has_touch=True, is_mobile=True)


def start_class(page: Page, address: str) -> tuple[str, str]:
    """Start a class; its code and the teacher's key."""
    page.goto(f"{address}/class")
    page.get_by_role("button", name="Start a class").click()
    expect(page.get_by_role("heading", name="Scan the square")).to_be_visible()
    spelled = page.get_by_role("img", name=re.compile("^Code: ")).get_attribute(
        "aria-label"
    )
    page.wait_for_function("() => localStorage.getItem('digit-class-teacher')")
    key = page.evaluate("JSON.parse(localStorage.getItem('digit-class-teacher'))")
    return spelled.removeprefix("Code: ").replace(" ", ""), key


def join(phone: Page, address: str, key: str) -> str:
    """Scan the square; the animal that the phone has become."""
    phone.goto(f"{address}/class#join={link_of(key)}")
    heading = phone.get_by_role("heading", name="You are the")
    expect(heading).to_be_visible()
    return heading.inner_text().removeprefix("You are the").strip()


def begin(phone: Page) -> None:
    phone.get_by_role("button", name="Start", exact=False).click()
    expect(phone.get_by_text("1 of 20")).to_be_visible()
    expect_run_done(phone)


def draw(phone: Page, strokes: Strokes) -> None:
    box = still_box(phone.get_by_role("img", name="Drawing area"))
    scale = box["width"] / 280
    with Fingers(phone) as fingers:
        for stroke in strokes:
            points = [(box["x"] + x * scale, box["y"] + y * scale) for x, y in stroke[::3]]
            fingers.send("touchStart", points[0])
            for point in points[1:]:
                fingers.send("touchMove", point)
            fingers.send("touchEnd")


def write(phone: Page, hand: list[UnipenSign], n_digits: int) -> None:
    """Answer so many prompts, without waiting for the server."""
    for _ in range(n_digits):
        prompt = phone.get_by_role("heading", name="Write a")
        asked = prompt.locator(".digit").inner_text()
        before = phone.locator(".count").inner_text()
        draw(phone, next(sign for sign in hand if sign.label == asked).on_canvas)
        phone.get_by_role("button", name="Next").click()
        if before != "20 of 20":
            expect(phone.locator(".count")).not_to_have_text(before)


def outbox(phone: Page) -> int:
    """How many digits the phone keeps that are not confirmed."""
    return phone.evaluate(
        "Object.entries(localStorage).filter(([k]) => k.startsWith('digit-class-outbox'))"
        ".reduce((n, [, v]) => n + JSON.parse(v).digits.length, 0)"
    )


def expect_all_sent(phone: Page) -> None:
    phone.wait_for_function(
        "() => Object.entries(localStorage)"
        ".filter(([k]) => k.startsWith('digit-class-outbox'))"
        ".every(([, v]) => !JSON.parse(v).digits.length)"
    )


def expect_told_of_the_end(page: Page) -> None:
    """It says so, and still does when the page has run again to forget the key."""
    page.wait_for_function(
        "() => !['teacher', 'pupil'].some((w) => localStorage.getItem(`digit-class-${w}`))"
    )
    expect(page.get_by_text("This class has ended")).to_be_visible()


def go(page: Page, button: str, heading: str) -> None:
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def big(page: Page, digit: int) -> Locator:
    """A big digit of the wall."""
    return page.get_by_role("button", name=re.compile(rf"makes? an? {digit}: look"))


def on_wall(page: Page) -> Locator:
    return page.locator(".cnt b")


def test_from_the_square_to_the_end(server: Server, open_device, open_phone, hand):
    teacher, phone = open_device(1920, 1080), open_phone()
    code, key = start_class(teacher, server.address)
    expect(teacher.get_by_text("Nobody is in yet")).to_be_visible()

    assert join(phone, server.address, key) == "green otter"
    expect(phone).not_to_have_url(re.compile("#"))
    expect(phone.get_by_text("until tomorrow")).to_be_visible()
    expect(teacher.get_by_text("Just in: the green otter")).to_be_visible()

    late = open_phone()
    late.goto(f"{server.address}/class")
    late.get_by_label("The code").fill("xxxxxx")
    late.get_by_role("button", name="Join").click()
    expect(late.get_by_text("No class with an open door")).to_be_visible()
    expect_run_done(late)
    late.get_by_label("The code").fill(code.lower())
    late.get_by_role("button", name="Join").click()
    expect(late.get_by_role("heading", name="You are the yellow whale")).to_be_visible()

    go(teacher, "Open the wall", "Our wall")
    begin(phone)
    phone.get_by_role("button", name="Next").click()
    expect(phone.get_by_text("Nothing is written yet")).to_be_visible()
    write(phone, hand, 1)
    expect(phone.get_by_text(re.compile("is on the wall|waits for"))).to_be_visible()
    write(phone, hand, 19)
    expect(phone.get_by_role("heading", name="digits read right")).to_be_visible()
    expect(teacher.get_by_text("2 are in, 1 done")).to_be_visible()

    # A tile is looked at, and hidden, with the keyboard alone.
    shown = int(on_wall(teacher).inner_text())
    filled = teacher.get_by_role("button", name=re.compile("^[1-9].* look at them"))
    filled.first.focus()
    teacher.keyboard.press("Enter")
    dialog = teacher.get_by_role("dialog")
    hide = dialog.get_by_role("button", name="Hide", exact=True).first
    expect(hide).to_be_visible()
    # On a slow server it is hidden, too, though the dialog is closed before it answers.
    server.process.send_signal(signal.SIGSTOP)
    hide.click()
    teacher.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    server.process.send_signal(signal.SIGCONT)
    expect(on_wall(teacher)).to_have_text(str(shown - 1))

    go(teacher, "What it makes of us", "What the network makes of us")
    expect(teacher.get_by_text(re.compile(r"of our \d+"))).to_be_visible()
    teacher.get_by_role("button", name="Our data set").click()
    example = teacher.get_by_role("dialog").locator("pre")
    expect(example).to_have_attribute("tabindex", "0")  # keys scroll it where it is cut
    with teacher.expect_download() as download:
        teacher.get_by_role("dialog").get_by_role("button", name="Everything").click()
    assert download.value.suggested_filename.endswith(".zip")
    teacher.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(teacher.get_by_role("dialog")).to_have_count(0)

    phone.get_by_role("button", name="Go on in My hand").click()
    expect(phone.get_by_role("heading", name="How well it reads your hand")).to_be_visible()
    phone.goto(f"{server.address}/class")
    phone.get_by_role("button", name="Take mine out").click()
    phone.get_by_role("button", name="Erase mine").click()
    expect(phone.get_by_text("Your digits were taken out")).to_be_visible()

    teacher.get_by_role("button", name="End the class").click()
    teacher.get_by_role("button", name="Erase everything").click()
    expect(teacher.get_by_text("everything in it was erased")).to_be_visible()
    teacher.wait_for_function("() => !localStorage.getItem('digit-class-teacher')")
    begin(late)
    draw(late, hand[0].on_canvas)
    late.get_by_role("button", name="Next").click()
    expect_told_of_the_end(late)
    expect_all_sent(late)  # of what has ended the phone keeps nothing
    log = server.log.read_text()
    for secret in (code, key, link_of(key)):
        assert secret.partition("-")[2] or secret not in log
        assert secret not in log


def test_a_phone_that_comes_back_is_the_same_pupil(
    server: Server, open_device, open_phone, hand
):
    teacher, phone = open_device(), open_phone()
    _, key = start_class(teacher, server.address)
    assert join(phone, server.address, key) == "green otter"
    begin(phone)
    write(phone, hand, 3)
    draft = hand[0].on_canvas
    draw(phone, draft)
    expect_all_sent(phone)
    # Another tab, by the link again, and the first one closed.
    again = phone.context.new_page()
    phone.close()
    again.goto(f"{server.address}/class#join={link_of(key)}")
    expect(again.get_by_text("4 of 20")).to_be_visible()
    expect(again.get_by_role("heading", name="Write a")).to_be_visible()
    again.get_by_role("button", name="Next").click()  # what was begun is still there
    expect(again.get_by_text("5 of 20")).to_be_visible()
    expect(teacher.locator(".in .cnt b")).to_have_text("1")
    # The teacher's link opens the class on another device.
    other = open_device()
    other.goto(f"{server.address}/class?view=wall#teach={key}")
    expect(other.get_by_text("1 is in, 0 done")).to_be_visible()
    # It notices when the class ends on the first one, and so does who has it still open.
    teacher.get_by_role("button", name="End the class").click()
    teacher.get_by_role("button", name="Erase everything").click()
    expect_told_of_the_end(other)
    again.reload()
    expect_told_of_the_end(again)


def test_a_closed_door_keeps_newcomers_out(server: Server, open_device, open_phone):
    teacher, phone = open_device(), open_phone()
    _, key = start_class(teacher, server.address)
    teacher.get_by_role("button", name="Close the door").click()
    expect(teacher.get_by_role("heading", name="The door is closed")).to_be_visible()
    phone.goto(f"{server.address}/class#join={link_of(key)}")
    expect(phone.get_by_text("closed the door")).to_be_visible()


@pytest.mark.parametrize(
    ("kind", "n_phones", "n_others"), [("sqlite", 2, 28), ("postgresql", 1, 7)]
)
def test_a_kill_in_the_middle_loses_and_doubles_nothing(
    kind: str,
    n_phones: int,
    n_others: int,
    request,
    tmp_path: Path,
    open_device,
    open_phone,
    hand,
):
    """Phones write on while there is no server, beside others without a browser."""
    n_pupils = n_phones + n_others
    environment = {}
    if kind == "postgresql":
        environment["DIGITS_STORE"] = request.getfixturevalue("postgres")
    port = free_port()
    with run_server(tmp_path / "first.log", port=port, environment=environment) as first:
        address = first.address
        teacher = open_device()
        _, key = start_class(teacher, address)
        phones = [open_phone() for _ in range(n_phones)]
        for phone in phones:
            join(phone, address, key)
            begin(phone)
            write(phone, hand, 2)
        go(teacher, "Open the wall", "Our wall")
        mates = [Classmate(link_of(key), each) for each in hands(n_others)]
        done: list[object] = []

        async def everybody() -> None:
            await asyncio.gather(
                *(write_all(m, address, 0.3, patience=MATES_SECONDS) for m in mates)
            )

        def run() -> None:
            done.append(asyncio.run(everybody()))

        others = threading.Thread(target=run)
        others.start()
        expect(teacher.get_by_text(f"{n_pupils} are in")).to_be_visible(timeout=LONG)
        # It hears nothing any more, and the phones write on.
        first.process.send_signal(signal.SIGSTOP)
        for phone in phones:
            write(phone, hand, 3)
            assert outbox(phone) >= 3
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    # One is closed with what it has not sent, and opened when the server is there again.
    context = phones[0].context
    phones[0].close()
    with run_server(tmp_path / "second.log", port=port, environment=environment):
        phones[0] = context.new_page()
        phones[0].goto(f"{address}/class")
        for phone in phones:
            expect_all_sent(phone)
            expect(phone.locator(".count")).to_have_text("6 of 20")
            write(phone, hand, 15)
            expect(phone.get_by_role("heading", name="digits read right")).to_be_visible()
        others.join(timeout=MATES_SECONDS)
        assert done == [None]
        expect(teacher.get_by_text(f"{n_pupils} are in, {n_pupils} done")).to_be_visible()

        def counted() -> int:
            """All digits; what waits for a look may come after what is on the wall."""
            held = re.findall(r"(\d+) waits? for your look", teacher.inner_text("body"))
            return int(on_wall(teacher).inner_text()) + sum(map(int, held[:1]))

        wait_until(teacher, lambda: counted() == 20 * n_pupils, "each digit once")


@pytest.fixture(scope="module")
def full_class(server: Server) -> str:
    """The teacher's key of a class in which six have written all of it."""
    from digits_app.classroom.joining import join_by_link
    from digits_app.classroom.joining import start_class as start
    from digits_app.classroom.store import open_store

    store = open_store(server.store)
    _, key = start(store)
    for of_one in hands(6):
        pupil, _ = join_by_link(store, link_of(key))
        for place, sign in enumerate(of_one):
            write_sign(store, pupil, place, sign)
    store.engine.dispose()
    return key


VIEWS = {
    "room": "Scan the square",
    "wall": "Our wall",
    "results": "What the network makes of us",
    "left-out": "Has it seen you?",
}


FORCED_MARKS = {
    "wall": [".who .ok"],
    "results": [".ivb i", ".ivb b"],
    "left-out": [".tb .r3", ".cmp .on"],
}
"""What shows by its colour, and must still be seen where the system sets the colours."""


def open_view(page: Page, server: Server, key: str, view: str) -> None:
    page.goto(f"{server.address}/class?view={view}#teach={key}")
    heading = page.get_by_role("heading", name=VIEWS[view], level=1)
    expect(heading).to_be_visible()
    if view == "left-out":
        expect(page.get_by_text(re.compile("by chance")).first).to_be_visible()
        expect(page.get_by_text("made new from our own digits")).to_be_visible(timeout=LONG)


@pytest.mark.parametrize("view", VIEWS)
def test_a_teachers_page_fits_every_screen_and_axe_finds_nothing(
    server: Server, open_device, full_class: str, view: str
):
    page = open_device()
    open_view(page, server, full_class, view)
    expect_no_findings(page)
    for width, height in SCREENS.values():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("() => document.documentElement.scrollWidth <= innerWidth")
        expect_none(page, CUT_WORDS)
        if view == "wall" and width >= 1280:
            wall = page.get_by_role("group", name="The wall").element_handle()
            is_in_sight = "wall => wall.getBoundingClientRect().bottom <= innerHeight"
            page.wait_for_function(is_in_sight, arg=wall)
    page.emulate_media(forced_colors="active")
    for mark in FORCED_MARKS.get(view, []):
        expect_to_stand_out(page.locator(mark).first)


def test_axe_finds_nothing_on_a_pupils_phone(server: Server, open_device, hand):
    phone = open_device(390, 844, has_touch=True, is_mobile=True)
    teacher = open_device()
    _, key = start_class(teacher, server.address)
    phone.goto(f"{server.address}/class")
    expect(phone.get_by_role("button", name="Join")).to_be_visible()
    expect_no_findings(phone)
    join(phone, server.address, key)
    expect_no_findings(phone)
    begin(phone)
    write(phone, hand, 1)
    expect_no_findings(phone)
    write(phone, hand, 19)
    expect(phone.get_by_role("heading", name="digits read right")).to_be_visible()
    expect_no_findings(phone)


# Whether a link lies on the smallest screen, with all of its words.
FITS = """link => {
  const [{ left, right }, words] = [link.getBoundingClientRect(), link.querySelector("p")];
  const hasItsWords = words.scrollWidth <= words.clientWidth;
  return 0 <= left && left < right && right <= 320 && hasItsWords;
}"""


def test_five_tabs_fit_on_the_smallest_phone(server: Server, open_device):
    phone = open_device(320, 640, has_touch=True, is_mobile=True)
    phone.goto(f"{server.address}/class")
    for name in ("Draw", "My hand", "Mistakes", "Lesson", "Class"):
        link = phone.get_by_role("link", name=name, exact=False).filter(visible=True).first
        expect(link).to_be_visible()
        wait_until(phone, lambda link=link: link.evaluate(FITS), name)


def test_has_it_seen_you_names_nobody_until_the_teacher_does(
    server: Server, open_device, full_class: str
):
    page = open_device()
    open_view(page, server, full_class, "left-out")
    rows = page.get_by_role("row")
    expect(rows).to_have_count(7)
    expect(page.get_by_text("green otter")).to_have_count(0)
    page.get_by_text("Show the animals").click()
    expect(page.get_by_text("green otter")).to_be_visible()
    five = re.compile(r"^(\D*\d+%){5}\D*$", re.DOTALL)
    expect(rows.filter(has_text=five)).to_have_count(6)
    page.get_by_role("radio", name="by chance").click()
    expect(
        page.get_by_text("By chance, it learns from some of your digits")
    ).to_be_visible()
