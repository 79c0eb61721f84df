"""How well people's own handwriting is read, and what is no digit found out.

Run as `python -m benchmarks.freehand`; `--quick` measures the 20 pixel pen alone. The
pen drawings are those of tests/data, which no model was fitted to.
"""

import argparse
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sklearn.metrics import roc_auc_score
from threadpoolctl import threadpool_limits

from digits_app.dataset import IMAGE_SHAPE
from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.preparation import stages_of_ink
from digits_app.drawing.tilted_copies import prepare_views, stroke_field
from digits_app.network.classifiers import Training, load_classifier
from digits_app.reading.recognition import read_digit
from digits_app.reading.unfamiliarity import UNFAMILIAR_FROM, jumble_logit, unfamiliarity
from tests.support.non_digits import non_digits
from tests.support.pen_drawings import (
    PEN_WIDTH,
    PenDrawing,
    Placement,
    load_pen_drawings,
    render,
)

PEN_WIDTHS: Final = (10, 20, 30)
PLACEMENTS: Final[tuple[Placement, ...]] = get_args(Placement)
TRAININGS: Final[tuple[Training, ...]] = get_args(Training)
WILSON_Z: Final = 1.96
"""Normal quantile of a 95 % interval."""

TIMED: Final = 10
"""Every how manieth drawing is timed."""


@dataclass(frozen=True)
class PreparedDrawings:
    """Drawings as the classifiers take them.

    Attributes
    ----------
    labels : ndarray of shape (n_drawings,)
    images : ndarray of shape (n_drawings, 64)
        Prepared once.
    views : ndarray of shape (n_drawings, n_views, 64)
        Tilted copies.
    stroke_lengths : ndarray of shape (n_drawings,)
    """

    labels: NDArray[np.int64]
    images: NDArray[np.float64]
    views: NDArray[np.float64]
    stroke_lengths: NDArray[np.float64]

    def proba(
        self, n_classes: int, training: Training, averaged: bool
    ) -> NDArray[np.float64]:
        """Probabilities of shape (n_drawings, n_classes), as `read_digit` gives them."""
        classifier = load_classifier(n_classes, training)
        if not averaged:
            return np.asarray(classifier.predict_proba(self.images))
        proba = classifier.predict_proba(self.views.reshape(-1, 64))
        mean: NDArray[np.float64] = proba.reshape(*self.views.shape[:2], -1).mean(axis=1)
        return mean

    def unfamiliarity(self, n_classes: int, training: Training) -> NDArray[np.float64]:
        """Score each drawing as `read_digit` does."""
        proba = self.proba(n_classes, training, averaged=True)
        scores = [
            unfamiliarity(views, p, jumble_logit(views, n_classes), length)
            for views, p, length in zip(
                self.views.reshape(len(self.views), -1, *IMAGE_SHAPE),
                proba,
                self.stroke_lengths,
                strict=True,
            )
        ]
        return np.array(scores)


def prepare(images: Iterable[Image.Image], labels: Iterable[int]) -> PreparedDrawings:
    """Prepare pictures once for all models."""
    inks = [ink_intensity(image) for image in images]
    fields = [stroke_field(ink) for ink in inks]
    return PreparedDrawings(
        labels=np.array(list(labels)),
        images=np.array([stages_of_ink(ink).image.ravel() for ink in inks]),
        views=np.array([prepare_views(field).reshape(-1, 64) for field in fields]),
        stroke_lengths=np.array([field.stroke_length for field in fields]),
    )


def place(
    drawings: list[PenDrawing], placement: Placement, pen_width: float
) -> PreparedDrawings:
    """Draw strokes on the canvas and prepare them."""
    images = (render(drawing.placed(placement), pen_width) for drawing in drawings)
    return prepare(images, (drawing.label for drawing in drawings))


def is_right(
    prepared: PreparedDrawings, n_classes: int, training: Training, averaged: bool
) -> NDArray[np.bool_]:
    """Whether each drawing of the known classes is read right."""
    known = prepared.labels < n_classes
    proba = prepared.proba(n_classes, training, averaged)[known]
    right: NDArray[np.bool_] = proba.argmax(axis=1) == prepared.labels[known]
    return right


def wilson_interval(right: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (E. B. Wilson, JASA 22, 1927), as shares 0..1."""
    z2 = WILSON_Z**2
    middle = (right + z2 / 2) / (n + z2)
    half = WILSON_Z / (n + z2) * np.sqrt(right * (n - right) / n + z2 / 4)
    return float(middle - half), float(middle + half)


def accuracy_table(prepared: dict[tuple[Placement, int], PreparedDrawings]) -> list[str]:
    """One line for each model, placement, pen and way of reading."""
    lines = [
        "| classes | training | placement | pen | once | 95 % | averaged | 95 % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for n_classes in (10, 2):
        for training in TRAININGS:
            for (placement, pen_width), drawings in prepared.items():
                cells = [str(n_classes), training, placement, f"{pen_width} px"]
                for averaged in (False, True):
                    right = is_right(drawings, n_classes, training, averaged)
                    low, high = wilson_interval(int(right.sum()), len(right))
                    cells += [f"{right.mean():.1%}", f"{100 * low:.1f} to {100 * high:.1f}"]
                lines.append(f"| {' | '.join(cells)} |")
    return lines


def digit_table(prepared: dict[tuple[Placement, int], PreparedDrawings]) -> list[str]:
    """Share of each digit that the default model reads right, and what it takes it for."""
    lines = [
        "| digit | " + " | ".join(PLACEMENTS) + " | read instead (both placements) |",
        "|---|" + "---|" * len(PLACEMENTS) + "---|",
    ]
    read = {
        placement: prepared[placement, PEN_WIDTH]
        .proba(10, "augmented", True)
        .argmax(axis=1)
        for placement in PLACEMENTS
    }
    for digit in range(10):
        shares, instead = [], np.zeros(10, dtype=int)
        for placement in PLACEMENTS:
            answers = read[placement][prepared[placement, PEN_WIDTH].labels == digit]
            shares.append(f"{np.mean(answers == digit):.0%}")
            instead += np.bincount(answers[answers != digit], minlength=10)
        wrong = [f"{d} ({instead[d]})" for d in np.argsort(-instead) if instead[d]]
        lines.append(f"| {digit} | {' | '.join(shares)} | {', '.join(wrong) or '-'} |")
    return lines


def prepare_non_digits() -> dict[str, PreparedDrawings]:
    """Non-digits by kind, in both placements."""
    prepared = {}
    for kind, drawings in non_digits().items():
        images = [render(d.placed(p)) for p in PLACEMENTS for d in drawings]
        prepared[kind] = prepare(images, [d.label for d in drawings] * len(PLACEMENTS))
    return prepared


@dataclass(frozen=True)
class UnfamiliarShares:
    """How the unfamiliarity of one model parts digits from what is none.

    Attributes
    ----------
    flagged_digits : float
        Share of the pen drawings of its digits that are called unfamiliar, 0..1.
    flagged_others : dict of str to float
        Share of everything else that is, by kind.
    auroc : float
        How often a non-digit (all kinds of `non_digits`) is the stranger of two, 0..1.
    """

    flagged_digits: float
    flagged_others: dict[str, float]
    auroc: float


def measure_unfamiliarity(
    digits: list[PreparedDrawings],
    others: dict[str, PreparedDrawings],
    n_classes: int,
    training: Training,
) -> UnfamiliarShares:
    """Score pen drawings and non-digits; 2 classes do not know a 2 to 9 either."""
    labels = np.concatenate([drawings.labels for drawings in digits])
    scores = np.concatenate([d.unfamiliarity(n_classes, training) for d in digits])
    limit = UNFAMILIAR_FROM[n_classes]
    other_scores = {k: d.unfamiliarity(n_classes, training) for k, d in others.items()}
    strange, known = np.concatenate(list(other_scores.values())), scores[labels < n_classes]
    flagged = {k: float(np.mean(s > limit)) for k, s in other_scores.items()}
    for digit in range(n_classes, 10):
        flagged[f"a {digit}"] = float(np.mean(scores[labels == digit] > limit))
    is_strange = np.r_[np.ones(len(strange)), np.zeros(len(known))]
    return UnfamiliarShares(
        flagged_digits=float(np.mean(known > limit)),
        flagged_others=flagged,
        auroc=float(roc_auc_score(is_strange, np.r_[strange, known])),
    )


def unfamiliar_table(
    digits: list[PreparedDrawings], others: dict[str, PreparedDrawings]
) -> list[str]:
    """One line for each model."""
    lines = ["| classes | training | AUROC | digits flagged | others flagged |"]
    lines.append("|---|---|---|---|---|")
    for n_classes in (10, 2):
        for training in TRAININGS:
            shares = measure_unfamiliarity(digits, others, n_classes, training)
            flagged = ", ".join(f"{k} {v:.0%}" for k, v in shares.flagged_others.items())
            cells = [str(n_classes), training, f"{shares.auroc:.3f}"]
            cells += [f"{shares.flagged_digits:.1%}", flagged]
            lines.append(f"| {' | '.join(cells)} |")
    return lines


def time_reading(drawings: list[PenDrawing]) -> str:
    """Median time of one reading by the default model, everything included."""
    seconds = []
    for placement in PLACEMENTS:
        for drawing in drawings[::TIMED]:
            image = render(drawing.placed(placement)).convert("RGBA")
            start = time.perf_counter()
            read_digit(image, training="augmented")
            seconds.append(time.perf_counter() - start)
    median, p95 = statistics.median(seconds), float(np.percentile(seconds, 95))
    return f"One drawing, read by the default model: median {1e3 * median:.1f} ms, " + (
        f"95 % within {1e3 * p95:.1f} ms (one thread, {len(seconds)} drawings)."
    )


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the 20 pixel pen alone")
    pen_widths = (PEN_WIDTH,) if parser.parse_args().quick else PEN_WIDTHS
    with threadpool_limits(limits=1, user_api="blas"):
        drawings = load_pen_drawings()
        prepared = {
            (placement, pen_width): place(drawings, placement, pen_width)
            for placement in PLACEMENTS
            for pen_width in pen_widths
        }
        print(*accuracy_table(prepared), "", *digit_table(prepared), "", sep="\n")
        digits = [prepared[placement, PEN_WIDTH] for placement in PLACEMENTS]
        print(*unfamiliar_table(digits, prepare_non_digits()), "", sep="\n")
        print(time_reading(drawings))


if __name__ == "__main__":
    main()
