"""Each page's address: where its script lies, and what stands behind the question mark.

The address decides what is shown. A choice is written there first, in the callback, and
the page then reads it from there. So a link and a reload show the same view, one click
makes one entry in the browser's history (Streamlit adds one whenever a script changes the
address), and Back returns to the view before. Streamlit's own `bind="query-params"` only
replaces the entry.

What is usual is left out of the address. The network, the look and the step that were
left are remembered from page to page, and every link to a page asks for them.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

import streamlit as st

DRAW: Final = "draw/draw.py"
MISTAKES: Final = "mistakes/mistakes.py"
LESSON: Final = "lesson/lesson.py"
MY_HAND: Final = "my_hand/my_hand.py"
CLASS: Final = "classroom/classroom.py"
"""Where each page's script lies, seen from `digits_app/pages/navigation.py`."""

CLASSES: Final = "classes"
"""Parameter of the address: how many digits the network knows, for all pages."""

OUR_CLASS: Final = "our-class"
"""What the Lesson's address asks for as `digits`, in place of `load_digits`."""

BACK_TO_STEP: Final = "lesson_step"
"""Parameter of Draw's address: the step of the lesson that somebody came from."""

REMEMBERED: Final[Mapping[str, Sequence[str]]] = {
    DRAW: (CLASSES, "training_draw"),
    MY_HAND: (),
    MISTAKES: (CLASSES, "training_mistakes", "look"),
    LESSON: (
        "step",
        "n_class",
        "random_state",
        "hidden_units",
        "max_iter",
        "n_train",
        "learning_rate_init",
        "alpha",
        "digits",
    ),
    CLASS: ("view",),
}
"""What a page's link asks for again, as the visitor left it: parameters of the address."""

ROUND_TRIP: Final = 1.0
"""Seconds in which a browser learns of a new address."""

_STATE_KEY: Final = "address_state"

Option = TypeVar("Option", str, int)


@dataclass
class _State:
    """What a session knows of its addresses.

    Attributes
    ----------
    remembered : dict of str to str
        What links ask for, by parameter.
    nonsense : set of (str, str)
        Parameters and values that are not here, and of which the visitor was told.
    is_news : bool
        The visitor has yet to be told.
    before, after : dict of str to str
        The address before and after the last change.
    changed_at : float
        Its time, in seconds.
    """

    remembered: dict[str, str] = field(default_factory=dict)
    nonsense: set[tuple[str, str]] = field(default_factory=set)
    is_news: bool = False
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    changed_at: float = -ROUND_TRIP


def _state() -> _State:
    state: _State = st.session_state.setdefault(_STATE_KEY, _State())
    return state


def remember_address(page: str) -> None:
    """Remember what the address asks for, before the page shows it."""
    state = _state()
    state.is_news = False
    for parameter in REMEMBERED[page]:
        state.remembered.pop(parameter, None)
        asked = st.query_params.get(parameter)
        if asked is not None and (parameter, asked) not in state.nonsense:
            state.remembered[parameter] = asked


def forget_everywhere(value: str) -> None:
    """Let no link ask for a value any more."""
    remembered = _state().remembered
    for parameter in [name for name, kept in remembered.items() if kept == value]:
        del remembered[parameter]


def address_of(page: str, **asked: str | None) -> dict[str, str]:
    """What stands behind the question mark in a link to a page.

    Parameters
    ----------
    page : str
        One of `DRAW`, ...
    **asked : str or None
        What the link asks for, whatever is remembered; None for what is usual.
    """
    remembered = _state().remembered
    kept = {name: remembered[name] for name in REMEMBERED[page] if name in remembered}
    return {name: value for name, value in {**kept, **asked}.items() if value is not None}


def link(page: str, label: str, icon: str | None = None, **asked: str | None) -> None:
    """Show a link to a page, with what was left there; for `asked` see `address_of`."""
    st.page_link(page, label=label, icon=icon, query_params=address_of(page, **asked))


def change_address(changes: Mapping[str, str | None]) -> None:
    """Change some parameters of the address in one step; call it in a callback.

    Parameters
    ----------
    changes : dict of str to str or None
        None for what is usual.
    """
    state = _state()
    before = st.query_params.to_dict()
    if before == state.before and time.monotonic() - state.changed_at < ROUND_TRIP:
        before = state.after  # a quick second click: the browser did not know yet
    sense = {k: v for k, v in before.items() if (k, v) not in state.nonsense}
    after = {k: v for k, v in {**sense, **changes}.items() if v is not None}
    state.before, state.after = st.query_params.to_dict(), after
    state.changed_at = time.monotonic()
    st.query_params.from_dict(after)


def settle(
    parameter: str,
    options: Sequence[Option],
    default: Option,
    forgets: Sequence[str] = (),
    key: str | None = None,
) -> Callable[[], None]:
    """Let the address decide what a control shows; call it before the control.

    Parameters
    ----------
    parameter : str
        The control's parameter of the address.
    options : sequence of str or int
        What can be chosen.
    default : str or int
        What is usual.
    forgets : sequence of str
        Parameters that make no sense any more after a change.
    key : str or None
        Key of the control; None for the parameter.

    Returns
    -------
    callable
        What the control has to call when somebody changes it.
    """
    # Each time: a control of another page, or with other options, has forgotten its value.
    key = key or parameter
    st.session_state[key] = asked_for(parameter, options, default)
    return partial(_write_choice, key, parameter, default, forgets)


def asked_for(parameter: str, options: Sequence[Option], default: Option) -> Option:
    """Return which option the address asks for; what is usual where it asks for none."""
    asked = st.query_params.get(parameter)
    chosen = {str(option): option for option in options}.get(asked or "", default)
    if asked is not None and asked != str(chosen):
        notice_nonsense(parameter)
    elif asked is not None:  # it may have made no sense before a network was taught
        _state().nonsense.discard((parameter, asked))
    return chosen


def _write_choice(
    key: str, parameter: str, default: Option, forgets: Sequence[str]
) -> None:
    chosen = st.session_state.get(key, default)  # the page may have been left
    value = None if chosen == default else str(chosen)
    change_address({**dict.fromkeys(forgets), parameter: value})


def notice_nonsense(parameter: str) -> None:
    """Remember that the address asks for what is not here; `show_nonsense` says so."""
    if is_news(parameter):
        _state().is_news = True


def is_news(parameter: str) -> bool:
    """Whether the visitor was not told yet that the address asks for what is not here.

    It stays in the address until the next choice: a change would make one more entry in
    the browser's history.
    """
    state = _state()
    nonsense = parameter, st.query_params[parameter]
    was_told = nonsense in state.nonsense
    state.nonsense.add(nonsense)
    state.remembered.pop(parameter, None)
    return not was_told


def show_nonsense() -> None:
    """Say once, however much of the address makes no sense, what is shown instead.

    The sentence never quotes the address: a picture in it would be fetched.
    """
    if _state().is_news:
        st.toast(
            "The link asks for something that is not here, so the usual view is shown.",
            icon=":material/link_off:",
        )
