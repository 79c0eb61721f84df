"""Who is answered next: by order and priority alone, never by the clock."""

import threading
from collections.abc import Callable

from digits_app.pages.draw.turns import (
    LEAST_PAUSE,
    MOST,
    SHARE_IN_BETWEEN,
    STILL_DRAWING,
    USUAL,
    Turns,
)


def in_thread(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def wait_for_line(turns: Turns, length: int) -> None:
    """Wait until so many threads stand in the line."""
    while len(turns._line) < length:
        threading.Event().wait(0.001)


def test_complete_answers_come_first_come_first_served():
    turns, order = Turns(), []

    def visit(name: str) -> None:
        with turns.take():
            order.append(name)

    threads = []
    with turns.take():
        for number, name in enumerate("abcde", start=1):
            threads.append(in_thread(lambda name=name: visit(name)))
            wait_for_line(turns, number)
    for thread in threads:
        thread.join()
    assert order == list("abcde")


def test_an_answer_in_between_is_left_out_while_somebody_has_the_turn():
    turns = Turns()
    with turns.take(), turns.take_between("visitor") as mine:
        assert not mine


def test_an_answer_in_between_is_given_where_nobody_waits():
    turns = Turns()
    with turns.take_between("visitor") as mine:
        assert mine
    with turns.take():
        pass


def test_who_lifted_the_pen_goes_before_who_asks_in_between():
    turns, order = Turns(), []
    ready = threading.Event()

    def lift() -> None:
        with turns.take():
            order.append("lifted")

    def ask() -> None:
        ready.wait()
        with turns.take_between("visitor") as mine:
            order.append("between" if mine else "left out")

    with turns.take():
        lifted, asking = in_thread(lift), in_thread(ask)
        wait_for_line(turns, 1)
        ready.set()
    lifted.join()
    asking.join()
    assert order[0] == "lifted" or order == ["left out", "lifted"]


def test_one_who_fails_hands_the_turn_on():
    turns = Turns()
    for taken in (turns.take, lambda: turns.take_between("visitor")):
        try:
            with taken():
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    with turns.take_between("visitor") as mine:
        assert mine


def test_the_more_draw_the_longer_each_pauses():
    now = 0.0
    turns = Turns(clock=lambda: now, stopwatch=lambda: 0.0)
    assert turns.pause() == LEAST_PAUSE
    turns._seconds_between = USUAL
    for number in range(50):
        # All have asked, none is answered.
        with turns.take(), turns.take_between(f"visitor {number}") as mine:
            assert not mine
    assert turns.pause() == 50 * USUAL / SHARE_IN_BETWEEN
    now = STILL_DRAWING + 1
    assert turns.pause() == LEAST_PAUSE


def test_the_first_answer_which_loads_everything_does_not_slow_down_the_next():
    used = iter([0.0, 12.0])
    turns = Turns(stopwatch=lambda: next(used))
    with turns.take_between("visitor"):
        pass
    assert turns.pause() <= MOST / SHARE_IN_BETWEEN
