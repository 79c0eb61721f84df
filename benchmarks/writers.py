"""Whom the networks read worse: the share read right of each writer's digits.

Run as `python -m benchmarks.writers`. The digits are UniPen's, of people from many
countries whom no network was fitted to, as they are shipped for the page My hand. Writers
of fewer than ten digits are left out: one digit would be too large a step.
"""

import numpy as np
from numpy.typing import NDArray

from digits_app.my_hand.strangers import MIN_DIGITS, load_strangers
from digits_app.network.classifiers import Training, load_classifier

TRAININGS: tuple[Training, ...] = ("lesson", "augmented")


def shares_by_writer(training: Training) -> NDArray[np.float64]:
    """Share read right of each writer's digits, the worst first: shape (n_writers,)."""
    strangers = load_strangers()
    is_right = strangers.read_right(load_classifier(10, training))
    writers, counts = np.unique(strangers.writers, return_counts=True)
    kept = writers[counts >= MIN_DIGITS]
    return np.sort([is_right[strangers.writers == writer].mean() for writer in kept])


def main() -> None:
    """Print a table: a line for each network."""
    print("| training | writers | all right | below 90% | worst tenth | worst writer |")
    print("|---|---|---|---|---|---|")
    for training in TRAININGS:
        shares = shares_by_writer(training)
        worst = shares[: round(len(shares) / 10)]
        print(
            f"| {training} | {len(shares)} | {(shares == 1).sum()} "
            f"| {(shares < 0.9).sum()} | {worst.mean():.0%} | {shares[0]:.0%} |"
        )


if __name__ == "__main__":
    main()
