"""What a scene gets to draw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digits_app.lesson.fitting import Fitted
from digits_app.lesson.looking import pictures
from digits_app.lesson.running import Namespace
from digits_app.lesson.settings import LessonSettings
from digits_app.lesson.step import Choice, Step
from digits_app.pages.lesson.choice import OwnDrawing


@dataclass(frozen=True)
class Look:
    """A step, where its code has got to, and the picture it looks at.

    Attributes
    ----------
    step : Step
        The step.
    settings : LessonSettings
        The learner's values, as far as the step uses them.
    base : dict
        The lesson's variables before the step's own cells. Shared: do not change it.
    fitted : Fitted or None
        The training that the step makes or builds on.
    choice : Choice
        Which picture is looked at.
    own : OwnDrawing or None
        The visitor's drawing, whether it is looked at or not.
    """

    step: Step
    settings: LessonSettings
    base: Namespace
    fitted: Fitted | None
    choice: Choice
    own: OwnDrawing | None

    @property
    def training(self) -> Fitted:
        """The training of a step that has one."""
        assert self.fitted is not None
        return self.fitted

    @property
    def pixels(self) -> NDArray[np.float64]:
        """The picture looked at, of shape (64,), 0..16."""
        if self.choice.own_drawing:
            assert self.own is not None
            return self.own.pixels
        assert self.step.rows is not None
        row: NDArray[np.float64] = pictures(self.step.rows.kind, self.base).X[
            self.choice.row
        ]
        return row

    @property
    def true_digit(self) -> int | None:
        """The right answer to the picture; nobody knows it for a visitor's drawing."""
        if self.choice.own_drawing:
            return None
        assert self.step.rows is not None
        return int(pictures(self.step.rows.kind, self.base).y[self.choice.row])

    @property
    def name(self) -> str:
        """What the picture is called within a sentence."""
        if self.choice.own_drawing:
            return "your drawing"
        article = "an" if self.true_digit == 8 else "a"
        return f"{article} {self.true_digit} from the test set"
