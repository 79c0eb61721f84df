"""The lesson's own picture of reasons is that of the library."""

import numpy as np

from digits_app import explain_digit, load_classifier
from digits_app.dataset import load_split
from digits_app.lesson.running import run_source
from digits_app.lesson.settings import LESSON
from digits_app.lesson.step import Choice
from digits_app.lesson.steps import step


def test_rubbing_out_in_the_lesson_gives_the_heat_of_explain_digit():
    names = {"mlp": load_classifier(), "X_test": load_split().X_test}
    follow, *_, rub_out = step(8).cells
    run_source("import matplotlib.pyplot as plt", names)
    run_source(follow.source(LESSON, Choice(4)), names)
    drawn = run_source(rub_out.source(LESSON, Choice(4)), names).pictures
    why = explain_digit(load_split().X_test[4], load_classifier())
    assert np.allclose(names["heat"].reshape(8, 8), why.heat)
    assert len(drawn) == 1
