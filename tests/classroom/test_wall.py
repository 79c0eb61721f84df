from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from digits_app.classroom.joining import (
    NoClassError,
    join_by_link,
    link_of,
    pupils_of,
    start_class,
)
from digits_app.classroom.store import MAX_DIGITS
from digits_app.classroom.wall import (
    FullPupilError,
    digits_of_class,
    digits_of_pupil,
    hide_pupil,
    news_since,
    places_of_pupil,
    progress_of,
    set_digit,
    take_out,
    write_digit,
)
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.digits import my_digit
from digits_app.my_hand.keeping import pack_drawing, unpack_drawing
from tests.support.unipen import load_unipen
from tests.support.visitor import canvas_json


@pytest.fixture
def room(store):
    """A class with two pupils: its number and they."""
    classroom, key = start_class(store)
    pupils = [join_by_link(store, link_of(key))[0] for _ in range(2)]
    return classroom.id, *pupils


def write(store, pupil, packed, places):
    for place in places:
        label, strokes = packed[place]
        write_digit(store, pupil, f"{pupil.id}-token-{place}", place, label, strokes)


def test_a_digit_is_on_the_wall_with_what_the_networks_will_see(store, room, packed):
    class_id, otter, _ = room
    write(store, otter, packed, range(3))
    news = news_since(store, class_id)
    assert [digit.label for digit in news.digits] == [label for label, _ in packed[:3]]
    assert {digit.animal for digit in news.digits} == {otter.animal.number}
    ours = digits_of_class(store, class_id)
    for number, (label, strokes) in enumerate(packed[:3]):
        alone = my_digit(label, unpack_drawing(strokes))
        assert (news.digits[number].image == alone.image).all()
        assert (ours.images[number] == alone.image).all()
        assert (ours.copies[number] == alone.copies).all()
        assert pack_drawing(ours.drawings[number]) == strokes
    assert ours.data.shape == (3, 64)


def test_sent_again_and_again_it_is_written_once(store, room, packed):
    class_id, otter, whale = room
    label, strokes = packed[0]
    send = lambda _: write_digit(store, otter, "the same digit", 0, label, strokes)  # noqa: E731
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(send, range(16))) == {"shown"}
    assert len(digits_of_pupil(store, otter)) == 1
    write_digit(store, whale, "the same digit", 0, label, strokes)
    assert len(digits_of_class(store, class_id).labels) == 2


def test_the_wall_asks_only_for_what_is_new(store, room, packed):
    class_id, otter, whale = room
    write(store, otter, packed, range(2))
    first = news_since(store, class_id)
    nothing = news_since(store, class_id, first.revision, first.generation)
    assert nothing.digits == []
    write(store, whale, packed, range(1))
    set_digit(store, class_id, first.digits[0].id, "hidden")
    news = news_since(store, class_id, first.revision, first.generation)
    assert [(digit.animal, digit.state) for digit in news.digits] == [
        (whale.animal.number, "shown"),
        (otter.animal.number, "hidden"),
    ]
    assert news.revision > first.revision


def test_thirty_write_at_the_same_time_and_the_wall_misses_nothing(store, packed):
    classroom, key = start_class(store)
    pupils = [join_by_link(store, link_of(key))[0] for _ in range(12)]
    seen: dict[int, int] = {}
    revision = generation = 0

    def look() -> None:
        nonlocal revision, generation
        news = news_since(store, classroom.id, revision, generation)
        revision, generation = news.revision, news.generation
        for digit in news.digits:
            seen[digit.id] = seen.get(digit.id, 0) + 1

    with ThreadPoolExecutor(6) as threads:
        writing = [
            threads.submit(write, store, pupil, packed, range(4)) for pupil in pupils
        ]
        while not all(each.done() for each in writing):
            look()
    for each in writing:
        each.result()
    look()
    assert list(seen.values()) == [1] * 48


def test_what_is_no_digit_is_held_back_until_the_teacher_shows_it(store, room):
    class_id, otter, _ = room
    letter = next(sign for sign in load_unipen("others") if sign.label == "k")
    strokes = pack_drawing(canvas_json(letter.on_canvas))
    assert write_digit(store, otter, "its token", 0, 4, strokes) == "held"
    (held,) = news_since(store, class_id).digits
    assert held.state == "held"
    assert len(digits_of_class(store, class_id).labels) == 0
    set_digit(store, class_id, held.id, "shown")
    assert len(digits_of_class(store, class_id).labels) == 1


def test_a_hidden_pupil_writes_on_unseen_and_can_be_shown_again(store, room, packed):
    class_id, otter, whale = room
    write(store, otter, packed, range(2))
    hide_pupil(store, class_id, otter.animal.number)
    write(store, otter, packed, [2])
    write(store, whale, packed, [3])
    assert digits_of_class(store, class_id).pupils.tolist() == [whale.animal.number]
    states = [digit.state for digit in news_since(store, class_id).digits]
    assert sorted(states) == ["hidden"] * 3 + ["shown"]
    assert len(digits_of_pupil(store, otter)) == 3
    hide_pupil(store, class_id, otter.animal.number, hides=False)
    assert len(digits_of_class(store, class_id).labels) == 4


def test_who_takes_theirs_out_leaves_nothing_and_the_wall_begins_anew(store, room, packed):
    class_id, otter, whale = room
    write(store, otter, packed, range(2))
    write(store, whale, packed, [3])
    before = news_since(store, class_id)
    take_out(store, otter)
    news = news_since(store, class_id, before.revision, before.generation)
    assert news.generation != before.generation
    assert [digit.animal for digit in news.digits] == [whale.animal.number]
    assert [pupil.id for pupil in pupils_of(store, class_id)] == [whale.id]
    with pytest.raises(NoClassError):
        write(store, otter, packed, [4])


def test_progress(store, room, packed):
    class_id, otter, whale = room
    write(store, otter, packed, range(20))
    write(store, whale, packed, [1])
    done, begun = progress_of(store, class_id)
    assert (done.n_written, done.is_done) == (20, True)
    assert (begun.n_written, begun.is_done) == (1, False)
    assert places_of_pupil(store, whale) == [1]


def test_a_pupil_writes_forty_digits_at_most(store, room, packed):
    _, otter, _ = room
    write(store, otter, packed, range(MAX_DIGITS))
    label, strokes = packed[0]
    with pytest.raises(FullPupilError, match="40"):
        write_digit(store, otter, "one more token", 0, label, strokes)


@pytest.mark.parametrize(
    ("token", "place", "label", "strokes"),
    [
        ("short", 0, 1, None),
        ("a" * 40, 0, 1, None),
        (None, 0, 1, None),
        ("long enough", -1, 1, None),
        ("long enough", 40, 1, None),
        ("long enough", "0", 1, None),
        ("long enough", 0, 10, None),
        ("long enough", 0, True, None),
        ("long enough", 0, 1, []),
        ("long enough", 0, 1, {"a": 1}),
        ("long enough", 0, 1, "strokes"),
        ("long enough", 0, 1, [{"width": 20, "erases": False, "points": [1, 2, 3]}]),
        ("long enough", 0, 1, [{"width": 20, "erases": False, "points": ["a", "b"]}]),
        ("long enough", 0, 1, [{"width": 1e9, "erases": False, "points": [1, 2, 9, 9]}]),
        ("long enough", 0, 1, [{"width": 20, "erases": False, "points": [9, 9] * 9000}]),
        ("long enough", 0, 1, [{"width": 20, "erases": True, "points": [9, 9, 200, 200]}]),
    ],
)
def test_nonsense_gets_a_sentence_and_is_not_written(
    store, room, packed, token, place, label, strokes
):
    class_id, otter, _ = room
    strokes = packed[0][1] if strokes is None else strokes
    with pytest.raises(UnreadableDrawingError):
        write_digit(store, otter, token, place, label, strokes)
    assert news_since(store, class_id).digits == []


def test_an_outline_is_small_and_on_the_canvas(store, room, packed):
    class_id, otter, _ = room
    write(store, otter, packed, range(10))
    for digit in news_since(store, class_id).digits:
        for stroke in digit.outline:
            assert len(stroke) <= 48
            assert 0 <= np.min(stroke) <= np.max(stroke) <= 280
