"""What a picture can lack that would make it a digit."""


class UnreadableDrawingError(ValueError):
    """The picture holds no digit to read; the message tells a person what to do."""


class BlankDrawingError(UnreadableDrawingError):
    """The picture is one colour: there is no ink in it."""


class TooSmallDrawingError(UnreadableDrawingError):
    """The ink is a dot, or too small a mark to be a digit."""
