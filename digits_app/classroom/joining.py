"""Who gets into a class: the teacher's key, the pupils' links and codes, their own keys.

A key is a number of a row, a dash, and a secret. The store holds only hashes of secrets
(SHA-256; they are long and random, so nothing slower is needed), and compares them in a
time that does not depend on where they differ. The link that pupils scan follows from the
teacher's key, so the teacher can show it again on another device.
"""

import hashlib
import hmac
import re
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from digits_app.classroom.animals import N_ANIMALS, Animal
from digits_app.classroom.store import (
    MAX_CLASSES,
    MAX_PUPILS,
    Store,
    classes,
    pupils,
    wrong_codes,
)

LETTERS: Final = "CDHKLMPRTWX"
"""No vowels and no Y, so no word; none that is mistaken for another one or for a number
from the last row; no F, J, N, S or Z, which make ugly letters of others."""

CODE_LENGTH: Final = 6
HOURS: Final = 24
"""Hours after which a class ends by itself."""

MAX_WRONG_CODES: Final = 30
"""In a minute, by all who type together: a class that mistypes stays below it."""

_MINUTE: Final = 60.0
_SECRET_BYTES: Final = 16
_LINK_BYTES: Final = 12
_SECRET: Final = re.compile(r"[0-9a-z]{32}")

Clock = Callable[[], float]


class ClassroomError(Exception):
    """It cannot be done; the message tells a person why, and what to do."""


class NoClassError(ClassroomError):
    """There is no such class, or it has ended."""


class FullError(ClassroomError):
    """There is no room for one more."""


class TooManyTriesError(ClassroomError):
    """Too many wrong codes were typed lately."""


@dataclass(frozen=True)
class Classroom:
    """A class that has not ended.

    Attributes
    ----------
    id : int
    code : str
        Six letters that can be typed.
    is_open : bool
        Newcomers get in.
    ends_at : float
        When it ends by itself, in seconds since 1970.
    revision, generation : int
        Grow with each change, and where digits were erased.
    """

    id: int
    code: str
    is_open: bool
    ends_at: float
    revision: int
    generation: int


@dataclass(frozen=True)
class Pupil:
    """Somebody in a class.

    Attributes
    ----------
    id, class_id : int
    animal : Animal
    is_hidden : bool
        The teacher hides what this pupil writes.
    joined_at : float
        In seconds since 1970.
    """

    id: int
    class_id: int
    animal: Animal
    is_hidden: bool
    joined_at: float


def start_class(
    store: Store, hours: float = HOURS, now: Clock = time.time
) -> tuple[Classroom, str]:
    """Start a class.

    Returns
    -------
    classroom : Classroom
    key : str
        The teacher's: it can be had only now.

    Raises
    ------
    FullError
        There are as many classes as there may be.
    """
    secret = secrets.token_hex(_SECRET_BYTES)
    with store.writing_alone() as connection:
        living = select(classes.c.code).where(classes.c.ends_at > now())
        codes = set(connection.scalars(living))
        if len(codes) >= MAX_CLASSES:
            raise FullError(
                f"There are {MAX_CLASSES} classes already, and no room for one more. "
                "Try again when one of them has ended."
            )
        added = connection.execute(
            insert(classes).values(
                code=_new_code(set(connection.scalars(select(classes.c.code)))),
                key_hash=_hash(secret),
                link_hash=_hash(_link_secret(secret)),
                is_open=True,
                ends_at=now() + hours * 3600,
                revision=0,
                generation=0,
            )
        )
        (number,) = added.inserted_primary_key or (0,)
    key = f"{number}-{secret}"
    return class_of_teacher(store, key, now), key


def class_of_teacher(store: Store, key: str, now: Clock = time.time) -> Classroom:
    """The class of a teacher's key.

    Raises
    ------
    NoClassError
        There is none, or it has ended.
    """
    return _as_classroom(_find(store, classes, "key_hash", key), now)


def link_of(teacher_key: str) -> str:
    """What the link for pupils carries: the class's number and a secret of 96 bits."""
    number, _, secret = teacher_key.partition("-")
    return f"{number}-{_link_secret(secret)}"


def join_by_link(
    store: Store, link: str, secret: str | None = None, now: Clock = time.time
) -> tuple[Pupil, str]:
    """Come into a class by its link; see `join_by_code`."""
    row = _find(store, classes, "link_hash", link)
    return _join(store, _as_classroom(row, now), secret, now)


def join_by_code(
    store: Store, code: str, secret: str | None = None, now: Clock = time.time
) -> tuple[Pupil, str]:
    """Come into a class by the code that its teacher shows.

    Parameters
    ----------
    code : str
        As somebody typed it.
    secret : str or None
        Made up by the phone, 32 letters and digits: with the same one it comes in as the
        same pupil, however often it has to ask. None makes one here.

    Returns
    -------
    pupil : Pupil
        With the first animal that is free.
    key : str
        The pupil's own: with it the phone comes back as the same pupil.

    Raises
    ------
    NoClassError
        No class has this code, or its teacher has closed the door.
    TooManyTriesError
        Too many wrong codes were typed on all phones together; the right one waits, too.
    FullError
        All animals are taken.
    """
    typed = "".join(code.split()).upper()
    with store.reading() as connection:
        wrong = connection.scalar(
            select(func.count()).where(wrong_codes.c.at > now() - _MINUTE)
        )
        row = connection.execute(select(classes).where(classes.c.code == typed)).first()
    if (wrong or 0) >= MAX_WRONG_CODES:
        raise TooManyTriesError(
            "Many wrong codes were typed just now, so no code is taken for a minute. "
            "Scan the square, or wait and try again."
        )
    if row is None or row.ends_at <= now() or not row.is_open:
        with store.writing() as connection:
            connection.execute(
                delete(wrong_codes).where(wrong_codes.c.at < now() - _MINUTE)
            )
            connection.execute(insert(wrong_codes).values(at=now()))
        raise NoClassError(
            "No class with an open door has this code. Look again at the six letters on "
            "the board, or ask your teacher to open the door."
        )
    return _join(store, _as_classroom(row, now), secret, now)


def pupil_of(store: Store, key: str, now: Clock = time.time) -> Pupil:
    """The pupil of a key that `join_by_link` or `join_by_code` gave out.

    Raises
    ------
    NoClassError
        There is none: the class has ended, or the pupil took everything out.
    """
    row = _find(store, pupils, "key_hash", key)
    with store.reading() as connection:
        ends_at = connection.scalar(
            select(classes.c.ends_at).where(classes.c.id == row.class_id)
        )
    if ends_at is None or ends_at <= now():
        raise _no_class()
    return as_pupil(row)


def class_of_pupil(store: Store, pupil: Pupil, now: Clock = time.time) -> Classroom:
    """The class that a pupil is in.

    Raises
    ------
    NoClassError
        It has ended.
    """
    with store.reading() as connection:
        row = connection.execute(
            select(classes).where(classes.c.id == pupil.class_id)
        ).first()
    return _as_classroom(row, now)


def pupils_of(store: Store, class_id: int) -> list[Pupil]:
    """Everybody in a class, in the order in which they came."""
    with store.reading() as connection:
        rows = connection.execute(
            select(pupils).where(pupils.c.class_id == class_id).order_by(pupils.c.id)
        )
        return [as_pupil(row) for row in rows]


def set_door(store: Store, class_id: int, is_open: bool) -> None:
    """Open the door for newcomers, or close it. Those inside stay."""
    with store.writing() as connection:
        connection.execute(
            update(classes).where(classes.c.id == class_id).values(is_open=is_open)
        )


def _join(
    store: Store, classroom: Classroom, secret: str | None, now: Clock
) -> tuple[Pupil, str]:
    if secret is None or not _SECRET.fullmatch(secret):
        secret = secrets.token_hex(_SECRET_BYTES)
    with store.writing() as connection:
        # The first to change the row goes first: two newcomers never get one animal.
        count_change(connection, classroom.id, now=now)
        of_class = connection.execute(
            select(pupils).where(pupils.c.class_id == classroom.id)
        ).all()
        for row in of_class:
            if hmac.compare_digest(bytes(row.key_hash), _hash(secret)):
                return as_pupil(row), f"{row.id}-{secret}"
        if not classroom.is_open:
            raise NoClassError(
                "Your teacher has closed the door of this class. Ask for it to be opened."
            )
        taken = {row.animal for row in of_class}
        free = [number for number in range(N_ANIMALS) if number not in taken]
        if not free or len(taken) >= MAX_PUPILS:
            raise FullError(
                f"This class is full: all {N_ANIMALS} animals are taken. One is free "
                "again when somebody takes theirs out."
            )
        pupil = Pupil(0, classroom.id, Animal(free[0]), False, now())
        added = connection.execute(
            insert(pupils).values(
                class_id=classroom.id,
                animal=free[0],
                key_hash=_hash(secret),
                is_hidden=False,
                joined_at=pupil.joined_at,
            )
        )
        (number,) = added.inserted_primary_key or (0,)
    return replace(pupil, id=number), f"{number}-{secret}"


def count_change(
    connection: Connection, class_id: int, erases: bool = False, now: Clock = time.time
) -> int:
    """Count a change of a class, and keep others from changing it until it is written.

    Raises
    ------
    NoClassError
        It has ended, or its time is over and it will be erased in a moment.
    """
    revision = connection.scalar(
        update(classes)
        .where(classes.c.id == class_id, classes.c.ends_at > now())
        .values(
            revision=classes.c.revision + 1,
            generation=classes.c.generation + int(erases),
        )
        .returning(classes.c.revision)
    )
    if revision is None:
        raise _no_class()
    return int(revision)


def _find(store: Store, table: Any, column: str, key: str) -> Row[Any]:
    number, _, secret = key.partition("-")
    row = None
    # More digits than any row's number has would not fit into the database.
    if number.isascii() and number.isdecimal() and len(number) <= 15:
        with store.reading() as connection:
            row = connection.execute(select(table).where(table.c.id == int(number))).first()
    known = bytes(32) if row is None else bytes(getattr(row, column))
    if not hmac.compare_digest(known, _hash(secret)) or row is None:
        raise _no_class()
    return row


def _no_class() -> NoClassError:
    return NoClassError("This class has ended, and everything in it was erased.")


def _as_classroom(row: Row[Any] | None, now: Clock) -> Classroom:
    if row is None or row.ends_at <= now():
        raise _no_class()
    return Classroom(
        row.id, row.code, row.is_open, row.ends_at, row.revision, row.generation
    )


def as_pupil(row: Row[Any]) -> Pupil:
    """Read a row of the table of pupils."""
    return Pupil(row.id, row.class_id, Animal(row.animal), row.is_hidden, row.joined_at)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def _link_secret(secret: str) -> str:
    digest = hmac.digest(secret.encode("utf-8", "replace"), b"link for pupils", "sha256")
    return urlsafe_b64encode(digest[:_LINK_BYTES]).decode("ascii")


def _new_code(taken: set[str]) -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        is_plain = all(one != next_one for one, next_one in pairwise(code))
        if is_plain and code not in taken:
            return code
