"""Fixtures shared by all tests."""

import os

import numpy as np
import pytest
from PIL import Image

from benchmarks.pen_drawings import PenDrawing, load_pen_drawings

# One BLAS thread: the tests run beside a browser and a server on few cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def pen_drawings() -> list[PenDrawing]:
    return load_pen_drawings()


@pytest.fixture
def seven() -> Image.Image:
    """A plain 7, white on black, on a canvas of 280x280."""
    from benchmarks.pen_drawings import render

    return render([np.array([[80.0, 60], [200, 60], [130, 230]])])
