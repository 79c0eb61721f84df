"""How the answer changed: which answers are kept, and what the chart tells."""

import re

import numpy as np

from digits_app.pages.draw.history import Moment, add_moment, history_chart


def moment(ink: int, digit: int, n_strokes: int = 1, n_classes: int = 10) -> Moment:
    proba = np.full(n_classes, 0.1 / (n_classes - 1))
    proba[digit] = 0.9
    return Moment(n_strokes, ink, proba)


def drawn(*digits: int) -> list[Moment]:
    return [moment(10 * (number + 1), digit) for number, digit in enumerate(digits)]


def test_answers_are_kept_in_the_order_of_the_ink():
    moments: list[Moment] = []
    for each in drawn(1, 7, 9):
        moments = add_moment(moments, each)
    assert [each.ink for each in moments] == [10, 20, 30]


def test_undo_takes_back_the_answers_to_what_was_undone():
    moments = [*drawn(1, 7), moment(40, 4, n_strokes=2)]
    kept = add_moment(moments, moment(20, 7))
    assert [(each.n_strokes, each.ink) for each in kept] == [(1, 10), (1, 20)]


def test_another_number_of_digits_begins_anew():
    kept = add_moment(drawn(1, 7), moment(30, 1, n_classes=2))
    assert len(kept) == 1


def test_two_answers_make_no_chart():
    assert history_chart(drawn(1, 7)) == ""


def test_the_chart_tells_first_and_last_and_what_was_between():
    chart = history_chart(drawn(1, 1, 7, 7, 9))
    assert 'aria-label="It read first a 1, then a 7, now a 9"' in chart
    assert re.findall(r'class="big[^>]*>(\d)<', chart) == ["1", "7", "9"]


def test_one_answer_all_the_way_is_said_so():
    assert "It read an 8 from the beginning" in history_chart(drawn(8, 8, 8))


def test_only_digits_that_were_likely_once_get_a_line_and_the_answer_is_on_top():
    chart = history_chart(drawn(1, 7, 9))
    lines = re.findall(r'<polyline[^>]*stroke="([^"]*)"', chart)
    assert len(lines) == 3
    assert lines[-1] == "var(--accent)"
    assert "var(--accent)" not in lines[:-1]
