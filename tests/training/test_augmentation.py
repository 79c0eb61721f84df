import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digits_app.dataset import load_split
from digits_app.drawing.five_steps import block_counts
from digits_app.training.augmentation import (
    augment,
    enlarge,
    stretch_to_frame,
    warp,
)
from tests.support.fuzzing import examples


@pytest.fixture(scope="module")
def split():
    return load_split(10)


@examples(15)
@given(seed=st.integers(0, 2**32 - 1))
def test_an_augmented_digit_keeps_shape_and_range(seed):
    split = load_split(10)
    X = augment(split.X_train[:100], np.random.default_rng(seed))
    assert X.shape == (100, 64)
    assert X.min() >= 0
    assert X.max() <= 16
    assert (X.round() == X).all()
    assert (X.sum(axis=1) > 0).all()


def test_the_seed_alone_decides(split):
    def write(seed):
        return augment(split.X_train, np.random.default_rng(seed))

    assert np.array_equal(write(1), write(1))
    assert not np.array_equal(write(1), write(2))


def test_the_training_digits_themselves_are_not_changed(split):
    before = split.X_train.copy()
    augment(split.X_train, np.random.default_rng(0))
    assert np.array_equal(split.X_train, before)


def test_an_augmented_digit_is_still_nearest_to_its_own_kind(split):
    # Not a copy, yet mostly closest to a training digit of its own class.
    X = augment(split.X_train, np.random.default_rng(3))
    distances = ((X[:300, None] - split.X_train[None]) ** 2).sum(axis=2)
    nearest = split.y_train[distances.argmin(axis=1)]
    assert np.mean(nearest == split.y_train[:300]) > 0.6
    assert np.abs(X - split.X_train).mean() > 1


def test_enlarging_keeps_the_ink_of_each_block(split):
    counts = block_counts(enlarge(split.X_train) > 0.5).reshape(-1, 64)
    assert np.abs(counts - split.X_train).mean() < 0.5


def test_enlarging_comes_near_the_original_bitmaps(load_digits_bitmaps):
    bitmaps, X = load_digits_bitmaps
    wrong = np.mean((enlarge(X) > 0.5) != bitmaps)
    bicubic_wrong = np.mean((enlarge(X, iterations=0) > 0.5) != bitmaps)
    assert wrong < 0.045
    assert wrong < bicubic_wrong


def test_warping_keeps_some_ink_of_every_digit(split):
    assert warp(enlarge(split.X_train), np.random.default_rng(0)).any(axis=(1, 2)).all()


def test_a_small_bar_is_stretched_to_the_whole_frame():
    bitmaps = np.zeros((1, 48, 48), dtype=bool)
    bitmaps[0, 10:20, 30:34] = True
    framed = stretch_to_frame(bitmaps)
    # All but its corners, which interpolation rounds.
    assert framed[0, 1:-1, 6:26].all()
    assert framed[0, :, 7:25].all()
    assert not framed[0, :, :6].any()
    assert not framed[0, :, 26:].any()
