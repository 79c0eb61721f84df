"""The lesson's blocks of code as they stand in the lesson, and what each prints.

The learner has this text beside them. `test_word_for_word` runs the blocks one after the
other and finds them again in our steps, our notebook and our script.
"""

from typing import Final, NamedTuple


class Block(NamedTuple):
    """A block of the lesson: in which of our steps, its code, and what it prints."""

    step: int
    code: str
    prints: str = ""


PICTURE: Final = """\
plt.xticks(())
plt.yticks(())
plt.show()"""

BLOCKS: Final = (
    Block(
        1,
        "X, y = load_digits(n_class=2, return_X_y=True)\nprint(X.shape, y.shape)",
        "(360, 64) (360,)",
    ),
    Block(
        1,
        "print(X[0])\nprint(y[0])",
        "[ 0.  0.  5. 13.  9.  1.  0.  0.  0.  0. 13. 15. 10. 15.  5.  0.  0.  3.\n"
        " 15.  2.  0. 11.  8.  0.  0.  4. 12.  0.  0.  8.  8.  0.  0.  5.  8.  0.\n"
        "  0.  9.  8.  0.  0.  4. 11.  0.  1. 12.  7.  0.  0.  2. 14.  5. 10. 12.\n"
        "  0.  0.  0.  0.  6. 13. 10.  0.  0.  0.]\n"
        "0",
    ),
    Block(
        2,
        "print(X[0].reshape(8, 8))",
        "[[ 0.  0.  5. 13.  9.  1.  0.  0.]\n"
        " [ 0.  0. 13. 15. 10. 15.  5.  0.]\n"
        " [ 0.  3. 15.  2.  0. 11.  8.  0.]\n"
        " [ 0.  4. 12.  0.  0.  8.  8.  0.]\n"
        " [ 0.  5.  8.  0.  0.  9.  8.  0.]\n"
        " [ 0.  4. 11.  0.  1. 12.  7.  0.]\n"
        " [ 0.  2. 14.  5. 10. 12.  0.  0.]\n"
        " [ 0.  0.  6. 13. 10.  0.  0.  0.]]",
    ),
    Block(3, f"plt.matshow(X[0].reshape(8, 8), cmap=plt.cm.gray)\n{PICTURE}"),
    Block(
        4,
        "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=2)\n"
        "mlp = MLPClassifier()\n"
        "mlp.fit(X_train, y_train)",
    ),
    Block(
        5,
        "x = X_test[0]\n"
        f"plt.matshow(x.reshape(8, 8), cmap=plt.cm.gray)\n{PICTURE}\n"
        "print(mlp.predict([x]))",
        "[0]",
    ),
    Block(
        5,
        "x = X_test[1]\n"
        f"plt.matshow(x.reshape(8, 8), cmap=plt.cm.gray)\n{PICTURE}\n"
        "print(mlp.predict([x]))",
        "[1]",
    ),
    Block(5, "print(mlp.score(X_test, y_test))", "1.0"),
    Block(
        6,
        "X, y = load_digits(return_X_y=True)\n"
        "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=2)\n"
        "mlp = MLPClassifier(random_state=2)\n"
        "mlp.fit(X_train, y_train)",
    ),
    Block(6, "print(mlp.score(X_test, y_test))", "0.96"),
    Block(
        7,
        "y_pred = mlp.predict(X_test)\n"
        "incorrect = X_test[y_pred != y_test]\n"
        "incorrect_true = y_test[y_pred != y_test]\n"
        "incorrect_pred = y_pred[y_pred != y_test]",
    ),
    Block(
        7,
        "j = 0\n"
        f"plt.matshow(incorrect[j].reshape(8, 8), cmap=plt.cm.gray)\n{PICTURE}\n"
        'print("true value:", incorrect_true[j])\n'
        'print("predicted value:", incorrect_pred[j])',
        "true value: 4\npredicted value: 9",
    ),
    Block(
        7,
        "print(incorrect[j].reshape(8, 8).astype(int))",
        "[[ 0  0 11  7  0  0  0  0]\n"
        " [ 0  5 16  3  2 14  3  0]\n"
        " [ 0  9 15  0 12 15  0  0]\n"
        " [ 0  6 16 15 16  5  0  0]\n"
        " [ 0  0  6 15 11  0  0  0]\n"
        " [ 0  0  1 16  4  0  0  0]\n"
        " [ 0  0  9 12  0  0  0  0]\n"
        " [ 0  0 13 10  0  0  0  0]]",
    ),
)
