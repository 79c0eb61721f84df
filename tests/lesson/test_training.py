import threading
from collections.abc import Iterator

import numpy as np
import pytest
from digits_app.lesson.training import Training, TrainingRoom

from digits_app.lesson.settings import LESSON, LessonSettings
from digits_app.network.classifiers import load_classifier


@pytest.fixture
def room() -> Iterator[TrainingRoom]:
    """A room of the test's own; what trains when the test ends is waited for.

    It would go on beside the next test, and both would change the process' one list of
    warning filters.
    """
    room = TrainingRoom(max_kept=2)
    yield room
    room._trainer.shutdown(wait=True, cancel_futures=True)


@pytest.fixture
def busy_trainer(room):
    """Keep the room's one trainer busy until the test lets it go on."""
    let_go = threading.Event()
    room._trainer.submit(let_go.wait, 60)
    yield let_go
    let_go.set()


def test_a_training_stopped_early_carries_scikit_learns_warning(room):
    with room.training(6, LessonSettings(max_iter=5)) as training:
        run = training.wait(60)
    assert "Maximum iterations (5) reached" in run.warning
    assert training.iterations == 5


def test_as_many_iterations_as_it_takes_are_enough(room):
    """At exactly that number the training has converged, and nothing warns."""
    with room.training(4, LESSON) as training:
        n_iterations = training.wait(60).namespace["clf"].n_iter_
    with room.training(4, LessonSettings(max_iter=n_iterations)) as training:
        assert training.wait(60).warning is None
    with room.training(4, LessonSettings(max_iter=n_iterations - 1)) as training:
        assert training.wait(60).warning is not None


def test_learners_with_the_same_settings_share_one_training(room):
    with room.training(6, LESSON) as first, room.training(6, LESSON) as second:
        assert first is second
        with room.training(6, LessonSettings(n_classes=9)) as third:
            assert third is first


def test_a_training_that_nobody_waits_for_is_dropped_before_it_begins(room, busy_trainer):
    with room.training(6, LESSON) as left:
        with room.training(6, LESSON):
            pass
        assert not left.has_no_result
    assert left.has_no_result
    with room.training(6, LESSON) as again:
        assert again is not left
        assert again.iterations == 0
        assert again.wait(0.01) is None
        busy_trainer.set()
        assert again.wait(60) is not None


def test_only_the_latest_trainings_are_kept(room):
    kept: list[Training] = []
    for max_iter in (1, 2, 3, 1):
        with room.training(4, LessonSettings(max_iter=max_iter)) as training:
            training.wait(60)
            kept.append(training)
    assert kept[3] is not kept[0]


def test_the_lessons_trainings_leave_the_models_of_the_other_pages_alone(room):
    before = [weights.copy() for weights in load_classifier(10).coefs_]
    with room.training(6, LessonSettings(hidden_units=5, max_iter=3)) as training:
        assert training.wait(60).namespace["clf"] is not load_classifier(10)
    for weights, copy in zip(load_classifier(10).coefs_, before, strict=True):
        assert np.array_equal(weights, copy)
