"""A monkey: random strokes, clicks and page switches, and nothing may break.

A run is repeated by its seed. `make monkey` does 1,000 actions.
"""

import os
import random

from playwright.sync_api import Page, expect

from tests.e2e.drawing import SEVEN, answer, canvas, clear, draw_with_mouse, open_page

ACTIONS = int(os.environ.get("MONKEY_ACTIONS", "100"))
SEED = int(os.environ.get("MONKEY_SEED", "1"))

# Middles of all that can be clicked and is in sight.
CLICKABLE = """() => [...document.querySelectorAll(
    'button, a[href], summary, label, [role=radio], [role=tab], [role=slider],' +
    '[role=option], [role=switch], [role=combobox], td, canvas.upper-canvas')]
  .filter(e => !e.closest('[data-testid=stFileUploader], [data-testid=stDownloadButton]'))
  .map(e => e.getBoundingClientRect())
  .map(r => [r.x + r.width / 2, r.y + r.height / 2, r.width * r.height])
  .filter(([x, y, area]) => area > 0 && x > 0 && y > 0 && x < innerWidth && y < innerHeight)
  .map(([x, y]) => [x, y])"""


class Monkey:
    """Does random things to a page."""

    def __init__(self, page: Page, seed: int) -> None:
        self.page = page
        self.chance = random.Random(seed)

    def act(self) -> str:
        """Do one thing and name it."""
        deeds = [
            self.draw,
            self.click,
            self.click,
            self.switch_page,
            self.press,
            self.reload,
        ]
        (deed,) = self.chance.choices(deeds, weights=[8, 4, 4, 3, 1, 0.3])
        deed()
        self.page.wait_for_timeout(self.chance.choice([0, 20, 100, 400]))
        return deed.__name__

    def draw(self) -> None:
        boxes = [handle.bounding_box() for handle in canvas(self.page).element_handles()]
        if not boxes or boxes[0] is None:
            return  # another page, or one that is just changing
        left, top = boxes[0]["x"], boxes[0]["y"]
        for _ in range(self.chance.randint(1, 3)):
            for step in range(self.chance.randint(2, 8)):
                x, y = (self.chance.uniform(-0.05, 1.05) * boxes[0]["width"] for _ in "xy")
                self.page.mouse.move(left + x, top + y)
                if step == 0:
                    self.page.mouse.down()
            self.page.mouse.up()

    def click(self) -> None:
        places = self.page.evaluate(CLICKABLE)
        if places:
            self.page.mouse.click(*self.chance.choice(places))

    def switch_page(self) -> None:
        links = self.page.locator(".st-key-tabs a").element_handles()
        boxes = [box for link in links if (box := link.bounding_box()) is not None]
        if boxes:  # none while the page is just changing
            box = self.chance.choice(boxes)
            self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def press(self) -> None:
        self.page.keyboard.press(
            self.chance.choice(["Tab", "Escape", "ArrowRight", "Enter"])
        )

    def reload(self) -> None:
        self.page.reload()


def test_a_monkey_breaks_nothing(page: Page):
    open_page(page)
    monkey = Monkey(page, SEED)
    done: list[str] = []
    for _ in range(ACTIONS):
        done.append(monkey.act())
        assert page.get_by_test_id("stException").count() == 0, done
        assert page.get_by_text("Something went wrong").count() == 0, done
    page.goto("/")
    expect(canvas(page)).to_be_visible()
    clear(page)
    draw_with_mouse(page, SEVEN)
    expect(answer(page)).to_have_text("7")
