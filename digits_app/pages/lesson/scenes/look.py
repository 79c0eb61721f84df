"""What a scene gets to draw."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from digits_app.lesson.looking import pictures
from digits_app.lesson.running import Base
from digits_app.lesson.settings import LIMITS, LessonSettings
from digits_app.lesson.step import Choice, Step
from digits_app.pages.lesson.choice import OwnDrawing

MOST_CLASSES: Final = LIMITS["n_classes"][1]


@dataclass(frozen=True)
class Look:
    """A step, where its code has got to, and the picture it looks at.

    Attributes
    ----------
    step : Step
        The step.
    settings : LessonSettings
        The learner's values, as far as the step uses them.
    base : Base
        What the step builds on; a training from step 4 on.
    choice : Choice
        Which picture is looked at.
    own : OwnDrawing or None
        The visitor's drawing, whether it is looked at or not.
    """

    step: Step
    settings: LessonSettings
    base: Base
    choice: Choice
    own: OwnDrawing | None

    @property
    def pixels(self) -> NDArray[np.float64]:
        """The picture looked at, of shape (64,), 0..16."""
        if self.choice.own_drawing:
            assert self.own is not None
            return self.own.pixels
        assert self.step.rows is not None
        row: NDArray[np.float64] = pictures(self.step.rows.kind, self.base.values).X[
            self.choice.row
        ]
        return row

    @property
    def true_digit(self) -> int | None:
        """The right answer to the picture; nobody knows it for a visitor's drawing."""
        if self.choice.own_drawing:
            return None
        assert self.step.rows is not None
        return int(pictures(self.step.rows.kind, self.base.values).y[self.choice.row])

    @property
    def caveat(self) -> str:
        """What to bear in mind about the answer to a visitor's drawing, or nothing."""
        n_classes = len(self.base.network.classes_)
        if not self.choice.own_drawing or n_classes == MOST_CLASSES:
            return ""
        digits = "0 and 1" if n_classes == 2 else f"0 to {n_classes - 1}"
        return f"; it knows only {digits}"

    @property
    def name(self) -> str:
        """What the picture is called within a sentence."""
        if self.choice.own_drawing:
            return "your drawing"
        article = "an" if self.true_digit == 8 else "a"
        return f"{article} {self.true_digit} from the test set"
