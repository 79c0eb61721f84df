import numpy as np
import pytest

from digits_app.dataset import load_split
from digits_app.mistakes.digit_map import DigitMap, hidden_layer, map_digits
from digits_app.network.classifiers import load_classifier


@pytest.fixture(scope="module")
def split():
    return load_split(10)


@pytest.fixture(scope="module")
def hidden(split):
    return hidden_layer(load_classifier(10, "lesson"), split.X_test)


@pytest.fixture(scope="module")
def digit_map(hidden) -> DigitMap:
    return map_digits(hidden)


def test_the_hidden_layer_leads_to_what_the_network_says(split, hidden):
    network = load_classifier(10, "lesson")
    logits = hidden @ network.coefs_[1] + network.intercepts_[1]
    assert (logits.argmax(axis=1) == network.predict(split.X_test)).all()


def test_like_lies_beside_like(digit_map, split):
    away = np.linalg.norm(digit_map.positions[:, None] - digit_map.positions, axis=2)
    np.fill_diagonal(away, np.inf)
    same = split.y_test[away.argmin(axis=1)] == split.y_test
    assert same.mean() > 0.9


def test_the_map_fills_its_frame(digit_map):
    assert digit_map.positions.shape == (450, 2)
    assert digit_map.positions.min(axis=0) == pytest.approx([0, 0])
    assert digit_map.positions.max(axis=0) == pytest.approx([1, 1])


def test_a_digit_of_the_map_is_placed_where_it_lies(digit_map):
    for index in (0, 17, 449):
        place = digit_map.place(digit_map.hidden[index])
        assert place == pytest.approx(digit_map.positions[index], abs=1e-6)


def test_a_new_digit_lies_among_its_like(digit_map, split):
    network = load_classifier(10, "lesson")
    sevens = digit_map.positions[split.y_test == 7]
    seven = hidden_layer(network, split.X_train[split.y_train == 7][:1])[0]
    distance = np.linalg.norm(sevens - digit_map.place(seven), axis=1).min()
    assert distance < 0.1


def test_two_classes_have_a_map_too():
    split = load_split(2)
    hidden = hidden_layer(load_classifier(2, "lesson"), split.X_test)
    assert map_digits(hidden).positions.shape == (90, 2)
