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
Order = Literal["lesson", "most confident", "by digit"]
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
    order : {"lesson", "most confident", "by digit"}
        See `in_order`.
    """

    group: Group = "mistakes"
    true: int | None = None
    predicted: int | None = None
    order: Order = "lesson"


def select(result: Evaluation, view: View, comparison: Comparison | None = None) -> Indices:
    """Return the test-set indices that a view shows, in its order.

    Close calls are the `CLOSEST_CALLS` smallest margins of the cell looked at.

    Raises
    ------
    ValueError
        The view shows a group of a comparison, and there is none.
    """
    group = in_cell(
        result, _group(result, view.group, comparison), view.true, view.predicted
    )
    if view.group == "closest calls":
        group = group[:CLOSEST_CALLS]
    return in_order(result, group, view.order)


def view_sentence(view: View, n_shown: int) -> str:
    """Say what a view shows: "2 mistakes: true 4, predicted 9".

    Parameters
    ----------
    view : View
    n_shown : int
        How many digits it shows.
    """
    cell = [
        f"{name} {digit}"
        for name, digit in (("true", view.true), ("predicted", view.predicted))
        if digit is not None
    ]
    one, many = _GROUP_NAMES[view.group]
    sentence = f"{n_shown} {one if n_shown == 1 else many}"
    return f"{sentence}: {', '.join(cell)}" if cell else sentence


def _group(result: Evaluation, group: Group, comparison: Comparison | None) -> Indices:
    if group == "mistakes":
        return result.misclassified
    if group == "closest calls":
        return result.closest_calls
    if group == "all":
        return np.arange(len(result.y_true))
    if comparison is None:
        raise ValueError(f"{group!r} needs a comparison of two classifiers")
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
    """Say what the augmented training changes.

    >>> comparison_sentence(compare(lesson, augmented))  # doctest: +SKIP
    'Of the lesson's 18 mistakes, Augmented fixes 15; 3 stay. It makes 1 of its own.'
    """
    fixed, new, shared = map(len, (comparison.fixed, comparison.new, comparison.shared))
    own = f"It makes {new or 'none'} of its own."
    if not fixed + shared:
        return f"The lesson's model makes no mistake here for Augmented to fix. {own}"
    n_mistakes = "1 mistake" if fixed + shared == 1 else f"{fixed + shared} mistakes"
    return (
        f"Of the lesson's {n_mistakes}, Augmented fixes {fixed or 'none'}; "
        f"{shared or 'none'} {'stays' if shared == 1 else 'stay'}. {own}"
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


def in_order(result: Evaluation, indices: Indices, order: Order) -> Indices:
    """Sort test digits; ties keep the lesson's order.

    Parameters
    ----------
    result : Evaluation
    indices : ndarray of shape (n,)
        Test-set indices.
    order : {"lesson", "most confident", "by digit"}
        "most confident" has the most confident mistake first and, after the mistakes,
        the closest of the right answers.

    Returns
    -------
    ndarray of shape (n,)
    """
    indices = np.sort(indices)
    if order == "lesson":
        return indices
    if order == "by digit":
        return indices[np.argsort(result.y_true[indices], kind="stable")]
    worth = np.where(result.is_wrong, -1 - result.confidence, result.margin)
    return indices[np.argsort(worth[indices], kind="stable")]


def reading_sentence(result: Evaluation, index: int) -> str:
    """Say how one test digit was read, and where its true digit came.

    >>> reading_sentence(result, 4)  # doctest: +SKIP
    'Read as 9 with 91%. The true digit 4 was second with 9%.'
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


def neighbour_sentence(true: int, labels: NDArray[np.int64]) -> str:
    """Say whether the nearest training digits agree with a digit's label.

    Parameters
    ----------
    true : int
        The digit's label.
    labels : ndarray of shape (n_neighbours,)
        Those of its nearest training digits.
    """
    values, counts = np.unique(labels, return_counts=True)
    votes = sorted(zip(counts.tolist(), values.tolist(), strict=True), reverse=True)
    named = ", ".join(f"{count} × {value}" for count, value in votes)
    sentence = f"Its {len(labels)} nearest training digits: {named}."
    if is_ambiguous(true, labels):
        return f"{sentence} Most are not {a_digit(true)}: the digit is ambiguous in itself."
    if votes == [(len(labels), true)]:
        return f"{sentence} All have its own label: this one should not be hard."
    return sentence


def is_ambiguous(true: int, labels: NDArray[np.int64]) -> bool:
    """Whether most of the nearest training digits show another digit than the label."""
    return bool(np.mean(labels != true) > 0.5)


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
    "closest calls": ("closest call", "closest calls"),
    "all": ("test digit", "test digits"),
    "fixed": ("mistake fixed", "mistakes fixed"),
    "new": ("new mistake", "new mistakes"),
    "shared": ("mistake of both", "mistakes of both"),
}

_PLACES = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "last"),
)
