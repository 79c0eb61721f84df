"""A store of each kind, and digits to write into it."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

from digits_app.classroom.store import Store, metadata, open_store
from digits_app.my_hand.keeping import pack_drawing
from tests.support.pen_drawings import PenDrawing
from tests.support.postgres import MISSING, postgres_programs, run_postgres
from tests.support.visitor import canvas_json


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Address of an empty PostgreSQL."""
    programs = postgres_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with run_postgres(programs) as (address, _):
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path) -> Iterator[Store]:
    if request.param == "sqlite":
        store = open_store(f"sqlite:///{tmp_path / 'classes.db'}")
    else:
        store = open_store(request.getfixturevalue("postgres"))
    yield store
    with store.writing() as connection:
        metadata.drop_all(connection)
    store.engine.dispose()


@pytest.fixture
def sqlite(tmp_path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'classes.db'}")
    yield store
    store.engine.dispose()


@pytest.fixture(scope="session")
def packed(pen_drawings: list[PenDrawing]) -> list[tuple[int, list[dict[str, Any]]]]:
    """Label and strokes of some real digits, as a phone sends them."""
    return [
        (each.label, pack_drawing(canvas_json(each.placed("filling"))))
        for each in pen_drawings[:40]
    ]
