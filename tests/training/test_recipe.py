from dataclasses import replace

import numpy as np
import pytest

from digits_app.dataset import load_split
from digits_app.network.classifiers import load_classifier
from digits_app.network.committee import as_pipeline, merge_networks
from digits_app.network.features import N_FEATURES, stroke_directions
from digits_app.network.weight_files import (
    load_pipeline,
    pack_weights,
    quantise,
    unpack_weights,
    weights_file,
)
from digits_app.training.handwriting import COPIES_OF_EACH
from digits_app.training.recipe import (
    RECIPES,
    Recipe,
    fit_network,
    training_digits,
)

SMALL = Recipe(
    random_states=(1, 2),
    copies=1,
    drawings=100,
    hidden_layer_sizes=(8, 4),
    stages=((2, 1e-3),),
)


@pytest.mark.parametrize(("n_classes", "least"), [(10, 0.995), (2, 1.0)])
def test_the_augmented_classifier_on_the_lessons_test_split(n_classes, least):
    split = load_split(n_classes)
    classifier = load_classifier(n_classes, "augmented")
    assert classifier.score(split.X_test, split.y_test) >= least
    assert classifier.classes_.tolist() == list(range(n_classes))


@pytest.mark.parametrize("n_classes", [2, 10])
def test_a_network_learns_training_digits_copies_of_them_and_written_ones(n_classes):
    split = load_split(n_classes)
    X, y = training_digits(n_classes, SMALL, random_state=1)
    n_training = len(split.y_train)
    assert len(X) == len(y) == 2 * n_training + 100 * COPIES_OF_EACH
    assert np.array_equal(X[:n_training], split.X_train)
    assert np.array_equal(y[:n_training], split.y_train)
    assert set(y[2 * n_training :]) == set(range(n_classes))


def test_no_test_digit_is_learned():
    X, _ = training_digits(10, SMALL, random_state=1)
    learned = {tuple(row) for row in X}
    assert not any(tuple(row) in learned for row in load_split(10).X_test)


def test_the_seed_alone_decides_what_is_learned():
    first, again, other = (training_digits(10, SMALL, seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_lower_temperature_makes_a_network_surer_of_the_same_answers():
    features = stroke_directions(load_split(3).X_test)
    warm, cool = (
        fit_network(3, replace(SMALL, temperature=t), 1).predict_proba(features)
        for t in (1.0, 0.5)
    )
    assert np.array_equal(warm.argmax(axis=1), cool.argmax(axis=1))
    squared = warm**2
    assert np.allclose(cool, squared / squared.sum(axis=1, keepdims=True), atol=1e-5)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_merged_networks_give_the_mean_of_their_logits(n_classes):
    split = load_split(n_classes)
    networks = [fit_network(n_classes, SMALL, seed) for seed in SMALL.random_states]
    features = stroke_directions(split.X_test)
    logs = np.mean([np.log(n.predict_proba(features)) for n in networks], axis=0)
    mean = np.exp(logs)
    mean /= mean.sum(axis=1, keepdims=True)
    merged = merge_networks(networks)
    assert np.allclose(merged.predict_proba(features), mean, atol=1e-5)


def test_what_is_shipped_of_a_fit_says_what_was_fitted():
    split = load_split(3)
    networks = [fit_network(3, SMALL, seed) for seed in SMALL.random_states]
    merged = merge_networks(networks)
    read = unpack_weights(pack_weights(as_pipeline(quantise(merged))))
    kept = as_pipeline(merged)
    X = split.X_test
    assert np.allclose(read.predict_proba(X), kept.predict_proba(X), atol=0.02)


ANOTHER_SEED = 0.08
"""How far apart two networks for two classes are that differ in their seed: the mean
difference of what they say of all ten digits. Seed 11 is 0.082 from what is shipped."""


def test_the_shipped_weights_come_from_the_recipe():
    """Two classes are fitted again as `python -m digits_app.training` does.

    Another processor adds up in another order, and in the end the weights are others: 0.026
    was seen. What they say of digits that they never saw is still far nearer than for
    another seed.
    """
    features = stroke_directions(load_split(10).X_test)  # of all ten digits
    shipped = load_pipeline(weights_file(2))[-1].predict_proba(features)
    seeds = RECIPES[2].random_states
    fitted = merge_networks([fit_network(2, RECIPES[2], seed) for seed in seeds])
    distance = np.abs(fitted.predict_proba(features) - shipped).mean()
    assert distance < 0.5 * ANOTHER_SEED


def test_the_shipped_weights_of_ten_classes_have_the_recipes_shape():
    recipe, shipped = RECIPES[10], load_pipeline(weights_file(10))[-1]
    n_networks = len(recipe.random_states)
    hidden = [n_networks * size for size in recipe.hidden_layer_sizes]
    assert [len(c) for c in shipped.coefs_] == [N_FEATURES, *hidden]


def test_stroke_directions_point_where_the_ink_rises():
    image = np.zeros((8, 8))
    image[:, 4:] = 16
    features = stroke_directions(image.reshape(1, -1))
    assert features.shape == (1, N_FEATURES)
    by_direction = features[0, 64:].reshape(8, 16).sum(axis=1)
    assert by_direction.argmax() == 0
