"""How good explanations are, and how long they take, on 100 test digits.

Run as `python -m benchmarks.explanations`. The measure: rub out the pixels that a picture
says speak most for the answer, one after another, and count how many it takes until the
lesson's network reads something else. A picture that knows what counts needs few.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app import explain_digit, explain_drawing, load_classifier, smallest_change
from digits_app.dataset import load_split
from digits_app.reading.explanation import with_random_weights
from digits_app.reading.gradients import pixel_slopes
from tests.support.pen_drawings import load_pen_drawings, render

N_DIGITS: Final = 100
EVERY_PEN_DRAWING: Final = 40

Order = Callable[[NDArray[np.float64], int], NDArray[np.float64]]
"""From a digit and its number to how much each of its 64 pixels counts."""


def occlusion(digit: NDArray[np.float64], _number: int) -> NDArray[np.float64]:
    """The lesson's network asked again without each pixel."""
    return explain_digit(digit, load_classifier()).heat.ravel()


def integrated_gradients(digit: NDArray[np.float64], _number: int) -> NDArray[np.float64]:
    """From the mean training digit."""
    why = explain_digit(digit, load_classifier(), method="integrated gradients")
    return why.heat.ravel()


def gradient_times_input(digit: NDArray[np.float64], _number: int) -> NDArray[np.float64]:
    """The slope of the answer's logit, times the ink."""
    classifier = load_classifier()
    label = int(classifier.predict(digit[None])[0])
    unit = np.arange(10) == label
    slopes = pixel_slopes(classifier, digit[None], lambda logits: 0 * logits + unit)
    return np.asarray(slopes[0] * digit)


def random_weights(digit: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    """Occlusion of a network that has learned nothing."""
    label = int(load_classifier().predict(digit[None])[0])
    untrained = with_random_weights(load_classifier(), random_state=number)
    return explain_digit(digit, untrained, label=label).heat.ravel()


def brightest_first(digit: NDArray[np.float64], _number: int) -> NDArray[np.float64]:
    """The strongest ink."""
    return digit


def any_order(digit: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    """Pixels in a random order."""
    return np.random.default_rng(number).permutation(digit.size).astype(np.float64)


ORDERS: Final[dict[str, Order]] = {
    "occlusion": occlusion,
    "gradient times input": gradient_times_input,
    "integrated gradients from the mean digit": integrated_gradients,
    "occlusion of a network with random weights": random_weights,
    "brightest ink first": brightest_first,
    "any pixels": any_order,
}


def pixels_until_flip(digit: NDArray[np.float64], heat: NDArray[np.float64]) -> int:
    """Rub out pixels, those with the most heat first, until the answer is another."""
    classifier = load_classifier()
    rubbed = np.tile(digit, (digit.size + 1, 1))
    for n_rubbed, pixel in enumerate(np.argsort(-heat, kind="stable"), start=1):
        rubbed[n_rubbed:, pixel] = 0
    read = classifier.predict(rubbed)
    flipped = np.flatnonzero(read != read[0])
    return int(flipped[0]) if flipped.size else digit.size


@contextmanager
def timed(milliseconds: list[float]) -> Iterator[None]:
    """Add how long the block took."""
    start = time.perf_counter()
    yield
    milliseconds.append(1000 * (time.perf_counter() - start))


def print_orders(digits: NDArray[np.float64]) -> None:
    """Print how many pixels each order needs."""
    print("| order | pixels until it flips, median | median ms |\n|---|---|---|")
    for name, order in ORDERS.items():
        spent: list[float] = []
        counts = []
        for number, digit in enumerate(digits):
            with timed(spent):
                heat = order(digit, number)
            counts.append(pixels_until_flip(digit, heat))
        print(f"| {name} | {np.median(counts):g} | {np.median(spent):.2f} |")


def print_changes(digits: NDArray[np.float64]) -> None:
    """Print how few pixels turn a digit into the next best one."""
    classifier = load_classifier()
    runners_up = np.argsort(classifier.predict_proba(digits), axis=1)[:, -2]
    spent: list[float] = []
    sizes = []
    for digit, target in zip(digits, runners_up, strict=True):
        with timed(spent):
            change = smallest_change(digit, classifier, int(target))
        sizes.append(change.changed.sum())
    print(
        f"\nSmallest change to the next best digit: {np.median(sizes):g} pixels in the "
        f"median, {max(sizes)} at most; {np.median(spent):.1f} ms."
    )


def print_drawings() -> None:
    """Print how long the ink of drawings takes, with the augmented network, nine copies."""
    ink: list[float] = []
    classifier = load_classifier(training="augmented")
    explain_drawing(render(load_pen_drawings()[0].placed("filling")), classifier)
    for drawing in load_pen_drawings()[::EVERY_PEN_DRAWING]:
        image = render(drawing.placed("filling"))
        with timed(ink):
            explain_drawing(image, classifier)
    print(f"\nInk rubbed out: {np.median(ink):.1f} ms for a drawing, median.")


def main() -> None:
    """Print the table and the times."""
    digits = load_split().X_test[:N_DIGITS]
    load_classifier().predict(digits)
    print_orders(digits)
    print_changes(digits)
    print_drawings()


if __name__ == "__main__":
    main()
