"""Every step of the lesson: its text and its code.

This is the only place where the lesson's code is written. The page shows it and runs
it, the notebook and the script hold it. Settings enter it as whole numbers that
`LessonSettings` has checked, so no visitor's text is ever run.
"""

import inspect
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import Final

from digits_app.drawing import five_steps
from digits_app.lesson.settings import LessonSettings


@dataclass(frozen=True)
class Choice:
    """Which of several pictures a step looks at.

    Attributes
    ----------
    row : int
        Number of the datapoint, test digit or mistake, counted from 0.
    own_drawing : bool
        Look at the visitor's drawing, which the code then finds under the names
        `your_drawing` (a picture) and `your_digit` (its 64 numbers).
    """

    row: int = 0
    own_drawing: bool = False

    def __post_init__(self) -> None:
        if type(self.row) is not int or self.row < 0:
            raise ValueError(f"row must be a whole number, 0 or more, got {self.row!r}")


FIRST: Final = Choice()
"""The first picture of each step, as the lesson has it."""


@dataclass(frozen=True)
class Cell:
    """A piece of code that runs as a whole.

    Attributes
    ----------
    template : str
        Python source; `$name` stands for what settings and choice decide.
    is_long : bool
        The page folds it away.
    """

    template: str
    is_long: bool = False

    @property
    def has_choice(self) -> bool:
        """It looks at one of many pictures."""
        names = Template(self.template).get_identifiers()
        return not {"row", "digit", "drawing"}.isdisjoint(names)

    def source(self, settings: LessonSettings, choice: Choice = FIRST) -> str:
        """Write the settings and the choice into the code."""
        own = choice.own_drawing
        source = Template(self.template).substitute(
            load=settings.load_call,
            model=settings.model_call,
            random_state=settings.random_state,
            row=choice.row,
            digit=f"your_digit{_FROM_DRAW}" if own else f"X_test[{choice.row}]",
            drawing=f"drawing = your_drawing{_FROM_DRAW}" if own else _EXAMPLE_DRAWING,
        )
        return source.strip()


@dataclass(frozen=True)
class Step:
    """One step of the lesson.

    Attributes
    ----------
    number : int
        1 to 9.
    name : str
        In the outline.
    title : str
        What happens.
    text : str
        Two or three sentences, Markdown.
    cells : tuple of Cell
        Its code. The first cell is what later steps build on.
    builds_on : int or None
        The step whose first cell, with all that it builds on in turn, runs before.
    trains : bool
        Its first cell fits a network.
    """

    number: int
    name: str
    title: str
    text: str
    cells: tuple[Cell, ...]
    builds_on: int | None = None
    trains: bool = False

    @property
    def has_all_digits(self) -> bool:
        """It works on all ten digits, however many the steps before it use."""
        return self.number >= _FIRST_WITH_ALL_DIGITS


def step(number: int) -> Step:
    """Look up a step by its number, 1 to 9."""
    return steps()[number - 1]


_FIRST_WITH_ALL_DIGITS = 6

_FROM_DRAW = "  # from the Draw page"

_EXAMPLE_DRAWING = """\
drawing = Image.new("L", (280, 280))
pen = ImageDraw.Draw(drawing)
corners = [(110, 70), (210, 80), (90, 220)]
pen.line(corners, fill=255, width=20, joint="curve")"""

_LOAD = """
from sklearn.datasets import load_digits

X, y = $load
print("X.shape:", X.shape)
print("y.shape:", y.shape)
"""

_FIRST_DATAPOINT = """
print(*X[0])
print("Label:", y[0])
"""

_MATRIX = """
i = $row
print("Label:", y[i])
print(X[i].reshape(8, 8))
"""

_IMPORT_PLT = """
import matplotlib.pyplot as plt
"""

_MATSHOW = """
i = $row
plt.matshow(X[i].reshape(8, 8), cmap=plt.cm.gray)
plt.xticks(())
plt.yticks(())
plt.show()
"""

_TRAIN = """
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

X_train, X_test, y_train, y_test = train_test_split(
    X, y, random_state=$random_state
)
clf = $model
clf.fit(X_train, y_train)
print("To train on:", len(X_train))
print("To test on:", len(X_test))
"""

_LOSS_CURVE = """
print("Iterations:", clf.n_iter_)
print("Loss at the end:", round(clf.loss_, 4))
plt.plot(clf.loss_curve_)
plt.xlabel("Iteration")
plt.ylabel("Loss")
plt.show()
"""

_PREDICT = """
print("Predicted:", clf.predict(X_test[:2]))
print("True:     ", y_test[:2])
for image in X_test[:2]:
    plt.matshow(image.reshape(8, 8), cmap=plt.cm.gray)
    plt.xticks(())
    plt.yticks(())
plt.show()
"""

_SCORE = """
print("Score:", clf.score(X_test, y_test))
"""

_TRAIN_ALL = """
import matplotlib.pyplot as plt
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(
    X, y, random_state=$random_state
)
clf = $model
clf.fit(X_train, y_train)
print("X.shape:", X.shape)
"""

_SCORE_ALL = """
print("Iterations:", clf.n_iter_)
print("Score:", clf.score(X_test, y_test))
"""

_INCORRECT = """
predicted = clf.predict(X_test)
mask = predicted != y_test
incorrect = X_test[mask]
incorrect_true = y_test[mask]
incorrect_pred = predicted[mask]
print(len(incorrect), "of", len(X_test), "wrong")
"""

_ONE_MISTAKE = """
i = $row
if i < len(incorrect):
    print("True:", incorrect_true[i])
    print("Predicted:", incorrect_pred[i])
    image = incorrect[i].reshape(8, 8)
    plt.matshow(image, cmap=plt.cm.gray)
    plt.xticks(())
    plt.yticks(())
    plt.show()
"""

_WEIGHTS = """
weights = clf.coefs_[0].T  # one row of 64 for each unit
half = abs(weights).max() / 2
grey = dict(cmap=plt.cm.gray, vmin=-half, vmax=half)
fig, axes = plt.subplots(4, 8, figsize=(7, 3.6))
for ax in axes.ravel():
    ax.axis("off")
for unit, ax in zip(weights, axes.ravel()):
    ax.matshow(unit.reshape(8, 8), **grey)
plt.show()
"""

_ACTIVATIONS = """
import numpy as np

digit = $digit
to_hidden, to_votes = clf.coefs_
hidden = digit @ to_hidden + clf.intercepts_[0]
hidden = np.maximum(0, hidden)  # below 0 a unit stays dark
votes = hidden @ to_votes + clf.intercepts_[1]
print("Lit up:", np.sum(hidden > 0), "of", len(hidden))
print("Most votes for:", votes.argmax())
print("Predicted:", clf.predict([digit])[0])

fig, axes = plt.subplots(2, 4, figsize=(7, 4))
for ax in axes.ravel():
    ax.axis("off")
first = axes[0, 0]
first.matshow(digit.reshape(8, 8), cmap=plt.cm.gray)
first.set_title("the digit", y=1)
brightest = hidden.argsort()[::-1]
for unit, ax in zip(brightest, axes.ravel()[1:]):
    picture = to_hidden[:, unit].reshape(8, 8)
    ax.matshow(picture, cmap=plt.cm.gray)
    vote = to_votes[unit].argmax()
    ax.set_title(f"{hidden[unit]:.0f}, votes {vote}", y=1)
plt.show()
"""

_FIVE_STEPS = """
from PIL import ImageDraw

$drawing

crop = crop_to_ink(drawing)
framed = fit_to_frame(crop)
evened = even_out_stroke(framed)
upright = deslant(evened)
image = block_counts(upright)

stages = {
    "drawn": drawing,
    "cropped to the ink": crop,
    "1, 2: 20×32, centred": framed,
    "3: stroke evened": evened,
    "4: slant taken out": upright,
    "5: blocks counted": image,
}
fig, axes = plt.subplots(2, 3, figsize=(7, 5))
for ax, (title, stage) in zip(axes.ravel(), stages.items()):
    ax.matshow(stage, cmap=plt.cm.gray)
    ax.set_title(title, fontsize=11)
    ax.set_xticks(())
    ax.set_yticks(())
plt.show()
"""

_READ_BOTH_WAYS = """
small = drawing.resize((8, 8), Image.Resampling.BOX)
whole = np.asarray(small) * (16 / 255)
for way, pixels in (
    ("Whole drawing made 8×8: ", whole),
    ("Prepared in five steps: ", image),
):
    print(way, clf.predict(pixels.reshape(1, -1))[0])
    plt.matshow(pixels, cmap=plt.cm.gray)
    plt.xticks(())
    plt.yticks(())
plt.show()
"""


@cache
def steps() -> tuple[Step, ...]:
    """Hand out the lesson's steps, in order."""
    return (
        Step(
            1,
            "Load",
            "Load two digits",
            "scikit-learn brings 1,797 small pictures of handwritten digits. "
            "`n_class=2` keeps only the zeros and ones. `X` has one row for each "
            "picture, 64 numbers long; `y` has the right answer to each, its label.",
            (Cell(_LOAD), Cell(_FIRST_DATAPOINT)),
        ),
        Step(
            2,
            "Pixels",
            "64 numbers are 8×8 pixels",
            "The 64 numbers are the pixels of a picture, row by row, 8 in each row. "
            "0 is black and 16 is white. Walk through the datapoints and find the "
            "picture in the numbers.",
            (Cell(_MATRIX),),
            builds_on=1,
        ),
        Step(
            3,
            "Draw",
            "Draw it",
            "`matshow` draws a matrix: every number becomes a grey square, and `gray` "
            "makes the smallest black and the largest white. The ticks, the numbers "
            "along the edges, are not needed here, so the code takes them away.",
            (Cell(_IMPORT_PLT), Cell(_MATSHOW)),
            builds_on=1,
        ),
        Step(
            4,
            "Train",
            "Split and train",
            "Three quarters of the pictures are for training, one quarter is kept back "
            "for a test. `fit` goes through the training pictures again and again, until "
            "it hardly gets better; each time is an iteration. The loss says how far off "
            "the network still is: watch it fall.",
            (Cell(_TRAIN), Cell(_LOSS_CURVE)),
            builds_on=3,
            trains=True,
        ),
        Step(
            5,
            "Predict",
            "Predict and score",
            "Now the network reads pictures that it has never seen. Here are the first "
            "two of the test set. The score is the share of the whole test set that it "
            "reads right: 1.0 means all.",
            (Cell(_PREDICT), Cell(_SCORE)),
            builds_on=4,
        ),
        Step(
            6,
            "Ten digits",
            "All ten digits",
            "The same code without `n_class` takes all ten digits. That is harder: a 4 "
            "can look like a 9, while 0 and 1 hardly ever look alike. With the lesson's "
            "values the score is 0.96, so 4 in 100 are read wrong.",
            (Cell(_TRAIN_ALL), Cell(_SCORE_ALL)),
            trains=True,
        ),
        Step(
            7,
            "Mistakes",
            "The ones it got wrong",
            "`predicted != y_test` compares two arrays and gives True wherever they "
            "differ. Such an array is a mask: `X_test[mask]` keeps only those pictures. "
            "Step through them: would you have read them right?",
            (Cell(_INCORRECT), Cell(_ONE_MISTAKE)),
            builds_on=6,
        ),
        Step(
            8,
            "Look inside",
            "Look inside the network",
            "Each hidden unit has 64 weights, one for each pixel, so they make a picture "
            "too: ink on a bright pixel lights the unit up, ink on a dark one keeps it "
            "dark. Most look like noise: nobody told the network to look for lines or "
            "loops. Beside “the digit” are the units it lights up most, how strongly, and "
            "the digit that each votes for most.",
            (Cell(_WEIGHTS), Cell(_ACTIVATIONS)),
            builds_on=6,
        ),
        Step(
            9,
            "Your hand",
            "From the lesson to your own hand",
            "The pictures of `load_digits` were cut from forms that people had filled in. "
            "Five steps prepared them: stretch the ink to 20×32, centre it in 32×32, even "
            "out the stroke, take out the slant, and count the ink of each block of 4×4. "
            "The network knows only pictures that went this way, so your drawing must go "
            "it too; skip it, and a good network reads badly.",
            (
                Cell(inspect.getsource(five_steps).replace("$", "$$"), is_long=True),
                Cell(_FIVE_STEPS),
                Cell(_READ_BOTH_WAYS),
            ),
            builds_on=6,
        ),
    )


SOURCES: Final = (
    "M. D. Garris et al., *NIST Form-Based Handprint Recognition System*, "
    "NISTIR 5469, 1994",
    "M. D. Garris et al., *Design of a handprint recognition system*, "
    "Journal of Electronic Imaging 6(2), 1997",
    "E. Alpaydin, C. Kaynak, *Optical Recognition of Handwritten Digits*, "
    "UCI Machine Learning Repository, 1998",
)
"""Where step 9's five steps are described."""
