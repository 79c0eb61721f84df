"""Which small faults no test notices, and whether each has its reason.

Run as `python -m tests.support.mutants` after `mutmut run`, which `make mutants` does.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

REASONS: Final = Path(__file__).parents[1] / "survivors.txt"
"""A line for each: the function, a colon, and why its faults may live."""

MOST: Final = 0.1
"""Share of the faults that may live."""


def reasons() -> dict[str, str]:
    """Why faults of a function may live, by its name: "five_steps.strengthen"."""
    lines = REASONS.read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def function_of(mutant: str) -> str:
    """Name the function of a mutant, "digits_app.drawing.ink.x_cut__mutmut_3".

    >>> function_of("digits_app.drawing.ink.x__rim_median__mutmut_3")
    'ink._rim_median'
    >>> function_of("digits_app.mistakes.evaluation.xǁEvaluationǁmargin__mutmut_1")
    'evaluation.Evaluation.margin'
    """
    *_, module, name = mutant.split(".")
    name = re.sub(r"__mutmut_\d+$", "", name)
    name = name.removeprefix("x_") if name.startswith("x_") else name.removeprefix("xǁ")
    return f"{module}.{name.replace('ǁ', '.')}"


def main() -> None:
    """Print the survivors, and fail where there are too many or one lacks its reason."""
    mutmut = [str(Path(sys.executable).with_name("mutmut"))]
    results = subprocess.run(
        [*mutmut, "results"], capture_output=True, text=True, check=True
    ).stdout
    survivors = re.findall(r"(\S+): (?:survived|no tests)", results)
    subprocess.run([*mutmut, "export-cicd-stats"], capture_output=True, check=True)
    stats = json.loads(Path("mutants/mutmut-cicd-stats.json").read_text(encoding="utf-8"))
    known = reasons()
    for mutant in survivors:
        print(f"{mutant}: {known.get(function_of(mutant), 'NO REASON YET')}")
    share = len(survivors) / stats["total"]
    print(f"{len(survivors)} of {stats['total']} live: {share:.1%}.")
    unexplained = [each for each in survivors if function_of(each) not in known]
    sys.exit(int(share > MOST or bool(unexplained)))


if __name__ == "__main__":
    main()
