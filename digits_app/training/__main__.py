"""Fit the augmented classifiers and write the weights that the app ships.

Run as `python -m digits_app.training`. It takes about a quarter of an hour on one core.
"""

import argparse
import time
from pathlib import Path

from digits_app.dataset import CLASS_COUNTS, load_split
from digits_app.network.committee import as_pipeline, merge_networks
from digits_app.network.weight_files import (
    FOLDER,
    GUARD_FILE,
    save_networks,
    weights_file,
)
from digits_app.training.guard import fit_guards
from digits_app.training.recipe import fit_networks


def main() -> None:
    """Fit, score on the lesson's test split, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder of the weights")
    into = parser.parse_args().into
    into.mkdir(exist_ok=True)
    start = time.perf_counter()
    save_networks(fit_guards(), into / GUARD_FILE.name)
    print(f"guard: fitted in {time.perf_counter() - start:.0f} s")
    for n_classes in CLASS_COUNTS:
        start = time.perf_counter()
        networks = fit_networks(n_classes)
        save_networks(networks, into / weights_file(n_classes).name)
        split = load_split(n_classes)
        score = as_pipeline(merge_networks(networks)).score(split.X_test, split.y_test)
        seconds = time.perf_counter() - start
        print(f"{n_classes} classes: test score {score:.4f}, fitted in {seconds:.0f} s")


if __name__ == "__main__":
    main()
