"""The room fills: the square to scan, the code to type, and who is in."""

from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from digits_app.classroom.animals import Animal
from digits_app.classroom.joining import link_of, pupils_of, set_door
from digits_app.classroom.store import the_store
from digits_app.pages.classroom.identity import Teacher, still_led
from digits_app.pages.classroom.kept import until, whose
from digits_app.pages.classroom.pictures import animal_picture, square
from digits_app.pages.classroom.views import WALL, go_to, show_end_button
from digits_app.pages.shared.components import declare_component
from digits_app.server.welcome import network_address

USUAL: Final = 30
"""How many places are shown as free, until more pupils are in."""

_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
_HOW: Final = """<h1>Scan the square with your phone</h1><p class="or">or open this address
and type the code</p><p class="addr">{address}</p><p class="code" role="img"
aria-label="Code: {spelled}">{letters}</p>"""
_KEPT: Final = """<p class="kept"><span class="ms" aria-hidden="true">lock</span><span>
{whose} keeps the digits you write <b>until the class ends, at the latest until {until}</b>,
and no name at all: everybody is an animal.</span></p>"""
_IN: Final = """<div class="in"><div><p class="cnt"><b class="num">{n}</b><span>{of}<br>
{are} in</span></p><p class="last muted">{last}</p></div><ul class="pets">{pets}</ul>
</div>"""

_copier = declare_component("class_copier", __file__, "copier.js", isolate_styles=False)


def show_room(teacher: Teacher) -> None:
    """Show how to come in, who is in, and what is kept."""
    classroom = teacher.classroom
    link = f"{page_address()}#join={link_of(teacher.key)}"
    with st.container(key="class_how"):
        st.html(f'<div class="qrc">{square(link)}</div>')
        letters = "".join(f"<span>{letter}</span>" for letter in classroom.code)
        st.html(
            _HOW.format(
                address=short_address(), letters=letters, spelled=" ".join(classroom.code)
            )
            if classroom.is_open
            else "<h1>The door is closed</h1><p class='or'>Everybody who is in can go on. "
            "Open it for latecomers.</p>"
        )
    _show_who_is_in(teacher)
    with st.container(key="class_foot"):
        where = whose()
        st.html(_KEPT.format(whose=where[0].upper() + where[1:], until=until(classroom)))
        with st.container(horizontal=True, gap="xsmall", horizontal_alignment="right"):
            show_end_button("class_end_room")
            show_door_button(teacher, "class_door_room")
            _copier(
                data={"text": f"{page_address()}#teach={teacher.key}"}, key="class_copy"
            )
            st.button(
                "Open the wall",
                type="primary",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=go_to(WALL),
                key="class_to_wall",
            )


def show_door_button(teacher: Teacher, key: str) -> None:
    """Let the teacher close the door for newcomers, and open it."""
    is_open = teacher.classroom.is_open
    st.button(
        "Close the door" if is_open else "Open the door",
        icon=":material/door_front:" if is_open else ":material/door_open:",
        on_click=set_door,
        args=(the_store(), teacher.classroom.id, not is_open),
        help="Nobody new gets in through a closed door." if is_open else None,
        key=key,
    )


def page_address() -> str:
    """Address of this page, as the pupils' phones reach it.

    The teacher's own computer is called localhost only by itself.
    """
    parts = urlsplit(st.context.url or "http://localhost:8501/class")
    host = parts.hostname or "localhost"
    if host in _LOOPBACK and (address := network_address()):
        port = f":{parts.port}" if parts.port else ""
        parts = parts._replace(netloc=f"{address}{port}")
    return parts._replace(query="", fragment="").geturl()


def short_address() -> str:
    """The same, to be typed."""
    return page_address().partition("://")[2]


@st.fragment(run_every=1)
def _show_who_is_in(teacher: Teacher) -> None:
    pupils = pupils_of(the_store(), still_led(teacher).id)
    last = Animal(pupils[-1].animal.number).name if pupils else ""
    places = max(USUAL, len(pupils))
    pets = "".join(
        f"<li{' class=now' if pupil is pupils[-1] else ''}>"
        f"{animal_picture(pupil.animal.number)}</li>"
        for pupil in pupils
    )
    free = '<li class="free"></li>' * (places - len(pupils))
    st.html(
        _IN.format(
            n=len(pupils),
            of=f"of about {USUAL}" if len(pupils) <= USUAL else "pupils",
            are="is" if len(pupils) == 1 else "are",
            last=f"Just in: the <b>{last}</b>" if last else "Nobody is in yet.",
            pets=pets + free,
        )
    )
