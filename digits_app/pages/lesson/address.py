"""The step and the settings stand in the page's address, and the address decides.

So a link and a reload open the same step with the same values, and the browser's Back
returns to the step before: Streamlit adds an entry to the browser's history whenever a
script changes the address. What a learner chooses is written there first, in the
callback, before the script runs.
"""

from typing import Final

import streamlit as st

from digits_app.lesson.settings import LESSON, LIMITS, LessonSettings, SettingName
from digits_app.lesson.steps import steps

_STEP: Final = "step"
_SETTINGS: Final[dict[str, SettingName]] = {
    "n_class": "n_classes",
    "random_state": "random_state",
    "hidden_units": "hidden_units",
    "max_iter": "max_iter",
}
_LAST: Final = "lesson_address"
"""Session key: where the learner last was, for who comes back by the tabs."""


def enter() -> tuple[int, LessonSettings]:
    """Read which step and which values the address asks for.

    Returns
    -------
    int
        The step, 1 to 9.
    LessonSettings
        The learner's values.
    """
    asked = {name: st.query_params[name] for name in _names() if name in st.query_params}
    if not asked:
        asked = st.session_state.get(_LAST, {_STEP: "1"})
        _write(asked)
    number = _whole_number(asked, _STEP, 1, len(steps()), 1)
    settings = LessonSettings(
        **{
            name: _whole_number(asked, parameter, *LIMITS[name], getattr(LESSON, name))
            for parameter, name in _SETTINGS.items()
        }
    )
    st.session_state[_LAST] = _address(number, settings)
    return number, settings


def go_to(number: int, settings: LessonSettings) -> None:
    """Change the address; call it in a callback."""
    _write(_address(number, settings))


def _address(number: int, settings: LessonSettings) -> dict[str, str]:
    """Name the step, and of the settings what is not the lesson's."""
    changed = {
        parameter: str(getattr(settings, name))
        for parameter, name in _SETTINGS.items()
        if getattr(settings, name) != getattr(LESSON, name)
    }
    return {_STEP: str(number), **changed}


def _write(address: dict[str, str]) -> None:
    others = {k: v for k, v in st.query_params.items() if k not in _names()}
    st.query_params.from_dict({**others, **address})


def _names() -> tuple[str, ...]:
    return (_STEP, *_SETTINGS)


def _whole_number(
    asked: dict[str, str], parameter: str, least: int, greatest: int, usual: int
) -> int:
    """Read a number; where there is nothing usable say so, and take the usual one."""
    if parameter not in asked:
        return usual
    # Older links name the step too: "6 Ten digits".
    number = asked[parameter].split(" ")[0]
    if number.isascii() and number.isdigit() and len(number) < 4:
        value = int(number)
        if least <= value <= greatest:
            return value
    st.toast(
        f"The link asks for an unknown “{parameter}”, so the usual one is shown. "
        f"It can be {least} to {greatest}.",
        icon=":material/link_off:",
    )
    return usual
