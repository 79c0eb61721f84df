"""Which test digits to look at, in which order, and what to say about each."""

import csv
from dataclasses import dataclass
from io import StringIO
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from digits_app.mistakes.evaluation import Evaluation
from digits_app.wording import a_digit, percent

Indices = NDArray[np.int64]
Order = Literal["lesson", "most confident", "by digit", "doubtful label"]
Group = Literal["mistakes", "closest calls", "all", "fixed", "new", "shared"]

COMPARED_GROUPS: Final = ("fixed", "new", "shared")
"""The groups of a `Comparison`."""

CLOSEST_CALLS: Final = 18
"""How many right answers count as close calls: as many as the lesson has mistakes."""


@dataclass(frozen=True)
class Comparison:
    """The mistakes of two classifiers on one test split.

    Attributes
    ----------
    fixed, new, shared : ndarray of shape (n,)
        Test-set indices, in the lesson's order, of the digits that only the first,
        only the second, and both read wrong.
    """

    fixed: Indices
    new: Indices
    shared: Indices


@dataclass(frozen=True)
class View:
    """Which test digits a person asked to see, and in which order.

    Attributes
    ----------
    group : {"mistakes", "closest calls", "all", "fixed", "new", "shared"}
        The last three are those of a `Comparison`.
    true, predicted : int or None
        The digit that is shown, and the one that was read; None for any.
    order : {"lesson", "most confident", "by digit", "doubtful label"}
        See `in_order`.
    """

    group: Group = "mistakes"
    true: int | None = None
    predicted: int | None = None
    order: Order = "lesson"


def select(
    result: Evaluation,
    view: View,
    comparison: Comparison,
    doubt: NDArray[np.float64] | None = None,
) -> Indices:
    """Return the test-set indices that a view shows, in its order.

    Close calls are the `CLOSEST_CALLS` smallest margins of the cell looked at.

    Parameters
    ----------
    result : Evaluation
    view : View
    comparison : Comparison
        Of this classifier's mistakes with another's.
    doubt : ndarray of shape (n_samples,), default=None
        How doubtful each label is; see `in_order`.
    """
    group = in_cell(
        result, _group(result, view.group, comparison), view.true, view.predicted
    )
    if view.group == "closest calls":
        group = group[:CLOSEST_CALLS]
    return in_order(result, group, view.order, doubt)


def view_sentence(view: View, n_shown: int) -> str:
    """Say what a view shows: "2 mistakes: a 4 read as a 9".

    Parameters
    ----------
    view : View
    n_shown : int
        How many digits it shows.

    Examples
    --------
    >>> view_sentence(View("mistakes", true=4, predicted=9), 2)
    '2 mistakes: a 4 read as a 9'
    >>> view_sentence(View("mistakes"), 18)
    'All 18 mistakes'
    """
    one, many = _GROUP_NAMES[view.group]
    sentence = f"{n_shown} {one if n_shown == 1 else many}"
    if view.true is None and view.predicted is None:
        return f"All {sentence}" if n_shown > 1 else sentence
    written = "any digit" if view.true is None else a_digit(view.true)
    if view.predicted is None:
        return f"{sentence}: {written}"
    return f"{sentence}: {written} read as {a_digit(view.predicted)}"


def _group(result: Evaluation, group: Group, comparison: Comparison) -> Indices:
    if group == "mistakes":
        return result.misclassified
    if group == "closest calls":
        return result.closest_calls
    if group == "all":
        return np.arange(len(result.y_true))
    return {"fixed": comparison.fixed, "new": comparison.new, "shared": comparison.shared}[
        group
    ]


def compare(first: Evaluation, second: Evaluation) -> Comparison:
    """Sort the mistakes of two classifiers on one test split by who makes them."""
    before, after = first.is_wrong, second.is_wrong
    return Comparison(
        fixed=np.flatnonzero(before & ~after),
        new=np.flatnonzero(~before & after),
        shared=np.flatnonzero(before & after),
    )


def comparison_sentence(comparison: Comparison) -> str:
    """Say what the network that learned many hands does better, and what worse.

    Parameters
    ----------
    comparison : Comparison
        The lesson's network first.

    Examples
    --------
    >>> comparison_sentence(
    ...     Comparison(fixed=np.arange(17), new=np.arange(1), shared=np.arange(1))
    ... )
    'The network that learned many hands fixes 17 of these 18 and makes 1 new mistake.'
    """
    fixed, new, shared = map(len, (comparison.fixed, comparison.new, comparison.shared))
    mistakes = f"{new or 'no'} new mistake{'' if new == 1 else 's'}"
    if not fixed + shared:
        return f"The network that learned many hands makes {mistakes}."
    return (
        f"The network that learned many hands fixes {fixed or 'none'} of these "
        f"{fixed + shared} and makes {mistakes}."
    )


def in_cell(
    result: Evaluation, indices: Indices, true: int | None, predicted: int | None
) -> Indices:
    """Keep the digits in one cell, row or column of the confusion matrix.

    Parameters
    ----------
    result : Evaluation
    indices : ndarray of shape (n,)
        Test-set indices.
    true, predicted : int or None
        The digit that is shown, and the one that was read; None keeps any.

    Returns
    -------
    ndarray of shape (n_kept,)
        In the order given.
    """
    kept = np.ones(len(indices), dtype=bool)
    if true is not None:
        kept &= result.y_true[indices] == true
    if predicted is not None:
        kept &= result.y_pred[indices] == predicted
    return indices[kept]


def in_order(
    result: Evaluation,
    indices: Indices,
    order: Order,
    doubt: NDArray[np.float64] | None = None,
) -> Indices:
    """Sort test digits; ties keep the lesson's order.

    Parameters
    ----------
    result : Evaluation
    indices : ndarray of shape (n,)
        Test-set indices.
    order : {"lesson", "most confident", "by digit", "doubtful label"}
        "most confident" has the most confident mistake first and, after the mistakes,
        the closest of the right answers.
    doubt : ndarray of shape (n_samples,), default=None
        For the order "doubtful label": how doubtful each label is; see
        `doubtful_labels.label_doubt`.

    Returns
    -------
    ndarray of shape (n,)

    Raises
    ------
    ValueError
        The order needs the doubt, and it is not known.
    """
    indices = np.sort(indices)
    if order == "lesson":
        return indices
    if order == "by digit":
        return indices[np.argsort(result.y_true[indices], kind="stable")]
    if order == "doubtful label":
        if doubt is None:
            raise ValueError("'doubtful label' needs the doubt about each label")
        return indices[np.argsort(-doubt[indices], kind="stable")]
    worth = np.where(result.is_wrong, -1 - result.confidence, result.margin)
    return indices[np.argsort(worth[indices], kind="stable")]


def reading_sentence(result: Evaluation, index: int) -> str:
    """Say how one test digit was read, and where its true digit came.

    Examples
    --------
    >>> from digits_app import load_classifier
    >>> from digits_app.mistakes.evaluation import evaluate
    >>> reading_sentence(evaluate(load_classifier(10, "lesson"), 10), 4)
    'Read as 9 with 91%. The true digit 4 was fifth with <0.1%.'
    """
    proba, true = result.proba[index], int(result.y_true[index])
    ranking = np.argsort(-proba, kind="stable").tolist()
    read = f"Read as {ranking[0]} with {percent(proba[ranking[0]])}"
    if ranking[0] == true:
        return (
            f"{read}, and right. Second was {ranking[1]} with {percent(proba[ranking[1]])}."
        )
    place = _PLACES[ranking.index(true)]
    return f"{read}. The true digit {true} was {place} with {percent(proba[true])}."


def neighbour_sentence(true: int, labels: NDArray[np.int64], is_hard_for_both: bool) -> str:
    """Say whether the nearest training digits agree with a digit's label.

    Parameters
    ----------
    true : int
        The digit's label.
    labels : ndarray of shape (n_neighbours,)
        Those of its nearest training digits.
    is_hard_for_both : bool
        The lesson's network and the one that learned many hands both read it wrong.

    Examples
    --------
    >>> neighbour_sentence(8, np.array([7, 8, 8, 7, 8]), is_hard_for_both=False)
    'Nearest: three 8s and two 7s.'
    """
    values, counts = np.unique(labels, return_counts=True)
    votes = sorted(
        zip(counts.tolist(), values.tolist(), strict=True),
        key=lambda vote: (-vote[0], vote[1]),
    )
    named = [
        f"{_COUNTS[count]} {value}{'' if count == 1 else 's'}" for count, value in votes
    ]
    listed = " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
    sentence = f"Nearest: {listed}."
    if len(named) == 1 and votes[0][1] == true:
        return f"{sentence} All are {true}s, so this one should not be hard."
    if is_hard_for_both and np.mean(labels != true) > 0.5:
        return (
            f"{sentence} Most are not {true}s, and both networks fail: a person might "
            "argue about this one, too."
        )
    return sentence


def to_csv(result: Evaluation, indices: Indices) -> str:
    """Write test digits as CSV: index, true, predicted, probabilities, 64 pixels."""
    n_classes = result.proba.shape[1]
    n_pixels = result.images[0].size
    file = StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(
        ["index", "true", "predicted"]
        + [f"proba_{digit}" for digit in range(n_classes)]
        + [f"pixel_{pixel}" for pixel in range(n_pixels)]
    )
    for index in indices.tolist():
        rows.writerow(
            [index, result.y_true[index], result.y_pred[index]]
            + [f"{share:.6f}" for share in result.proba[index]]
            + [f"{pixel:g}" for pixel in result.images[index].flat]
        )
    return file.getvalue()


_GROUP_NAMES: Final[dict[Group, tuple[str, str]]] = {
    "mistakes": ("mistake", "mistakes"),
    "closest calls": ("close call", "close calls"),
    "all": ("test digit", "test digits"),
    "fixed": ("mistake fixed", "mistakes fixed"),
    "new": ("new mistake", "new mistakes"),
    "shared": ("mistake of both networks", "mistakes of both networks"),
}

_PLACES = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "last"),
)

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
