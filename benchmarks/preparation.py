"""What each step of the preparation buys: the lesson's model, one view, real pen drawings.

Run as `python -m benchmarks.preparation`. The first row is what most apps do.
"""

from collections.abc import Callable
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing.five_steps import (
    block_counts,
    crop_to_ink,
    even_out_stroke,
    fit_to_frame,
)
from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.preparation import prepare_image
from digits_app.network.classifiers import load_classifier
from tests.support.pen_drawings import Placement, load_pen_drawings, render

Preparation = Callable[[Image.Image], NDArray[np.float64]]


def resize_canvas(image: Image.Image) -> NDArray[np.float64]:
    """Shrink the whole canvas to 8x8 pixels of 0..16."""
    small = image.resize(IMAGE_SHAPE, Image.Resampling.BOX)
    return np.asarray(small) * (MAX_INTENSITY / 255)


def resize_square_crop(image: Image.Image) -> NDArray[np.float64]:
    """Crop to the ink, pad it to a square, and shrink that."""
    crop = crop_to_ink(ink_intensity(image))
    side = max(crop.size)
    square = Image.new("L", (side, side))
    square.paste(crop, ((side - crop.width) // 2, (side - crop.height) // 2))
    return resize_canvas(square)


def stretch_and_count(image: Image.Image) -> NDArray[np.float64]:
    """Take steps 1, 2 and 5."""
    return block_counts(fit_to_frame(crop_to_ink(ink_intensity(image))))


def stretch_even_and_count(image: Image.Image) -> NDArray[np.float64]:
    """Take steps 1, 2, 3 and 5."""
    framed = fit_to_frame(crop_to_ink(ink_intensity(image)))
    return block_counts(even_out_stroke(framed))


PREPARATIONS: Final[dict[str, Preparation]] = {
    "whole canvas resized to 8x8": resize_canvas,
    "square crop resized to 8x8": resize_square_crop,
    "cropped, stretched, counted (steps 1, 2, 5)": stretch_and_count,
    "+ stroke evened out (step 3)": stretch_even_and_count,
    "+ slant taken out (step 4): all five": prepare_image,
}


def accuracies(placement: Placement, one_in: int = 1) -> list[float]:
    """Share of the pen drawings that the lesson's model reads right, by preparation."""
    drawings = load_pen_drawings()[::one_in]
    labels = [drawing.label for drawing in drawings]
    pictures = [render(drawing.placed(placement)) for drawing in drawings]
    shares = []
    for prepare in PREPARATIONS.values():
        prepared = np.reshape([prepare(picture) for picture in pictures], (-1, 64))
        read = load_classifier(10, "lesson").predict(prepared)
        shares.append(float(np.mean(read == labels)))
    return shares


def main() -> None:
    """Print the table."""
    placements: tuple[Placement, ...] = get_args(Placement)
    columns = [accuracies(placement) for placement in placements]
    print(f"| preparation | {' | '.join(placements)} |")
    print("|---" * (1 + len(placements)) + "|")
    for name, *shares in zip(PREPARATIONS, *columns, strict=True):
        print(f"| {name} | {' | '.join(f'{share:.1%}' for share in shares)} |")


if __name__ == "__main__":
    main()
