"""One digit on its way through the network."""

import numpy as np
import pytest

from digits_app.lesson.flow import N_BRIGHTEST, follow, strongest


@pytest.mark.parametrize("number", [4, 6])
@pytest.mark.parametrize("row", [0, 7, 50])
def test_what_comes_out_is_what_the_network_answers(lesson, number, row):
    namespace = lesson.values(number)
    network, digit = namespace["mlp"], namespace["X_test"][row]
    flow = follow(network, digit)
    assert np.allclose(flow.probabilities, network.predict_proba([digit])[0])
    assert flow.label == network.predict([digit])[0]


def test_the_brightest_units_are_the_brightest(lesson):
    namespace = lesson.values(6)
    flow = follow(namespace["mlp"], namespace["X_test"][3])
    others = np.delete(flow.hidden, flow.brightest)
    assert len(flow.brightest) == N_BRIGHTEST
    assert flow.hidden[flow.brightest].min() >= others.max()
    assert (np.diff(flow.hidden[flow.brightest]) <= 0).all()
    assert flow.n_lit == np.count_nonzero(flow.hidden)


def test_all_connections_into_a_unit_add_up_to_its_light(lesson):
    namespace = lesson.values(6)
    network, digit = namespace["mlp"], namespace["X_test"][3]
    flow = follow(network, digit)
    unit = flow.brightest[0]
    everything = strongest(digit[:, None] * network.coefs_[0][:, [unit]], n=64)
    total = everything.push.sum() + network.intercepts_[0][unit]
    assert np.isclose(total, flow.hidden[unit])


def test_with_two_digits_what_speaks_for_the_one_speaks_against_the_other(lesson):
    """They share one output unit, which votes for the 1."""
    namespace = lesson.values(4)
    network, digit = namespace["mlp"], namespace["X_test"][0]
    flow = follow(network, digit)
    for rank, unit in enumerate(flow.brightest):
        pushes = dict(
            zip(
                flow.out_of.end[flow.out_of.start == rank],
                flow.out_of.push[flow.out_of.start == rank],
                strict=True,
            )
        )
        assert np.isclose(pushes[1], flow.hidden[unit] * network.coefs_[1][unit, 0])
        assert pushes[0] == -pushes[1]


def test_the_strongest_are_picked_and_those_without_strength_left_out():
    push = np.array([[0.0, -5.0], [2.0, 1.0]])
    picked = strongest(push, n=2)
    assert picked.push.tolist() == [2.0, -5.0]
    assert picked.start.tolist() == [1, 0]
    assert picked.end.tolist() == [0, 1]
    assert len(strongest(push, n=9).push) == 3
    assert len(strongest(np.zeros((2, 2))).push) == 0
