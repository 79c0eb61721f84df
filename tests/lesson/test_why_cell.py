"""The lesson's own picture of reasons is that of the library."""

import numpy as np

from digits_app import explain_digit, load_classifier
from digits_app.dataset import load_split
from digits_app.lesson.drawing_board import DrawingBoard
from digits_app.lesson.settings import LESSON
from digits_app.lesson.step import Choice
from digits_app.lesson.steps import step


def test_rubbing_out_in_the_lesson_gives_the_heat_of_explain_digit():
    board = DrawingBoard()
    names = {"mlp": load_classifier(), "X_test": load_split().X_test, "plt": board}
    follow, *_, rub_out = step(8).cells
    for cell in (follow, rub_out):
        exec(cell.source(LESSON, Choice(4)), names)
    why = explain_digit(load_split().X_test[4], load_classifier())
    assert np.allclose(names["heat"].reshape(8, 8), why.heat)
    assert len(board.figures) == 1
