"""What leaving out has found of a class so far, kept where every process sees it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from digits_app.classroom.joining import count_change
from digits_app.classroom.leaving_out import Finding, LeftOut, Splits
from digits_app.classroom.store import Store, classes, digits, left_out

_SPLITS: int = -1


@dataclass(frozen=True)
class Findings:
    """What is known of a version of a class's digits.

    Attributes
    ----------
    rows : list of LeftOut
        As they were worked out.
    splits : Splits or None
        Comes last.
    """

    rows: Sequence[LeftOut]
    splits: Splits | None


def version_of(store: Store, class_id: int) -> str:
    """Name the digits of a class as they are now: it changes with each that is added."""
    with store.reading() as connection:
        generation = connection.scalar(
            select(classes.c.generation).where(classes.c.id == class_id)
        )
        revision = connection.scalar(
            select(func.max(digits.c.revision)).where(digits.c.class_id == class_id)
        )
    return f"{generation or 0}-{revision or 0}"


def last_version(store: Store, class_id: int) -> str | None:
    """The version of which something is known; None where nothing is."""
    with store.reading() as connection:
        version: str | None = connection.scalar(
            select(left_out.c.version).where(left_out.c.class_id == class_id).limit(1)
        )
    return version


def findings_of(store: Store, class_id: int, version: str | None) -> Findings:
    """What is known of a version so far."""
    with store.reading() as connection:
        rows = connection.execute(
            select(left_out.c.animal, left_out.c.finding).where(
                left_out.c.class_id == class_id, left_out.c.version == version
            )
        ).all()
    known = [(animal, json.loads(finding)) for animal, finding in rows]
    splits = [Splits(**finding) for animal, finding in known if animal == _SPLITS]
    pupils = [LeftOut(**finding) for animal, finding in known if animal != _SPLITS]
    return Findings(pupils, splits[0] if splits else None)


def forget_other_versions(store: Store, class_id: int, version: str) -> None:
    """Forget what was found of other digits than these.

    Raises
    ------
    NoClassError
        The class has ended.
    """
    with store.writing() as connection:
        count_change(connection, class_id)
        connection.execute(
            delete(left_out).where(
                left_out.c.class_id == class_id, left_out.c.version != version
            )
        )


def keep_finding(store: Store, class_id: int, version: str, finding: Finding) -> None:
    """Keep one finding; another process may have had it before.

    Raises
    ------
    NoClassError
        The class has ended meanwhile.
    """
    animal = _SPLITS if isinstance(finding, Splits) else finding.pupil
    try:
        with store.writing() as connection:
            count_change(connection, class_id)
            connection.execute(
                insert(left_out).values(
                    class_id=class_id,
                    version=version,
                    animal=animal,
                    finding=json.dumps(asdict(finding)),
                )
            )
    except IntegrityError:
        return
