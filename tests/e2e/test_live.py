"""Answers while the pen is down, and pens that do not behave."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.drawing import (
    SEVEN,
    Fingers,
    answer,
    canvas,
    draw_with_finger,
    draw_with_mouse,
    drawn_ink,
    expect_ink,
    expect_more_ink,
    expect_reading,
    expect_strokes,
    ink,
    invitation,
    move_pen,
    on_screen,
    open_page,
    settle,
    still_box,
    stored_strokes,
)

ONE = [[(140, 40), (140, 90), (140, 140), (140, 190), (140, 240)]]
BASE = [(60, 230), (140, 230), (220, 230)]

# Notes what the large digit shows, at every change of the page.
WATCH_THE_DIGIT = """() => {
  window.digits = [];
  const digit = () => document.querySelector("[aria-label=Answer] .digit")?.innerText;
  new MutationObserver(() => digits.push(
    digit()?.replace(/[^0-9?]/g, "") ?? "nothing"
  )).observe(document.body, { childList: true, subtree: true });
}"""


# Lets so many frames go by.
FRAMES = """n => new Promise(done => {
  const next = () => n-- > 0 ? requestAnimationFrame(next) : done();
  next();
})"""

# Counts the drawings that the page lets its Worker read, and those that were read.
WATCH_THE_READER = """
  window.asked = window.read = 0;
  const Native = window.Worker;
  window.Worker = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (data.reading?.network) read += 1;
      });
    }
    postMessage(message, ...rest) {
      if (message.read) asked += 1;
      super.postMessage(message, ...rest);
    }
  };
"""


def press_pen(page: Page, points: list[tuple[float, float]]) -> None:
    """Put the mouse down and move it, without lifting."""
    first, *rest = on_screen(page, points)
    page.mouse.move(*first)
    page.mouse.down()
    for point in rest:
        page.mouse.move(*point, steps=5)


def test_the_answer_comes_while_the_pen_is_down_and_the_rest_when_it_lifts(page: Page):
    open_page(page)
    press_pen(page, SEVEN[0])
    expect(answer(page)).to_have_text("7")
    saw = page.get_by_role("heading", name="What the network saw")
    expect(saw).to_have_count(0)
    page.mouse.up()
    expect(saw).to_be_visible()
    expect(answer(page)).to_have_text("7")
    expect(page.get_by_role("status")).to_contain_text("it is a 7")


def test_what_was_read_before_the_pen_lifts_is_not_read_once_more(page: Page):
    page.add_init_script(WATCH_THE_READER)
    open_page(page)
    expect(page.locator("body[data-reads]")).to_be_attached()
    first, *rest = on_screen(page, SEVEN[0])
    page.mouse.move(*first)
    for move in (page.mouse.down, *(partial(page.mouse.move, *point) for point in rest)):
        before = page.evaluate("asked")
        move()
        page.wait_for_function("n => asked > n && read === asked", arg=before)
    expect(answer(page)).to_have_text("7")
    asked = page.evaluate("asked")
    page.mouse.up()
    settle(page)
    assert page.evaluate("asked") == asked
    expect(page.get_by_role("heading", name="How the answer changed")).to_be_visible()


def test_nothing_flickers_between_two_answers(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    page.evaluate(WATCH_THE_DIGIT)
    press_pen(page, BASE)
    settle(page)
    page.mouse.up()
    settle(page)
    digits = page.evaluate("digits")
    assert len(digits) > 1
    assert all(re.fullmatch(r"\d\??", digit) for digit in digits), digits


def test_how_the_answer_changed_is_shown(page: Page):
    open_page(page)
    expect(page.locator("body[data-reads]")).to_be_attached()
    first, *rest = on_screen(page, SEVEN[0])
    page.mouse.move(*first)
    page.mouse.down()
    for point in rest:
        page.mouse.move(*point, steps=3)
        settle(page)
    page.mouse.up()
    settle(page)
    expect(page.get_by_role("img", name=re.compile("It first read .* a 7"))).to_be_visible()


def test_a_click_without_a_move_is_a_dot(page: Page):
    open_page(page)
    draw_with_mouse(page, ONE)
    strokes = len(stored_strokes(page))
    ((x, y),) = on_screen(page, [(40, 40)])
    page.mouse.click(x, y)
    settle(page)
    expect_strokes(page, strokes + 1)
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect_strokes(page, strokes)
    expect_reading(page, 1)


def test_the_pen_may_leave_the_canvas_and_the_window(page: Page):
    open_page(page)
    press_pen(page, [(200, 40), (200, 240)])
    page.mouse.move(-30, 400)
    page.mouse.up()
    settle(page)
    expect_strokes(page, 1)
    (stroke,) = stored_strokes(page)
    assert stroke["path"][-1][1] < 0
    draw_with_mouse(page, ONE)
    expect_strokes(page, 2)


def test_a_second_finger_neither_ends_nor_bends_a_stroke(phone: Page):
    open_page(phone)
    draw_with_finger(phone, ONE)
    drawn = drawn_ink(phone)
    phone.get_by_role("button", name="Clear").tap()
    expect(invitation(phone)).to_be_visible()
    settle(phone)
    first, second, third, *rest = on_screen(phone, ONE[0])
    palm, moved = on_screen(phone, [(240, 250), (250, 200)])
    with Fingers(phone) as fingers:
        fingers.send("touchStart", first)
        fingers.send("touchMove", second)
        fingers.send("touchStart", second, palm)
        fingers.send("touchMove", third, moved)
        fingers.send("touchMove", third)
        for point in rest:
            fingers.send("touchMove", point)
        fingers.send("touchEnd")
    settle(phone)
    expect_strokes(phone, 1)
    (stroke,) = stored_strokes(phone)
    assert {round(command[1]) for command in stroke["path"]} <= {139, 140, 141}
    expect_ink(phone, pytest.approx(drawn, rel=0.03))
    expect_reading(phone, 1)


def test_a_palm_that_rests_does_not_stop_the_next_stroke(phone: Page):
    open_page(phone)
    palm, *_ = on_screen(phone, [(250, 250)])
    across = on_screen(phone, BASE)
    down = on_screen(phone, ONE[0])
    with Fingers(phone) as fingers:
        fingers.send("touchStart", down[0])
        fingers.send("touchStart", down[0], palm)
        for point in down[1:]:
            fingers.send("touchMove", point, palm)
        phone.evaluate("() => new Promise(requestAnimationFrame)")
        fingers.lift_first(down[-1])
        fingers.put_first(across[0], palm)
        for point in across[1:]:
            fingers.send("touchMove", point, palm)
        fingers.send("touchEnd")
    settle(phone)
    expect_strokes(phone, 2)
    once = drawn_ink(phone, least=6000)
    phone.reload()
    expect(answer(phone)).to_be_visible()
    settle(phone)
    expect_ink(phone, pytest.approx(once, rel=0.03))


def test_a_palm_that_lay_there_first_gives_way_to_the_pen(phone: Page):
    open_page(phone)
    (palm,) = on_screen(phone, [(240, 250)])
    (moved,) = on_screen(phone, [(250, 240)])
    with Fingers(phone) as fingers:
        fingers.send("touchStart", palm)
        fingers.send("touchMove", moved)
        pen = phone.context.new_cdp_session(phone)
        first, *rest = on_screen(phone, ONE[0])
        for kind, (x, y) in [
            ("mousePressed", first),
            *(("mouseMoved", point) for point in rest),
            ("mouseReleased", rest[-1]),
        ]:
            pen.send(
                "Input.dispatchMouseEvent",
                {
                    "type": kind,
                    "x": x,
                    "y": y,
                    "button": "left",
                    "buttons": 1 if kind != "mouseReleased" else 0,
                    "clickCount": 1,
                    "pointerType": "pen",
                },
            )
        fingers.send("touchEnd")
    settle(phone)
    expect_strokes(phone, 1)
    (stroke,) = stored_strokes(phone)
    assert {round(command[1]) for command in stroke["path"]} <= {139, 140, 141}
    # The canvas shows what the palm drew until it is loaded anew.
    expect_ink(phone, pytest.approx(200 * 20, rel=0.2))
    shown = ink(phone)
    phone.reload()
    expect(answer(phone)).to_have_text("1")
    settle(phone)
    expect_ink(phone, pytest.approx(shown, rel=0.03))


def test_a_cancelled_touch_keeps_its_stroke_and_the_next_one_works(phone: Page):
    open_page(phone)
    with Fingers(phone) as fingers:
        first, *rest = on_screen(phone, SEVEN[0])
        fingers.send("touchStart", first)
        for point in rest:
            fingers.send("touchMove", point)
        fingers.send("touchCancel")
    settle(phone)
    expect_reading(phone, 7)
    drawn = drawn_ink(phone, least=3000)
    draw_with_finger(phone, [BASE])
    expect_strokes(phone, 2)
    expect_more_ink(phone, drawn + 1000)


def test_undo_at_once_takes_the_stroke_back(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    drawn = drawn_ink(page)
    move_pen(page, [BASE])
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect_strokes(page, 1)
    expect_reading(page, 7)
    expect_ink(page, pytest.approx(drawn, rel=0.03))


def test_a_stroke_right_after_clear_is_not_lost(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    page.get_by_role("button", name="Clear").click(no_wait_after=True)
    move_pen(page, ONE)
    settle(page)
    expect(answer(page)).to_have_text("1")
    settle(page)
    expect_strokes(page, 1)
    # The canvas is loaded with what it lacks once the page has run again.
    expect_ink(page, pytest.approx(200 * 20, rel=0.2))


def come_back_to_draw(page: Page) -> None:
    """Go to another page and back."""
    page.get_by_role("link", name="Mistakes", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where it goes wrong")
    page.get_by_role("link", name="Draw", exact=True).click()
    expect(answer(page)).to_have_text(re.compile(r"\d"))
    settle(page)


def test_clear_after_another_page_leaves_nothing(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    settle(page)
    come_back_to_draw(page)
    page.get_by_role("button", name="Clear").click()
    expect(invitation(page)).to_be_visible()
    settle(page)
    expect_strokes(page, 0)
    expect_ink(page, 0)


def test_undo_after_another_page_takes_one_stroke_back(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    draw_with_mouse(page, [BASE])
    settle(page)
    expect_strokes(page, 2)
    seven, _ = stored_strokes(page)
    come_back_to_draw(page)
    page.get_by_role("button", name="Undo").click()
    settle(page)
    expect_strokes(page, 1)
    assert [stroke["path"] for stroke in stored_strokes(page)] == [seven["path"]]


def test_a_tab_that_has_seen_many_drawings_keeps_the_last(page: Page):
    open_page(page)
    draw_with_mouse(page, SEVEN)
    settle(page)
    page.evaluate(
        """() => {
          const kept = JSON.parse(sessionStorage.getItem('digit-draw'));
          kept.known = Array.from({ length: 500 }, (_, number) => `name ${number}`);
          sessionStorage.setItem('digit-draw', JSON.stringify(kept));
        }"""
    )
    page.reload()
    expect(answer(page)).to_have_text("7")
    settle(page)
    expect_strokes(page, 1)
    expect_more_ink(page, 3000)


def test_a_page_left_in_mid_stroke_keeps_what_was_drawn(page: Page):
    open_page(page)
    press_pen(page, SEVEN[0])
    page.get_by_role("link", name="Mistakes").dispatch_event("click")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where it goes wrong")
    page.mouse.up()
    page.get_by_role("link", name="Draw").click()
    expect(answer(page)).to_have_text("7")
    settle(page)
    expect_more_ink(page, 3000)


def test_a_canvas_taken_down_in_mid_stroke_spoils_no_point(page: Page):
    open_page(page)
    press_pen(page, SEVEN[0])
    canvas(page).evaluate("canvas => (canvas.style.display = 'none')")
    page.mouse.move(400, 400)
    page.mouse.up()
    settle(page)
    expect_strokes(page, 1)
    (stroke,) = stored_strokes(page)
    numbers = [number for command in stroke["path"] for number in command[1:]]
    assert all(isinstance(number, int | float) for number in numbers)
    page.reload()
    expect(answer(page)).not_to_be_empty()
    expect(page.get_by_text("Something went wrong")).to_have_count(0)


def test_a_reload_in_mid_stroke_keeps_what_was_drawn(page: Page):
    open_page(page)
    press_pen(page, SEVEN[0])
    page.reload()
    page.mouse.up()
    expect(answer(page)).to_have_text("7")
    settle(page)
    expect_more_ink(page, 3000)


def test_show_me_one_draws_a_digit_and_it_is_read(page: Page):
    open_page(page)
    page.get_by_role("button", name="Show me one").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("it is a 3")
    settle(page)
    expect_more_ink(page, 3000)
    page.get_by_role("button", name="Show me one").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("it is an 8")


def test_a_hand_on_the_canvas_stops_the_demonstration(page: Page):
    open_page(page)
    page.get_by_role("button", name="Show me one").click()
    page.wait_for_function("() => document.body.hasAttribute('data-drawn')")
    move_pen(page, [BASE])
    settle(page)
    expect_strokes(page, 2)
    # What would follow of the demonstration follows within as many frames.
    page.evaluate(FRAMES, 90)
    expect_strokes(page, 2)


def test_the_cursor_is_a_ring_as_wide_as_the_pen(page: Page):
    open_page(page)

    def ring() -> int:
        cursor = canvas(page).evaluate("element => getComputedStyle(element).cursor")
        found = re.search(r"width%3D%22(\d+)%22", cursor)
        assert found, cursor
        return int(found[1])

    scale = still_box(canvas(page))["width"] / 280
    assert ring() == pytest.approx(20 * scale, abs=5)
    page.get_by_role("radio", name="Thick").click()
    assert ring() == pytest.approx(30 * scale, abs=5)
