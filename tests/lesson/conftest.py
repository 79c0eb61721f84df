"""The lesson's steps, run once with the lesson's values."""

import pytest
from digits_app.lesson.training import TrainingRoom

from digits_app.lesson.running import (
    Output,
    Run,
    run_base,
    run_choice_cells,
    run_fixed_cells,
)
from digits_app.lesson.settings import LESSON, LessonSettings
from digits_app.lesson.steps import FIRST, Choice, step


class LessonRunner:
    """Runs any step as the page does."""

    def __init__(self) -> None:
        self.room = TrainingRoom()

    def start(self, number: int, settings: LessonSettings = LESSON) -> Run:
        this = step(number)
        trained = number if this.trains else this.builds_on
        if trained is None or not step(trained).trains:
            return run_base(number, settings)
        with self.room.training(trained, settings) as training:
            run = training.wait(60)
        assert run is not None
        return run

    def run(
        self, number: int, settings: LessonSettings = LESSON, choice: Choice = FIRST
    ) -> tuple[Output, ...]:
        fixed = run_fixed_cells(number, self.start(number, settings), settings)
        return fixed.outputs + run_choice_cells(number, fixed, settings, choice, "black")

    def printed(self, number: int, **options) -> str:
        return "\n".join(output.printed for output in self.run(number, **options))

    def n_pictures(self, number: int) -> int:
        return sum(len(output.pictures) for output in self.run(number))


@pytest.fixture(scope="session")
def lesson() -> LessonRunner:
    return LessonRunner()
