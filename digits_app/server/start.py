"""Before the first visitor: see that the packages are there and the models warm."""

import gc
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from digits_app.network.classifiers import Training
from digits_app.server.imports import FOR_ALL_PAGES, FOR_READING, import_alone
from digits_app.server.logs import logger
from digits_app.server.readiness import Readiness


def missing_packages(requirements: Path) -> list[str]:
    """List the packages of a requirements file that are not installed.

    Without the file there are none: then an installer saw to it.
    """
    if not requirements.exists():
        return []
    missing = []
    for line in requirements.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith(("#", "-")):
            continue
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            version(wanted.name)
        except PackageNotFoundError:
            missing.append(wanted.name)
    return missing


FIRST_VISIT: Final = 1.0
"""Seconds left to the first visitor's page before what can wait is imported."""


def warm_up(readiness: Readiness) -> None:
    """Import and fit what the first visitor would otherwise wait for.

    Parameters
    ----------
    readiness : Readiness
        Gets to know when drawings are read, or that they cannot be.
    """
    started = time.perf_counter()
    try:
        import_alone(FOR_READING)
        _read_a_drawing("augmented")
    except Exception:
        logger.exception("drawings cannot be read%s", _damaged_weights())
        readiness.status = "failed"
        return
    readiness.status = "ready"
    logger.info("ready to read after %.1f s", time.perf_counter() - started)
    time.sleep(FIRST_VISIT)
    _read_a_drawing("lesson")  # these are fitted, which takes half a second
    time.sleep(FIRST_VISIT)
    import_alone(FOR_ALL_PAGES)
    # From now on the garbage collector passes over all of this, so it never halts long.
    # The second collection tells it how little is left, so it comes often enough.
    gc.collect()
    gc.freeze()
    gc.collect()
    logger.info("warmed up in %.1f s", time.perf_counter() - started)


def _read_a_drawing(training: Training) -> None:
    """Let both networks that learned this way read a bar, so that they are there."""
    from PIL import Image, ImageDraw

    from digits_app.dataset import CLASS_COUNTS
    from digits_app.reading.recognition import read_drawing

    bar = Image.new("L", (280, 280))
    ImageDraw.Draw(bar).line((140, 60, 140, 220), fill=255, width=20)
    read_drawing(bar, [(n_classes, training) for n_classes in CLASS_COUNTS])


def _damaged_weights() -> str:
    """Name the files of weights that cannot be read, for the log."""
    from digits_app.network.weight_files import FOLDER, load_pipeline

    damaged = []
    for path in sorted(FOLDER.glob("*.weights")):
        try:
            load_pipeline(path)
        except Exception:  # whatever is wrong with it
            damaged.append(path.name)
    return f": damaged in {FOLDER}: {', '.join(damaged)}" if damaged else ""
