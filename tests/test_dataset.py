import pytest
from sklearn.datasets import load_digits

from digits_app.dataset import load_split


@pytest.mark.parametrize(("n_classes", "n_samples"), [(2, 360), (10, 1797)])
def test_split_has_the_lesson_sizes(n_classes, n_samples):
    split = load_split(n_classes)
    assert load_digits(n_class=n_classes).data.shape == (n_samples, 64)
    assert len(split.X_train) + len(split.X_test) == n_samples
    assert len(split.X_test) == {2: 90, 10: 450}[n_classes]


def test_first_two_test_digits_of_the_two_class_lesson_are_0_and_1():
    assert load_split(2).y_test[:2].tolist() == [0, 1]


def test_split_cannot_be_changed_by_accident():
    with pytest.raises(ValueError, match="read-only"):
        load_split(2).X_train[0, 0] = 99
