import numpy as np
import pytest

from digits_app.my_hand.digits import MyDigit, my_digit
from tests.support.canvas_json import to_canvas_json
from tests.support.unipen import UnipenSign, load_unipen


@pytest.fixture(scope="session")
def one_writer() -> list[UnipenSign]:
    """All digits of the writer who wrote most of them: two of each."""
    signs = load_unipen("digits")
    writers, counts = np.unique([sign.writer for sign in signs], return_counts=True)
    return [sign for sign in signs if sign.writer == writers[counts.argmax()]]


@pytest.fixture(scope="session")
def my_digits(one_writer: list[UnipenSign]) -> list[MyDigit]:
    return [my_digit(int(s.label), to_canvas_json(s.on_canvas)) for s in one_writer]
