"""The training that can be watched is the lesson's own."""

import warnings

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from digits_app.dataset import load_split
from digits_app.lesson.learning import Snapshot, is_kept
from digits_app.lesson.replay import MAX_UNITS
from digits_app.lesson.settings import LESSON


@pytest.fixture(scope="module")
def snapshots(lesson) -> list[Snapshot]:
    return lesson.base(6).network.snapshots_


def test_watching_changes_nothing(lesson):
    split = load_split(10)
    alone = MLPClassifier(random_state=2).fit(split.X_train, split.y_train)
    watched = lesson.base(6).network
    assert watched.loss_curve_ == alone.loss_curve_
    for ours, theirs in zip(watched.coefs_, alone.coefs_, strict=True):
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("iteration", [1, 7, 30])
def test_a_snapshot_is_a_training_that_stopped_there(snapshots, iteration):
    split = load_split(10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        stopped = MLPClassifier(random_state=2, max_iter=iteration).fit(
            split.X_train, split.y_train
        )
    snapshot = next(m for m in snapshots if m.iteration == iteration)
    assert snapshot.loss == stopped.loss_
    for ours, theirs in zip(snapshot.coefs, stopped.coefs_, strict=True):
        assert np.array_equal(ours, theirs.astype(np.float32))
    ours = snapshot.class_probabilities(split.X_test)
    assert np.allclose(ours, stopped.predict_proba(split.X_test), atol=1e-4)


def test_the_last_iteration_is_always_among_the_snapshots(lesson, snapshots):
    assert snapshots[-1].iteration == lesson.base(6).network.n_iter_
    assert [m.iteration for m in snapshots[:10]] == list(range(1, 11))
    assert all(is_kept(m.iteration) for m in snapshots[:-1])
    assert len(snapshots) < 30


def test_two_digits_share_one_output_unit(lesson):
    network = lesson.base(4).network
    X_test = load_split(2).X_test
    ours = network.snapshots_[-1].class_probabilities(X_test)
    assert np.allclose(ours, network.predict_proba(X_test), atol=1e-5)


def test_the_replay_ends_with_the_lessons_score(lesson):
    replay = lesson.base(6).replay
    assert replay.n_right[-1] == 432
    assert replay.n_test == 450
    assert replay.n_right[0] < 300
    assert replay.weights.shape == (len(replay.iterations), MAX_UNITS, 64)
    assert np.abs(replay.weights).max() == 127


def test_a_small_network_shows_all_its_units(lesson):
    from dataclasses import replace

    few = replace(LESSON, hidden_units=3, max_iter=2)
    assert lesson.base(6, few).replay.weights.shape == (2, 3, 64)
