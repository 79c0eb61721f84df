"""What the browser's tab keeps of somebody's hand."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from digits_app.drawing.canvas_json import pen_path
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.digits import my_digit
from digits_app.my_hand.prompts import NUMBER
from digits_app.pages.my_hand import state
from digits_app.pages.my_hand.state import (
    MAX_CORRECTED,
    Hand,
    _packed,
    _unpacked,
    write_number,
)
from digits_app.pages.shared.drawing_state import Drawing
from digits_app.server.messages import MAX_VALUE
from tests.support.rows import FOUR, ONE, TWO, moved, six, zero

TURN = np.linspace(0, 6, 400)


def dense_digit(label: int):
    """A digit of four hundred points, as a fast pen writes it."""
    points = np.stack([140 + 60 * np.sin(TURN), 140 + 90 * np.cos(TURN)], axis=1)
    return my_digit(label, {"objects": [pen_path(points.round(1).tolist(), 20)]})


def test_what_the_tab_keeps_is_let_in_when_it_comes_back():
    digit = dense_digit(7)
    hand = Hand(random_state=1)
    hand.written = {place: dense_digit(hand.prompts[place]) for place in range(3)}
    hand.corrected = [digit] * (2 * MAX_CORRECTED)
    kept = json.loads(json.dumps(_packed(hand)))
    assert len(json.dumps(kept)) < MAX_VALUE
    assert len(json.dumps(kept)) > MAX_VALUE / 2  # no more is left out than must be
    back = _unpacked(kept)
    assert back.written.keys() == hand.written.keys()
    assert {each.label for each in back.corrected} == {7}


def drawn(*digits) -> Drawing:
    """Digits on the wide canvas."""
    return Drawing([pen_path(way, 20) for digit in digits for way in digit], width=560)


YEAR = moved(TWO, -130), zero(105, 22), moved(TWO, 60), six(310)


def test_the_digits_of_a_number_are_kept_after_the_test():
    hand = Hand(random_state=1)
    digits = write_number(NUMBER, drawn(*YEAR))
    assert [each.label for each in digits] == [2, 0, 2, 6]
    # Each as it would be if it had been written alone, in the middle of the square.
    alone = my_digit(0, {"objects": drawn(zero(118, 22)).objects})
    np.testing.assert_array_equal(digits[1].image, alone.image)
    hand.written = dict(enumerate(digits, start=len(hand.prompts)))
    hand.place = len(hand.prompts)
    back = _unpacked(json.loads(json.dumps(_packed(hand))))
    assert back.asks_number
    assert [each.label for each in back.digits] == [2, 0, 2, 6]


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (Drawing([]), "Nothing is written"),
        (drawn(ONE), "looks like one digit, not 4"),
        (drawn(ONE, moved(FOUR, 100)), "looks like 2 digits, not 4"),
    ],
)
def test_another_number_of_digits_is_not_kept(drawing, said):
    with pytest.raises(UnreadableDrawingError, match=said):
        write_number(NUMBER, drawing)


def test_a_few_corrections_are_all_kept():
    hand = Hand(random_state=1, corrected=[dense_digit(label) for label in range(10)])
    assert [each.label for each in _unpacked(_packed(hand)).corrected] == [*range(10)]


@pytest.mark.parametrize("far", [float("inf"), float("nan"), 10**400, -(10**400)])
def test_a_digit_without_end_is_left_out_and_the_others_are_kept(far):
    hand = Hand(random_state=1, corrected=[dense_digit(label) for label in (3, 4, 5)])
    kept = _packed(hand)
    kept["corrected"][1][1][0]["points"][:4] = [far] * 4
    assert [each.label for each in _unpacked(kept).corrected] == [3, 5]


@pytest.mark.parametrize(
    "change",
    [
        {"random_state": float("inf")},
        {"random_state": "many"},
        {"place": float("-inf")},
        {"written": 5},
        {"corrected": [[1]]},
        {"corrected": []},
        None,
    ],
)
def test_what_is_no_test_of_ours_is_forgotten(change, monkeypatch):
    kept = _packed(Hand(random_state=1, corrected=[dense_digit(3)]))
    kept = [kept] if change is None else {**kept, **change}
    session = {state._KEEPER_KEY: SimpleNamespace(restored=kept)}
    monkeypatch.setattr(state, "st", SimpleNamespace(session_state=session))
    state._restore()
    assert session[state._KEY] == Hand(session[state._KEY].random_state, is_forgotten=True)
