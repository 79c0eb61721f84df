import numpy as np

from benchmarks.strangers import copies_of
from digits_app.my_hand.strangers import load_strangers
from digits_app.network.classifiers import load_classifier
from tests.support.unipen import load_unipen


def test_the_shipped_copies_are_those_that_a_drawing_gets_today():
    strangers, signs = load_strangers(), load_unipen("digits")
    assert len(signs) == len(strangers.labels) == 1961
    for number in range(0, len(signs), 10):
        assert (copies_of(signs[number]) == strangers.copies[number]).all()
        assert strangers.labels[number] == int(signs[number].label)
        assert strangers.writers[number] == signs[number].writer


def test_there_are_134_writers():
    assert len(np.unique(load_strangers().writers)) == 134


def test_two_classes_are_asked_about_zeros_and_ones_alone():
    strangers = load_strangers()
    read_right = strangers.read_right(load_classifier(2, "augmented"))
    assert len(read_right) == (strangers.labels < 2).sum()
    assert read_right.mean() > 0.9
