"""The nine steps of the lesson: their text and their code.

This is the only place where the lesson's code is written. The page shows it and runs
it, the notebook and the script hold it. Settings enter it as whole numbers that
`LessonSettings` has checked, so no visitor's text is ever run.
"""

import inspect
from functools import cache
from typing import Final

from digits_app.drawing import five_steps
from digits_app.lesson.settings import OVERFITTING, SettingName
from digits_app.lesson.step import Cell, Rows, Step


def step(number: int) -> Step:
    """Look up a step by its number, 1 to 9."""
    return steps()[number - 1]


_LOAD = """
$import_digits

$load
print(X.shape, y.shape)
"""

_FIRST_DATAPOINT = """
print(X[0])
print(y[0])
"""

_MATRIX = """
print(X[$row].reshape(8, 8))
"""

_IMPORT_PLT = """
import matplotlib.pyplot as plt
"""

_MATSHOW = """
plt.matshow(X[$row].reshape(8, 8), cmap=plt.cm.gray)
plt.xticks(())
plt.yticks(())
plt.show()
"""

_TRAIN = """
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=$random_state)
mlp = $model
mlp.fit(X_train, y_train)
"""

_LOSS_CURVE = """
print(mlp.n_iter_, mlp.loss_)
plt.plot(mlp.loss_curve_)
plt.xlabel("iteration")
plt.ylabel("loss")
plt.show()
"""

_PREDICT_FIRST = """
x = X_test[0]
plt.matshow(x.reshape(8, 8), cmap=plt.cm.gray)
plt.xticks(())
plt.yticks(())
plt.show()
print(mlp.predict([x]))
"""

_PREDICT_SECOND = _PREDICT_FIRST.replace("X_test[0]", "X_test[1]")

_SCORE = """
print(mlp.score(X_test, y_test))
"""

_TRAIN_ALL = """
$load_all
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=$random_state)
mlp = $seeded_model
$fit
"""

_INCORRECT = """
y_pred = mlp.predict(X_test)
incorrect = X_test[y_pred != y_test]
incorrect_true = y_test[y_pred != y_test]
incorrect_pred = y_pred[y_pred != y_test]
"""

_ONE_MISTAKE = """
j = $row
plt.matshow(incorrect[j].reshape(8, 8), cmap=plt.cm.gray)
plt.xticks(())
plt.yticks(())
plt.show()
print("true value:", incorrect_true[j])
print("predicted value:", incorrect_pred[j])
"""

_MISTAKE_AS_NUMBERS = """
print(incorrect[j].reshape(8, 8).astype(int))
"""

_FOLLOW_A_DIGIT = """
import numpy as np

x = $digit
hidden = x @ mlp.coefs_[0] + mlp.intercepts_[0]
hidden = np.maximum(0, hidden)  # below 0 a unit stays dark
votes = hidden @ mlp.coefs_[1] + mlp.intercepts_[1]
print("lit up:", (hidden > 0).sum(), "of", len(hidden))
print("most votes for:", votes.argmax())
print("predicted:", mlp.predict([x]))
"""

_WEIGHTS = """
units = mlp.coefs_[0].T[:10].reshape(-1, 8, 8)
row = np.hstack([np.pad(unit, 1) for unit in units])
plt.matshow(row, cmap=plt.cm.gray)
plt.xticks(())
plt.yticks(())
plt.show()
"""

_RUB_OUT = """
label = votes.argmax()
sure = mlp.predict_proba([x])[0, label]
heat = np.zeros(64)
for pixel in np.flatnonzero(x):
    without = x.copy()
    without[pixel] = 0
    heat[pixel] = sure - mlp.predict_proba([without])[0, label]
print("sure:", sure.round(3))
print("without its best pixel:", (sure - heat.max()).round(3))
scale = abs(heat).max()  # orange speaks for it, purple against
plt.matshow(
    heat.reshape(8, 8), cmap=plt.cm.PuOr_r, vmin=-scale, vmax=scale
)
plt.xticks(())
plt.yticks(())
plt.show()
"""

_DRAWING = """

# ---- The drawing ----

from PIL import ImageDraw

$drawing
"""

_READ_BOTH_WAYS = """
small = drawing.resize((8, 8), Image.Resampling.BOX)
whole = np.asarray(small) * (16 / 255)
print("made small as it is:", mlp.predict([whole.ravel()]))

crop = crop_to_ink(drawing)
framed = fit_to_frame(crop)
evened = even_out_stroke(framed)
upright = deslant(evened)
image = block_counts(upright)
print("after the five steps:", mlp.predict([image.ravel()]))
"""

_DRAW_BOTH_WAYS = """
for picture in (
    np.hstack([framed, evened, upright]),
    np.hstack([whole, image]),
):
    plt.matshow(picture, cmap=plt.cm.gray)
    plt.xticks(())
    plt.yticks(())
plt.show()
"""

SOURCES: Final = (
    "M. D. Garris et al., *NIST Form-Based Handprint Recognition System*, "
    "NISTIR 5469, 1994",
    "M. D. Garris et al., *Design of a handprint recognition system*, "
    "Journal of Electronic Imaging 6(2), 1997",
    "E. Alpaydin, C. Kaynak, *Optical Recognition of Handwritten Digits*, "
    "UCI Machine Learning Repository, 1998",
)
"""Where step 9's five steps are described; for the notebook and the script."""

_ONE_OUTPUT: Final = (
    "For two digits one output is enough, so `coefs_[1]` is 100 x 1: it says how likely "
    "the second digit is, and the first gets what is left of 100 %. The picture shows both."
)

_NETWORK: Final[tuple[SettingName, ...]] = ("random_state", "hidden_units", "max_iter")
_DATAPOINTS: Final = Rows("datapoint", "Datapoint")
_TEST_DIGITS: Final = Rows("test digit", "Test digit")


def _drawing(template: str, folded: str) -> Cell:
    return Cell(template, folded, only_draws=True)


@cache
def steps() -> tuple[Step, ...]:
    """Hand out the lesson's steps, in order."""
    return (
        Step(
            1,
            "Load",
            "Load two digits",
            "Here are small pictures of digits that people wrote by hand, and the numbers "
            "that Python makes of them. `n_class=2` keeps the zeros and ones: 360 "
            "datapoints, each a row of 64 numbers in `X`, with its right answer in `y`. "
            "`load_digits` is not MNIST, the well-known set of 70,000 larger pictures, "
            "but its smaller relative with 1,797.",
            (Cell(_LOAD), Cell(_FIRST_DATAPOINT)),
            text_of_class="Here are the digits that your class wrote, and the numbers that "
            "Python makes of them: each is a row of 64 numbers in `X`, and `y` says which "
            "digit was asked for. The file has the form of `load_digits`, so everything "
            "that the lesson does with those digits works with yours. We begin with the "
            "zeros and ones.",
            settings=("n_classes",),
            scenes=("first digits",),
        ),
        Step(
            2,
            "Pixels",
            "64 numbers are 8×8 pixels",
            "Each number is a pixel: 0 is black and 16 is white. `reshape(8, 8)` breaks "
            "the row of 64 into 8 rows of 8, and there is the digit. Look at a few more: "
            "can you tell them from the numbers alone?",
            (Cell(_MATRIX),),
            builds_on=1,
            settings=("n_classes",),
            rows=_DATAPOINTS,
            scenes=("numbers",),
        ),
        Step(
            3,
            "Draw",
            "Draw it",
            "`matshow` makes a picture of the numbers: each becomes a grey square, the "
            "smallest black and the largest white. The ticks along the edges are not "
            "needed here, so the code takes them away.",
            (Cell(_IMPORT_PLT), Cell(_MATSHOW)),
            builds_on=1,
            settings=("n_classes",),
            rows=_DATAPOINTS,
            scenes=("greys",),
        ),
        Step(
            4,
            "Train",
            "Split and train",
            "Watch a network learn. Three quarters of the pictures are for training, one "
            "quarter is kept back for a test. `fit` goes through the training pictures "
            "again and again; each time is an **iteration**, and the **loss** says how "
            "far off the network still is.",
            (
                Cell(_TRAIN),
                _drawing(_LOSS_CURVE, "Draw the loss curve with matplotlib"),
            ),
            builds_on=1,
            trains=True,
            settings=("n_classes", *_NETWORK),
            rows=_TEST_DIGITS,
            example="A test digit",
            scenes=("training", "network"),
            note="`MLPClassifier()` begins with random weights, other ones each time. On "
            "this page they follow from your `random_state`, so that all see the same. "
            + _ONE_OUTPUT,
        ),
        Step(
            5,
            "Predict",
            "Predict and score",
            "The network reads pictures that it has never seen, the first two of the "
            "test set. The **score** is the share of the whole test set that it reads "
            "right: 1.0 means all.",
            (Cell(_PREDICT_FIRST), Cell(_PREDICT_SECOND), Cell(_SCORE)),
            builds_on=4,
            settings=("n_classes", *_NETWORK),
            rows=_TEST_DIGITS,
            example="A test digit",
            scenes=("network",),
            note=_ONE_OUTPUT,
        ),
        Step(
            6,
            "Ten digits",
            "All ten digits",
            "Now it learns all ten digits, and that is harder: a 4 can look like a 9, "
            "while 0 and 1 hardly ever look alike. With the lesson's values the score is "
            "0.96: of 100 digits it reads 4 wrong. You see them at the end.",
            (Cell(_TRAIN_ALL), Cell(_SCORE)),
            text_of_class="Now it learns all ten digits of your class, and that is harder: "
            "a 4 can look like a 9, while 0 and 1 hardly ever look alike. Mind the score: "
            "the digits are split by chance, so the network is tested on hands that it "
            "knows. “Has it seen you?” on the Class page tests it on hands that it never "
            "saw.",
            trains=True,
            all_digits=True,
            settings=(*_NETWORK, *OVERFITTING),
            rows=_TEST_DIGITS,
            example="A test digit",
            scenes=("training", "network", "mistakes"),
        ),
        Step(
            7,
            "Mistakes",
            "The ones it got wrong",
            "Would you have read these right? `y_pred != y_test` is True wherever the "
            "two differ, and `X_test[y_pred != y_test]` keeps only those pictures. Move "
            "`j` to see each of them on its way through the network.",
            (Cell(_INCORRECT), Cell(_ONE_MISTAKE), Cell(_MISTAKE_AS_NUMBERS)),
            builds_on=6,
            all_digits=True,
            settings=_NETWORK,
            rows=Rows("mistake", "j", slider=True),
            scenes=("network",),
            leads_to="mistakes",
        ),
        Step(
            8,
            "Look inside",
            "Look inside the network",
            "A **hidden unit** adds up the 64 pixels, each times a weight of its own; what "
            "is above 0 lights it up, and then it votes for some digits and against "
            "others. Its 64 weights make a picture too. Most look like noise: nobody "
            "told the network to look for lines or loops.",
            (
                Cell(_FOLLOW_A_DIGIT),
                _drawing(_WEIGHTS, "Draw the weights of the first ten hidden units"),
                _drawing(_RUB_OUT, "Why? Rub out one pixel after another"),
            ),
            builds_on=6,
            all_digits=True,
            settings=_NETWORK,
            rows=_TEST_DIGITS,
            example="A test digit",
            scenes=("network", "neuron"),
        ),
        Step(
            9,
            "Your hand",
            "From the lesson to your own hand",
            "Why do so many apps misread what you draw? The pictures of `load_digits` went "
            "through five steps, and the network knows only such pictures, so your drawing "
            "must go through them too. Switch them off one by one and see what happens.",
            (
                Cell(
                    inspect.getsource(five_steps).replace("$", "$$") + _DRAWING,
                    folded="The drawing, and the five steps as code that Draw runs",
                ),
                Cell(_READ_BOTH_WAYS),
                _drawing(_DRAW_BOTH_WAYS, "Draw what the steps did with matplotlib"),
            ),
            builds_on=6,
            all_digits=True,
            settings=_NETWORK,
            example="This 7",
            scenes=("preparation",),
            note="The five steps were found by M. D. Garris and others, 1994 and 1997, and "
            "by E. Alpaydin and C. Kaynak, 1998. The notebook below names their papers.",
            leads_to="draw",
        ),
    )
