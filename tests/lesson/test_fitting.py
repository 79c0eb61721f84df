"""Trainings in the background: shared, kept, and nobody waits for another one's whims."""

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import partial

import numpy as np
import pytest

from digits_app.lesson import fitting
from digits_app.lesson.fitting import MAX_KEPT, N_THREADS, Fit, FittingRoom
from digits_app.lesson.running import run_cells
from digits_app.lesson.second_process import Losses, losses_file
from digits_app.lesson.settings import LESSON, LessonSettings
from digits_app.lesson.steps import step
from digits_app.network.classifiers import load_classifier

PATIENCE = 60


class Room(FittingRoom):
    """A room whose trainers can be kept busy."""

    def __init__(self) -> None:
        super().__init__(max_kept=3)
        self.go_on = threading.Event()

    def keep_busy(self) -> None:
        for door in range(N_THREADS):
            begun = threading.Event()
            self.queue.ask(f"warden {door}", f"door {door}", partial(self._hold, begun))
            assert begun.wait(PATIENCE)

    def _hold(self, begun: threading.Event) -> None:
        begun.set()
        self.go_on.wait(PATIENCE)


@pytest.fixture
def room() -> Iterator[Room]:
    """A room of the test's own; what trains when the test ends is waited for."""
    room = Room()
    yield room
    room.go_on.set()
    room.queue._threads.shutdown(wait=True, cancel_futures=True)


def fit(room: FittingRoom, number: int, settings=LESSON, owner="ann"):
    with room.fit(step(number), settings, owner) as fit:
        fitted = fit.wait(PATIENCE)
    assert fitted is not None
    return fitted


def test_a_training_stopped_early_carries_scikit_learns_warning(room):
    fitted = fit(room, 6, LessonSettings(max_iter=5))
    assert "Maximum iterations (5) reached" in fitted.warning
    assert fitted.network.n_iter_ == 5


def test_as_many_iterations_as_it_takes_are_enough(room):
    """At exactly that number the training has converged, and nothing warns."""
    n_iterations = fit(room, 4).network.n_iter_
    assert fit(room, 4, LessonSettings(max_iter=n_iterations)).warning is None
    assert fit(room, 4, LessonSettings(max_iter=n_iterations - 1)).warning is not None


def test_the_loss_can_be_seen_to_fall(room):
    with room.fit(step(6), LESSON, "ann") as running:
        seen = []
        while running.wait(0.01) is None:
            seen.append(running.losses)
        assert running.losses == running.wait(0).network.loss_curve_
    lengths = [len(losses) for losses in seen]
    assert lengths == sorted(lengths)


def test_a_second_training_runs_beside_and_is_the_same(room):
    settings = LessonSettings(max_iter=60)
    here = fit(Room(), 6, settings)
    with fitting._training_here, room.fit(step(6), settings, "ann") as running:
        seen = []
        while (beside := running.wait(0.05)) is None:
            seen.append(len(running.losses))
    assert seen == sorted(seen)
    assert beside.warning == here.warning
    assert beside.network.loss_curve_ == here.network.loss_curve_
    assert len(beside.network.moments_) == len(here.network.moments_)
    outputs = [run_cells(step(6), each.namespace, settings) for each in (here, beside)]
    assert outputs[0] == outputs[1]


def test_the_loss_of_a_training_beside_can_be_seen():
    with losses_file(n_most=3) as path:
        seen = Losses(path)
        assert seen.read() == []
        curve = [0.5, 0.25]
        with Losses(path).noting(lambda: curve):
            while len(seen.read()) < 2:
                pass
        assert seen.read() == [0.5, 0.25]


def test_where_there_is_no_helper_it_trains_here(room, monkeypatch):
    def broken(*_args):
        fitting._training_here.release()
        raise BrokenProcessPool

    monkeypatch.setattr(fitting, "run_beside", broken)
    fitting._training_here.acquire()
    assert fit(room, 4).network.n_iter_ > 0
    assert not fitting._training_here.locked()


def test_learners_with_the_same_settings_share_one_training(room):
    with (
        room.fit(step(6), LESSON, "ann") as first,
        room.fit(step(6), LESSON, "ben") as second,
        room.fit(step(6), LessonSettings(n_classes=9), "cat") as third,
    ):
        assert first is second is third
        assert first.wait(PATIENCE) is not None


def test_a_training_that_nobody_waits_for_is_not_begun(room):
    room.keep_busy()
    with room.fit(step(6), LESSON, "ann") as left:
        with room.fit(step(6), LESSON, "ben"):
            pass
        assert not left.has_no_result
    assert left.has_no_result
    with room.fit(step(6), LESSON, "ann") as again:
        assert again is not left
        assert again.losses == []
        assert again.wait(0.01) is None
        room.go_on.set()
        assert again.wait(PATIENCE) is not None


def test_an_older_run_of_the_same_page_takes_nothing_from_the_newer(room):
    """Streamlit begins a new run of a page before the old one has noticed."""
    room.keep_busy()
    with ExitStack() as newer:
        with room.fit(step(6), LESSON, "ann") as old:
            same = newer.enter_context(room.fit(step(6), LESSON, "ann"))
            assert same is old
        assert not same.has_no_result
    with ExitStack() as newer:
        with room.fit(step(6), LESSON, "ann") as old:
            settings = LessonSettings(max_iter=3)
            other = newer.enter_context(room.fit(step(6), settings, "ann"))
            with pytest.raises(CancelledError):
                old.wait(PATIENCE)
        assert not other.has_no_result
        room.go_on.set()
        assert other.wait(PATIENCE) is not None


def test_many_wishes_of_one_learner_do_not_hold_another_up(room):
    room.keep_busy()
    wishes = [LessonSettings(max_iter=k) for k in range(1, 20)]
    greedy = [room._find(step(4), wish, "greedy") for wish in wishes]
    with room.fit(step(4), LessonSettings(max_iter=50), "modest") as modest:
        room.go_on.set()
        assert modest.wait(PATIENCE) is not None
    # Only the last of the many wishes still counts.
    assert all(fit.has_no_result for fit in greedy[:-1])
    assert greedy[-1].wait(PATIENCE) is not None


def test_only_the_latest_trainings_are_kept(room):
    kept: list[Fit] = []
    for max_iter in (1, 2, 3, 4, 1):
        with room.fit(step(4), LessonSettings(max_iter=max_iter), "ann") as each:
            each.wait(PATIENCE)
            kept.append(each)
    assert kept[4] is not kept[0]


def test_wishes_given_up_push_nothing_out(room):
    kept = fit(room, 4)
    room.keep_busy()
    for k in range(1, 9):
        with room.fit(step(4), LessonSettings(max_iter=k), "greedy"):
            pass
    with room.fit(step(4), LESSON, "ann") as again:
        assert again.wait(0) is kept


def test_a_class_of_30_finds_its_trainings_again():
    """Each pupil has two, one at step 4 and one at step 6."""
    assert MAX_KEPT >= 2 * 30


def test_what_has_come_to_its_end_is_not_run_again(room):
    with room.fit(step(4), LESSON, "ann") as done:
        fitted = done.wait(PATIENCE)
    done.wish_for(room.queue, "ben")
    assert done.wait(PATIENCE) is fitted


def test_the_lessons_trainings_leave_the_models_of_the_other_pages_alone(room):
    before = [weights.copy() for weights in load_classifier(10).coefs_]
    fitted = fit(room, 6, LessonSettings(hidden_units=5, max_iter=3))
    assert fitted.network is not load_classifier(10)
    for weights, copy in zip(load_classifier(10).coefs_, before, strict=True):
        assert np.array_equal(weights, copy)
