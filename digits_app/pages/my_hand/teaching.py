"""Teach it: a copy of the network learns half of one's digits, and is tested on the other.

It lives in the visitor's session. Nobody else's network changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import streamlit as st

from digits_app.my_hand.digits import MyDigit, labels_of, samples_of
from digits_app.my_hand.prompts import N_CLASSES, learning_half
from digits_app.my_hand.strangers import load_strangers
from digits_app.my_hand.teaching import teach
from digits_app.network.classifiers import Classifier, Training
from digits_app.network.forward import mean_probabilities
from digits_app.pages import caches
from digits_app.pages.shared.addresses import DRAW, forget_everywhere, link
from digits_app.pages.shared.controls import network_in_address
from digits_app.pages.shared.networks import TRAINING_NAMES, Network, forget_mine, keep_mine

FEWEST: Final = 4
"""Fewer digits cannot be split into a half to learn and a half to test."""

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
        _teach(digits, training, rehearse)
    changes: list[Change] | None = st.session_state.get(_REPORT_KEY)
    if changes is not None:
        _show_changes(changes)


def forget_teaching() -> None:
    """Forget the network that learned this hand."""
    st.session_state.pop(_REPORT_KEY, None)
    forget_mine()
    forget_everywhere(TRAINING_NAMES["mine"])


def _teach(digits: Sequence[MyDigit], training: Training, rehearse: bool) -> None:
    learns = learning_half(labels_of(digits))
    learned = [digit for digit, each in zip(digits, learns, strict=True) if each]
    kept_back = [digit for digit, each in zip(digits, learns, strict=True) if not each]
    progress = st.progress(0.0, "It goes through your digits again and again …")
    before = caches.classifier(N_CLASSES, training)
    X, y = samples_of(learned)

    def show_progress(share: float) -> None:
        progress.progress(share)

    after = teach(before, X, y, rehearse, on_pass=show_progress)
    of_two = [digit for digit in learned if digit.label < 2]
    two = caches.classifier(2, training)
    mine: dict[int, Classifier] = {
        N_CLASSES: after,
        2: teach(two, *samples_of(of_two), rehearse) if of_two else two,
    }
    progress.empty()
    st.session_state[_REPORT_KEY] = _compare(before, after, kept_back)
    keep_mine(mine)


def _compare(
    before: Classifier, after: Classifier, kept_back: Sequence[MyDigit]
) -> list[Change]:
    """Read three sets with both networks: one's other half, the test split, strangers."""
    split, strangers = caches.split(N_CLASSES), load_strangers()

    def n_right(classifier: Classifier) -> tuple[int, int, int]:
        own = mean_probabilities(classifier, [digit.copies for digit in kept_back])
        return (
            int((own.argmax(axis=1) == labels_of(kept_back)).sum()),
            int((classifier.predict(split.X_test) == split.y_test).sum()),
            int(strangers.read_right(classifier).sum()),
        )

    n_writers, n_strangers = len(np.unique(strangers.writers)), len(strangers.labels)
    sets = (
        (f"Your other {len(kept_back)}", "never shown to it", len(kept_back)),
        ("The test set", f"{len(split.y_test)} digits kept back", len(split.y_test)),
        ("Strangers", f"{n_strangers:,} by {n_writers} people", n_strangers),
    )
    return [
        Change(name, detail, then, now, n)
        for (name, detail, n), then, now in zip(
            sets, n_right(before), n_right(after), strict=True
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
