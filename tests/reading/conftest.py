"""Real drawings, prepared once for all tests of a process."""

import pytest

from benchmarks.accuracy import SOURCES, PreparedDigits, Source, prepare_source
from digits_app.drawing.tilted_copies import UNTILTED
from digits_app.my_hand.strangers import load_strangers

SHIPPED: Source = "many countries"


@pytest.fixture(scope="session")
def prepared() -> dict[Source, PreparedDigits]:
    """The digits of each source.

    Of many countries they are shipped, and `test_strangers` compares them with those that
    drawings get today. Where a digit is read once, the copy that is not tilted is read.
    """
    strangers = load_strangers()
    copies = strangers.copies.reshape(len(strangers.labels), -1, 64).astype(float)
    shipped = PreparedDigits(strangers.labels, copies[:, UNTILTED], copies)
    return {
        source: shipped if source == SHIPPED else prepare_source(source)
        for source in SOURCES
    }
