import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from digits_app.classroom.ending import cut_log, end_class, end_expired
from digits_app.classroom.joining import (
    NoClassError,
    class_of_teacher,
    join_by_link,
    link_of,
    start_class,
)
from digits_app.classroom.store import metadata
from digits_app.classroom.wall import digits_of_class, write_digit
from tests.support.serving import ROOT


def fill(store, packed):
    classroom, key = start_class(store)
    for number in range(3):
        pupil, _ = join_by_link(store, link_of(key))
        for place in range(6):
            label, strokes = packed[place]
            token = f"marked-token-{number}-{place}"
            write_digit(store, pupil, token, place, label, strokes)
    return classroom, key


def rows_left(store) -> int:
    with store.reading() as connection:
        return sum(
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.tables.values()
        )


def kept_bytes(store) -> bytes:
    """All that SQLite keeps on the disk."""
    file = Path(store.engine.url.database)
    return b"".join(path.read_bytes() for path in file.parent.iterdir())


def traces(store, classroom, packed) -> list[str]:
    """What of a class can be found on the disk."""
    kept = kept_bytes(store)
    stroke = json.dumps(packed[0][1][0]["points"][:8], separators=(",", ":"))[:-1]
    wanted = {"token": "marked-token", "code": classroom.code, "stroke": stroke}
    return [name for name, text in wanted.items() if text.encode() in kept]


def test_nothing_is_left_in_the_file_and_in_its_log(sqlite, packed):
    classroom, key = fill(sqlite, packed)
    assert traces(sqlite, classroom, packed) == ["token", "code", "stroke"]
    end_class(sqlite, classroom.id)
    assert rows_left(sqlite) == 0
    assert traces(sqlite, classroom, packed) == []
    with pytest.raises(NoClassError):
        class_of_teacher(sqlite, key)


def test_while_somebody_reads_the_log_is_cut_later(sqlite, packed):
    classroom, _ = fill(sqlite, packed)
    with sqlite.reading() as reader:
        reader.execute(select(func.count()).select_from(metadata.tables["digits"])).all()
        end_class(sqlite, classroom.id)
        assert not cut_log(sqlite)
        assert traces(sqlite, classroom, packed)
    end_expired(sqlite)
    assert traces(sqlite, classroom, packed) == []


def test_no_row_is_left_and_another_class_stays(store, packed):
    one, _ = fill(store, packed)
    other, other_key = fill(store, packed)
    end_class(store, one.id)
    assert class_of_teacher(store, other_key).id == other.id
    assert len(digits_of_class(store, other.id).labels) == 18
    end_class(store, other.id)
    assert rows_left(store) == 0


def test_a_class_ends_by_itself_and_nobody_has_to_ask(store, packed):
    one, key = fill(store, packed)
    assert end_expired(store, now=lambda: one.ends_at - 1) == 0
    class_of_teacher(store, key)
    assert end_expired(store, now=lambda: one.ends_at) == 1
    assert rows_left(store) == 0


def test_by_default_it_lies_in_the_users_own_folder(tmp_path):
    code = "from digits_app.classroom.store import the_store; print(the_store().engine.url)"
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop("DIGITS_STORE", None)
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    file = tmp_path / "eight-by-eight" / "classes.db"
    assert str(file) in run.stdout
    assert file.exists()
    assert file.parent.stat().st_mode & 0o777 == 0o700
