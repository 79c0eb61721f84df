"""Fit the augmented classifiers and write the weights that the app ships.

Run as `python -m digits_app.training`. It takes about a quarter of an hour on one core.
`--rule` fits nothing: it only writes the numbers of the rule down again, for the browser.
"""

import argparse
import time
from pathlib import Path

from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline

from digits_app.browser.rule import rule
from digits_app.dataset import CLASS_COUNTS, load_split
from digits_app.network.committee import as_pipeline, merge_networks
from digits_app.network.weight_files import (
    FOLDER,
    GUARD_FILE,
    load_pipeline,
    pack_weights,
    quantise,
    weights_file,
)
from digits_app.training.guard import fit_guards
from digits_app.training.recipe import fit_networks


def main() -> None:
    """Fit, score on the lesson's test split, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder of the weights")
    parser.add_argument("--rule", action="store_true", help="write only the rule again")
    arguments = parser.parse_args()
    into: Path = arguments.into
    if arguments.rule:
        write_guard(load_pipeline(GUARD_FILE), into)
        return
    into.mkdir(exist_ok=True)
    start = time.perf_counter()
    write_guard(shipped(fit_guards()), into)
    print(f"guard: fitted in {time.perf_counter() - start:.0f} s")
    for n_classes in CLASS_COUNTS:
        start = time.perf_counter()
        classifier = shipped(fit_networks(n_classes))
        (into / weights_file(n_classes).name).write_bytes(pack_weights(classifier))
        split = load_split(n_classes)
        score = classifier.score(split.X_test, split.y_test)
        seconds = time.perf_counter() - start
        print(f"{n_classes} classes: test score {score:.4f}, fitted in {seconds:.0f} s")


def shipped(networks: list[MLPClassifier]) -> Pipeline:
    """Merge a committee, and round it to what is shipped."""
    return as_pipeline(quantise(merge_networks(networks)))


def write_guard(guard: Pipeline, into: Path) -> None:
    """Write the guard's weights, and with them the rule."""
    (into / GUARD_FILE.name).write_bytes(pack_weights(guard, rule()))


if __name__ == "__main__":
    main()
