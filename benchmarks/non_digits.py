"""How well what is no digit is found out, and how many digits are wronged by it.

Run as `python -m benchmarks.non_digits`. Real letters and symbols are UniPen's; scribbles,
shapes and letters are drawn from a seed (`tests.support.non_digits`). No network was fitted
to any of them. To a reader of 0 and 1, the digits from 2 to 9 are no digits either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits

from benchmarks.accuracy import SOURCES, Source, drawings_of
from digits_app.dataset import CLASS_COUNTS
from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.tilted_copies import copies_of_ink
from digits_app.reading.unfamiliarity import (
    UNFAMILIAR_FROM,
    guard_probabilities,
    unfamiliarity,
)
from tests.support.non_digits import non_digits
from tests.support.pen_drawings import Placement, Stroke, render
from tests.support.unipen import load_unipen

UNIPEN: Source = "many countries"

HARDEST = 12
"""Signs that are listed as taken for digits most often."""


@dataclass(frozen=True)
class GuardedDrawings:
    """What the guard says of drawings.

    Attributes
    ----------
    labels : ndarray of shape (n_drawings,), str
    proba : ndarray of shape (n_drawings, 11)
        Probability of each digit, and last of no digit.
    """

    labels: NDArray[np.str_]
    proba: NDArray[np.float64]

    def unfamiliarity(self, n_classes: int) -> NDArray[np.float64]:
        """Score of each drawing, as `read_digit` gives it."""
        return np.array([unfamiliarity(proba, n_classes) for proba in self.proba])

    def is_flagged(self, n_classes: int) -> NDArray[np.bool_]:
        """Whether each drawing is called unlike the known digits."""
        flagged: NDArray[np.bool_] = (
            self.unfamiliarity(n_classes) > UNFAMILIAR_FROM[n_classes]
        )
        return flagged

    def of_classes(self, n_classes: int) -> "GuardedDrawings":
        """Only the digits below `n_classes`."""
        known = self.labels.astype(int) < n_classes
        return GuardedDrawings(self.labels[known], self.proba[known])


def ask_guard(drawings: list[list[Stroke]], labels: list[str]) -> GuardedDrawings:
    """Draw strokes with the 20 pixel pen, prepare them and ask the guard."""
    inks = (ink_intensity(render(strokes)) for strokes in drawings)
    return guarded((copies_of_ink(ink) for ink in inks), labels)


def guarded(
    drawings: Iterable[NDArray[np.float64]], labels: Sequence[str]
) -> GuardedDrawings:
    """Ask the guard about drawings that are prepared: copies of shape (n_copies, 8, 8)."""
    proba = [guard_probabilities(copies) for copies in drawings]
    return GuardedDrawings(np.array(labels), np.array(proba))


def guarded_digits() -> dict[Source, GuardedDrawings]:
    """All real digits, by source."""
    digits = {}
    for source in SOURCES:
        drawings, labels = drawings_of(source)
        digits[source] = ask_guard(drawings, [str(label) for label in labels])
    return digits


def guarded_others() -> dict[str, GuardedDrawings]:
    """All that is no digit, by kind; what is made from a seed in both placements."""
    signs = load_unipen("others")
    others = {
        "letters and symbols of UniPen": ask_guard(
            [sign.on_canvas for sign in signs], [sign.label for sign in signs]
        )
    }
    placements: tuple[Placement, ...] = ("filling", "as written")
    for kind, drawings in non_digits().items():
        placed = [d.placed(placement) for placement in placements for d in drawings]
        others[kind] = ask_guard(placed, [kind] * len(placed))
    return others


def auroc(digits: GuardedDrawings, others: GuardedDrawings, n_classes: int = 10) -> float:
    """How often something else is stranger than a digit, of one each, 0..1."""
    scores = [digits.unfamiliarity(n_classes), others.unfamiliarity(n_classes)]
    is_other = np.repeat([0, 1], [len(s) for s in scores])
    return float(roc_auc_score(is_other, np.concatenate(scores)))


def digits_table(digits: dict[Source, GuardedDrawings]) -> list[str]:
    """Share of the real digits that are called strange, by source."""
    lines = [f"| classes | {' | '.join(digits)} |", "|---|" + "---|" * len(digits)]
    for n_classes in sorted(CLASS_COUNTS, reverse=True):
        shares = [
            f"{d.of_classes(n_classes).is_flagged(n_classes).mean():.1%}"
            for d in digits.values()
        ]
        lines.append(f"| {n_classes} | {' | '.join(shares)} |")
    return lines


def others_table(
    digits: dict[Source, GuardedDrawings], others: dict[str, GuardedDrawings]
) -> list[str]:
    """Share of all else that is, and how well it is told from UniPen's digits."""
    lines = [
        "| classes | drawn | drawings | called strange | AUROC |",
        "|---|---|---|---|---|",
    ]
    for n_classes in sorted(CLASS_COUNTS, reverse=True):
        known = digits[UNIPEN].of_classes(n_classes)
        every = digits[UNIPEN]
        unknown = {
            f"a {digit} of UniPen": GuardedDrawings(
                every.labels[every.labels == str(digit)],
                every.proba[every.labels == str(digit)],
            )
            for digit in range(n_classes, 10)
        }
        for kind, drawings in (others | unknown).items():
            share = drawings.is_flagged(n_classes).mean()
            cells = [str(n_classes), kind, str(len(drawings.labels)), f"{share:.0%}"]
            cells.append(f"{auroc(known, drawings, n_classes):.3f}")
            lines.append(f"| {' | '.join(cells)} |")
    return lines


def hardest_table(others: GuardedDrawings) -> list[str]:
    """The signs that most often pass for a digit, to a reader of all ten."""
    passed = ~others.is_flagged(10)
    signs, index = np.unique(others.labels, return_inverse=True)
    shares = np.bincount(index, weights=passed) / np.bincount(index)
    lines = ["| sign | passes for a digit |", "|---|---|"]
    for i in np.argsort(-shares, kind="stable")[:HARDEST]:
        lines.append(f"| `{signs[i]}` | {shares[i]:.0%} |")
    return lines


def main() -> None:
    """Print every table."""
    with threadpool_limits(limits=1, user_api="blas"):
        digits, others = guarded_digits(), guarded_others()
    print(*digits_table(digits), "", *others_table(digits, others), "", sep="\n")
    print(*hardest_table(others["letters and symbols of UniPen"]), sep="\n")


if __name__ == "__main__":
    main()
