"""Has it seen you? One row a pupil, as they are worked out, and the two ways to split."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import streamlit as st

from digits_app.classroom.animals import Animal
from digits_app.classroom.findings import Findings, findings_of, last_version, version_of
from digits_app.classroom.leaving_out import (
    FEWEST_PUPILS,
    READERS,
    LeftOut,
    Reader,
    Splits,
)
from digits_app.classroom.store import the_store
from digits_app.classroom.wall import digits_of_class
from digits_app.pages import caches
from digits_app.pages.classroom.data_set import show_data_set
from digits_app.pages.classroom.identity import Teacher, still_led
from digits_app.pages.classroom.left_out_work import begin, is_running
from digits_app.pages.classroom.pictures import animal_picture
from digits_app.pages.classroom.views import RESULTS, go_to, show_end_button

NAMES: Final[dict[Reader, str]] = {
    "lesson": "The lesson’s network",
    "new": "Made new, by the others",
    "lesson_taught": "Lesson + the others",
    "many": "In many hands",
    "many_taught": "Many hands + the others",
}
_DETAILS: Final[dict[Reader, str]] = {
    "lesson": "learned 1,347 digits of others",
    "new": "fitted on the digits of the others only",
    "lesson_taught": "the lesson’s network, taught by the others",
    "many": "1,347 digits, each in many hands",
    "many_taught": "the same, taught by the others",
}
_ORDERS: Final[dict[str, Callable[[LeftOut], tuple[float, ...]]]] = {
    "hardest first": lambda row: (row.share("lesson"), row.share("many")),
    "helped most first": lambda row: (row.share("lesson") - row.share("lesson_taught"),),
    "easiest first": lambda row: (-row.share("lesson"), -row.share("many")),
}
_NAMED: Final = "class_rows_named"
_VERSION: Final = "class_left_out_version"
_DATA: Final = "class_left_out_data"


def show_left_out(teacher: Teacher) -> None:
    """Show the readers that have not seen a pupil, pupil by pupil."""
    class_id = teacher.classroom.id
    with st.container(key="class_bar"):
        st.html(
            '<h1>Has it seen you?</h1><p class="muted">Each of you is left out once. Five '
            "networks then read your digits, and <b>none has ever seen one of "
            "yours.</b></p>"
        )
        with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
            order = st.selectbox(
                "Order",
                list(_ORDERS),
                key="class_order",
                label_visibility="collapsed",
                width=190,
            )
            st.toggle(
                "Show the animals",
                key=_NAMED,
                help="Nobody should be the worst in front of everybody: each pupil sees "
                "their own row on their phone.",
            )
            st.button(
                "Back",
                icon=":material/arrow_back:",
                on_click=go_to(RESULTS),
                key="class_back",
            )
            st.button(
                "Our data set",
                icon=":material/download:",
                on_click=_open_data,
                key="class_left_out_files",
            )
            show_end_button("class_end_left_out")
    digits = digits_of_class(the_store(), class_id)
    n_pupils = len(np.unique(digits.pupils))
    if n_pupils < FEWEST_PUPILS:
        st.markdown(
            f"This needs {FEWEST_PUPILS} pupils with digits on the wall; there "
            f"{'is' if n_pupils == 1 else 'are'} {n_pupils}."
        )
        return
    version = _version(class_id)
    if version != version_of(the_store(), class_id):
        st.button(
            "Digits have come or gone since. Work it out again",
            icon=":material/refresh:",
            on_click=_begin_anew,
            args=(class_id,),
            key="class_again",
        )
    done = findings_of(the_store(), class_id, version).splits is not None
    every = None if done else 0.5

    @st.fragment(run_every=every)
    def live() -> None:
        still_led(teacher)
        found = findings_of(the_store(), class_id, version)
        if found.splits is None and not is_running(class_id, version):
            begin(caches.helpers(), class_id, version, digits)
        if found.splits is not None and every is not None:
            st.rerun()
        _show_findings(found, n_pupils, str(order), bool(st.session_state.get(_NAMED)))

    live()
    if st.session_state.pop(_DATA, False):
        show_data_set(digits)


def _version(class_id: int) -> str:
    """Of which digits the rows are: of the same until somebody asks for new ones."""
    kept: tuple[int, str] | None = st.session_state.get(_VERSION)
    if kept is None or kept[0] != class_id:
        version = last_version(the_store(), class_id) or version_of(the_store(), class_id)
        st.session_state[_VERSION] = kept = (class_id, version)
    return kept[1]


def _begin_anew(class_id: int) -> None:
    st.session_state[_VERSION] = class_id, version_of(the_store(), class_id)


def _show_findings(found: Findings, n_pupils: int, order: str, is_named: bool) -> None:
    with st.container(key="class_lo"):
        st.html(_plot(found, n_pupils, order, is_named))
        with st.container(key="class_lo_side"):
            st.html(_readers(found.rows))
            with st.container(key="class_splits", border=True):
                st.header("Split the digits, but how?", anchor=False)
                split = st.segmented_control(
                    "How the digits are split",
                    ["by pupil", "by chance"],
                    default="by pupil",
                    required=True,
                    label_visibility="collapsed",
                    width="stretch",
                    key="class_split",
                )
                st.html(_splits(found.splits, split == "by chance"))


def _plot(found: Findings, n_pupils: int, order: str, is_named: bool) -> str:
    rows = sorted(found.rows, key=_ORDERS[order])
    least = _least(rows)

    def at(share: float) -> str:
        return f"{(100 * share - least) / (100 - least) * 100:.1f}%"

    ticks = range(least, 101, 10)
    scale = "".join(f'<span style="left:{at(t / 100)}">{t}%</span>' for t in ticks)
    grid = "".join(f'<u class="gd" style="left:{at(t / 100)}"></u>' for t in ticks)
    means = "".join(
        f'<u class="ln l{number}" style="left:{at(_mean(rows, reader))}"></u>'
        for number, reader in enumerate(READERS, start=1)
        if rows
    )
    body = "".join(_row(row, at, is_named) for row in rows)
    body += "".join(
        f'<tr class="late"><th scope="row">{"working it out …" if not n else ""}</th>'
        '<td colspan="5"><s></s></td></tr>'
        for n in range(n_pupils - len(rows))
    )
    heads = "".join(f'<th scope="col" class="unseen">{NAMES[r]}</th>' for r in READERS)
    so_far = f"{len(rows)} of {n_pupils} so far" if len(rows) < n_pupils else ""
    return (
        f'<div class="plot num"><p class="ax" aria-hidden="true"><b>{so_far}</b>'
        f'<span class="trk">{scale}</span></p><div class="rows"><div class="bg" '
        f'aria-hidden="true"><b></b><span class="trk">{grid}{means}</span></div><table '
        'aria-label="Share of each pupil’s digits read right, by network"><thead '
        f'class="unseen"><tr><th scope="col">Pupil</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div></div>"
    )


def _row(row: LeftOut, at: Callable[[float], str], is_named: bool) -> str:
    if is_named:
        name = Animal(row.pupil).name
        who = animal_picture(row.pupil, is_named=False) + name
    else:
        who = '<i class="pet nobody"></i><span class="unseen">somebody</span>'
    shares = [row.share(reader) for reader in READERS]
    line = f'<u style="left:{at(min(shares))};right:calc(100% - {at(max(shares))})"></u>'
    cells = "".join(
        f'<td><i class="rd r{number}" style="left:{at(share)}"></i>'
        f'<span class="unseen">{share:.0%}</span></td>'
        for number, share in enumerate(shares, start=1)
    )
    return (
        f'<tr><th scope="row">{who}</th>{cells}<td class="line" aria-hidden="true">'
        f"{line}</td></tr>"
    )


def _least(rows: Sequence[LeftOut]) -> int:
    """Where the scale begins, in percent: a round number below the worst."""
    worst = min((row.share(r) for row in rows for r in READERS), default=0.6)
    return min(60, int(worst * 10) * 10)


def _mean(rows: Sequence[LeftOut], reader: Reader) -> float:
    """Share of the whole class's digits that a reader read right."""
    n_right = sum(row.n_right[reader] for row in rows)
    return n_right / sum(row.n_digits for row in rows)


def _readers(rows: Sequence[LeftOut]) -> str:
    if not rows:
        return '<section class="card tb"><p>The first row comes in a moment.</p></section>'
    items = "".join(
        f'<li><i class="rd r{number}"></i><span><b>{NAMES[reader]}</b>'
        f"<small>{_DETAILS[reader]}</small></span>"
        f"<strong>{_mean(rows, reader):.1%}</strong>"
        f'<span class="w">{min(row.share(reader) for row in rows):.0%}</span></li>'
        for number, reader in enumerate(READERS, start=1)
    )
    step = 100 / max(1, np.median([row.n_digits for row in rows]))
    return (
        '<section class="card tb num"><p class="thd"><span>Who reads you</span><span>class '
        "so "
        f"far</span><span>worst</span></p><ul>{items}</ul><p class='muted small'>Upright "
        f"lines: the class. One digit is a step of about {step:.0f} points, so one more "
        "can be luck. Each looks nine times at a digit.</p></section>"
    )


def _splits(splits: Splits | None, shows_chance: bool) -> str:
    if splits is None:
        return '<p class="muted">It comes when all of you have been left out.</p>'
    bars = "".join(
        f'<span>{name}</span><i class="{"on" if is_on else ""}" '
        f'style="--p:{share:.1%}"></i>'
        f"<b>{share:.1%}</b>"
        for name, share, is_on in (
            ("by pupil", splits.by_pupil, not shows_chance),
            ("by chance", splits.by_chance, shows_chance),
        )
    )
    return (
        f'<div class="cmp num">{bars}</div><p>{split_sentence(splits, shows_chance)}</p>'
        '<p class="muted small">One small network, made new from our own digits, five '
        "times for each way to split. It looks once, at 64 numbers, so the notebook of our "
        "data set finds the same figures.</p>"
    )


def split_sentence(splits: Splits, shows_chance: bool) -> str:
    """Say what follows from the two figures at hand."""
    more = 100 * (splits.by_chance - splits.by_pupil)
    if not shows_chance:
        return (
            "By pupil, it is tested on hands that it never saw: <b>that is what it is "
            "worth to somebody new</b>."
        )
    knows = "By chance, it learns from some of your digits and is tested on the others: "
    if more >= 0.5:
        return (
            f"{knows}<b>it knows your hand, and looks {more:.1f} points better</b> than it "
            "is for somebody new."
        )
    if more > -0.5:
        return (
            f"{knows}it knows your hand. In our class that makes <b>no difference to speak "
            "of</b>; in most classes it looks better than it is."
        )
    return (
        f"{knows}it knows your hand, and yet it looks {-more:.1f} points worse here. "
        "<b>With so few digits that is luck</b>; in most classes it looks better than it "
        "is."
    )


def _open_data() -> None:
    st.session_state[_DATA] = True
