"""The lesson's steps, run once with the lesson's values."""

from functools import cache

import pytest

from digits_app.lesson.running import Base, Namespace, Output, base, run_base, run_cells
from digits_app.lesson.settings import LESSON, LessonSettings
from digits_app.lesson.step import FIRST, Choice
from digits_app.lesson.steps import step


class LessonRunner:
    """Runs any step as a helper does."""

    def __init__(self) -> None:
        self._bases = cache(run_base)

    def base(self, number: int, settings: LessonSettings = LESSON) -> Base:
        below = base(step(number))
        return self._bases(below.number, below.settings_used(settings))

    def values(self, number: int, settings: LessonSettings = LESSON) -> Namespace:
        return self.base(number, settings).values

    def run(
        self, number: int, settings: LessonSettings = LESSON, choice: Choice = FIRST
    ) -> list[Output]:
        below = self.base(number, settings)
        first, *others = run_cells(below.values, number, settings, choice)
        outputs = [below.output if base(step(number)) is step(number) else first, *others]
        return [output for output in outputs if output is not None]

    def printed(self, number: int, **options) -> str:
        return "\n".join(output.printed for output in self.run(number, **options))

    def n_pictures(self, number: int) -> int:
        return sum(len(output.pictures) for output in self.run(number))


@pytest.fixture(scope="session")
def lesson() -> LessonRunner:
    return LessonRunner()
