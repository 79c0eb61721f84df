"""Fixtures shared by all tests, and how Hypothesis looks for examples."""

import os

# One BLAS thread: the tests run beside a browser and a server on few cores. NumPy and
# SciPy read this when they are imported, so it comes first.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray
from PIL import Image
from sklearn.datasets import load_digits

from digits_app.helper_process.helper import end_helpers
from tests.support.fuzzing import PROFILE
from tests.support.installed import build_wheel
from tests.support.pen_drawings import SEVEN, PenDrawing, load_pen_drawings, render

settings.load_profile(PROFILE)


@pytest.fixture(scope="session", autouse=True)
def no_helper_outlives_the_tests() -> Iterator[None]:
    yield
    end_helpers()


@pytest.fixture(scope="session")
def pen_drawings() -> list[PenDrawing]:
    return load_pen_drawings()


@pytest.fixture(scope="session")
def load_digits_bitmaps() -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """The 32x32 bitmaps behind `load_digits`, and its rows, in one order."""
    with np.load(Path(__file__).parent / "data" / "load_digits_bitmaps.npz") as arrays:
        packed = arrays["packed"]
    bitmaps = np.unpackbits(packed, axis=1).reshape(-1, 32, 32).astype(bool)
    return bitmaps, load_digits().data


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `pip install .` installs."""
    return build_wheel(tmp_path_factory.mktemp("package"))


@pytest.fixture
def seven() -> Image.Image:
    """A plain 7, white on black, on a canvas of 280x280."""
    return render([SEVEN])
