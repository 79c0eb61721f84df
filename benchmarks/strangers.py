"""Write `digits_app/my_hand/strangers.npz` from the UniPen drawings of the test data.

Run as `python -m benchmarks.strangers`, after a change of how drawings are prepared.
"""

import numpy as np
from numpy.typing import NDArray

from digits_app.drawing.ink import ink_intensity
from digits_app.drawing.tilted_copies import copies_of_ink
from digits_app.my_hand.strangers import FILE
from tests.support.pen_drawings import render
from tests.support.unipen import UnipenSign, load_unipen


def copies_of(drawing: UnipenSign) -> NDArray[np.float64]:
    """Tilted copies of a drawing that fills the canvas: shape (n_copies, 8, 8)."""
    return copies_of_ink(ink_intensity(render(drawing.on_canvas)))


def main() -> None:
    """Prepare all drawings and write them."""
    drawings = load_unipen("digits")
    np.savez_compressed(
        FILE,
        allow_pickle=False,
        copies=np.array([copies_of(each) for each in drawings]).astype(np.uint8),
        labels=np.array([int(each.label) for each in drawings], dtype=np.uint8),
        writers=np.array([each.writer for each in drawings], dtype=np.uint16),
    )


if __name__ == "__main__":
    main()
