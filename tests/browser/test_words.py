"""What is said in the browser is what Python says."""

import numpy as np

from digits_app.wording import a_digit, percent

IN_THE_MIDDLE = [0.125, 0.135, 0.005, 0.0025, 0.0075, 0.9975, 0.625, 0.375, 0.0125]


def test_percentages_are_written_as_in_python(run):
    shares = [0, 1, *IN_THE_MIDDLE, *np.linspace(0, 1, 2001).tolist()]
    shares += [0.0009999, 0.001, 0.999, 0.9990001, 0.0099999, 0.01, 0.99, 0.9900001]
    shares += np.random.default_rng(2).beta(0.2, 0.2, 2000).tolist()
    written = run("board/words.js", "given.map(percent)", shares)
    assert written == [percent(share) for share in shares]


def test_digits_have_the_same_article(run):
    digits = list(range(10))
    assert run("board/words.js", "given.map(aDigit)", digits) == list(map(a_digit, digits))
