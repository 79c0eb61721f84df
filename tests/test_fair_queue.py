"""Who comes next, when several ask for what takes long."""

from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from threading import Event

import pytest

from digits_app.fair_queue import MAX_QUICK, FairQueue

PATIENCE = 300


class Workshop:
    """A queue whose thread is held up by a first job until the block is left."""

    def __init__(self) -> None:
        self.queue: FairQueue[str] = FairQueue("test")
        self.done: list[str] = []
        self._begun, self._go_on = Event(), Event()
        self.queue.ask("warden", "door", self._hold)
        assert self._begun.wait(PATIENCE)

    def _hold(self) -> str:
        self._begun.set()
        self._go_on.wait(PATIENCE)
        return "open"

    def ask(self, owner: str, wish: str, is_quick: bool = False) -> Future[str]:
        return self.queue.ask(owner, wish, lambda: self._do(wish), is_quick)

    def _do(self, wish: str) -> str:
        self.done.append(wish)
        return wish

    def open(self) -> None:
        self._go_on.set()


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    workshop = Workshop()
    yield workshop
    workshop.open()


def test_sixty_wishes_of_one_hold_nobody_up(workshop: Workshop):
    greedy = [workshop.ask("greedy", f"wish {i}") for i in range(60)]
    modest = workshop.ask("modest", "one")
    workshop.open()
    assert modest.result(PATIENCE) == "one"
    assert greedy[-1].result(PATIENCE) == "wish 59"
    assert workshop.done in (["wish 59", "one"], ["one", "wish 59"])
    assert all(future.cancelled() for future in greedy[:-1])


def test_who_had_the_last_turn_comes_last(workshop: Workshop):
    """The warden had the first turn, so all others come before its next wish."""
    futures = [workshop.ask(who, who) for who in ("warden", "ann", "ben")]
    workshop.open()
    for future in futures:
        future.result(PATIENCE)
    assert workshop.done == ["ann", "ben", "warden"]


def test_the_same_wish_is_done_once_for_all_who_have_it(workshop: Workshop):
    first, second = workshop.ask("ann", "same"), workshop.ask("ben", "same")
    workshop.open()
    assert first.result(PATIENCE) == second.result(PATIENCE) == "same"
    assert workshop.done == ["same"]


def test_what_runs_is_shared_too(workshop: Workshop):
    shared = workshop.ask("ann", "door")
    workshop.open()
    assert shared.result(PATIENCE) == "open"
    assert workshop.done == []


def test_a_shared_wish_stays_while_somebody_has_it(workshop: Workshop):
    shared = workshop.ask("ann", "same")
    workshop.ask("ben", "same")
    workshop.ask("ann", "something else")
    workshop.queue.withdraw("ann")
    assert workshop.queue.n_waiting == 1
    workshop.open()
    assert shared.result(PATIENCE) == "same"
    assert workshop.done == ["same"]


def test_what_nobody_wants_is_not_begun(workshop: Workshop):
    unwanted = workshop.ask("ann", "unwanted")
    workshop.queue.withdraw("ann")
    with pytest.raises(CancelledError):
        unwanted.result(PATIENCE)
    assert workshop.queue.n_waiting == 0


def test_what_is_quick_goes_first_but_not_for_ever(workshop: Workshop):
    long = workshop.ask("ann", "long")
    quick = [workshop.ask(f"quick {i}", f"quick {i}", is_quick=True) for i in range(20)]
    workshop.open()
    for future in (long, *quick):
        future.result(PATIENCE)
    assert workshop.done.index("long") == MAX_QUICK


def test_who_asked_twice_keeps_the_place_until_both_are_given_up(workshop: Workshop):
    """Two runs of one page overlap."""
    twice = workshop.ask("ann", "same")
    assert workshop.ask("ann", "same") is twice
    workshop.queue.withdraw("ann", "same")
    assert not twice.cancelled()
    workshop.queue.withdraw("ann", "same")
    assert twice.cancelled()


def test_asking_again_keeps_the_place(workshop: Workshop):
    first = workshop.ask("ann", "same")
    workshop.ask("ben", "other")
    assert workshop.ask("ann", "same") is first
    workshop.open()
    first.result(PATIENCE)
    assert workshop.done[0] == "same"


def test_an_error_reaches_whoever_asked_and_the_next_is_served(workshop: Workshop):
    failing = workshop.queue.ask("ann", "bad", lambda: str(1 // 0))
    after = workshop.ask("ben", "good")
    workshop.open()
    with pytest.raises(ZeroDivisionError):
        failing.result(PATIENCE)
    assert after.result(PATIENCE) == "good"


def test_two_threads_do_two_things_at_once():
    queue: FairQueue[str] = FairQueue("test", n_threads=2)
    other_begun, go_on = Event(), Event()

    def first() -> str:
        assert other_begun.wait(PATIENCE)
        return "first"

    def second() -> str:
        other_begun.set()
        assert go_on.wait(PATIENCE)
        return "second"

    futures = [queue.ask("ann", "first", first), queue.ask("ben", "second", second)]
    assert futures[0].result(PATIENCE) == "first"
    assert queue.ask("cat", "second", first) is futures[1]
    go_on.set()
    assert futures[1].result(PATIENCE) == "second"
