"""The lane in which files are read: one after the other, beside everything else."""

import threading
from types import SimpleNamespace

import pytest

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.draw import picture
from digits_app.pages.draw.turns import TURN
from digits_app.pages.shared import file_lane
from digits_app.pages.shared.file_lane import in_file_lane
from tests.support.serving import PATIENCE


def test_what_the_work_returns_and_raises_comes_back():
    def refuse():
        raise UnreadableDrawingError("It is damaged.")

    assert in_file_lane(lambda: 7) == 7
    with pytest.raises(UnreadableDrawingError, match="damaged"):
        in_file_lane(refuse)


def test_strokes_are_answered_while_a_picture_is_read(monkeypatch):
    """The picture's reader itself takes a stroke's turn: it would wait for ever."""
    answered = []

    def read_slowly(data: bytes) -> None:
        def answer_stroke() -> None:
            with TURN:
                answered.append(data)

        stroke = threading.Thread(target=answer_stroke, daemon=True)
        stroke.start()
        stroke.join(timeout=PATIENCE)
        raise UnreadableDrawingError("There is no writing in it.")

    monkeypatch.setattr("digits_app.pages.draw.sheet.read_sheet", read_slowly)
    monkeypatch.setattr(picture.st, "rerun", lambda scope: None)
    picture.st.session_state["picture_times"] = 0
    picture._read_file(b"a picture")
    assert answered == [b"a picture"]


def test_a_visitor_who_left_is_not_waited_for(monkeypatch):
    class LeftError(BaseException):
        pass

    class LeftSession:
        def __contains__(self, key: str) -> bool:
            raise LeftError

    begun, end = threading.Event(), threading.Event()

    def hold_lane() -> None:
        begun.set()
        end.wait()

    held = file_lane._LANE.ask("another visitor", "a large picture", hold_lane)
    begun.wait()
    monkeypatch.setattr(file_lane, "st", SimpleNamespace(session_state=LeftSession()))
    with pytest.raises(LeftError):
        in_file_lane(lambda: pytest.fail("nobody wants it any more"))
    monkeypatch.undo()
    end.set()
    held.result()
    assert in_file_lane(lambda: "the next one") == "the next one"
