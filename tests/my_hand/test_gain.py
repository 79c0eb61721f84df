"""A hand is taught in a helper; here and there the same comes out."""

import numpy as np
import pytest

from digits_app.helper_process.helper import Helper
from digits_app.helper_process.reporting import report
from digits_app.my_hand.gain import teach_my_hand
from digits_app.my_hand.teaching import N_PASSES, teach
from digits_app.network.classifiers import load_classifier
from digits_app.network.forward import network_of_classifier


@pytest.fixture(scope="module")
def helper():
    helper = Helper()
    yield helper
    helper.end(for_good=True)


@pytest.mark.parametrize("training", ["lesson", "augmented"])
def test_a_helper_teaches_the_same_to_the_bit(training, my_digits, helper):
    shares: list[float] = []
    here = teach_my_hand(my_digits, training)
    there = helper.run(teach_my_hand, (my_digits, training, True, report), shares.append)
    assert len(shares) == N_PASSES
    assert (there.training, there.before, there.after, there.n) == (
        here.training,
        here.before,
        here.after,
        here.n,
    )
    for n_classes in (2, 10):
        for kind in ("coefs", "intercepts"):
            ours = getattr(here.layers[n_classes], kind)
            theirs = getattr(there.layers[n_classes], kind)
            assert len(ours) == len(theirs) > 0
            for mine, other in zip(ours, theirs, strict=True):
                np.testing.assert_array_equal(mine, other)


def test_the_counts_are_those_of_the_three_sets(my_digits):
    taught = teach_my_hand(my_digits, "lesson")
    assert taught.n == (len(my_digits) // 2, 450, 1961)
    assert taught.before.test == 432  # the lesson's 0.96
    for counts in (taught.before, taught.after):
        assert all(0 < right <= n for right, n in zip(counts, taught.n, strict=True))


def test_who_wrote_no_zero_and_no_one_teaches_nothing_about_them(my_digits):
    others = [digit for digit in my_digits if digit.label > 1]
    assert set(teach_my_hand(others, "lesson").layers) == {10}


def test_a_taught_copy_shares_what_has_not_learned(my_digits):
    """It would be 7.5 MB for each pupil."""
    many = load_classifier(10, "augmented")
    copies = np.concatenate([digit.copies for digit in my_digits]).reshape(-1, 64)
    labels = np.repeat([digit.label for digit in my_digits], 9)
    before, after = (
        network_of_classifier(each) for each in (many, teach(many, copies, labels))
    )
    shared = [new is old for old, new in zip(before.coefs_, after.coefs_, strict=True)]
    assert shared == [True] * (len(shared) - 1) + [False]
