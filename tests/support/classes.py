"""A class of real writers: each is one of the UniPen data."""

from collections import Counter

import numpy as np

from digits_app.classroom.class_digits import ClassDigits
from digits_app.classroom.joining import Pupil
from digits_app.classroom.store import Store
from digits_app.classroom.wall import write_digit
from digits_app.my_hand.digits import MyDigit, my_digit
from digits_app.my_hand.keeping import pack_drawing
from tests.support.unipen import UnipenSign, load_unipen
from tests.support.visitor import canvas_json


def hands(n_pupils: int, number: int = 0) -> list[list[UnipenSign]]:
    """The digits of so many writers, of those who wrote most.

    Parameters
    ----------
    n_pupils : int
    number : int
        0 or 1: two classes that have no writer in common.
    """
    signs = load_unipen("digits")
    most = [writer for writer, _ in Counter(sign.writer for sign in signs).most_common()]
    chosen = most[number : 2 * n_pupils : 2]
    return [[sign for sign in signs if sign.writer == writer] for writer in chosen]


def write_sign(
    store: Store, pupil: Pupil, place: int, sign: UnipenSign, label: int | None = None
) -> None:
    """Let a pupil write a sign, whatever digit was asked for."""
    asked = int(sign.label) if label is None else label
    strokes = pack_drawing(canvas_json(sign.on_canvas))
    write_digit(store, pupil, f"token-{place:04}", place, asked, strokes)


def as_my_digit(sign: UnipenSign) -> MyDigit:
    """Prepare a sign as if it had been written on the canvas."""
    return my_digit(int(sign.label), canvas_json(sign.on_canvas))


def a_class(n_pupils: int, number: int = 0) -> ClassDigits:
    """Put the digits of `hands` together."""
    written = [[as_my_digit(sign) for sign in of_one] for of_one in hands(n_pupils, number)]
    everything = [digit for of_one in written for digit in of_one]
    return ClassDigits(
        np.stack([digit.image for digit in everything]),
        np.stack([digit.copies for digit in everything]),
        np.array([digit.label for digit in everything]),
        np.repeat(np.arange(n_pupils), [len(of_one) for of_one in written]),
        tuple(digit.drawing or {} for digit in everything),
    )
