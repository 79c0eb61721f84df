"""Our wall: ten big digits made of the small ones, and who writes them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from digits_app.classroom.animals import Animal
from digits_app.classroom.joining import Classroom, NoClassError
from digits_app.classroom.store import the_store
from digits_app.classroom.wall import (
    N_PROMPTS,
    SECONDS_BETWEEN_LOOKS,
    Progress,
    State,
    WallDigit,
    count_digits,
    hide_pupil,
    newest_on,
    news_since,
    progress_of,
    set_digit,
)
from digits_app.pages.classroom.identity import Teacher, still_led
from digits_app.pages.classroom.pictures import animal_picture
from digits_app.pages.classroom.room import short_address
from digits_app.pages.classroom.views import RESULTS, ROOM, go_to, show_end_button
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.digit_pictures import outline_picture
from digits_app.server.browser_files import browser_files
from digits_app.wording import a_digit

_KEY: Final = "class_wall"
_PAUSED: Final = "class_paused"
_LOOKED_AT: Final = "class_looked_at"
_TURNED: Final = "class_turned"
_LOOKS: Final = ("Ink", "8 × 8")
_SIGHT: Final = "class_sight"
_HELD: Final = "held"
N_NEWEST: Final = 4
"""As `wall.js` marks them."""

_wall = declare_component(
    "class_wall", __file__, "wall.html", "../shared/served.js", isolate_styles=False
)

_SIDE: Final = """<section><p class="cnt"><b class="num">{n}</b><span>digits on<br>the wall
</span></p><div class="how-far" role="img" aria-label="{n} of about {total}"><i
style="width:{percent:.1f}%"></i></div><p class="muted small num">of about {total:,}: sixty
small ones fill a big one</p></section><section><div class="head"><h2>Just in</h2><span
class="muted">orange on the wall</span></div><div class="just">{just}</div></section>
<section><div class="head"><h2>{n_in} {are} in, {n_done} done</h2><span
class="muted">{each} digits each</span></div>
<ul class="who">{who}</ul></section>"""
_WHO: Final = """<li class="{hidden}" title="{name}: {n} of {each}">{pet}
<i style="width:{percent:.0f}%"></i>{done}<span
class="unseen">{n} of {each}{and_hidden}</span></li>"""
_DONE: Final = '<span class="ok" aria-hidden="true"><span class="ms">check</span></span>'


@dataclass(frozen=True)
class _Sight:
    """What the wall shows at a moment.

    Attributes
    ----------
    of : tuple
        Class, revision, generation, and what the page has seen.
    wall : dict
        For `wall.js`.
    side : str
        HTML of what stands beside it.
    n_held : int
        Digits that wait for the teacher's look.
    """

    of: tuple[object, ...]
    wall: dict[str, Any]
    side: str
    n_held: int


def show_wall(teacher: Teacher) -> None:
    """Show the wall, which fills while they write."""
    classroom = teacher.classroom
    with st.container(key="class_wall_head"):
        st.html(
            '<h1>Our wall</h1><p class="muted">Ten big digits, made of all your small '
            "ones.</p>"
        )
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
            if classroom.is_open:
                late = f"Late? {short_address()} <b>{classroom.code}</b>"
                st.html(f'<p class="late num">{late}</p>', width="content")
            look = st.segmented_control(
                "What the wall shows",
                _LOOKS,
                default=_LOOKS[0],
                required=True,
                label_visibility="collapsed",
                key="class_look",
                persist_state="session",
            )
            is_paused = bool(st.session_state.get(_PAUSED))
            st.button(
                "Go on" if is_paused else "Pause",
                icon=":material/play_arrow:" if is_paused else ":material/pause:",
                on_click=_turn_pause,
                help="The wall stands still; the pupils write on.",
                key="class_pause",
            )
            st.button(
                "Join",
                icon=":material/qr_code_2:",
                on_click=go_to(ROOM),
                key="class_to_room",
            )
            show_end_button("class_end_wall")
            st.button(
                "What it makes of us",
                type="primary",
                icon=":material/arrow_forward:",
                icon_position="right",
                on_click=go_to(RESULTS),
                key="class_to_results",
            )
    _show_live(teacher, look == _LOOKS[1], None if is_paused else SECONDS_BETWEEN_LOOKS)
    looked_at = st.session_state.pop(_LOOKED_AT, None)
    if looked_at == _HELD:
        _look_at_held(teacher)
    elif looked_at is not None:
        _look_at(teacher, *looked_at)


def _show_live(teacher: Teacher, as_pixels: bool, every: float | None) -> None:
    """Show what changes; a fragment, which runs alone again and again."""

    @st.fragment(run_every=every)
    def live() -> None:
        _show_news(still_led(teacher), as_pixels)

    live()


def _show_news(classroom: Classroom, as_pixels: bool) -> None:
    value = st.session_state.get(_KEY)
    seen = _pair(getattr(value, "seen", None)) or (0, 0)
    sight = _sight(classroom, seen)
    with st.container(key="class_live"):
        _wall(
            # Streamlit would look through a dict for tables.
            data=[{**sight.wall, "pixels": as_pixels}],
            key=_KEY,
            on_seen_change=_nothing_more,
            on_pressed_change=_look,
        )
        with st.container(key="class_side"):
            st.html(sight.side)
            if sight.n_held:
                _show_held(sight.n_held)


def _sight(classroom: Classroom, seen: tuple[int, int]) -> _Sight:
    """What the wall shows; worked out again only where the class has changed."""
    of = (classroom.id, classroom.revision, classroom.generation, seen)
    kept: _Sight | None = st.session_state.get(_SIGHT)
    if kept is not None and kept.of == of:
        return kept
    revision, generation = seen
    news = news_since(the_store(), classroom.id, revision, generation)
    wall = {
        "script": browser_files().address("classroom/wall.js"),
        "class": classroom.id,
        "since": revision if generation == news.generation else 0,
        "revision": news.revision,
        "generation": news.generation,
        "digits": [_for_wall(digit) for digit in news.digits],
    }
    counts = count_digits(the_store(), classroom.id)
    progress = progress_of(the_store(), classroom.id)
    side = _side(classroom.id, counts["shown"], progress)
    st.session_state[_SIGHT] = sight = _Sight(of, wall, side, counts[_HELD])
    return sight


def _for_wall(digit: WallDigit) -> list[Any]:
    # What is not shown is not sent: nobody finds it in the page either.
    is_shown = digit.state == "shown"
    return [
        digit.id,
        digit.label,
        digit.animal,
        is_shown,
        digit.outline if is_shown else [],
        digit.image.ravel().tolist() if is_shown else [],
    ]


def _side(class_id: int, n_shown: int, progress: Sequence[Progress]) -> str:
    who = "".join(_who(each) for each in progress)
    just = "".join(
        f"<figure>{outline_picture(digit.outline, a_digit(digit.label))}"
        f"<figcaption>{animal_picture(digit.animal)}</figcaption></figure>"
        for digit in newest_on(the_store(), class_id, N_NEWEST)
    )
    total = N_PROMPTS * max(len(progress), 1)
    return _SIDE.format(
        n=n_shown,
        total=total,
        percent=min(100, 100 * n_shown / total),
        n_in=len(progress),
        are="is" if len(progress) == 1 else "are",
        n_done=sum(each.is_done for each in progress),
        each=N_PROMPTS,
        who=who,
        just=just,
    )


def _who(each: Progress) -> str:
    is_hidden = each.pupil.is_hidden
    return _WHO.format(
        name=each.pupil.animal.name,
        pet=animal_picture(each.pupil.animal.number),
        n=each.n_written,
        each=N_PROMPTS,
        percent=min(100, 100 * each.n_written / N_PROMPTS),
        done=_DONE if each.is_done else "",
        hidden="off" if is_hidden else "",
        and_hidden=", hidden" if is_hidden else "",
    )


def _show_held(n_held: int) -> None:
    with st.container(key="class_held", border=True):
        marks = '<span class="held"><b>?</b></span>' * min(3, n_held)
        wait = "1 waits" if n_held == 1 else f"{n_held} wait"
        st.html(
            f'<div class="hrow" >{marks}<p><b>{wait} for your look</b>'
            '<span class="muted">Maybe not digits.</span></p></div>'
        )
        st.button(
            "Look at them on my screen",
            icon=":material/visibility:",
            on_click=_begin_to_look,
            width="stretch",
            key="class_look_at_held",
        )


def _begin_to_look() -> None:
    st.session_state[_LOOKED_AT] = _HELD
    st.rerun()


def _turn_pause() -> None:
    st.session_state[_PAUSED] = not st.session_state.get(_PAUSED)


def _look() -> None:
    pressed = getattr(st.session_state.get(_KEY), "pressed", None)
    if (pair := _pair(pressed)) and pair[0] <= 9:
        st.session_state[_LOOKED_AT] = pair
        st.rerun()


@st.dialog("Maybe not digits", width="large")
def _look_at_held(teacher: Teacher) -> None:
    class_id = still_led(teacher).id
    _let_paused_wall_follow(_HELD)
    st.caption(
        "Everybody who sees this screen sees them. To look alone, open the teacher’s link "
        "on a device of your own."
    )
    held = [d for d in news_since(the_store(), class_id).digits if d.state == "held"]
    if not held:
        st.markdown("Nothing is waiting any more.")
    _show_tiles(class_id, held)


@st.dialog("On the wall", width="large")
def _look_at(teacher: Teacher, label: int, digit_id: int) -> None:
    """Look at the digits of which a big one is made, one that was pressed first."""
    class_id = still_led(teacher).id
    _let_paused_wall_follow((label, digit_id))
    found = [d for d in news_since(the_store(), class_id).digits if d.label == label]
    found.sort(key=lambda digit: (digit.id != digit_id, digit.state != "shown", -digit.id))
    if digit_id:
        found = found[:1] if found and found[0].id == digit_id else found
        if found:
            animal = found[0].animal
            name = Animal(animal).name
            is_off = {
                p.pupil.animal.number: p.pupil.is_hidden
                for p in progress_of(the_store(), class_id)
            }
            is_hidden = is_off.get(animal, False)
            st.markdown(f"{a_digit(label).capitalize()} by the **{name}**.")
            st.button(
                f"Show the {name} again" if is_hidden else f"Hide all of the {name}",
                icon=":material/visibility:" if is_hidden else ":material/visibility_off:",
                on_click=_hide_pupil,
                args=(class_id, animal, not is_hidden),
                key="class_hide_pupil",
            )
    else:
        st.markdown(f"The small ones that make {a_digit(label)}.")
    _show_tiles(class_id, [digit for digit in found if digit.state != _HELD])


def _show_tiles(class_id: int, found: Sequence[WallDigit]) -> None:
    grid = st.grid(6, min_column_width=110) if len(found) > 1 else st.container(width=180)
    for digit in found:
        with grid.container(key=f"class_tile_{digit.id}"):
            name = Animal(digit.animal).name
            st.html(
                f"<figure>{outline_picture(digit.outline, a_digit(digit.label))}"
                f"<figcaption>{animal_picture(digit.animal, is_named=False)} asked: "
                f"{digit.label}</figcaption></figure>"
            )
            is_shown = digit.state == "shown"
            st.button(
                "Hide" if is_shown else "Show",
                on_click=_set_digit,
                args=(class_id, digit.id, "hidden" if is_shown else "shown"),
                help=f"{a_digit(digit.label).capitalize()} by the {name}",
                width="stretch",
                key=f"class_turn_{digit.id}",
            )
            if digit.state == "held":
                st.button(
                    "Hide",
                    on_click=_set_digit,
                    args=(class_id, digit.id, "hidden"),
                    width="stretch",
                    key=f"class_away_{digit.id}",
                )


def _let_paused_wall_follow(looked_at: object) -> None:
    """Run the page where its wall stands still and something was hidden, or shown.

    Not when the dialog is closed (`on_dismiss`): with a slow server, what was pressed just
    before was lost then (Streamlit 1.67).
    """
    if st.session_state.pop(_TURNED, False) and st.session_state.get(_PAUSED):
        st.session_state[_LOOKED_AT] = looked_at
        st.rerun()


def _set_digit(class_id: int, digit_id: int, state: State) -> None:
    st.session_state[_TURNED] = True
    # Where the class has ended the dialog, which runs next, notices it.
    with suppress(NoClassError):
        set_digit(the_store(), class_id, digit_id, state)


def _hide_pupil(class_id: int, animal: int, hides: bool) -> None:
    st.session_state[_TURNED] = True
    with suppress(NoClassError):
        hide_pupil(the_store(), class_id, animal, hides)


def _pair(value: object) -> tuple[int, int] | None:
    """Two whole numbers, if that is what the browser sent; None for nonsense."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    one, other = value
    if all(type(number) is int and 0 <= number < 2**53 for number in value):
        return one, other
    return None


def _nothing_more() -> None:
    """Without a callback Streamlit does not keep a component's value."""
