"""Teach it: a copy of the network learns half of one's digits, and is tested on the other.

A helper teaches it, so that nobody else waits. It lives in the visitor's session. Nobody
else's network changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import streamlit as st

from digits_app.dataset import CLASS_COUNTS
from digits_app.helper_process.reporting import report
from digits_app.helper_process.tasks import Task
from digits_app.my_hand.digits import MyDigit
from digits_app.my_hand.gain import Taught, teach_my_hand
from digits_app.my_hand.prompts import N_CLASSES
from digits_app.my_hand.strangers import load_strangers
from digits_app.my_hand.teaching import get_ready
from digits_app.network.classifiers import Training
from digits_app.pages import caches
from digits_app.pages.shared.addresses import DRAW, forget_everywhere, link
from digits_app.pages.shared.controls import network_in_address
from digits_app.pages.shared.networks import TRAINING_NAMES, Network, forget_mine, keep_mine
from digits_app.pages.shared.waiting import wait_for, wake_helper

FEWEST: Final = 4
"""Fewer digits cannot be split into a half to learn and a half to test."""

_TASK_KEY: Final = "my_hand_teaching"
"""Session key: what a helper still does. Who leaves the page and comes back waits on."""
_REPORT_KEY: Final = "my_hand_report"
_BARS: Final = """<div class="before-after"><div><h3>{name}</h3><p class="muted small">
{detail}</p></div><div class="pairs"><i class="before" style="--p:{before:.1f}%"></i>
<span class="num">{before:.1f}%</span><i class="after" style="--p:{after:.1f}%"></i>
<span class="num"><b>{after:.1f}%</b></span></div>
<p class="gain num {sign}"><b>{gain:+d}</b><span class="muted small">of {n:,}</span></p>
</div>"""


@dataclass(frozen=True)
class Change:
    """How many of some digits were read right before and after.

    Attributes
    ----------
    name, detail : str
        Whose digits.
    before, after, n : int
    """

    name: str
    detail: str
    before: int
    after: int
    n: int


def show_teaching(digits: Sequence[MyDigit], training: Training) -> None:
    """Offer to teach a copy of the chosen network, and show what it brought."""
    st.header("Teach it my hand", anchor=False)
    if len(digits) < FEWEST:
        st.markdown(f"Write {FEWEST} digits at least: half to learn from, half to test.")
        return
    st.markdown(
        "A copy of the network learns half of your digits and never sees the other half. "
        "Does that help? And does it forget anything?"
    )
    rehearse = st.toggle("Also rehearse old digits", True, key="hand_rehearse")
    if st.button("Teach it", type="primary", icon=":material/school:", key="hand_teach"):
        st.session_state[_TASK_KEY] = Task(
            teach_my_hand, tuple(digits), training, rehearse, report
        )
    else:
        wake_helper(get_ready)
    if _TASK_KEY in st.session_state:
        _take_over(wait_for(st.session_state[_TASK_KEY], _show_progress))
    changes: list[Change] | None = st.session_state.get(_REPORT_KEY)
    if changes is not None:
        _show_changes(changes)


def forget_teaching() -> None:
    """Forget the network that learned this hand."""
    st.session_state.pop(_TASK_KEY, None)
    st.session_state.pop(_REPORT_KEY, None)
    forget_mine()
    forget_everywhere(TRAINING_NAMES["mine"])


def _show_progress(shares: Sequence[float]) -> None:
    share = shares[-1] if shares else 0.0
    st.progress(share, "It goes through your digits again and again …")


def _take_over(taught: Taught) -> None:
    """Keep what a helper has taught."""
    mine = {n: caches.classifier(n, taught.training) for n in CLASS_COUNTS}
    keep_mine(
        {n: taught.layers[n].on(mine[n]) if n in taught.layers else mine[n] for n in mine}
    )
    st.session_state[_REPORT_KEY] = _changes(taught)
    st.session_state.pop(_TASK_KEY, None)


def _changes(taught: Taught) -> list[Change]:
    """Say of which digits the counts are."""
    n_writers = len(np.unique(load_strangers().writers))
    of_whom = (
        (f"Your other {taught.n.own}", "never shown to it"),
        ("The test set", f"{taught.n.test} digits kept back"),
        ("Strangers", f"{taught.n.strangers:,} by {n_writers} people"),
    )
    return [
        Change(name, detail, before, after, n)
        for (name, detail), before, after, n in zip(
            of_whom, taught.before, taught.after, taught.n, strict=True
        )
    ]


def _show_changes(changes: Sequence[Change]) -> None:
    st.html(
        '<p class="legend small muted"><i class="before"></i>before<i class="after"></i>'
        "after</p>"
        + "".join(
            _BARS.format(
                name=change.name,
                detail=change.detail,
                before=100 * change.before / change.n,
                after=100 * change.after / change.n,
                gain=change.after - change.before,
                sign="up" if change.after >= change.before else "down",
                n=change.n,
            )
            for change in changes
        )
    )
    st.markdown(_verdict(changes))
    with st.container(horizontal=True):
        mine = network_in_address("draw", Network(N_CLASSES, "mine"))
        link(DRAW, "Let it read in Draw", ":material/draw:", **mine)
        st.button(
            "Forget what it learned",
            icon=":material/undo:",
            on_click=forget_teaching,
            key="hand_forget_teaching",
        )


def _verdict(changes: Sequence[Change]) -> str:
    own, test, others = (change.after - change.before for change in changes)
    sentences = []
    if test < -9 or others < -39:
        sentences.append(
            "**It forgot.** All its weights moved towards your digits, and nothing held "
            "them where the old ones need them: switch rehearsal on and compare."
        )
    elif own > 0:
        sentences.append("It helped, and it forgot next to nothing.")
    elif own == 0:
        sentences.append("Your other half is read as well as before.")
    else:
        sentences.append("It did not help your other half.")
    sentences.append(f"With {changes[0].n} digits, one more can be luck.")
    return " ".join(sentences)
