"""The photo with a frame around each digit: to choose one, and to move its frame.

A component of its own, in `frames.html`, `frames.css` and `frames.js`, for a pointer, for
the keyboard alone, and for a screen reader.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from digits_app.pages.shared.components import declare_component

if TYPE_CHECKING:
    from digits_app.drawing.marks import Box

_frames = declare_component(
    "picture_frames",
    __file__,
    "frames.html",
    "frames.css",
    "frames.js",
    isolate_styles=False,
)


@dataclass(frozen=True)
class Frame:
    """A frame as the photo shows it.

    Attributes
    ----------
    box : tuple of int
        Left, top, right and bottom, in pixels of the picture.
    label : str
        What is read in it: a digit, with "?" where that is not to be trusted; "?" alone
        where it is hardly a digit.
    sure : str
        How sure the network is of it: "98%".
    """

    box: "Box"
    label: str
    sure: str = ""


def show_frames(
    photo: str,
    size: tuple[int, int],
    frames: Sequence[Frame],
    chosen: int,
    sheet: str,
    key: str,
    on_change: Callable[[], None],
) -> None:
    """Show a photo and its frames.

    Parameters
    ----------
    photo : str
        Its address.
    size : tuple of int
        Width and height of the picture in which boxes are given.
    frames : sequence of Frame
    chosen : int
        Which is opened.
    sheet : str
        Name of the picture; what the browser reports bears it.
    key : str
        Widget key.
    on_change : callable
        Called when a frame was chosen or moved; see `chosen_frame` and `moved_frame`.
    """
    _frames(
        key=key,
        data={
            "photo": photo,
            "size": size,
            "sheet": sheet,
            "chosen": chosen,
            "frames": [
                {**asdict(frame), "name": _name(frame, i, frames)}
                for i, frame in enumerate(frames)
            ],
        },
        on_chosen_change=on_change,
        on_moved_change=on_change,
    )


def _name(frame: Frame, index: int, frames: Sequence[Frame]) -> str:
    sure = f", {frame.sure}" if frame.sure else ""
    said = f"read as {frame.label}{sure}" if frame.label else "nothing to read in it"
    if frame.label == "?":
        said = "a mark that is left out"
    return (
        f"Digit {index + 1} of {len(frames)}, {said}. Arrow keys move the frame, "
        "with Shift they change its size."
    )


def chosen_frame(state: Any, sheet: str, count: int) -> int | None:
    """Which frame the browser chose last; None where it chose none of this picture.

    It comes from the browser, so it may be anything.
    """
    return _index(state.get("chosen") if state else None, sheet, count)


def moved_frame(
    state: Any, sheet: str, size: tuple[int, int], count: int
) -> "tuple[int, Box] | None":
    """Which frame the browser moved last, and where to."""
    moved = state.get("moved") if state else None
    index = _index(moved, sheet, count)
    if moved is None or index is None:
        return None
    box = moved.get("box")
    if not isinstance(box, list) or len(box) != 4:
        return None
    if not all(isinstance(edge, int) and not isinstance(edge, bool) for edge in box):
        return None
    left, top, right, bottom = box
    if not (0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]):
        return None
    return index, (left, top, right, bottom)


def _index(value: Any, sheet: str, count: int) -> int | None:
    if not isinstance(value, dict) or value.get("sheet") != sheet:
        return None
    index = value.get("index")
    if not isinstance(index, int) or not 0 <= index < count:
        return None
    return index
