import numpy as np
import pytest

from digits_app.my_hand.scoring import score, writer_shares


def test_wilsons_interval_is_the_published_formula():
    y = np.zeros(20, dtype=int)
    result = score(y, np.where(np.arange(20) < 16, 0, 1))
    p, n, z = 0.8, 20, 1.959964
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    assert result.share == 0.8
    assert (result.low, result.high) == pytest.approx((middle - half, middle + half))


def test_nothing_written_has_no_score():
    with pytest.raises(ValueError, match="n"):
        score(np.array([], dtype=int), np.array([], dtype=int))


def test_each_writer_has_a_share_of_their_own():
    shares = writer_shares(np.array([5, 2, 5, 2, 2]), np.array([1, 1, 0, 1, 1], dtype=bool))
    assert shares.tolist() == [1.0, 0.5]
