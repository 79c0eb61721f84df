import threading

import numpy as np
import pytest

from digits_app.dataset import load_split
from digits_app.mistakes.evaluation import evaluate
from digits_app.network.classifiers import load_classifier


def test_two_classes_score_1_and_read_the_first_two_as_0_and_1():
    split = load_split(2)
    classifier = load_classifier(2)
    assert classifier.score(split.X_test, split.y_test) == 1.0
    assert classifier.predict(split.X_test[:2]).tolist() == [0, 1]


def test_ten_classes_score_096_with_18_wrong_the_first_a_4_read_as_9():
    result = evaluate(load_classifier(10), 10)
    assert result.accuracy == 0.96
    assert len(result.misclassified) == 18
    first = result.misclassified[0]
    assert (result.y_true[first], result.y_pred[first]) == (4, 9)


def test_margin_is_negative_exactly_for_the_misclassified():
    result = evaluate(load_classifier(10), 10)
    assert np.array_equal(np.flatnonzero(result.margin < 0), result.misclassified)


def test_a_classifier_is_fitted_once_also_when_many_ask_at_once():
    handed_out = []
    threads = [
        threading.Thread(target=lambda: handed_out.append(load_classifier(2)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(classifier) for classifier in handed_out}) == 1


@pytest.mark.parametrize("n_classes", [0, 1, 3, 11, "10"])
def test_unknown_class_count_is_refused(n_classes):
    with pytest.raises(ValueError, match="n_classes must be one of"):
        load_classifier(n_classes)


def test_unknown_training_is_refused():
    with pytest.raises(ValueError, match="training must be one of"):
        load_classifier(10, "guesswork")
