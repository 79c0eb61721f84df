"""From a picture: a photo or a file is chosen, and its digits are read like drawings.

The file itself is let go as soon as it was read. The session keeps a small copy to look at
and the ink found in it, until another picture is chosen or the dialog is closed.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import streamlit as st
from PIL import Image

from digits_app.drawing.canvas_json import WIDE
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.picture_file import SUFFIXES
from digits_app.pages.draw.frames import Frame, chosen_frame, moved_frame, show_frames
from digits_app.pages.shared.addresses import change_address
from digits_app.pages.shared.drawing_state import place_drawing
from digits_app.pages.shared.file_lane import in_file_lane
from digits_app.pages.shared.mending import mend_for_keyboards
from digits_app.pages.shared.networks import Network
from digits_app.pages.shared.style import read_style
from digits_app.server.uploads import forget_files

if TYPE_CHECKING:
    from digits_app.drawing.paper import FoundDigit
    from digits_app.pages.draw.picture_answer import Reading
    from digits_app.pages.draw.sheet import Sheet

MAX_FILE: Final = 9
"""Megabytes of a file: a phone's photo of 20 megapixels."""

_STYLE: Final = read_style(Path(__file__).with_name("picture.css"))
_MOST_IN_ROW: Final = 6
"""So many digits have room on the wide canvas."""

_ADDRESS: Final = "picture"
"""Parameter of the address while the dialog is open."""

_KNOWN: Final = "picture_known"
"""Set once this session has opened the dialog."""

_STARTED_AGAIN: Final = (
    "The page or the app has started again, and it keeps no pictures. Choose yours again."
)

_OTHER_KIND: Final = """<p class="picture-other-kind">This file cannot be read here: it \
is of another kind, such as HEIC, or too large. Save it as JPEG, and choose that.</p>"""
_SHEET: Final = "picture_sheet"
_WRONG: Final = "picture_wrong"
_READ: Final = "picture_reading"
_TIMES: Final = "picture_times"
_SOURCES: Final = {
    "Choose a file": ":material/image: Choose a file",
    "Take a photo": ":material/photo_camera: Take a photo",
}


def ask_for_picture() -> None:
    """Open the dialog; call it in a callback."""
    forget_picture()
    st.session_state[_KNOWN] = True
    change_address({_ADDRESS: "open"})


def show_picture_dialog(network: Network) -> None:
    """Open the dialog if the address asks for it, as it still does after a restart."""
    if _ADDRESS not in st.query_params:
        return
    if not st.session_state.get(_KNOWN):
        st.session_state[_KNOWN] = True
        st.session_state[_WRONG] = _STARTED_AGAIN
    _show_dialog(network)


def _close() -> None:
    forget_picture()
    change_address({_ADDRESS: None})


def forget_picture() -> None:
    """Let go of the picture and of all that was found in it."""
    for key in (_SHEET, _READ, _WRONG):
        st.session_state.pop(key, None)


@st.dialog("From a picture", width="large", on_dismiss=_close)
def _show_dialog(network: Network) -> None:
    """Ask for a picture, or show what was read in it."""
    if _ADDRESS not in st.query_params:
        st.rerun()  # closes it
    st.html(_STYLE)
    sheet: Sheet | None = st.session_state.get(_SHEET)
    if sheet is None:
        _ask_for_picture()
        return
    # The empty canvas does not wait for scikit-learn, which this needs.
    from digits_app.pages.draw.picture_answer import (
        show_answer,
        show_number,
        show_steps,
    )

    read = _read_frames(sheet, network)
    with st.container(key="picture_read"):
        photo, answer = st.columns(2, gap="medium")
        with photo:
            frames = zip(sheet.digits, read.labels, read.sure, strict=True)
            show_frames(
                _data_url(sheet.photo),
                sheet.paper.size,
                [Frame(digit.box, label, sure) for digit, label, sure in frames],
                sheet.chosen,
                sheet.name,
                key=_frames_key(sheet),
                on_change=_take_frames,
            )
        with answer:
            show_number(read)
            show_answer(sheet, read)
            if sheet.digits[sheet.chosen].is_doubtful:
                st.button("Read it as a digit", key="picture_accept", on_click=_accept)
        show_steps(sheet, read)
    _show_ways_on(sheet)


def _show_ways_on(sheet: "Sheet") -> None:
    digit = sheet.digits[sheet.chosen].found
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(
            "Put it on the canvas",
            icon=":material/draw:",
            type="primary",
            key="picture_place",
            disabled=digit is None,
            on_click=_place,
            args=([digit],),
        )
        row = [each.found for each in sheet.row]
        if 1 < len(row) <= _MOST_IN_ROW:
            st.button(
                "Put the number on it",
                icon=":material/arrow_range:",
                key="picture_place_row",
                on_click=_place,
                args=(row,),
            )
        st.button(
            "Another picture",
            icon=":material/image:",
            key="picture_another",
            on_click=forget_picture,
        )


def _ask_for_picture() -> None:
    source = st.segmented_control(
        "Where the picture comes from",
        list(_SOURCES),
        default="Choose a file",
        format_func=_SOURCES.__getitem__,
        required=True,
        key="picture_source",
        label_visibility="collapsed",
    )
    times = st.session_state.setdefault(_TIMES, 0)
    if source == "Choose a file":
        file = st.file_uploader(
            "A photo or a scan of digits, in one row or more",
            type=list(SUFFIXES),
            max_upload_size=MAX_FILE,
            key=f"picture_file_{times}",
        )
        st.html(_OTHER_KIND)
    else:
        file = _ask_camera(times)
    if file is not None:
        _read_file(file.getvalue())
    if wrong := st.session_state.get(_WRONG):
        with st.container(key="picture_wrong"):
            st.warning(wrong, icon=":material/search_off:")
    st.caption(
        "Write dark on plain, lined or squared paper, and hold the camera close. The "
        "picture is read on this app’s server, kept nowhere, and forgotten when you close "
        "this window."
    )
    mend_for_keyboards("unseen_picture_mender")


def _ask_camera(times: int) -> Any:
    """Show the camera, or say why the browser does not give it."""
    if not has_camera(st.context.url):
        st.info(
            "A browser lets a page use the camera only over HTTPS, or on the computer that "
            "runs the app. Take the photo with your camera app, then choose it as a file.",
            icon=":material/no_photography:",
        )
        return None
    return st.camera_input(
        "Hold the paper in front of the camera",
        key=f"picture_camera_{times}",
        width=640,
        help="On a phone, the button in the picture’s corner switches to the camera on the "
        "back.",
    )


def has_camera(url: str | None) -> bool:
    """Whether a browser gives the page at this address the camera.

    It does in what it calls a secure context: https://w3c.github.io/webappsec-secure-contexts
    """
    address = urlsplit(url or "")
    host = address.hostname or ""
    local = host in ("localhost", "::1") or host.startswith("127.")
    return address.scheme == "https" or local or host.endswith(".localhost")


def _read_file(data: bytes) -> None:
    """Read a picture, let go of its file, and show the dialog anew."""
    from digits_app.pages.draw.sheet import read_sheet

    st.session_state.pop(_WRONG, None)
    try:
        with st.spinner("Looking for digits …"):
            st.session_state[_SHEET] = in_file_lane(lambda: read_sheet(data))
    except UnreadableDrawingError as error:
        st.session_state[_WRONG] = str(error)
    forget_files()
    st.session_state[_TIMES] += 1  # an empty uploader, for the next picture
    st.rerun(scope="fragment")


def _read_frames(sheet: "Sheet", network: Network) -> "Reading":
    """Read every frame, once for each network and each change of a frame."""
    from digits_app.pages.draw.picture_answer import what_is_read

    this = (sheet.name, sheet.moves, sheet.rows, network)
    known, read = st.session_state.get(_READ, (None, None))
    if known != this:
        read = in_file_lane(lambda: what_is_read(sheet, network))
        st.session_state[_READ] = (this, read)
    return cast("Reading", read)


def _take_frames() -> None:
    """Take over which frame was chosen, and where one was moved to."""
    from digits_app.pages.draw.sheet import moved

    sheet: Sheet | None = st.session_state.get(_SHEET)
    if sheet is None:
        return
    state: Any = st.session_state.get(_frames_key(sheet))
    count = len(sheet.digits)
    move = moved_frame(state, sheet.name, sheet.paper.size, count)
    time = state["moved"].get("time") if move else None
    if move and isinstance(time, int) and time != sheet.moves:
        sheet = replace(moved(sheet, *move), moves=time)
    else:
        chosen = chosen_frame(state, sheet.name, count)
        sheet = sheet if chosen is None else replace(sheet, chosen=chosen)
    st.session_state[_SHEET] = sheet


def _accept() -> None:
    """Read the chosen mark, of which it was doubtful that it is a digit."""
    from digits_app.pages.draw.sheet import accepted

    st.session_state[_SHEET] = accepted(st.session_state[_SHEET])


def _frames_key(sheet: "Sheet") -> str:
    return f"picture_frames_{sheet.name}"


def _place(digits: "Sequence[FoundDigit | None]") -> None:
    """Put digits on the canvas; several side by side on the wide one."""
    from digits_app.drawing.tracing import side_by_side, trace_ink

    drawings = [trace_ink(digit.ink)["objects"] for digit in digits if digit is not None]
    if len(drawings) == 1:
        place_drawing(drawings[0])
    elif drawings:
        place_drawing(side_by_side(drawings), width=WIDE)
    _close()


def _data_url(photo: Image.Image) -> str:
    file = BytesIO()
    photo.save(file, "JPEG", quality=80)
    return "data:image/jpeg;base64," + b64encode(file.getvalue()).decode("ascii")
