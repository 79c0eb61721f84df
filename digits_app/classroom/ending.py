"""A class is erased: when its teacher ends it, or by itself when its time is over.

SQLite overwrites what is deleted (`secure_delete`), but the write-ahead log keeps the old
pages until it is cut off, and that waits while somebody still reads: so it is tried again.
PostgreSQL keeps deleted rows until its own vacuum, and in its write-ahead log; see
docs/privacy.md.
"""

import time

from sqlalchemy import Connection, delete, select

from digits_app.classroom.joining import Clock
from digits_app.classroom.store import Store, classes, digits, left_out, pupils, wrong_codes


def end_class(store: Store, class_id: int) -> None:
    """Erase a class with all that belongs to it."""
    with store.writing() as connection:
        _erase(connection, class_id)
    cut_log(store)


def end_expired(store: Store, now: Clock = time.time) -> int:
    """Erase the classes whose time is over, and try again to cut off what is left.

    Call it from time to time.

    Returns
    -------
    int
        How many classes were erased.
    """
    expired = select(classes.c.id).where(classes.c.ends_at <= now())
    with store.reading() as connection:
        ids = list(connection.scalars(expired))
    for class_id in ids:
        with store.writing() as connection:
            _erase(connection, class_id)
    cut_log(store)
    return len(ids)


def cut_log(store: Store) -> bool:
    """Empty SQLite's write-ahead log, which may hold what was erased.

    Returns
    -------
    bool
        False while somebody reads an older state: try again later.
    """
    if not store.is_sqlite:
        return True
    with store.engine.connect() as connection:
        # Outside of a transaction, or it would wait for itself.
        raw = connection.connection.cursor()
        raw.execute("PRAGMA busy_timeout = 200")
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        raw.execute("PRAGMA busy_timeout = 15000")
        raw.close()
    return not busy


def _erase(connection: Connection, class_id: int) -> None:
    for table in (left_out, digits, pupils):
        connection.execute(delete(table).where(table.c.class_id == class_id))
    connection.execute(delete(classes).where(classes.c.id == class_id))
    connection.execute(delete(wrong_codes))
