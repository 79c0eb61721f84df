"""Where classes are kept: in an SQLite file, or in PostgreSQL where several machines serve.

A class is kept until it ends, for a day at most, and nothing else of any visitor is.
`DIGITS_STORE` names another place: `sqlite:////srv/classes.db`, or
`postgresql+psycopg://user:password@host/name`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.exc import SQLAlchemyError

from digits_app.classroom.place import default_address

MAX_CLASSES: Final = 40
MAX_PUPILS: Final = 60
MAX_DIGITS: Final = 40
"""Of one pupil."""

_LOCK: Final = (
    808_080  # any number: PostgreSQL's lock while tables are made or classes counted
)
_PATIENCE: Final = 15  # seconds that SQLite waits while another process writes

NO_STORE: Final = (OSError, SQLAlchemyError)
"""What a store raises that cannot be opened, has no room, or does not answer."""

metadata: Final = MetaData()
# SQLite counts rows up by itself only where the key is an INTEGER.
_Id: Final = BigInteger().with_variant(Integer, "sqlite")

classes: Final = Table(
    "classes",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("key_hash", LargeBinary, nullable=False),
    Column("link_hash", LargeBinary, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("ends_at", Float, nullable=False),
    # Grows with each change, so that the wall can ask for what is new.
    Column("revision", Integer, nullable=False),
    # Grows where digits are erased: the wall then begins anew.
    Column("generation", Integer, nullable=False),
)
pupils: Final = Table(
    "pupils",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("class_id", ForeignKey("classes.id"), nullable=False),
    Column("animal", Integer, nullable=False),
    Column("key_hash", LargeBinary, nullable=False),
    Column("is_hidden", Boolean, nullable=False),
    Column("joined_at", Float, nullable=False),
    UniqueConstraint("class_id", "animal"),
)
digits: Final = Table(
    "digits",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("class_id", ForeignKey("classes.id"), nullable=False),
    Column("pupil_id", ForeignKey("pupils.id"), nullable=False),
    Column("token", String(32), nullable=False),
    Column("place", Integer, nullable=False),
    Column("label", Integer, nullable=False),
    Column("strokes", Text, nullable=False),
    Column("outline", Text, nullable=False),
    Column("image", LargeBinary, nullable=False),
    Column("copies", LargeBinary, nullable=False),
    Column("state", String(8), nullable=False),
    Column("revision", Integer, nullable=False),
    # Sent twice, it is written once.
    UniqueConstraint("pupil_id", "token"),
    Index("digits_of_class", "class_id", "revision"),
)
left_out: Final = Table(
    "left_out",
    metadata,
    Column("class_id", ForeignKey("classes.id"), primary_key=True),
    # Of which digits: another version begins anew.
    Column("version", String(40), primary_key=True),
    Column("animal", Integer, primary_key=True),  # -1: the two splits
    Column("finding", Text, nullable=False),
)
wrong_codes: Final = Table(
    "wrong_codes", metadata, Column("id", _Id, primary_key=True), Column("at", Float)
)


@dataclass(frozen=True)
class Store:
    """A place where classes are kept; share one in a process.

    Attributes
    ----------
    engine : sqlalchemy.Engine
    """

    engine: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Look something up; all of a block sees one state."""
        with self.engine.connect() as connection:
            if not self.is_sqlite:  # which keeps to one state anyway
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Change something: all of a block, or nothing where it raises."""
        with self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing_alone(self) -> Iterator[Connection]:
        """Change something that must be counted first, with no other process in between."""
        with self.writing() as connection:
            if not self.is_sqlite:  # there a writer is alone anyway
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection


@cache
def the_store() -> Store:
    """The store of this process, opened when it is first needed."""
    return open_store(default_address())


def open_store(address: str) -> Store:
    """Open a store, and make its tables where there are none.

    Parameters
    ----------
    address : str
        As SQLAlchemy writes it. The folder of an SQLite file is made if need be.

    Raises
    ------
    sqlalchemy.exc.SQLAlchemyError
        There is no such place, or it does not let us in.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        engine = create_engine(url, connect_args={"timeout": _PATIENCE})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_on_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True)
    store = Store(engine)
    with store.writing_alone() as connection:
        metadata.create_all(connection)
    return store


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Let readers and a writer work side by side, and let deleted rows be overwritten."""
    # We begin transactions ourselves: Python would do so only at the first change.
    connection.isolation_level = None
    for setting in (
        "journal_mode = WAL",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_on_sqlite(connection: Connection) -> None:
    """Begin as a writer where something will be changed.

    One that has begun as a reader may find that another one wrote meanwhile, and fails.
    """
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
