"""Networks as bytes: what was written is read again, and is what the browser gets."""

import gzip
import json
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.pipeline import Pipeline

from digits_app.browser.rule import rule
from digits_app.dataset import load_split
from digits_app.my_hand.teaching import teach
from digits_app.network.classifiers import load_classifier
from digits_app.network.committee import as_pipeline, merge_networks, network_of
from digits_app.network.weight_files import (
    FOLDER,
    GUARD_FILE,
    load_pipeline,
    pack_weights,
    quantise,
    read_header,
    unpack_weights,
    weights_file,
)
from tests.support.fuzzing import examples

FILES = sorted(FOLDER.iterdir())
MAX_PACKED = 800_000
"""Bytes that the browser fetches for the network of ten classes and the guard."""


def committee(n_members: int, seed: int = 0):
    """A committee with weights drawn by lot, of 192 inputs and 3 classes."""
    rng = np.random.default_rng(seed)
    sizes = [(192, 6), (6, 4), (4, 3)]
    members = [
        network_of(
            [rng.normal(size=size).astype(np.float32) for size in sizes],
            [rng.normal(size=size[1]).astype(np.float32) for size in sizes],
        )
        for _ in range(n_members)
    ]
    return merge_networks(members)


def same(first, second) -> bool:
    return all(
        np.array_equal(a, b)
        for a, b in zip(
            [*first.coefs_, *first.intercepts_],
            [*second.coefs_, *second.intercepts_],
            strict=True,
        )
    )


@pytest.mark.parametrize("n_members", [1, 2, 5])
def test_a_committee_is_read_as_it_was_written(n_members):
    network = committee(n_members)
    read = unpack_weights(pack_weights(as_pipeline(network)))
    assert isinstance(read, Pipeline)
    assert same(read[-1], network)
    assert read[-1].n_members_ == n_members


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_network_that_was_read_holds_its_weights_and_little_else(path):
    network = load_pipeline(path)[-1]
    weights = sum(each.nbytes for each in [*network.coefs_, *network.intercepts_])
    assert len(pickle.dumps(network)) < weights + 20_000


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
@examples(20)
def test_rounded_weights_are_whole_bytes_and_found_again_exactly(seed, n_members):
    rounded = quantise(committee(n_members, seed))
    packed = pack_weights(as_pipeline(rounded))
    assert all(layer["scales"] is not None for layer in read_header(packed)["layers"])
    assert same(unpack_weights(packed)[-1], rounded)
    assert same(quantise(rounded), rounded)


@given(st.integers(0, 2**32 - 1))
@examples(20)
def test_rounding_moves_a_weight_by_half_a_scale_at_most(seed):
    network = committee(1, seed)
    for before, after in zip(network.coefs_, quantise(network).coefs_, strict=True):
        scale = np.abs(before).max(axis=0) / 127
        assert (np.abs(before - after) <= 0.501 * scale).all()


def test_a_unit_without_weights_stays_without():
    network = committee(1)
    network.coefs_[0][:, 2] = 0
    assert not quantise(network).coefs_[0][:, 2].any()


@pytest.mark.parametrize("n_classes", [2, 10])
def test_the_lessons_network_is_written_in_floats(n_classes):
    lesson = load_classifier(n_classes, "lesson")
    packed = pack_weights(lesson)
    X = load_split(n_classes).X_test
    read = unpack_weights(packed)
    np.testing.assert_allclose(read.predict_proba(X), lesson.predict_proba(X), atol=1e-5)
    assert read_header(packed)["features"] == "pixels"
    assert len(gzip.compress(packed)) < 30_000


def test_a_network_that_learned_a_hand_is_as_small_but_for_what_it_learned():
    split = load_split(10)
    augmented = load_classifier(10, "augmented")
    mine = teach(augmented, split.X_test[:20], split.y_test[:20])
    packed = pack_weights(mine)
    is_whole = [layer["scales"] is not None for layer in read_header(packed)["layers"]]
    assert is_whole == [True, True, False]
    assert len(packed) < len(pack_weights(augmented)) + 4 * augmented[-1].coefs_[-1].size
    assert same(unpack_weights(packed)[-1], mine[-1])


def test_arrays_begin_where_javascript_can_look_at_them():
    for file in FILES:
        packed = file.read_bytes()
        header = read_header(packed)
        assert int.from_bytes(packed[:4], "little") % 4 == 0
        for layer in header["layers"]:
            assert all(layer[array] % 4 == 0 for array in ("weights", "scales", "biases"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_shipped_files_are_what_would_be_written_today(file):
    """So a format that changed, or a constant of the rule, was carried over.

    `python -m digits_app.training --rule` writes the rule again.
    """
    written = rule() if file == GUARD_FILE else None
    assert file.read_bytes() == pack_weights(load_pipeline(file), written)


def test_the_shipped_guard_brings_todays_rule():
    header = read_header(GUARD_FILE.read_bytes())
    assert header["rule"] == json.loads(json.dumps(rule()))


def test_what_the_browser_fetches_to_read_is_small():
    packed = [gzip.compress(f.read_bytes()) for f in (weights_file(10), GUARD_FILE)]
    assert sum(map(len, packed)) < MAX_PACKED


@pytest.mark.parametrize("damage", [b"", b"weights", b"\x10\0\0\0{}"])
def test_what_is_no_file_of_weights_is_not_read(damage):
    with pytest.raises(Exception, match=r"unpack|JSON|Extra|Expecting|layers|utf"):
        unpack_weights(damage)


def test_a_file_that_was_cut_short_is_not_read():
    with pytest.raises(ValueError, match="buffer"):
        unpack_weights(weights_file(2).read_bytes()[:-1000])
