"""The stand-in for pyplot draws what pyplot draws."""

import matplotlib
import numpy as np
import pytest

from digits_app.lesson.drawing_board import DrawingBoard
from digits_app.lesson.settings import LESSON
from digits_app.lesson.steps import step


@pytest.fixture
def pyplot():
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    yield plt
    plt.close("all")


def matrices(figure):
    return [image.get_array() for ax in figure.axes for image in ax.images]


@pytest.mark.parametrize("number", [3, 7])
def test_the_same_matrices_are_drawn_as_by_pyplot(lesson, pyplot, monkeypatch, number):
    monkeypatch.setattr(pyplot, "show", lambda: None)
    board = DrawingBoard()
    for plt in (board, pyplot):
        namespace = {**lesson.base(number), "plt": plt}
        for cell in step(number).cells:
            source = cell.source(LESSON).replace("import matplotlib", "# ")
            exec(source, namespace)
    drawn = matrices(board.figures[0])
    expected = matrices(pyplot.figure(1))
    assert len(drawn) == len(expected) > 0
    for ours, theirs in zip(drawn, expected, strict=True):
        assert np.array_equal(ours, theirs)


def test_every_picture_begins_anew():
    board = DrawingBoard()
    board.plot([1, 2, 3])
    board.xlabel("Iteration")
    board.ylabel("Loss")
    board.show()
    board.plot([4, 5])
    assert len(board.figures) == 2
    assert board.figures[0].axes[0].get_xlabel() == "Iteration"
    assert board.figures[1].axes[0].get_xlabel() == ""
    assert board.figures[1].axes[0].lines[0].get_ydata().tolist() == [4, 5]


@pytest.mark.parametrize(("shape", "size"), [((8, 8), (2.4, 2.4)), ((10, 100), (7, 0.7))])
def test_a_matrix_keeps_its_cells_square(shape, size):
    board = DrawingBoard()
    board.matshow(np.zeros(shape))
    assert board.figures[0].get_size_inches().tolist() == pytest.approx(size)


def test_text_takes_the_colour_of_the_theme():
    board = DrawingBoard(foreground="#eceae4")
    board.matshow(np.eye(8), cmap=board.cm.gray)
    board.xticks(())
    board.yticks(())
    ax = board.figures[0].axes[0]
    assert ax.title.get_color() == "#eceae4"
    assert len(ax.get_xticks()) == len(ax.get_yticks()) == 0
