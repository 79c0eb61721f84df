import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from digits_app.classroom import store as tables
from digits_app.classroom.joining import (
    CODE_LENGTH,
    LETTERS,
    MAX_WRONG_CODES,
    FullError,
    NoClassError,
    TooManyTriesError,
    class_of_pupil,
    class_of_teacher,
    join_by_code,
    join_by_link,
    link_of,
    pupil_of,
    pupils_of,
    set_door,
    start_class,
)
from digits_app.classroom.store import MAX_CLASSES, MAX_PUPILS, open_store

NEVER = "XXXXXX"
"""No code: none has a letter twice in a row."""


def test_a_pupil_gets_in_by_link_and_by_code_and_comes_back(store):
    classroom, key = start_class(store)
    otter, otter_key = join_by_link(store, link_of(key))
    whale, whale_key = join_by_code(
        store, f" {classroom.code[:3].lower()} {classroom.code[3:]}"
    )
    assert (otter.animal.name, whale.animal.name) == ("green otter", "yellow whale")
    assert pupil_of(store, otter_key).animal == otter.animal
    assert pupil_of(store, whale_key).id == whale.id
    assert class_of_pupil(store, whale).code == classroom.code
    assert [each.id for each in pupils_of(store, classroom.id)] == [otter.id, whale.id]


def test_the_teacher_comes_back_on_another_device(store):
    classroom, key = start_class(store)
    again = open_store(store.engine.url.render_as_string(hide_password=False))
    assert class_of_teacher(again, key) == classroom
    again.engine.dispose()


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "-",
        "1-",
        "x-y",
        "1-" + "0" * 32,
        "9" * 400 + "-1",
        "\u0661-1",
        "1-\ud800",
        "-1-2",
    ],
    ids=ascii,
)
def test_a_key_that_nobody_gave_out_opens_nothing(store, wrong):
    start_class(store)
    for find in (class_of_teacher, pupil_of, join_by_link):
        with pytest.raises(NoClassError):
            find(store, wrong)


def test_keys_of_one_kind_open_nothing_of_another(store):
    _, key = start_class(store)
    _, pupil_key = join_by_link(store, link_of(key))
    for find, wrong in (
        (class_of_teacher, link_of(key)),
        (class_of_teacher, pupil_key),
        (pupil_of, key),
        (join_by_link, key),
    ):
        with pytest.raises(NoClassError):
            find(store, wrong)


def test_a_phone_that_asks_again_is_the_same_pupil(store):
    classroom, key = start_class(store)
    secret = "0123456789abcdef" * 2
    otter, otter_key = join_by_link(store, link_of(key), secret)
    set_door(store, classroom.id, is_open=False)  # which keeps out newcomers alone
    again, again_key = join_by_link(store, link_of(key), secret)
    assert (again, again_key) == (otter, otter_key)
    assert pupil_of(store, otter_key) == otter
    set_door(store, classroom.id, is_open=True)
    # What is no secret is not taken for one.
    assert join_by_link(store, link_of(key), "1")[1].endswith("-1") is False


def test_a_key_of_one_class_opens_no_other(store):
    one, key = start_class(store)
    other, _ = start_class(store)
    secret = key.partition("-")[2]
    with pytest.raises(NoClassError):
        class_of_teacher(store, f"{other.id}-{secret}")
    assert class_of_teacher(store, key) == one


def test_no_secret_is_in_the_store(sqlite):
    _, key = start_class(sqlite)
    _, pupil_key = join_by_link(sqlite, link_of(key))
    folder = Path(sqlite.engine.url.database).parent
    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    for secret in (key, link_of(key), pupil_key):
        hidden = secret.partition("-")[2].encode()
        assert len(hidden) >= 16
        assert hidden not in kept


def test_codes_are_plain_letters_that_spell_no_word(store):
    codes = [start_class(store)[0].code for _ in range(MAX_CLASSES)]
    assert len(set(codes)) == MAX_CLASSES
    for code in codes:
        assert len(code) == CODE_LENGTH
        assert set(code) <= set(LETTERS)
    assert not set("AEIOUYBGQSZ0158V") & set(LETTERS)


def test_there_is_a_bound_for_classes_and_an_ended_one_makes_room(store):
    for _ in range(MAX_CLASSES):
        start_class(store)
    with pytest.raises(FullError, match="40 classes"):
        start_class(store)
    tomorrow = partial(float, 2**40)
    start_class(store, now=tomorrow)


def test_a_class_has_sixty_animals_each_once_however_many_come_at_the_same_time(store):
    classroom, key = start_class(store)
    with ThreadPoolExecutor(8) as threads:
        joined = list(
            threads.map(lambda _: join_by_link(store, link_of(key)), range(MAX_PUPILS))
        )
    assert max(Counter(pupil.animal for pupil, _ in joined).values()) == 1
    with pytest.raises(FullError, match="60 animals"):
        join_by_code(store, classroom.code)


def test_behind_a_closed_door_nobody_new_gets_in_and_all_who_are_in_stay(store):
    classroom, key = start_class(store)
    _, pupil_key = join_by_code(store, classroom.code)
    set_door(store, classroom.id, is_open=False)
    for join, way in ((join_by_code, classroom.code), (join_by_link, link_of(key))):
        with pytest.raises(NoClassError, match="door"):
            join(store, way)
    assert pupil_of(store, pupil_key).animal.name == "green otter"
    set_door(store, classroom.id, is_open=True)
    join_by_code(store, classroom.code)


def test_who_guesses_codes_gets_nowhere_and_the_link_still_works(store):
    _, key = start_class(store)
    now = 1000.0
    clock = lambda: now  # noqa: E731
    open_class, _ = start_class(store, now=clock)
    rng = random.Random(1)
    for _ in range(MAX_WRONG_CODES):
        guess = "".join(rng.choices("AEIOU", k=6))
        with pytest.raises(NoClassError):
            join_by_code(store, guess, now=clock)
    # Even the right one, or a guesser would learn that it was right.
    with pytest.raises(TooManyTriesError, match="a minute"):
        join_by_code(store, open_class.code, now=clock)
    now = 1061.0
    join_by_code(store, open_class.code, now=clock)
    join_by_link(store, link_of(key))
    # What is older than a minute does not stay.
    with pytest.raises(NoClassError):
        join_by_code(store, NEVER, now=clock)
    with store.reading() as connection:
        assert len(connection.execute(select(tables.wrong_codes)).all()) == 1


def test_after_a_day_nobody_gets_in_any_more(store):
    classroom, key = start_class(store)
    pupil, pupil_key = join_by_link(store, link_of(key))
    tomorrow = lambda: classroom.ends_at  # noqa: E731
    for find, way in (
        (class_of_teacher, key),
        (pupil_of, pupil_key),
        (join_by_link, link_of(key)),
        (join_by_code, classroom.code),
        (class_of_pupil, pupil),
    ):
        with pytest.raises(NoClassError):
            find(store, way, now=tomorrow)
