"""What teaching one's own hand brings: for each UniPen writer, teach half, test the other.

Run as `python -m benchmarks.teaching`. No shipped network is trained on these drawings;
each writer's network is a copy that is thrown away.
"""

from dataclasses import dataclass
from typing import get_args

import numpy as np

from digits_app.dataset import IMAGE_SHAPE, load_split
from digits_app.my_hand.prompts import learning_half
from digits_app.my_hand.strangers import MIN_DIGITS, load_strangers
from digits_app.my_hand.teaching import teach
from digits_app.network.classifiers import Training, load_classifier
from digits_app.network.forward import mean_probabilities

N_OF_OTHERS = 300
"""Digits of other writers that are read before and after."""


@dataclass(frozen=True)
class Gains:
    """Shares read right, 0..1, over all writers, before and after teaching.

    Attributes
    ----------
    n_writers : int
    before, after : float
        The half of the writer's digits that was not taught.
    test_before, test_after : float
        The lesson's test split.
    others_before, others_after : float
        Digits of other writers.
    """

    n_writers: int
    before: float
    after: float
    test_before: float
    test_after: float
    others_before: float
    others_after: float


def gains(
    training: Training, rehearse: bool = True, max_writers: int | None = None
) -> Gains:
    """Teach a copy of a network for each writer, and compare."""
    strangers, split = load_strangers(), load_split(10)
    copies = strangers.copies.astype(float)
    classifier = load_classifier(10, training)
    right_before = strangers.read_right(classifier)
    writers, counts = np.unique(strangers.writers, return_counts=True)
    rng = np.random.default_rng(0)
    own, test, others = [], [], []
    for writer in writers[counts >= MIN_DIGITS][:max_writers]:
        mine = np.flatnonzero(strangers.writers == writer)
        learns = learning_half(strangers.labels[mine])
        taught_digits, kept_back = mine[learns], mine[~learns]
        X = copies[taught_digits].reshape(-1, np.prod(IMAGE_SHAPE))
        y = np.repeat(strangers.labels[taught_digits], copies.shape[1])
        taught = teach(classifier, X, y, rehearse)
        theirs = np.flatnonzero(strangers.writers != writer)
        theirs = rng.choice(theirs, N_OF_OTHERS, replace=False)
        for asked, results in ((kept_back, own), (theirs, others)):
            read = mean_probabilities(taught, copies[asked]).argmax(axis=1)
            right_after = read == strangers.labels[asked]
            results.append((right_before[asked].mean(), right_after.mean()))
        test.append(taught.score(split.X_test, split.y_test))
    (before, after), (others_before, others_after) = np.mean(own, 0), np.mean(others, 0)
    return Gains(
        n_writers=len(own),
        before=before,
        after=after,
        test_before=classifier.score(split.X_test, split.y_test),
        test_after=float(np.mean(test)),
        others_before=others_before,
        others_after=others_after,
    )


def main() -> None:
    """Print a row for each network, with and without rehearsal."""
    print("| network | rehearses | writers | own other half | test split | others |")
    print("|---|---|---|---|---|---|")
    for training in get_args(Training):
        for rehearse in (True, False):
            row = gains(training, rehearse)
            print(
                f"| {training} | {'yes' if rehearse else 'no'} | {row.n_writers} "
                f"| {row.before:.1%} → {row.after:.1%} "
                f"| {row.test_before:.1%} → {row.test_after:.1%} "
                f"| {row.others_before:.1%} → {row.others_after:.1%} |"
            )


if __name__ == "__main__":
    main()
