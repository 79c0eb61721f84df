"""The lesson's steps, run once with the lesson's values."""

import pytest

from digits_app.lesson.fitting import Fitted, FittingRoom
from digits_app.lesson.running import Namespace, Output, run_base, run_cells
from digits_app.lesson.settings import LESSON, LessonSettings
from digits_app.lesson.step import FIRST, Choice
from digits_app.lesson.steps import step, training_behind


class LessonRunner:
    """Runs any step as the page does."""

    def __init__(self) -> None:
        self.room = FittingRoom()

    def fitted(self, number: int, settings: LessonSettings = LESSON) -> Fitted:
        behind = training_behind(step(number))
        assert behind is not None
        with self.room.fit(behind, settings, "a visitor") as fit:
            fitted = fit.wait(60)
        assert fitted is not None
        return fitted

    def base(self, number: int, settings: LessonSettings = LESSON) -> Namespace:
        if training_behind(step(number)) is None:
            return run_base(step(number), settings)
        return self.fitted(number, settings).namespace

    def run(
        self, number: int, settings: LessonSettings = LESSON, choice: Choice = FIRST
    ) -> list[Output]:
        base = self.base(number, settings)
        outputs = run_cells(step(number), base, settings, choice)
        return [output for output in outputs if output is not None]

    def printed(self, number: int, **options) -> str:
        return "\n".join(output.printed for output in self.run(number, **options))

    def n_pictures(self, number: int) -> int:
        return sum(len(output.pictures) for output in self.run(number))


@pytest.fixture(scope="session")
def lesson() -> LessonRunner:
    return LessonRunner()
