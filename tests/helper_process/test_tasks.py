"""Work shared, kept, and nobody waits for another one's whims."""

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path

import pytest

from digits_app.helper_process.helper import HelperDiedError
from digits_app.helper_process.tasks import N_HELPERS, Helpers, Shelf, Task
from tests.helper_process import works

PATIENCE = 300


class Office(Helpers):
    """Helpers that can be kept busy."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._all = list(self._free)
        self._doors = ExitStack()

    def keep_busy(self) -> None:
        for number in range(N_HELPERS):
            door = Task(works.wait_for, self.folder / f"door {number}")
            self._doors.enter_context(self.ask(f"warden {number}", door))
            while not door.reports:
                assert not door.wait(0.01)

    def open(self) -> None:
        for number in range(N_HELPERS):
            (self.folder / f"door {number}").touch()

    def close(self) -> None:
        self.open()
        self._doors.close()
        self.queue._threads.shutdown(wait=True, cancel_futures=True)
        for helper in self._free:
            helper.end(for_good=True)

    def do(self, task: Task, owner: str = "ann") -> object:
        with self.ask(owner, task):
            assert task.wait(PATIENCE)
        return task.result


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.close()


def adding(a: int = 1, b: int = 2) -> Task[int]:
    return Task(works.add, a, b)


def test_what_is_wished_for_is_done_and_stays(office):
    task = adding()
    assert not task.is_over
    assert office.do(task) == 3
    office.keep_busy()
    assert office.do(task, "ben") == 3


def test_how_far_it_is_can_be_seen_meanwhile(office, tmp_path):
    task = Task(works.wait_for, tmp_path / "go on")
    with office.ask("ann", task):
        while not task.reports:
            assert not task.wait(0.01)
        assert task.has_begun
        (tmp_path / "go on").touch()
        assert task.wait(PATIENCE)
    assert task.reports == ["begun"]


def test_a_long_list_is_done_by_all_helpers_and_lets_others_in_between(office):
    office.keep_busy()
    long = [adding(number, 0) for number in range(20)]
    with office.ask("a class", *long):
        assert office.queue.n_waiting <= N_HELPERS
        short = adding(40, 2)
        with office.ask("ann", short):
            office.open()
            assert short.wait(PATIENCE)
            assert not long[-1].is_over
        assert all(task.wait(PATIENCE) for task in long)
    assert [task.result for task in long] == list(range(20))


def test_of_a_long_list_nothing_more_is_begun_when_nobody_waits(office, tmp_path):
    office.keep_busy()
    long = [adding(number, 0) for number in range(20)]
    with office.ask("a class", *long):
        pass
    office.open()
    assert office.do(adding()) == 3
    assert all(task.is_left and not task.has_begun for task in long)


def test_those_who_ask_for_the_same_share_it(office):
    office.keep_busy()
    task = adding()
    with office.ask("ann", task), office.ask("ben", task):
        assert office.queue.n_waiting == 1
        office.open()
        assert task.wait(PATIENCE)


def test_what_nobody_waits_for_is_not_begun(office):
    office.keep_busy()
    task = adding()
    with office.ask("ann", task):
        with office.ask("ben", task):
            pass
        assert not task.is_left
    assert task.is_left
    with office.ask("ann", task):
        assert not task.wait(0.01)
        assert not task.has_begun
        office.open()
        assert task.wait(PATIENCE)


def test_an_older_run_of_the_same_page_takes_nothing_from_the_newer(office):
    """Streamlit begins a new run of a page before the old one has noticed."""
    office.keep_busy()
    task, other = adding(), adding(5, 5)
    with ExitStack() as newer:
        with office.ask("ann", task):
            newer.enter_context(office.ask("ann", task))
        assert not task.is_left
    with ExitStack() as newer:
        with office.ask("ann", task):
            newer.enter_context(office.ask("ann", other))
            with pytest.raises(CancelledError):
                task.wait(PATIENCE)
        assert not other.is_left
        office.open()
        assert other.wait(PATIENCE)


def test_many_wishes_of_one_do_not_hold_another_up(office):
    office.keep_busy()
    wishes = [adding(number, 0) for number in range(20)]
    modest = adding()
    with ExitStack() as open_pages:
        for wish in wishes:
            open_pages.enter_context(office.ask("greedy", wish))
        open_pages.enter_context(office.ask("modest", modest))
        office.open()
        assert modest.wait(PATIENCE)
        # Only the last of the many wishes still counts.
        assert wishes[-1].wait(PATIENCE)
        assert all(wish.is_left for wish in wishes[:-1])


def test_an_error_reaches_who_asked_and_asking_again_begins_anew(office):
    task = Task(works.fail, "no such digit")
    for _ in range(2):
        with office.ask("ann", task), pytest.raises(ValueError, match="no such digit"):
            task.wait(PATIENCE)
        assert task.is_left
    assert office.do(adding()) == 3


def test_a_helper_that_dies_once_is_replaced_and_nobody_notices(office, tmp_path):
    (tmp_path / "deaths").mkdir()
    task = Task(works.die, tmp_path / "deaths", 1)
    assert office.do(task) == "alive"
    assert task.reports == [1]


def test_what_kills_every_helper_is_told(office, tmp_path):
    (tmp_path / "deaths").mkdir()
    task = Task(works.die, tmp_path / "deaths", 99)
    with office.ask("ann", task), pytest.raises(HelperDiedError):
        task.wait(PATIENCE)
    assert office.do(adding()) == 3


def test_who_waits_when_the_server_ends_sees_no_error(office, tmp_path):
    task = Task(works.wait_for, tmp_path / "never")
    with office.ask("ann", task):
        while not task.reports:
            assert not task.wait(0.01)
        for helper in list(office._all):
            helper.end(for_good=True)
        with pytest.raises(CancelledError):
            task.wait(PATIENCE)


def test_only_one_helper_is_started_where_one_is_enough(office):
    for number in range(5):
        office.do(adding(number))
    assert [helper.process_id is not None for helper in office._free].count(True) == 1


def test_a_shelf_keeps_the_latest(office):
    shelf = Shelf[int](max_kept=2)
    first = shelf.find("first", works.add, 1, 0)
    office.do(first)
    assert shelf.find("first", works.add, 1, 0) is first
    for number in (2, 3):
        office.do(shelf.find(number, works.add, number, 0))
    assert shelf.find("first", works.add, 1, 0) is not first


def test_what_was_given_up_pushes_nothing_off_the_shelf(office):
    shelf = Shelf[int](max_kept=2)
    kept = shelf.find("kept", works.add, 1, 0)
    office.do(kept)
    office.keep_busy()
    for number in range(9):
        with office.ask("greedy", shelf.find(number, works.add, number, 0)):
            pass
    assert shelf.find("kept", works.add, 1, 0) is kept


def test_who_keeps_a_result_does_not_keep_what_it_was_made_of(office):
    task = Task(works.add, 10**30, 1)
    office.do(task)
    assert task._call == (works.add, ())
