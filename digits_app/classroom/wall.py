"""The digits of a class: written once, shown on the wall, held back, hidden, taken out."""

import json
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, delete, func, insert, select, update

from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.joining import (
    ClassroomError,
    NoClassError,
    Pupil,
    as_pupil,
    count_change,
)
from digits_app.classroom.store import MAX_DIGITS, Store, classes, digits, pupils
from digits_app.dataset import IMAGE_SHAPE
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.my_hand.digits import MyDigit, my_digit
from digits_app.my_hand.keeping import pack_drawing, unpack_drawing
from digits_app.my_hand.prompts import N_CLASSES, prompts

State = Literal["shown", "held", "hidden"]
"""On the wall; held back until the teacher looks, for it may be no digit; taken down."""

N_PROMPTS: Final = len(prompts(0))
"""How many digits a pupil is asked for."""

SECONDS_BETWEEN_LOOKS: Final = 0.7
"""So often the wall asks for what is new: a digit is on it within a second, and the looks,
most of which find nothing, cost the server less than 20 ms a second."""

MAX_STROKES: Final = 40_000
"""Characters of a digit's strokes; one takes two or three thousand."""

_OUTLINE_POINTS: Final = 24
"""Points of a stroke on the wall, where a digit is as small as a fingernail."""


class FullPupilError(ClassroomError):
    """No pupil may write more digits."""


@dataclass(frozen=True)
class WallDigit:
    """A digit as the wall shows it.

    Attributes
    ----------
    id : int
        Later ones have higher numbers.
    label : int
        What it shows, 0..9.
    animal : int
        Whose it is.
    state : {"shown", "held", "hidden"}
    outline : list of list of int
        Its strokes in few points, x, y, x, y, ..., 0..280.
    image : ndarray of shape (8, 8)
        0..16.
    """

    id: int
    label: int
    animal: int
    state: State
    outline: list[list[int]]
    image: NDArray[np.uint8]


@dataclass(frozen=True)
class News:
    """What has changed on a wall.

    Attributes
    ----------
    revision : int
        To be asked for next time.
    generation : int
        Where it is another one than last time digits were erased, and `digits` are all.
    digits : list of WallDigit
        New and changed ones, oldest change first.
    """

    revision: int
    generation: int
    digits: list[WallDigit]


@dataclass(frozen=True)
class Progress:
    """How far a pupil has come.

    Attributes
    ----------
    pupil : Pupil
    n_written : int
        Digits of whatever state.
    """

    pupil: Pupil
    n_written: int

    @property
    def is_done(self) -> bool:
        """All prompts are answered."""
        return self.n_written >= N_PROMPTS


def write_digit(
    store: Store,
    pupil: Pupil,
    token: str,
    place: int,
    label: int,
    strokes: Any,
) -> State:
    """Write a digit that a pupil's phone sent.

    Parameters
    ----------
    token : str
        Made up by the phone for this digit: sent again under it, it is not written again.
    place : int
        Which prompt it answers, 0..39.
    label : int
        What was asked for, 0..9.
    strokes : object
        As `my_hand.keeping.pack_drawing` writes them. It comes from a phone, so it may be
        anything.

    Returns
    -------
    {"shown", "held", "hidden"}
        What has become of it, now or when it was sent first.

    Raises
    ------
    UnreadableDrawingError
        There is no digit in it.
    FullPupilError
        The pupil has written as many as one may.
    NoClassError
        The class has ended, or the pupil was taken out.
    """
    is_digit = type(label) is int and 0 <= label < N_CLASSES
    is_place = type(place) is int and 0 <= place < MAX_DIGITS
    is_token = isinstance(token, str) and 8 <= len(token) <= 32 and token.isascii()
    if not (is_digit and is_place and is_token):
        raise UnreadableDrawingError("A digit did not arrive whole. Write it again.")
    if (known := _state_of(store, pupil, token)) is not None:
        return known
    written = my_digit(label, unpack_drawing(strokes))
    kept = json.dumps(pack_drawing(written.drawing or {}), separators=(",", ":"))
    if len(kept) > MAX_STROKES:
        raise UnreadableDrawingError("That is more ink than a digit needs. Write it again.")
    state: State = "held" if _is_unfamiliar(written) else "shown"
    with store.writing() as connection:
        revision = count_change(connection, pupil.class_id)
        if (known := _known_state(connection, pupil, token)) is not None:
            return known
        row = connection.execute(select(pupils).where(pupils.c.id == pupil.id)).first()
        if row is None:
            raise NoClassError("Your digits were taken out of this class.")
        of_pupil = select(func.count()).where(digits.c.pupil_id == pupil.id)
        if (connection.scalar(of_pupil) or 0) >= MAX_DIGITS:
            raise FullPupilError(f"You have written {MAX_DIGITS} digits, which is all.")
        connection.execute(
            insert(digits).values(
                class_id=pupil.class_id,
                pupil_id=pupil.id,
                token=token,
                place=place,
                label=label,
                strokes=kept,
                outline=json.dumps(_outline(json.loads(kept)), separators=(",", ":")),
                image=written.image.astype(np.uint8).tobytes(),
                copies=written.copies.astype(np.uint8).tobytes(),
                state=state,
                revision=revision,
            )
        )
    return state


def news_since(store: Store, class_id: int, revision: int = 0, generation: int = 0) -> News:
    """What is new on a wall.

    Parameters
    ----------
    revision, generation : int
        Of the last news; 0 for everything.

    Raises
    ------
    NoClassError
        The class has ended.
    """
    with store.reading() as connection:
        row = connection.execute(select(classes).where(classes.c.id == class_id)).first()
        if row is None:
            raise NoClassError("This class has ended, and everything in it was erased.")
        since = revision if generation == row.generation else 0
        if since >= row.revision:
            return News(row.revision, row.generation, [])
        found = connection.execute(
            _on_wall(class_id)
            .where(digits.c.revision > since)
            .order_by(digits.c.revision, digits.c.id)
        )
        changed = [_wall_digit(each) for each in found.all()]
        return News(row.revision, row.generation, changed)


def newest_on(store: Store, class_id: int, n_digits: int) -> list[WallDigit]:
    """The digits that came onto a wall last, the newest first."""
    with store.reading() as connection:
        found = connection.execute(
            _on_wall(class_id)
            .where(digits.c.state == "shown", pupils.c.is_hidden.is_(False))
            .order_by(digits.c.id.desc())
            .limit(n_digits)
        )
        return [_wall_digit(each) for each in found.all()]


def count_digits(store: Store, class_id: int) -> dict[State, int]:
    """How many digits of a class are on its wall, held back, and hidden."""
    counts: dict[State, int] = {"shown": 0, "held": 0, "hidden": 0}
    with store.reading() as connection:
        rows = connection.execute(
            select(digits.c.state, pupils.c.is_hidden, func.count())
            .join(pupils, pupils.c.id == digits.c.pupil_id)
            .where(digits.c.class_id == class_id)
            .group_by(digits.c.state, pupils.c.is_hidden)
        )
        for state, is_hidden, count in rows:
            counts["hidden" if is_hidden else state] += count
    return counts


def progress_of(store: Store, class_id: int) -> list[Progress]:
    """How far everybody in a class has come, in the order in which they came in."""
    with store.reading() as connection:
        counts = (
            select(digits.c.pupil_id, func.count().label("n"))
            .where(digits.c.class_id == class_id)
            .group_by(digits.c.pupil_id)
            .subquery()
        )
        rows = connection.execute(
            select(pupils, func.coalesce(counts.c.n, 0).label("n_written"))
            .outerjoin(counts, counts.c.pupil_id == pupils.c.id)
            .where(pupils.c.class_id == class_id)
            .order_by(pupils.c.id)
        )
        return [Progress(as_pupil(row), int(row.n_written)) for row in rows]


def digits_of_pupil(store: Store, pupil: Pupil) -> list[MyDigit]:
    """Everything that a pupil has written, in the order of the prompts."""
    with store.reading() as connection:
        rows = connection.execute(
            select(digits).where(digits.c.pupil_id == pupil.id).order_by(digits.c.place)
        ).all()
    return [
        MyDigit(
            row.label,
            _images(row.image)[0].astype(np.float64),
            _images(row.copies).astype(np.float64),
            unpack_drawing(json.loads(row.strokes)),
        )
        for row in rows
    ]


def places_of_pupil(store: Store, pupil: Pupil) -> list[int]:
    """Which prompts a pupil has answered, in order."""
    with store.reading() as connection:
        places = connection.scalars(
            select(digits.c.place).where(digits.c.pupil_id == pupil.id).distinct()
        )
        return sorted(places)


def digits_of_class(store: Store, class_id: int) -> ClassDigits:
    """All digits of a class that the wall shows, in the order in which they came."""
    with store.reading() as connection:
        rows = connection.execute(
            select(
                digits.c.image,
                digits.c.copies,
                digits.c.label,
                pupils.c.animal,
                digits.c.strokes,
            )
            .join(pupils, pupils.c.id == digits.c.pupil_id)
            .where(
                digits.c.class_id == class_id,
                digits.c.state == "shown",
                pupils.c.is_hidden.is_(False),
            )
            .order_by(digits.c.id)
        ).all()
    images = [_images(row.image)[0] for row in rows]
    copies = [_images(row.copies) for row in rows]
    return ClassDigits(
        np.array(images, dtype=np.float64).reshape(-1, *IMAGE_SHAPE),
        np.array(copies, dtype=np.float64).reshape(len(rows), -1, *IMAGE_SHAPE)
        if rows
        else np.zeros((0, 1, *IMAGE_SHAPE)),
        np.array([row.label for row in rows], dtype=np.int64),
        np.array([row.animal for row in rows], dtype=np.int64),
        tuple(unpack_drawing(json.loads(row.strokes)) for row in rows),
    )


def set_digit(store: Store, class_id: int, digit_id: int, state: State) -> None:
    """Show a digit on the wall, or hide it."""
    with store.writing() as connection:
        revision = count_change(connection, class_id)
        connection.execute(
            update(digits)
            .where(digits.c.id == digit_id, digits.c.class_id == class_id)
            .values(state=state, revision=revision)
        )


def hide_pupil(store: Store, class_id: int, animal: int, hides: bool = True) -> None:
    """Hide all that a pupil has written and will write, or show it again."""
    with store.writing() as connection:
        revision = count_change(connection, class_id)
        where = (pupils.c.class_id == class_id) & (pupils.c.animal == animal)
        pupil_id = connection.scalar(select(pupils.c.id).where(where))
        connection.execute(update(pupils).where(where).values(is_hidden=hides))
        connection.execute(
            update(digits).where(digits.c.pupil_id == pupil_id).values(revision=revision)
        )


def take_out(store: Store, pupil: Pupil) -> None:
    """Erase a pupil and all that the pupil has written."""
    with store.writing() as connection:
        count_change(connection, pupil.class_id, erases=True)
        connection.execute(delete(digits).where(digits.c.pupil_id == pupil.id))
        connection.execute(delete(pupils).where(pupils.c.id == pupil.id))


def _state_of(store: Store, pupil: Pupil, token: str) -> State | None:
    with store.reading() as connection:
        return _known_state(connection, pupil, token)


def _known_state(connection: Connection, pupil: Pupil, token: str) -> State | None:
    state: State | None = connection.scalar(
        select(digits.c.state).where(digits.c.pupil_id == pupil.id, digits.c.token == token)
    )
    return state


def _is_unfamiliar(digit: MyDigit) -> bool:
    # It loads the guard's weights: not where a class is only looked at.
    from digits_app.reading.unfamiliarity import (
        UNFAMILIAR_FROM,
        guard_probabilities,
        unfamiliarity,
    )

    guard = guard_probabilities(digit.copies)
    return unfamiliarity(guard, N_CLASSES) > UNFAMILIAR_FROM[N_CLASSES]


def _outline(strokes: list[dict[str, Any]]) -> list[list[int]]:
    """Strokes of ink in few points, in whole units."""
    return [_thinned(stroke["points"]) for stroke in strokes if not stroke["erases"]]


def _thinned(numbers: list[float]) -> list[int]:
    points = np.array(numbers).reshape(-1, 2)
    n_points = min(len(points), _OUTLINE_POINTS)
    chosen = points[np.linspace(0, len(points) - 1, n_points).round().astype(int)]
    whole: list[int] = chosen.clip(0, 280).round().astype(int).ravel().tolist()
    return whole


def _images(packed: bytes) -> NDArray[np.uint8]:
    """Images of shape (n, 8, 8) that were kept as bytes."""
    return np.frombuffer(bytes(packed), dtype=np.uint8).reshape(-1, *IMAGE_SHAPE)


def _on_wall(class_id: int) -> Select[Any]:
    """Ask for the digits of a class as its wall needs them."""
    return (
        select(
            digits.c.id,
            digits.c.label,
            pupils.c.animal,
            digits.c.state,
            pupils.c.is_hidden,
            digits.c.outline,
            digits.c.image,
        )
        .join(pupils, pupils.c.id == digits.c.pupil_id)
        .where(digits.c.class_id == class_id)
    )


def _wall_digit(row: Any) -> WallDigit:
    return WallDigit(
        row.id,
        row.label,
        row.animal,
        "hidden" if row.is_hidden else row.state,
        json.loads(row.outline),
        _images(row.image)[0],
    )
