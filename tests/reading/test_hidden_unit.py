"""A neuron's numbers add up, by hand and to what the network says."""

import numpy as np
import pytest
from scipy import special

from digits_app import load_classifier, open_neuron
from digits_app.dataset import load_split
from digits_app.reading.hidden_unit import unit_parts


@pytest.mark.parametrize("n_classes", [2, 10])
@pytest.mark.parametrize("number", [0, 42, 99])
def test_the_parts_of_a_unit_add_up_to_its_activation(n_classes, number):
    classifier = load_classifier(n_classes)
    for digit in load_split(n_classes).X_test[:20]:
        unit = open_neuron(digit, classifier, number)
        assert np.allclose(unit.products, digit.reshape(8, 8) * unit.weights)
        assert unit.products.sum() + unit.bias == pytest.approx(unit.total)
        assert unit.activation == max(unit.total, 0)
        assert np.allclose(unit.adds, unit.activation * unit.outgoing)
        assert np.allclose(unit.adds + unit.others_add + unit.output_bias, unit.logits)


def test_the_logits_are_those_behind_predict_proba():
    classifier = load_classifier()
    digit = load_split().X_test[4]
    logits = open_neuron(digit, classifier, 0).logits
    assert np.allclose(special.softmax(logits), classifier.predict_proba(digit[None])[0])


def test_all_units_together_and_the_bias_are_the_logits():
    classifier = load_classifier()
    digit = load_split().X_test[4]
    logits = unit_parts(digit, classifier).sum(axis=0) + classifier.intercepts_[1]
    assert np.allclose(logits, open_neuron(digit, classifier, 7).logits)


def test_only_a_network_on_pixels_with_one_hidden_layer_can_be_opened():
    digit = load_split().X_test[0]
    with pytest.raises(ValueError, match="one hidden layer"):
        open_neuron(digit, load_classifier(training="augmented"), 0)
    with pytest.raises(ValueError, match="100 hidden units"):
        open_neuron(digit, load_classifier(), 100)
