"""How well people's digits are read: by whom, with which pen, how surely, how fast.

Run as `python -m benchmarks.accuracy`; `--quick` leaves out the pens and the time. The
drawings are those of tests/data, which no model was fitted to. All digits are read by the
default model, which averages tilted copies, unless a table says otherwise.
"""

import argparse
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.stats import binomtest
from threadpoolctl import threadpool_limits

from digits_app.dataset import CLASS_COUNTS, load_split
from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.preparation import stages_of_ink
from digits_app.drawing.tilted_copies import copies_of_ink
from digits_app.network.classifiers import Training, load_classifier
from digits_app.reading.recognition import read_drawing
from tests.support.pen_drawings import PEN_WIDTH, Stroke, load_pen_drawings, render
from tests.support.unipen import load_unipen

Source = Literal["many countries", "one school, filling", "one school, as written"]
"""UniPen's digits, and the pen drawings in their two placements."""

SOURCES: Final[tuple[Source, ...]] = get_args(Source)
TRAININGS: Final[tuple[Training, ...]] = get_args(Training)

PEN_WIDTHS: Final = (6, 10, 20, 30, 40)
"""Canvas pixels."""

CONFIDENCE_BINS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Edges of the bins of the reliability table."""

ECE_BINS: Final = 15
"""Bins of equal width of the expected calibration error."""

COMMONEST: Final = 12
"""Confusions that are listed."""

TIMED: Final = 10
"""One drawing in this many is timed."""


@dataclass(frozen=True)
class PreparedDigits:
    """Digits of one source as the classifiers take them.

    Attributes
    ----------
    labels : ndarray of shape (n_drawings,)
    images : ndarray of shape (n_drawings, 64)
        Prepared once.
    copies : ndarray of shape (n_drawings, n_copies, 64)
        Tilted copies.
    """

    labels: NDArray[np.int64]
    images: NDArray[np.float64]
    copies: NDArray[np.float64]

    def of_classes(self, n_classes: int) -> "PreparedDigits":
        """Only the digits below `n_classes`."""
        known = self.labels < n_classes
        return PreparedDigits(self.labels[known], self.images[known], self.copies[known])

    def proba(
        self,
        n_classes: int = 10,
        training: Training = "augmented",
        averaged: bool = True,
    ) -> NDArray[np.float64]:
        """Probabilities of shape (n_drawings, n_classes), as `read_digit` gives them."""
        classifier = load_classifier(n_classes, training)
        if not averaged:
            return np.asarray(classifier.predict_proba(self.images))
        proba = classifier.predict_proba(self.copies.reshape(-1, 64))
        mean: NDArray[np.float64] = proba.reshape(*self.copies.shape[:2], -1).mean(axis=1)
        return mean

    def is_right(
        self,
        n_classes: int = 10,
        training: Training = "augmented",
        averaged: bool = True,
    ) -> NDArray[np.bool_]:
        """Whether each drawing of the known classes is read right."""
        known = self.of_classes(n_classes)
        read = known.proba(n_classes, training, averaged).argmax(axis=1)
        right: NDArray[np.bool_] = read == known.labels
        return right


def prepare(images: Iterable[Image.Image], labels: Iterable[int]) -> PreparedDigits:
    """Prepare pictures once for all models."""
    inks = [ink_intensity(image) for image in images]
    return PreparedDigits(
        labels=np.array(list(labels)),
        images=np.array([stages_of_ink(ink).image.ravel() for ink in inks]),
        copies=np.array([copies_of_ink(ink).reshape(-1, 64) for ink in inks]),
    )


def drawings_of(source: Source) -> tuple[list[list[Stroke]], list[int]]:
    """Strokes on the 280x280 canvas, and the digits that they show."""
    if source == "many countries":
        signs = load_unipen("digits")
        return [sign.on_canvas for sign in signs], [int(sign.label) for sign in signs]
    drawings = load_pen_drawings()
    placement: Literal["filling", "as written"] = (
        "filling" if source == "one school, filling" else "as written"
    )
    return [d.placed(placement) for d in drawings], [d.label for d in drawings]


def prepare_source(source: Source, pen_width: float = PEN_WIDTH) -> PreparedDigits:
    """Draw all digits of a source with a pen, and prepare them."""
    strokes, labels = drawings_of(source)
    return prepare((render(drawing, pen_width) for drawing in strokes), labels)


def wilson_interval(right: int, n: int) -> tuple[float, float]:
    """95 % interval of a share (E. B. Wilson, JASA 22, 1927), as shares 0..1."""
    interval = binomtest(right, n).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def expected_calibration_error(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], n_bins: int = ECE_BINS
) -> float:
    """How far sureness is from being right, on average.

    Parameters
    ----------
    confidence : ndarray of shape (n_samples,)
        Probability of the answer, 0..1.
    right : ndarray of shape (n_samples,)
        Whether it was right.
    n_bins : int, default=15
        Bins of equal width.

    Returns
    -------
    float
        Mean over the samples of |mean confidence - share right| of their bin, 0..1.

    References
    ----------
    .. [1] M. P. Naeini, G. F. Cooper, M. Hauskrecht, *Obtaining Well Calibrated
       Probabilities Using Bayesian Binning*, AAAI 2015.

    Examples
    --------
    >>> surely = np.array([0.75, 0.75, 0.75, 0.75])
    >>> expected_calibration_error(surely, np.array([True, True, True, False]))
    0.0
    """
    bins = np.minimum((confidence * n_bins).astype(int), n_bins - 1)
    excess = np.bincount(bins, weights=confidence - right, minlength=n_bins)
    return float(np.abs(excess).sum() / len(confidence))


def accuracy_table(prepared: dict[Source, PreparedDigits]) -> list[str]:
    """One line for each model and source: read once, and with tilted copies."""
    lines = [
        "| classes | training | drawings | once | 95 % | averaged | 95 % |",
        "|---|---|---|---|---|---|---|",
    ]
    for n_classes in sorted(CLASS_COUNTS, reverse=True):
        for training in TRAININGS:
            for source, digits in prepared.items():
                cells = [str(n_classes), training, source]
                for averaged in (False, True):
                    right = digits.is_right(n_classes, training, averaged)
                    low, high = wilson_interval(int(right.sum()), len(right))
                    cells += [f"{right.mean():.1%}", f"{100 * low:.1f} to {100 * high:.1f}"]
                lines.append(f"| {' | '.join(cells)} |")
    return lines


def digit_table(prepared: dict[Source, PreparedDigits]) -> list[str]:
    """Share of each digit that is read right, by source."""
    lines = [
        f"| digit | {' | '.join(prepared)} |",
        "|---|" + "---|" * len(prepared),
    ]
    for digit in range(10):
        shares = [
            f"{d.is_right()[d.labels == digit].mean():.1%}" for d in prepared.values()
        ]
        lines.append(f"| {digit} | {' | '.join(shares)} |")
    return lines


def confusion_table(prepared: dict[Source, PreparedDigits]) -> list[str]:
    """The commonest wrong answers, by source."""
    counts = np.zeros((len(prepared), 10, 10), dtype=int)
    for count, digits in zip(counts, prepared.values(), strict=True):
        np.add.at(count, (digits.labels, digits.proba().argmax(axis=1)), 1)
    everywhere = counts.sum(axis=0)
    np.fill_diagonal(everywhere, 0)
    lines = [
        f"| a | read as | {' | '.join(prepared)} |",
        "|---|---|" + "---|" * len(prepared),
    ]
    for index in np.argsort(-everywhere, axis=None, kind="stable")[:COMMONEST]:
        label, read = divmod(int(index), 10)
        cells = " | ".join(str(count[label, read]) for count in counts)
        lines.append(f"| {label} | {read} | {cells} |")
    return lines


def pen_table(pen_widths: Iterable[int] = PEN_WIDTHS) -> list[str]:
    """Share read right, by the pen's width."""
    lines = [f"| pen | {' | '.join(SOURCES)} |", "|---|" + "---|" * len(SOURCES)]
    for pen_width in pen_widths:
        shares = [prepare_source(s, pen_width).is_right().mean() for s in SOURCES]
        cells = " | ".join(f"{share:.1%}" for share in shares)
        lines.append(f"| {pen_width} px | {cells} |")
    return lines


def reliability_table(prepared: dict[Source, PreparedDigits]) -> list[str]:
    """How often an answer of some sureness is right, by source."""
    lines = [
        f"| sureness | {' | '.join(prepared)} |",
        "|---|" + "---|" * len(prepared),
    ]
    confidences = [digits.proba().max(axis=1) for digits in prepared.values()]
    rights = [digits.is_right() for digits in prepared.values()]
    bins = [np.digitize(confidence, CONFIDENCE_BINS[1:-1]) for confidence in confidences]
    for i, (low, high) in enumerate(pairwise(CONFIDENCE_BINS)):
        cells = [f"{low:.0%} to {high:.0%}"]
        for bin_of, right in zip(bins, rights, strict=True):
            here = right[bin_of == i]
            share = f"{here.mean():.0%} of {len(here)}" if len(here) else "-"
            cells.append(share)
        lines.append(f"| {' | '.join(cells)} |")
    errors = [
        f"{expected_calibration_error(c, r):.3f}"
        for c, r in zip(confidences, rights, strict=True)
    ]
    lines.append(f"| expected calibration error | {' | '.join(errors)} |")
    return lines


def lesson_table() -> list[str]:
    """The lesson's own test split, each digit read once, as it is."""
    lines = ["| classes | training | test split |", "|---|---|---|"]
    for n_classes in sorted(CLASS_COUNTS, reverse=True):
        split = load_split(n_classes)
        for training in TRAININGS:
            score = load_classifier(n_classes, training).score(split.X_test, split.y_test)
            lines.append(f"| {n_classes} | {training} | {score:.2%} |")
    return lines


def time_reading() -> str:
    """Median processor time of one reading of the canvas by the default model."""
    seconds = []
    for source in SOURCES[1:]:
        for strokes in drawings_of(source)[0][::TIMED]:
            image = render(strokes).convert("RGBA")
            start = time.thread_time()
            read_drawing(image, [(10, "augmented")])
            seconds.append(time.thread_time() - start)
    median, p95 = statistics.median(seconds), float(np.percentile(seconds, 95))
    return f"One drawing, read by the default model: median {1e3 * median:.1f} ms, " + (
        f"95 % within {1e3 * p95:.1f} ms (processor time, {len(seconds)} drawings)."
    )


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the 20 pixel pen alone")
    quick = parser.parse_args().quick
    with threadpool_limits(limits=1, user_api="blas"):
        prepared = {source: prepare_source(source) for source in SOURCES}
        for table in (accuracy_table, digit_table, confusion_table, reliability_table):
            print(*table(prepared), "", sep="\n")
        print(*lesson_table(), "", sep="\n")
        if not quick:
            print(*pen_table(), "", sep="\n")
            print(time_reading())


if __name__ == "__main__":
    main()
